// The plan as steps: what has been, what is on, what comes; and what the host could say now.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { library, titleOf } from "./kind.js";
import { stepState } from "./order.js";
import { meet, now, plan, running } from "./session.js";
import { t } from "./tongue.js";

/** So many steps stand near the one that is on: itself, and what comes. */
export const NEAR = 4;

/** @param {{near?: boolean}} of `near`: no more than that */
export const Steps = ({ near = false }) => {
  const at = meet.value ? meet.value.at : -1;
  const run = running.value;
  const from = near ? Math.max(0, Math.min(at, plan.value.length - NEAR)) : 0;
  return html`<ol class="steps" start=${from + 1}>${plan.value.map((step, i) => {
    if (near && (i < from || i >= from + NEAR)) return null;
    const { kind, minutes } = /** @type {any} */ (step);
    const state = stepState(i, at, run !== null);
    const title = titleOf(/** @type {any} */ (step));
    const left = state === "now" && run && run.ends !== null ? run.ends - now() : 0;
    return html`<li key=${i} class=${`k-${kind} ${state}`} aria-current=${state === "now" ? "step" : null}><${Icon} id=${`k-${kind}`} size=${34} />
      <span class="grow">${state === "now" ? html`<b>${title}</b>` : title}</span>
      ${state === "done" ? html`<${Icon} id="u-tick" size=${20} label=${t("host.done")} />`
    : html`<span class="small soft">${state === "now" ? (left > 0 ? t("timer.left", { minutes: left < 60000 ? t("timer.less") : t("min", { count: Math.round(left / 60000) }) }) : t("open.now")) : minutes ? t("min", { count: minutes }) : ""}</span>`}</li>`;
  })}</ol>`;
};

/** A sentence to begin with, for whoever leads. */
export const Saying = () => {
  const run = running.value;
  const all = run && run.card ? library() : null;
  const card = run && all && all.cards.find((one) => one.id === run.card);
  return card && card.say ? html`<div class=${`cut saying k-${card.kind}`}><p class="small"><b>${t("host.say")}</b></p><p>${t("host.quote", { say: card.say })}</p></div>` : null;
};
