// The line is away: nothing is taken from anybody. A calm sheet of paper over the bar, and the activity above it goes on.
import { html, signal, useEffect, useState } from "../ui.js";
import { say, tell } from "./news.js";
import { current, line, running, waiting } from "./session.js";
import { t } from "./tongue.js";

/** A line that is back within this time was never away. */
const BLINK_MS = 1500;
const SHEET_MS = 4000;

/** 0: the line is there, 1: for a moment away, 2: longer. */
export const away = signal(0);

/** Watches the line; the page calls it once. @returns {void} */
export function watch() {
  /** @type {any[]} */
  let timers = [];
  let kept = false;
  line.subscribe(({ state }) => {
    if (state === "lost") {
      if (timers.length) return;
      timers = [setTimeout(() => { away.value = 1; kept = kept || waiting.value > 0; say(t("line.lost")); }, BLINK_MS), setTimeout(() => { away.value = 2; }, SHEET_MS)];
      return;
    }
    if (state !== "open") return;
    timers.forEach(clearTimeout);
    timers = [];
    if (away.value) tell(kept || waiting.value ? t("line.back.made") : t("line.back.plain"));
    away.value = 0;
    kept = false;
  });
}

export const Away = () => {
  const [small, shrink] = useState(false);
  const stage = away.value;
  useEffect(() => { if (!stage) shrink(false); }, [stage]);
  if (!stage) return null;
  const count = waiting.value;
  const finding = html`<b class="grow">${t("line.finding")}</b>`;
  const retry = html`<button type="button" class="btn plain" onClick=${() => current().link.stir()}>${t("line.try")}</button>`;
  if (stage === 1 || small) return html`<section class="adrift row">${finding}${retry}</section>`;
  return html`<section class="adrift enter"><svg class="boat" viewBox="0 0 288 150" aria-hidden="true"><use href="#s-boat" /></svg>
    <h2>${t("line.safe")}</h2><p>${t("line.lost")} ${count > 0 && t("line.waiting", { count })}</p>
    <div class="row">${running.value && html`<button type="button" class="btn grow" onClick=${() => shrink(true)}>${t("line.go")}</button>`}${retry}</div></section>`;
};
