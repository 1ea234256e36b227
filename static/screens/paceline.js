// Where the evening stands, for hosts alone: which step, when it is over, and what would bring it back to its agreed end.
import { html, signal, useEffect, useState } from "../ui.js";
import { library, titleOf } from "./kind.js";
import { say, tell } from "./news.js";
import { asked, offers, paceOf, shownEnd } from "./pace.js";
import { act, current, meet, now, running } from "./session.js";
import { t, words } from "./tongue.js";

/* keys: auto.tap auto.once auto.all */
/** @typedef {import("./pace.js").Offer} Offer */

const LOOK_MS = 10000;
/** What an offer replaced, until something else is changed. */
const before = signal(/** @type {any[]|null} */ (null));

/** A moment of log time as this person's clock shows it. @param {number} at */
const clockTime = (at) => words.value.time(Date.now() + at - now());

/** The cards by their ids. */
export const byId = () => {
  const all = library();
  return /** @type {{[id: string]: any}} */ (all ? Object.fromEntries(all.cards.map((card) => [card.id, card])) : {});
};

/** Take a plan as the room's own. @param {any[]} plan */
export const take = (plan) => act("plan", { plan: asked(plan) }, () => [["meet/plan", plan]]);

/** The pace as it is now; null where there is none. */
export const paceNow = () => (meet.value && current() ? paceOf(/** @type {any} */ (meet.value), running.value, now()) : null);

/** When it is over as things are, as a clock shows it. @param {import("./pace.js").Pace} pace */
export const endTime = (pace) => clockTime(shownEnd(pace.end, pace.due));

/** @param {Offer} offer */
const wordOf = (offer) => {
  const room = /** @type {any} */ (meet.value);
  const title = offer.step === undefined ? "" : titleOf(room.plan[offer.step]);
  if (offer.what === "skip") return t("pace.skip", { title });
  return offer.what === "swap" ? t("pace.swap", { title, other: titleOf({ card: offer.by || "", options: {} }) }) : t("pace.shorten");
};

const auto = () => (meet.value && /** @type {any} */ (meet.value).auto) || "";

/** Who goes on at the end of a step, in words. */
export const autoNow = () => t(`auto.${auto() || "tap"}`);

/** Whether the room goes on by itself at the end of a step. */
export const Auto = () => html`<div class="row wrap" role="group" aria-label=${t("auto.title")}>${["", "once", "all"].map((way) => html`
  <button key=${way} type="button" class="btn plain" aria-pressed=${String(auto() === way)} onClick=${() => act("auto", { on: way }, () => [["meet/auto", way]])}>${t(`auto.${way || "tap"}`)}</button>`)}</div>`;

export const Pace = () => {
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => look((n) => n + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const pace = paceNow();
  if (!pace) return null;
  const room = /** @type {any} */ (meet.value);
  const ways = pace.late ? offers(room, pace, byId()) : [];
  const go = (/** @type {Offer} */ offer) => {
    before.value = room.plan;
    take(offer.plan);
    say(t("pace.done", { time: clockTime(shownEnd(offer.end, pace.due)) }));
  };
  const back = () => {
    const plan = before.value;
    before.value = null;
    if (plan) take(plan).then(({ outcome }) => { if (outcome === "ok") tell(t("plan.undone")); });
  };
  return html`<div class="pace"><p class="ends"><b>${t("pace.where", { n: pace.at + 1, of: pace.of })}</b><span>${t("pace.end", { time: endTime(pace) })}</span></p>
    ${pace.late ? html`<div class="cut card"><p>${t("pace.over", { count: pace.late, time: clockTime(pace.due) })}</p>
      <div class="acts">${ways.map((offer) => html`<button key=${offer.what} type="button" class="btn plain" onClick=${() => go(offer)}><span class="grow">${wordOf(offer)}
        <small>${t("pace.then", { time: clockTime(shownEnd(offer.end, pace.due)) })}</small></span></button>`)}</div><p class="small soft">${t("pace.stays")}</p></div>` : null}
    ${before.value && html`<p><button type="button" class="btn plain" onClick=${back}>${t("plan.undo")}</button></p>`}</div>`;
};
