// The plan, to be changed: by drag, by keys and by menu; minutes, another card, once more, left out. Each change is the room's at once.
import { html, useRef, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { handOver } from "../parts/keep.js";
import { Sheet } from "../parts/sheet.js";
import * as draft from "./draft.js";
import { Fold } from "./fold.js";
import { library, titleOf } from "./kind.js";
import { anew, written } from "./leaflet.js";
import { say, tell } from "./news.js";
import { Own } from "./own.js";
import { byId, endTime, paceNow, take } from "./paceline.js";
import { Picker } from "./picker.js";
import { Files, Ready } from "./plans.js";
import { Rehearse } from "./rehearse.js";
import { meet, now, plan, running } from "./session.js";
import { hide, show } from "./sheets.js";
import { t, words } from "./tongue.js";

/** @typedef {import("./pace.js").Step} Step */

/** Minutes of all that is still to come, and when that is over. @param {Step[]} steps @param {number} at */
function sum(steps, at) {
  const minutes = t("minutes", { count: draft.total(steps) });
  const run = running.value;
  if (!run) return t("plan.sum", { minutes });
  const left = run.ends === null ? 0 : Math.max(0, run.ends - now()), pace = paceNow();
  const time = pace ? endTime(pace) : words.value.time(Date.now() + left + draft.total(steps.slice(at + 1)) * 60000);
  return t("plan.total", { minutes, time });
}

/** What can be done with one step. @param {{steps: Step[], i: number, at: number, change: (to: Step[], told?: string) => void, place: (from: number, to: number, by?: string) => void, shut: () => void}} of */
const Menu = ({ steps, i, at, change, place, shut }) => {
  const [own, make] = useState(false);
  const title = titleOf(steps[i]);
  const cards = byId();
  const other = cards[(cards[steps[i].card || ""] || {}).swap];
  const button = (/** @type {string} */ word, /** @type {() => void} */ run, off = false, way = "") => html`<button type="button" class=${`btn plain ${way}`} disabled=${off} onClick=${run}>${word}</button>`;
  const { minutes } = steps[i];
  const minute = (/** @type {number} */ by, /** @type {string} */ word) => html`<button type="button" class="tool" aria-label=${word} disabled=${by < 0 && minutes <= 1}
    onClick=${() => change(draft.lasting(steps, i, by))}><${Icon} id=${by < 0 ? "u-minus" : "u-plus"} /></button>`;
  return html`<div class="menu enter"><span class="row minutes">${minute(-1, t("plan.less"))}<b role="status">${t("min", { count: minutes })}</b>${minute(1, t("plan.more"))}</span>
    ${button(t("plan.up"), () => place(i, i - 1, ".up"), i <= draft.open(at), "up")}${button(t("plan.down"), () => place(i, i + 1, ".down"), i === steps.length - 1, "down")}
    ${button(t("plan.twice"), () => change(draft.twice(steps, i, library())), steps.length >= draft.MOST)}
    ${button(t("plan.remove"), () => { change(draft.removed(steps, i, at), t("plan.gone", { title })); shut(); })}
    ${other && button(t("plan.swap", { title: other.title }), () => change(draft.swapped(steps, i, cards)))}
    <button type="button" class="btn plain" aria-expanded=${String(own)} onClick=${() => make(!own)}>${t("own.make")}</button>
    ${!steps[i].card && button(t("own.keep"), () => handOver(new Blob([written(title.slice(0, 80), anew([steps[i]]), "card")], { type: "application/json" }), "jam-card.json"))}
    ${own && html`<${Own} step=${steps[i]} save=${(/** @type {Step} */ step) => { make(false); change(steps.map((one, k) => (k === i ? step : one))); }} />`}</div>`;
};

/** A step is taken by its grip: with a finger, a mouse, or the arrow keys. @param {{steps: Step[], at: number, change: (to: Step[], told?: string) => void}} of */
const Steps = ({ steps, at, change }) => {
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const [open, unfold] = useState(-1);
  const [drag, carry] = useState(/** @type {{from: number, to: number}|null} */ (null));
  /** The place whose middle is nearest. @param {number} y */
  const placeAt = (y) => {
    const rows = list.current ? Array.from(list.current.children, (row) => row.getBoundingClientRect()) : [];
    const nearest = rows.map((row, i) => ({ i, off: Math.abs((row.top + row.bottom) / 2 - y) })).slice(draft.open(at)).sort((a, b) => a.off - b.off)[0];
    return nearest ? nearest.i : -1;
  };
  /** What a finger or a key was on goes along. @param {number} i @param {string} way */
  const follow = (i, way) => setTimeout(() => {
    const row = list.current && list.current.children[i];
    /** @type {any} */
    const own = row && (row.querySelector(`${way}:not(:disabled)`) || row.querySelector(".grow"));
    if (own) own.focus();
  }, 0);
  const place = (/** @type {number} */ from, /** @type {number} */ to, by = ".grip") => {
    const next = draft.moved(steps, from, to, at);
    if (next === steps) return;
    change(next, t("plan.now", { title: titleOf(steps[from]), n: to + 1, of: steps.length }));
    unfold(by === ".grip" ? -1 : to);
    follow(to, by);
  };
  const grip = (/** @type {number} */ i) => ({
    onPointerDown: (/** @type {any} */ event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      carry({ from: i, to: i });
    },
    onPointerMove: (/** @type {any} */ event) => { if (drag) carry({ ...drag, to: placeAt(event.clientY) }); },
    onPointerUp: () => {
      if (drag && drag.to >= 0) place(drag.from, drag.to);
      carry(null);
    },
    onPointerCancel: () => carry(null),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!by) return;
      event.preventDefault();
      place(i, Math.max(draft.open(at), Math.min(steps.length - 1, i + by)));
    },
  });
  return html`<p class="hide" id="grip-how">${t("plan.grip.how")}</p><ol class="steps planned" ref=${list}>${steps.map((step, i) => {
    const title = titleOf(step);
    const over = i <= at;
    const lift = drag && drag.from === i ? " lifted" : drag && drag.to === i ? (drag.from < i ? " below" : " above") : "";
    return html`<li key=${i} class=${`k-${step.kind}${over ? " done" : ""}${lift}`} aria-current=${i === at && running.value ? "step" : null}>
      <div class="row">${over ? html`<${Icon} id=${`k-${step.kind}`} size=${34} />`
    : html`<button type="button" class="tool grip" aria-label=${t("plan.grip", { title })} aria-describedby="grip-how" ...${grip(i)}><${Icon} id=${`k-${step.kind}`} size=${34} /></button>`}
        <button type="button" class="grow" aria-expanded=${over ? null : String(open === i)} disabled=${over}
          onClick=${() => unfold(open === i ? -1 : i)}><span class="grow">${title}</span> <span class="small soft">${t("min", { count: step.minutes })}</span>${!over && html`<${Icon} id="u-more" size=${20} />`}</button></div>
      ${open === i && !over && html`<${Menu} key=${title} steps=${steps} i=${i} at=${at} change=${change} place=${place} shut=${() => { unfold(-1); follow(Math.min(i, steps.length - 2), ".row .grow"); }} />`}</li>`;
  })}</ol>`;
};

export const Planner = () => {
  const [past, remember] = useState(/** @type {Step[][]} */ ([]));
  const [adding, add] = useState(false);
  const at = meet.value ? meet.value.at : -1;
  const steps = /** @type {Step[]} */ (/** @type {any} */ (plan.value));
  const change = (/** @type {Step[]} */ to, told = "") => {
    if (to === steps) return;
    remember([...past.slice(-19), steps]);
    take(to);
    if (told) say(told);
  };
  const undo = () => {
    const last = past[past.length - 1];
    remember(past.slice(0, -1));
    // What has run meanwhile stays as it ran.
    take([...steps.slice(0, at + 1), ...last.slice(at + 1)]).then(({ outcome }) => { if (outcome === "ok") tell(t("plan.undone")); });
  };
  return html`<${Sheet} title=${t("plan.edit")} closeLabel=${t("page.close")} onClose=${hide}>
    <p class="small soft">${t("plan.how")}</p>
    ${steps.length ? html`<${Steps} steps=${steps} at=${at} change=${change} /><p><b>${sum(steps, at)}</b></p>` : html`<p>${t("plan.none")}</p>`}
    <div class="row wrap doing">${past.length ? html`<button type="button" class="btn" onClick=${undo}>${t("plan.undo")}</button>` : null}
      <button type="button" class="btn" aria-expanded=${String(adding)} disabled=${steps.length >= draft.MOST} onClick=${() => add(!adding)}>${t("plan.add")}</button></div>
    ${adding && html`<${Picker} word=${t("plan.add.go")} go=${(/** @type {any} */ card, /** @type {number} */ prompt) => {
    const step = draft.stepOf(card);
    change(draft.inserted(steps, prompt < 0 ? step : { ...step, options: { ...step.options, prompt } }));
    add(false);
  }} />`}
    <${Fold} title=${t("plan.ready")} open=${!steps.length}><${Ready} steps=${steps} at=${at} change=${change} /></${Fold}>
    <${Fold} title=${t("plan.files")}><${Files} steps=${steps} at=${at} change=${change} /></${Fold}>
    ${steps.length ? html`<${Fold} title=${t("rehearse.go")}><${Rehearse} /></${Fold}>` : null}
    <p><button type="button" class="btn plain" onClick=${() => show("cards")}>${t("host.plan")}</button></p></${Sheet}>`;
};
