// All sheets together: a wall of drawings, a mural of tiles or a parade of creatures; one can be looked at large.
import { html, useEffect, useRef, useState } from "../../static/ui.js";
import { Drawing } from "../../static/parts/drawing.js";
import { fits } from "../../static/parts/field.js";
import { Icon } from "../../static/parts/icon.js";
import { Pad } from "../../static/parts/pad.js";
import { Sheet } from "../../static/parts/sheet.js";
import { noted, overdue, Words } from "./sheets.js";
import { across, ground, hanging, line, modeOf, mural, yearOf } from "./shown.js";

/* keys: wall.* */
/** @typedef {import("../../static/parts/drawing.js").Mark} Mark */
/** @typedef {import("./shown.js").Placed} Placed */

/** So many at first, and so many more each time. */
const AT_ONCE = 24;
/** Marks that a late piece may have, and their characters. */
const LATE = 120, LATE_BYTES = 16 * 1024 - 512;

/** The picture of a piece. @param {{piece: Placed, props: any, label: string}} of */
export const Picture = ({ piece, props, label }) => (piece.parts
  ? html`<span class="cv-creature" role=${label ? "img" : null} aria-label=${label || null}>${piece.parts.map((marks, i) => html`<${Drawing} key=${i} marks=${marks} label="" />`)}</span>`
  : html`<${Drawing} marks=${piece.marks} under=${ground(modeOf(props), props.room, piece.tile)} label=${label} />`);

/** What stands below it. @param {{piece: Placed, props: any}} of */
export const Below = ({ piece, props }) => {
  const { t, now } = props;
  return html`${piece.text ? html`<span class="cv-text" dir="auto">${piece.text}</span>` : null}
    ${piece.year ? html`<span class="small">${t("year", { count: piece.year, year: String(yearOf(piece.year, now())) })}</span>` : null}
    ${piece.name ? html`<span class="small soft"><bdi translate="no">${piece.name}</bdi></span>` : null}`;
};

/** @param {{piece: Placed, n: number, props: any}} of */
const Heart = ({ piece, n, props }) => {
  const { t, act, me, own, room, ended } = props;
  const { i } = piece;
  const mine = Boolean(own && own.hearts && own.hearts[i]);
  const count = (room.hearts && room.hearts[i]) || 0;
  const give = () => act("heart", { i, on: !mine }, (/** @type {any} */ tree) => [mine ? [`own/${me.id}/hearts/${i}`] : [`own/${me.id}/hearts/${i}`, true],
    [`room/hearts/${i}`, tree.room.hearts[i] + (mine ? -1 : 1)]]);
  return html`<button type="button" class="tool cv-heart" aria-pressed=${String(mine)} disabled=${ended || me.role === "screen"} onClick=${give}><${Icon} id="u-heart" size=${20} />
    <b aria-hidden="true">${count || ""}</b><span class="hide">${t("heart", { n, count })}</span></button>`;
};

/** One piece, large; after the last comes the first, so that no button goes dead under a finger. @param {{all: Placed[], at: number, go: (at: number) => void, close: () => void, props: any}} of */
const Large = ({ all, at, go, close, props }) => {
  const { t, act, me, ended, room } = props;
  const piece = all[at];
  const label = line(piece, at + 1, t);
  return html`<${Sheet} title=${label} closeLabel=${t("page.close")} onClose=${close}>
    <div class="cv-large"><${Picture} piece=${piece} props=${props} label=${label} /></div>
    <p class="cv-below"><${Below} piece=${piece} props=${props} /></p>
    <div class="row wrap">${all.length > 1 ? [html`<button key="prev" type="button" class="btn plain" onClick=${() => go((at + all.length - 1) % all.length)}>${t("prev")}</button>`,
    html`<button key="next" type="button" class="btn plain" onClick=${() => go((at + 1) % all.length)}>${t("next")}</button>`] : null}
      ${room.hearts && !piece.off ? html`<${Heart} piece=${piece} n=${at + 1} props=${props} />` : null}
      ${me.role === "host" && !ended ? html`<button type="button" class="btn plain" onClick=${() => act("aside", { i: piece.i, on: !piece.off })}>${t(piece.off ? "aside.back" : "aside")}</button>` : null}</div><//>`;
};

/** A piece that comes after the show: drawn on this page, and sent whole. @param {{props: any, close: () => void}} of */
const Late = ({ props, close }) => {
  const { t, act, me, options, room, hold } = props;
  const [marks, set] = useState(/** @type {Mark[]} */ (overdue.peek()));
  const [note, write] = useState({ text: "", year: 10, named: false });
  const [tile] = useState(() => Math.floor(Math.random() * 6));
  const args = { marks: marks.map(([ink, width, shape, points]) => `${ink}.${width}.${shape}.${points}`), ...noted(note, options), tile };
  const full = marks.length >= LATE || marks.reduce((sum, mark) => sum + mark[3].length + 16, 0) > LATE_BYTES;
  const ready = (marks.length > 0 || note.text.trim()) && !full && fits(note.text, options.signs || 0);
  useEffect(() => { if (hold) hold(ready ? { name: "add", args, words: note.text.trim() || t("add.words") } : null); }, [marks, note]);
  const go = () => {
    if (hold) hold(null);
    overdue.value = [];
    act("add", args).then((/** @type {any} */ answer) => { if (answer.outcome !== "refused") close(); });
  };
  return html`<${Pad} id="late" marks=${marks} ink=${me.ink || 0} label=${t("sheet")} t=${t} under=${ground(modeOf(props), room, tile)}
      onMark=${(/** @type {Mark} */ mark) => set((now) => [...now, mark])} onUndo=${() => set((now) => now.slice(0, -1))} />
    ${full ? html`<p role="status">${t("refused.sheet_full")}</p>` : null}
    <${Words} props=${props} note=${note} set=${write} id="late-words" />
    <div class="row wrap"><button type="button" class="btn" disabled=${!ready} onClick=${go}>${t("add.send")}</button></div>`;
};

/** @param {any} props */
export const Wall = (props) => {
  const { t, act, me, own, room, ended, wide } = props;
  const [open, setOpen] = useState(-1);
  const [most, more] = useState(AT_ONCE);
  const [asked, setLate] = useState(false);
  const late = asked || overdue.value.length > 0;
  const [failed, fail] = useState(false);
  const mode = modeOf(props);
  const host = me.role === "host" && !ended;
  const all = hanging(room, host);
  const up = all.filter(({ off }) => !off);
  const at = all.findIndex(({ i }) => i === open);
  const mine = own && own.added !== undefined;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const whole = mode === "tiles";
  const list = whole ? mural(all) : all.slice(0, most);
  const columns = across(all.length);
  const keep = () => import("./montage.js").then((module) => module.keep(up, mode, room, t("file"))).then(() => fail(false), () => fail(true));
  return html`<div class="body cv-wallpage" ref=${box}><h1 tabindex="-1">${t(mode === "tiles" || mode === "parts" ? `wall.${mode}` : "wall")}</h1>
    <p>${up.length ? t("pieces", { count: up.length }) : t("wall.none")}</p>
    ${all.length ? html`<ul class=${whole ? "cv-mural" : mode === "parts" ? "cv-wall cv-parade" : "cv-wall"} data-wide=${String(Boolean(wide))} style=${whole ? { "--columns": columns } : null}>${list.map((piece, n) => ("blank" in piece
      ? html`<li key=${`b${n}`} aria-hidden="true"><${Drawing} marks=${[]} under=${ground(mode, room, piece.tile)} label="" /></li>`
      : html`<li key=${/** @type {Placed} */ (piece).i} class=${piece.off ? "cv-off" : null}><button type="button" class="cv-piece" onClick=${() => setOpen(/** @type {Placed} */ (piece).i)}
            aria-label=${`${line(/** @type {Placed} */ (piece), n + 1, t)}${piece.text ? `. ${piece.text}` : ""}`}>
          <${Picture} piece=${/** @type {Placed} */ (piece)} props=${props} label="" />${whole ? null : html`<${Below} piece=${/** @type {Placed} */ (piece)} props=${props} />`}</button>
        ${room.hearts && !whole && !piece.off ? html`<${Heart} piece=${/** @type {Placed} */ (piece)} n=${n + 1} props=${props} />` : null}</li>`))}</ul>` : null}
    ${!whole && all.length > most ? html`<button type="button" class="btn plain" onClick=${() => more(most + AT_ONCE)}>${t("more")}</button>` : null}
    <div class="row wrap">${up.length ? html`<button type="button" class="btn plain" onClick=${keep}>${t("keep.wall")}</button>` : null}
      ${ended || me.role === "screen" || mode === "parts" || late ? null : mine ? html`<span>${t("added")}</span><button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("added.back")}</button>`
    : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}</div>
    ${failed ? html`<p role="status">${t("end.copy.failed")}</p>` : null}
    ${late && !ended && !mine ? html`<${Late} props=${props} close=${() => setLate(false)} />` : null}
    ${at >= 0 ? html`<${Large} all=${all} at=${at} go=${(/** @type {number} */ to) => setOpen(all[to].i)} close=${() => setOpen(-1)} props=${props} />` : null}
  </div>`;
};
