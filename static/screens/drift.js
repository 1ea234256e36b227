// Whether the line is away: for a moment, or longer. A line that is back at once was never away.
import { signal } from "../ui.js";
import { say, tell } from "./news.js";
import { line, me, waiting } from "./session.js";
import { t } from "./tongue.js";

const BLINK_MS = 1500;
const SHEET_MS = 4000;

/** 0: the line is there, 1: for a moment away, 2: longer. */
export const away = signal(0);

/** Watches the line; the page calls it once. */
export function watch() {
  /** @type {any[]} */
  let timers = [];
  let kept = false;
  line.subscribe(({ state }) => {
    if (state === "lost") {
      if (timers.length || !me.value) return; // who is not yet in has nothing to lose
      timers = [
        setTimeout(() => {
          away.value = 1;
          kept = kept || waiting.value > 0;
          say(t("line.lost"));
        }, BLINK_MS),
        setTimeout(() => { away.value = 2; }, SHEET_MS),
      ];
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
