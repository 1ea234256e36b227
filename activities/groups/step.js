// One small step, and with whom: whoever it is, or somebody whom one does not know yet.
import { html } from "../../static/ui.js";
import { Note } from "./note.js";

/** @typedef {any} Props what the shell hands to a kind */

/** @param {{props: Props}} of */
export const Step = ({ props }) => {
  const { t, act, own, me, people } = props;
  const mine = own || {};
  const known = mine.known || [];
  const save = (/** @type {any} */ change) => {
    const next = { text: mine.step || "", new: Boolean(mine.new), known, ...change };
    act("step", next, () => [[`own/${me.id}/step`, next.text], [`own/${me.id}/new`, next.new], [`own/${me.id}/known`, next.known]]);
  };
  const ids = Object.keys(people).filter((id) => id !== me.id && people[id].role !== "screen" && !people[id].out);
  return html`<${Note} props=${props} id="step" label=${t("step")} hint=${t("step.how")} value=${mine.step || ""} max=${140} send=${(/** @type {string} */ text) => save({ text })} />
    <div role="group" aria-label=${t("wish")}><p class="label">${t("wish")}</p><div class="row wrap g-known">${[false, true].map((on) => html`<button key=${String(on)} type="button" class="btn plain"
      aria-pressed=${String(Boolean(mine.new) === on)} onClick=${() => save({ new: on })}>${on ? t("wish.new") : t("wish.any")}</button>`)}</div></div>
    ${mine.new && ids.length ? html`<div role="group" aria-label=${t("known")}><p class="small">${t("known")}</p><div class="row wrap g-known">${ids.map((id) => html`<button key=${id} type="button" class="btn plain"
      aria-pressed=${String(known.includes(id))} onClick=${() => save({ known: known.includes(id) ? known.filter((/** @type {string} */ one) => one !== id) : [...known, id] })}><bdi translate="no">${people[id].name}</bdi></button>`)}</div></div>` : null}`;
};
