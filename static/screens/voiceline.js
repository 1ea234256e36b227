// The line of voices above the bar: the offer to listen, then the microphone, who speaks, and what there is to say when it does not work.
import { html, useEffect } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Who } from "../parts/who.js";
import { createPress } from "../voice/hold.js";
import { Asked } from "./voiceasked.js";
import { tell } from "./news.js";
import { me, people, wide } from "./session.js";
import { sheet, show } from "./sheets.js";
import { t } from "./tongue.js";
import { asked, closed, known, place, putAway, seen, shown, space, speak, voice } from "./voiceway.js";

/* keys: voice.closed.* */
/** How many names stand in the line, where there is width and where not; the others are a number. */
const FEW = 4, TWO = 2;

/** Hears from this tap on; whoever comes for the first time sees what there is. */
export function listen() {
  const engine = voice.value;
  if (!engine) return;
  engine.listen().catch(() => {});
  if (!seen.value) show("voices");
}

/** The microphone by a tap: closed, open, or the way to it. */
function flip() {
  const engine = voice.value;
  if (!engine) return;
  if (engine.mic.value === "on") engine.mute();
  else speak(() => show("voices"));
}

const press = createPress({ hold: (down) => { if (voice.value && known.value) voice.value.hold(down); },
  later: (fn, ms) => setTimeout(fn, ms), never: (timer) => clearTimeout(timer) });

/** With the focus on it, the space bar does both, too. @param {KeyboardEvent} event */
function key(event) {
  if (event.key !== " " || !space.value || !known.value) return;
  event.preventDefault();
  if (event.type === "keyup") {
    press.onPointerUp();
    if (press.taps) flip();
  } else if (!event.repeat) press.onPointerDown({});
}

/** The microphone: its state in a word, in its shape and in its ink. */
export const Mic = () => {
  const engine = /** @type {import("./voiceway.js").Voice} */ (voice.value);
  const on = engine.mic.value === "on";
  const { onPointerDown, onPointerUp, onPointerCancel, onContextMenu } = press;
  // Taken away under the finger, it is let go.
  useEffect(() => onPointerUp, []);
  return html`<button type="button" class=${on ? "btn mic on" : "btn plain mic"} aria-pressed=${String(on)} onClick=${() => { if (press.taps) flip(); }}
    onPointerDown=${onPointerDown} onPointerUp=${onPointerUp} onPointerCancel=${onPointerCancel} onContextMenu=${onContextMenu}
    onKeyDown=${key} onKeyUp=${key} onBlur=${onPointerUp}>
    <${Icon} id=${on ? "u-mic" : "u-hush"} size=${28} label=${t("voice.mic")} /><span>${t(on ? "voice.on" : "voice.off")}</span></button>`;
};

/** Who speaks: their paper lies in register for as long as they do. */
const Talk = () => {
  const all = people.value, self = me.value ? me.value.id : "";
  const ids = shown.value.filter((id) => id !== self);
  if (!ids.length) return null;
  const most = wide.value ? FEW : TWO;
  // Two on a phone: a strip of paper each, one under the other.
  const strips = ids.length > 1 && !wide.value;
  return html`<span class=${strips ? "talks two" : "talks"} aria-hidden="true">${strips ? html`<span class="pile">${ids.slice(0, most).map((id) => html`
    <bdi class="strip" key=${id} translate="no" style=${{ "--c": `var(--f${all[id].ink % 12})` }}>${all[id].name}</bdi>`)}</span>`
    : ids.slice(0, most).map((id) => html`<span class="talk1" key=${id}><span class="reg"><${Who} ...${all[id]} /></span><bdi translate="no">${all[id].name}</bdi></span>`)}
    ${ids.length > most ? html`<b dir="ltr">+${ids.length - most}</b>` : null}</span>`;
};

/** What stands beside the microphone where nobody else speaks. */
const word = () => {
  const engine = /** @type {import("./voiceway.js").Voice} */ (voice.value);
  const why = closed.value, mic = engine.mic.value;
  if (why) return t(`voice.closed.${why}`);
  if (mic === "asking") return t("voice.asking");
  if (engine.locked.value) return t("voice.locked");
  if (engine.unheard.value) return t("voice.unheard");
  if (mic === "on") return t("voice.heard");
  return t("voice.listening");
};

/** The sheet with all the rest: on a desk there is room for its word. */
const Rest = () => html`<button type="button" class=${wide.value ? "btn plain" : "tool"} aria-label=${wide.value ? null : t("voice.title")} aria-haspopup="dialog" onClick=${() => show("voices")}>
  <${Icon} id="u-ear" size=${26} />${wide.value && html`<span>${t("voice.title")}</span>`}</button>`;

const On = () => {
  const engine = /** @type {import("./voiceway.js").Voice} */ (voice.value), self = me.value ? me.value.id : "";
  const quiet = closed.value || engine.unheard.value || engine.locked.value || engine.mic.value === "asking" || !shown.value.some((id) => id !== self);
  return html`${engine.can.speak && !closed.value ? html`<${Mic} />` : null}
    <span class="grow">${quiet ? html`<span class="small">${word()}</span>` : html`<${Talk} />`}</span><${Rest} />`;
};

const Offer = () => html`<button type="button" class="btn plain" onClick=${listen}><${Icon} id="u-ear" /><span>${t("voice.listen")}</span></button>
  <span class="grow small">${t("voice.offer")}</span>
  <button type="button" class="tool" aria-label=${t("voice.later")} onClick=${() => { putAway(true); tell(t("voice.put")); }}><${Icon} id="u-close" size=${20} /></button>`;

/** @param {{text: string, again?: boolean}} of */
const Trouble = ({ text, again = false }) => {
  const engine = /** @type {import("./voiceway.js").Voice} */ (voice.value);
  return html`${again ? null : html`<${Open} />`}<span class="grow small">${text}</span>
    ${again ? html`<button type="button" class="btn plain" onClick=${() => { engine.listen().catch(() => {}); }}>${t("page.again")}</button>` : null}
    ${again ? html`<button type="button" class="tool" aria-label=${t("voice.leave")} onClick=${() => engine.leave()}><${Icon} id="u-close" size=${20} /></button>` : html`<${Rest} />`}`;
};

/** On the way back the microphone is as it was: whoever left it open can close it. */
const Open = () => (voice.value && voice.value.mic.value === "on" ? html`<${Mic} />` : null);

/** @type {{[at: string]: () => any}} */
const PARTS = {
  hall: () => html`<span class="grow small">${t("voice.hall")}</span>`,
  offer: () => html`<${Offer} />`,
  joining: () => html`<${Open} /><span class="grow"><b class="small">${t("voice.joining")}</b><span class="reach" aria-hidden="true"><i></i></span></span><${Rest} />`,
  on: () => html`<${On} />`,
  blocked: () => html`<${Trouble} text=${t("voice.blocked")} again=${true} />`,
  away: () => html`<${Trouble} text=${t("voice.away")} />`,
  busy: () => html`<${Trouble} text=${t("voice.busy")} />`,
};

export const Line = () => {
  const at = place.value;
  if (asked.value && at !== "" && at !== "hall" && voice.value && voice.value.mic.value !== "on") return html`<${Asked} />`;
  return at ? html`<section class=${`voices ${at}`} aria-label=${t("voice.title")}>${PARTS[at]()}</section>` : null;
};

/** On every page and over every sheet: one can be heard. A tap closes the microphone. */
export const Heard = () => {
  const engine = voice.value;
  if (!engine || engine.mic.value !== "on" || !sheet.value) return null;
  return html`<button type="button" class="heard" onClick=${() => engine.mute()} aria-label=${`${t("voice.heard")} ${t("voice.hush")}`}><${Icon} id="u-mic" size=${20} /><span>${t("voice.heard")}</span></button>`;
};
