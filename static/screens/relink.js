// A new way in: the old join link is closed at once, everyone inside keeps their seat, and this device keeps the new one.
import { html, useEffect } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { findReach, reach } from "./ask.js";
import { renew, renewed } from "./porch.js";
import { Address, Copied, Copy } from "./give.js";
import { current, invitation } from "./session.js";
import { show } from "./sheets.js";
import { t } from "./tongue.js";
import { linkTo, ways } from "./ways.js";

/** Ask for a new join link. @returns {Promise<void>} */
export function relink() {
  const { keep } = current();
  renewed.value = "";
  return renew().then(() => {
    // Whoever came in by the old link would show that one on.
    if (renewed.value !== "new" || !(keep.self().cap || "").startsWith("j.")) return;
    keep.be({ cap: "" });
    keep.fresh = false;
  });
}

/** The new link with what can be done with it, or the way to ask again. */
export const Relink = () => {
  useEffect(findReach, []);
  const { value } = renewed;
  if (!value) return null;
  if (value !== "new") return html`<div><p role="status">${t("relink.not")}</p><p><button type="button" class="btn plain" onClick=${relink}>${t("page.again")}</button></p></div>`;
  const own = invitation();
  const [from] = ways(reach.value, location.origin).from;
  const link = own && from ? linkTo(from, current().room, own.split("#")[1]) : "";
  return html`<div class="cut relink"><p role="status"><b>${t("relink.here")}</b></p>
    ${link && html`<${Address} link=${link} />`}
    <div class="row wrap">${link && html`<${Copy} text=${link} word=${t("made.copy")} />`}
      <button type="button" class="btn plain" onClick=${() => show("invite")}><${Icon} id="u-qr" /> ${t("people.invite")}</button></div>
    ${link && html`<${Copied} of=${{ [link]: t("made.copied") }} />`}</div>`;
};
