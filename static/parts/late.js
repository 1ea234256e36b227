// A part that is fetched when it is first drawn. What two kinds need at once would come with every first page of a room.
import { html, signal } from "../ui.js";

const AGAIN_MS = 3000;

/**
 * @param {() => Promise<(props: any) => any>} fetch @param {(props: any) => any} wait what stands there meanwhile
 * @returns {(props: any) => any}
 */
export const late = (fetch, wait) => {
  const part = signal(/** @type {((props: any) => any) | null} */ (null));
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    fetch().then((found) => { part.value = found; }, () => setTimeout(() => { asked = false; ask(); }, AGAIN_MS));
  };
  return (props) => {
    const Part = part.value;
    if (Part) return html`<${Part} ...${props} />`;
    ask();
    return wait(props);
  };
};

/** How such parts look, before their first picture; a style that does not come is no reason to wait long. @param {string} address */
export const dress = (address) => new Promise((done) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  link.onload = link.onerror = done;
  setTimeout(done, 3000);
  document.head.appendChild(link);
});
