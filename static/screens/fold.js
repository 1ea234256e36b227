// What is seldom needed stands folded under its heading.
import { html, useState } from "../ui.js";

/** @param {{title: string, note?: string, open?: boolean, children?: any}} of `note`: how it is now, while it is folded */
export const Fold = ({ title, note = "", open = false, children }) => {
  const [on, set] = useState(open);
  return html`<section class="fold"><h3><button type="button" aria-expanded=${String(on)} onClick=${() => set(!on)}><span>${title}</span></button></h3>
    ${on ? html`<div class="enter">${children}</div>` : note && html`<p class="small soft">${note}</p>`}</section>`;
};
