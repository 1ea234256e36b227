// What stands around the activity and is not needed for its first picture: what a host has said, reactions and their sums.
import { effect, html, signal, useEffect } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Reactions, Sums } from "../parts/reactions.js";
import { sendReaction } from "./bar.js";
import { hush, news, said, sums } from "./news.js";
import { current, line, meet } from "./session.js";
import { t } from "./tongue.js";
import { watch } from "./watch.js";

/** What this person has closed: it is open again for the next sentence. */
const closed = signal(0);
/** What stands unfolded: at first every sentence, for as long as it takes to read it. */
const wide = signal(0);
/** The newest that has been unfolded by itself. */
let shown = 0;
const READ_MS = 15000;

let watching = false;
/** The line of voices, once it is known that there is sound here. */
const voices = signal(/** @type {any} */ (null));

/** Asked at each greeting: it may be another server. */
function hark() {
  if (line.value.state !== "open" || voices.peek() || current().store.voice !== 1) return;
  import("./voice.js").then((m) => { voices.value = m.begin(); }, () => {});
}

/** The sums of reactions. It is drawn once the first picture and all words are there: from then on the page watches, and voices are looked for. */
export const Round = () => {
  useEffect(() => {
    if (!watching) {
      watch();
      effect(hark);
    }
    watching = true;
  }, []);
  return html`${voices.value && html`<${voices.value} />`}<${Sums} sums=${sums.value} />`;
};

export const Tray = () => html`<section class="tray enter" aria-label=${t("react.title")}><${Reactions} t=${t} onReact=${sendReaction} /></section>`;

/** The strip that stands in for it where the masthead has been scrolled away. @type {import("./news.js").News|null} */
let afloat = null;

/** The ear has it already. @param {string} text */
function float(text) {
  const place = document.querySelector(".said");
  if (news.value || !place || place.getBoundingClientRect().top > 0) return;
  news.value = afloat = { text };
}

/** Read, or no longer so. */
function sink() {
  if (afloat) hush(afloat);
  afloat = null;
}

/** A strip of paper at the foot of the masthead. It takes no room, so that nobody's line jumps: read, it folds to one line. */
export const Standing = () => {
  const from = meet.value && meet.value.say;
  const text = said.value;
  const at = from ? from.at : 0;
  useEffect(() => {
    if (!at || !text || at === shown) return undefined;
    shown = at;
    wide.value = at;
    float(text);
    const timer = setTimeout(() => {
      if (wide.value === at) wide.value = 0;
      sink();
    }, READ_MS);
    return () => {
      clearTimeout(timer);
      sink();
    };
  }, [at, Boolean(text)]);
  if (!at || !text || closed.value === at || (afloat && news.value === afloat)) return null;
  const open = wide.value === at;
  return html`<section class=${open ? "enter" : "enter small"} key=${at} aria-label=${t("said.label")}>
    <button type="button" class="words" aria-expanded=${String(open)} onClick=${() => { wide.value = open ? 0 : at; }}><bdi dir="auto">${text}</bdi></button>
    <button type="button" class="tool" aria-label=${t("said.close")} onClick=${() => { closed.value = at; }}><${Icon} id="u-close" size=${18} /></button></section>`;
};
