// A QR code as a picture. The text goes in a body, so that no address holds the secret.
import { html, signal, useEffect } from "../ui.js";
import { t } from "./tongue.js";

/** Addresses of the drawn codes. @type {import("../ui.js").Signal<{[text: string]: string}>} */
const codes = signal(/** @type {{[text: string]: string}} */ ({}));

/** The address of the picture; drawn once for each text. @param {string} text @returns {Promise<string>} */
export function qr(text) {
  if (codes.value[text]) return Promise.resolve(codes.value[text]);
  return fetch("/api/qr", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }) })
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error("qr"))))
    .then((blob) => {
      const url = URL.createObjectURL(blob);
      codes.value = { ...codes.value, [text]: url };
      return url;
    });
}

/** Nothing is shown until it is here. @param {{text: string, label?: string}} of */
export const Qr = ({ text, label }) => {
  useEffect(() => { qr(text).catch(() => {}); }, [text]);
  const src = codes.value[text];
  return src ? html`<p class="qr"><img src=${src} alt=${label || t("made.qr")} width="240" height="240" /></p>` : null;
};
