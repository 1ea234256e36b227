// Copying text, also where the page may not reach the clipboard by itself (plain http, old phones).

/** @param {string} text @returns {boolean} */
const byHand = (text) => {
  const area = document.createElement("textarea");
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  area.value = text;
  area.className = "hide";
  area.readOnly = true;
  document.body.appendChild(area);
  area.select();
  area.setSelectionRange(0, text.length);
  let done = false;
  try { done = document.execCommand("copy"); } catch { /* then the caller shows the text to be marked by hand */ }
  area.remove();
  if (before) before.focus();
  return done;
};

/** True when the text is on the clipboard; else show it in a field, to be marked by hand. @param {string} text @returns {Promise<boolean>} */
export const copyText = async (text) => {
  if (navigator.clipboard && navigator.clipboard.writeText) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* refused: the old way may still work */ }
  }
  return byHand(text);
};
