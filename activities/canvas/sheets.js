// One's own sheet while all draw: the paper, what is written on it, and the way out. Nobody else sees it yet.
import { html, signal, useEffect, useRef, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Drawing } from "../../static/parts/drawing.js";
import { Field, fits } from "../../static/parts/field.js";
import { Pad } from "../../static/parts/pad.js";
import { ground, modeOf, yearOf } from "./shown.js";

/* keys: lead.* show.* */
/** @typedef {import("../../static/parts/drawing.js").Mark} Mark */
/** @typedef {{text: string, year: number, named: boolean}} Note */

/** So long after the last letter it is sent. */
const REST_MS = 500;
/** So long after the first picture what comes next is fetched. */
const AHEAD_MS = 2500;
/** The strip above a part: what reaches over from the part before, in page units. */
export const STRIP = [0, 6900, 10000, 600];
export const FURTHEST = 60;

/** Strokes that were under way when all was shown: they can still be hung up, as a piece that comes late. */
export const overdue = signal(/** @type {Mark[]} */ ([]));

/** Which part of a creature this is. @param {{at: number, of: number} | undefined} part */
export const partOf = (part) => (!part ? "" : part.of < 2 ? "whole" : part.at === 0 ? "top" : part.at === part.of - 1 ? "bottom" : "middle");

/** @param {any} props what a stroke makes of the state */
export const drawn = ({ me, own }, /** @type {Mark} */ mark) => (/** @type {any} */ tree) => {
  const mine = (tree.own && tree.own[me.id]) || own || {};
  const marks = mine.marks || [];
  return [marks.length ? [`own/${me.id}/marks/${marks.length}`, mark] : [`own/${me.id}/marks`, [mark]]];
};

/** @param {any} props */
export const rubbed = ({ me, own }) => (/** @type {any} */ tree) => {
  const mine = (tree.own && tree.own[me.id]) || own || {};
  return mine.marks && mine.marks.length ? [[`own/${me.id}/marks/${mine.marks.length - 1}`]] : [];
};

/** What can be written on a sheet. @param {{props: any, note: Note, set: (note: Note) => void, id: string}} of */
export const Words = ({ props, note, set, id }) => {
  const { t, options, now } = props;
  return html`${options.signs ? html`<${Field} id=${`${id}-text`} label=${t("words.yours")} value=${note.text} max=${options.signs} lines=${options.signs > 60 ? 2 : 1} t=${t}
      onInput=${(/** @type {string} */ text) => set({ ...note, text })} />` : null}
    ${options.years ? html`<div><label for=${`${id}-year`}>${t("year.yours")}</label>
      <input type="range" class="cv-year" id=${`${id}-year`} min="1" max=${FURTHEST} value=${note.year || 10} aria-valuetext=${t("year", { count: note.year || 10, year: String(yearOf(note.year || 10, now())) })}
        onInput=${(/** @type {any} */ event) => set({ ...note, year: Number(event.currentTarget.value) })} />
      <p aria-hidden="true"><b>${t("year", { count: note.year || 10, year: String(yearOf(note.year || 10, now())) })}</b></p></div>` : null}
    ${options.named ? html`<label class="cv-tick"><input type="checkbox" checked=${note.named} onChange=${(/** @type {any} */ event) => set({ ...note, named: event.currentTarget.checked })} />
      <span>${t("named")}</span></label>` : null}`;
};

/** As an answer's arguments: a year only where one is asked for. @param {Note} note @param {any} options */
export const noted = ({ text, year, named }, options) => ({ text: text.trim(), year: options.years ? year || 10 : 0, named: Boolean(options.named && named) });

/** Before the threes are put together. @param {{props: any}} of */
const Gather = ({ props }) => {
  const { t, act, me, own, ended } = props;
  const out = Boolean(own && own.out);
  if (ended) return html`<p>${t("closed")}</p>`;
  return html`<p>${t("gather")}</p>${me.role === "screen" ? null : html`<p role="status"><b>${out ? t("lead.alone") : t("gather.in")}</b></p>
    <button type="button" class="btn plain" aria-pressed=${String(out)} onClick=${() => act("sit", { on: !out }, () => [[`own/${me.id}/out`, ...(out ? [] : [true])]])}>${t(out ? "sit.back" : "sit")}</button>
    ${out ? html`<${Paper} props=${props} />` : null}`}
    ${me.role === "host" ? html`<button type="button" class="btn xl ink2" data-act="begin" onClick=${() => act("begin")}>${t("begin")}</button>` : null}`;
};

/** The sheet itself. @param {{props: any}} of */
const Paper = ({ props }) => {
  const { t, act, me, own, room, ended } = props;
  const mode = modeOf(props);
  const marks = (own && own.marks) || [];
  const add = (/** @type {Mark} */ mark) => {
    const [ink, width, shape, points] = mark;
    act("draw", { ink, width, shape, points }, drawn(props, mark)).then((/** @type {any} */ answer) => {
      if (answer && answer.code === "not_now" && mode !== "parts") overdue.value = [...overdue.value, mark];
    });
  };
  const part = mode === "parts" && !(own && own.out) ? partOf(own && own.part) : "";
  return html`${part && part !== "top" && part !== "whole" ? html`<div class="cv-join pad-broad"><${Drawing} marks=${(own && own.join) || []} label=${t("join")} crop=${STRIP} /></div>` : null}
    <${Pad} marks=${marks} ink=${me.ink || 0} label=${t("sheet")} t=${t} onMark=${add} onUndo=${() => act("rub", {}, rubbed(props))} off=${ended || me.role === "screen"} blind=${mode === "blind" && !ended}
      under=${ground(mode, room, own && own.tile)} part=${part === "whole" ? "" : part} />`;
};

/** @param {any} props */
export const Sheet = (props) => {
  const { t, act, me, own, room, options, now, ended, ahead, away } = props;
  const mode = modeOf(props);
  const mine = own || {};
  const [passed, pass] = useState(false);
  const [note, write] = useState(/** @type {Note} */ ({ text: "", year: 10, named: false, ...(mine.note || {}) }));
  const timer = useRef(/** @type {any} */ (null));
  const send = useRef(() => {});
  const held = mine.note || {};
  const same = noted(note, options).text === (held.text || "") && (!options.years || noted(note, options).year === (held.year || 10)) && Boolean(note.named) === Boolean(held.named);
  send.current = () => {
    clearTimeout(timer.current);
    if (!same && !ended && fits(note.text, options.signs || 0)) act("caption", noted(note, options));
  };
  useEffect(() => {
    if (same) return undefined;
    timer.current = setTimeout(() => send.current(), REST_MS);
    return () => clearTimeout(timer.current);
  }, [note.text, note.year, note.named]);
  useEffect(() => { overdue.value = []; }, []);
  useEffect(() => {
    const wait = setTimeout(() => { if (ahead) ahead().catch(() => {}); }, AHEAD_MS);
    return () => clearTimeout(wait);
  }, [away]);
  const host = me.role === "host" && !ended;
  if (room.phase === "gather") return html`<div class="body"><${Gather} props=${props} /></div>`;
  if (ended) return html`<div class="body"><p>${t("closed")}</p></div>`;
  const drawing = (mine.marks || []).length > 0;
  const part = mode === "parts" ? partOf(mine.part) : "";
  const free = mode !== "parts" || part || mine.out;
  const lead = mode === "parts" ? (mine.out && !part ? t("lead.alone") : part ? t(`lead.${part}`) : t("come.lead"))
    : mode === "own" && options.named ? t("lead.named") : t(`lead.${mode}`);
  const leave = () => {
    pass(true);
    write({ text: "", year: 10, named: false });
    act("pass_", {}, () => [[`own/${me.id}/marks`], [`own/${me.id}/note`]]);
  };
  const clock = room.clock ? html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />` : null;
  return html`<div class="body cv-own" onBlur=${() => send.current()}>
    <p role="status">${passed && !drawing ? t("passed") : lead}</p>${clock}
    ${me.role === "screen" ? null : passed && !drawing ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
    : html`${free ? html`<div><${Paper} props=${props} /></div>` : html`<button type="button" class="btn" onClick=${() => act("come")}>${t("come")}</button>`}
      ${mode === "parts" ? null : html`<${Words} props=${props} note=${note} set=${write} id="cv" />`}
      <div class="row wrap">${options.auto && free && !mine.out ? html`<button type="button" class="btn plain" aria-pressed=${String(Boolean(mine.done))}
          onClick=${() => act("done", { on: !mine.done }, () => [[`own/${me.id}/done`, !mine.done]])}>${t("done")}</button>` : null}
        ${mode === "parts" ? html`<button type="button" class="btn plain" onClick=${() => (mine.out ? act("come") : act("sit", { on: true }))}>${t(mine.out ? "sit.back" : "sit")}</button>`
      : html`<button type="button" class="btn plain" onClick=${leave}>${t("pass")}</button>`}</div>`}
    <p class="small soft">${t("sheets", { count: room.count || 0 })}</p>
    ${host ? html`<button type="button" class="btn xl ink2" data-act="show" onClick=${() => act("show")}>${t(mode === "tiles" || mode === "parts" ? `show.${mode}` : "show")}</button>
      ${room.clock ? html`<button type="button" class="btn plain" onClick=${() => act("longer")}>${t("longer")}</button>` : null}` : null}
  </div>`;
};
