// The one question about keeping: may what was made stay until the next date? Asked of everyone, answered without a name.
import { html, signal } from "../ui.js";
import { choice } from "../keep.js";
import { act, current, meet } from "./session.js";
import { t } from "./tongue.js";

/** My answer as this device remembers it; the room itself ties it to nobody. @type {import("../ui.js").Signal<boolean|null|undefined>} */
const mine = signal(/** @type {boolean|null|undefined} */ (undefined));

/** @returns {boolean|null} */
export const answered = () => (mine.value === undefined ? choice(`agree:${current().room}`) : mine.value);

/** @param {boolean|null} yes null: nothing is asked any more */
export function remembered(yes) {
  mine.value = yes;
  choice(`agree:${current().room}`, yes);
}

/** @param {boolean} yes */
export const answer = (yes) => act("agree", { yes }).then((said) => { if (said.outcome !== "refused") remembered(yes); });

/** Nothing while nothing is asked. */
export const Agree = () => {
  if (!meet.value || !meet.value.keep) return null;
  const own = answered();
  return html`<section class="cut"><h3>${t("agree.ask")}</h3><p class="small">${t("agree.how")}</p>
    <div class="duo" role="group" aria-label=${t("agree.ask")}>
      ${[true, false].map((yes) => html`<button key=${yes} type="button" class="btn plain" aria-pressed=${String(own === yes)} onClick=${() => answer(yes)}>
        ${yes ? t("agree.yes") : t("agree.no")}</button>`)}</div>
    <p class="small soft" role="status">${own === null ? "" : t("agree.done")}</p></section>`;
};
