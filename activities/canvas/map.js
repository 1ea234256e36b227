// A map of allies: bubbles under aliases, and lines between them. The same as a list, and a small form for both.
import { html, useLayoutEffect, useRef, useState } from "../../static/ui.js";
import { Field, fits } from "../../static/parts/field.js";
import { Sheet } from "../../static/parts/sheet.js";
import { HIGH, WIDE } from "../../static/parts/stroke.js";
import { middle, NINTHS } from "./stamps.js";
import { ninthOf } from "./twin.js";

/* keys: hue.* size.* tie.* place.* */
/** @typedef {{by: string, name: string, hue: number, size: number, x: number, y: number, on: boolean, hidden?: boolean}} Bubble */
/** @typedef {{by: string, a: number, b: number, kind: number, on: boolean}} Tie */
/** @typedef {Bubble & {i: number}} Placed */

export const NAME = 40;
/** Radius of a bubble by its size, in page units, and the inks of the legend. */
export const RADII = [420, 640, 900];
/** Half the width of a name of middling length. */
const NAME_PX = 72;
export const INKS = ["var(--f4)", "var(--f2)", "var(--sheet)"];
const STEP = 250;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Bubbles that are on the map, with their places; covered ones for hosts only. @param {any} room @param {boolean} [all] @returns {Placed[]} */
export const bubbles = ({ bubbles: list = [] }, all = false) => list.map((/** @type {Bubble} */ one, /** @type {number} */ i) => ({ ...one, i }))
  .filter((/** @type {Placed} */ one) => one.on && (all || !one.hidden));

/** Lines between bubbles that are seen. @param {any} room @param {readonly Placed[]} up @returns {(Tie & {i: number, from: Placed, to: Placed})[]} */
export const ties = ({ lines = [] }, up) => {
  const at = new Map(up.map((one) => [one.i, one]));
  return lines.map((/** @type {Tie} */ tie, /** @type {number} */ i) => ({ ...tie, i, from: at.get(tie.a), to: at.get(tie.b) }))
    .filter((/** @type {any} */ tie) => tie.on && tie.from && tie.to);
};

/** A place for a new bubble: the spot that is farthest from all others. @param {readonly {x: number, y: number}[]} up */
export const freeSpot = (up) => {
  let best = { x: 5000, y: 3750 }, most = up.length ? -1 : Infinity;
  if (most === Infinity) return best;
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 7; column++) {
      const x = 1100 + column * 1300, y = 900 + row * 1140;
      const gap = Math.min(...up.map((one) => Math.hypot(one.x - x, one.y - y)));
      if (gap > most) {
        most = gap;
        best = { x, y };
      }
    }
  }
  return best;
};

/**
 * How far a map that is wider than the phone is pushed: what one has just put there is in sight, and some bubble always is.
 * @param {readonly Placed[]} all @param {string} me @param {number} left where it is now @param {number} seen how much of it @param {number} whole how wide it is
 */
export const sight = (all, me, left, seen, whole) => {
  const at = (/** @type {Placed} */ one) => (one.x * whole) / 10000;
  const edge = Math.min(seen / 3, NAME_PX);
  // At the map's own ends there is nothing more to bring into sight.
  const within = (/** @type {Placed} */ one) => at(one) >= (left > 0 ? left + edge : 0) && at(one) <= (left + seen < whole ? left + seen - edge : whole);
  const last = all[all.length - 1];
  if (!last || (last.by === me ? within(last) : all.some(within))) return left;
  return Math.max(0, Math.min(whole - seen, Math.round(at(last) - seen / 2)));
};

/** A name as two short lines at most, so that it stays with its bubble. @param {string} name */
export const folded = (name) => {
  const signs = [...name];
  if (signs.length <= 13) return [name];
  const half = Math.ceil(signs.length / 2);
  let cut = -1;
  signs.forEach((sign, i) => { if (sign === " " && (cut < 0 || Math.abs(i - half) < Math.abs(cut - half))) cut = i; });
  if (cut < 0) return [name];
  return [signs.slice(0, cut).join(""), signs.slice(cut + 1).join("")];
};

/** Where the middle of a name stands, so that it stays on the page. @param {number} x @param {string} text @param {number} size of its letters */
export const inside = (x, text, size) => {
  const half = Math.min(5000, [...text].length * size * 0.3 + 60);
  return Math.max(half, Math.min(10000 - half, x));
};

/** The whole as a picture. @param {{all: Placed[], lines: ReturnType<typeof ties>, label: string, size?: number, open?: number, hand?: any, nameless?: boolean}} of */
export const Picture = ({ all, lines, label, size = 280, open = -1, hand = null, nameless = false }) => html`<svg class="cv-mapsvg" viewBox="0 0 10000 7500" role=${hand ? "group" : "img"} aria-label=${label} ...${hand ? hand.paper : {}}>
  ${lines.map((tie) => html`<path key=${tie.i} class=${`cv-tie k${tie.kind}`} d=${`M${tie.from.x} ${tie.from.y}L${tie.to.x} ${tie.to.y}`} />`)}
  ${all.map((one, n) => html`<g key=${one.i} class=${`cv-bubble h${one.hue}${one.i === open ? " on" : ""}${hand && hand.mine(one) ? " mine" : ""}`} opacity=${one.hidden ? 0.4 : 1} style=${{ "--c": INKS[one.hue] }} ...${hand ? hand.bubble(one) : {}}>
    <circle cx=${one.x} cy=${one.y} r=${RADII[one.size]} />
    ${(nameless ? [String(n + 1)] : folded(one.name)).map((text, i, rows) => html`<text key=${i} x=${inside(one.x, text, size)} y=${one.y + (i - (rows.length - 1) / 2) * size * 1.1} font-size=${size} direction="auto">${text}</text>`)}</g>`)}</svg>`;

/** @param {{t: any}} of */
export const Legend = ({ t }) => html`<ul class="cv-legend small">${[0, 1, 2].map((hue) => html`<li key=${`h${hue}`}><svg width="24" height="24" viewBox="-1000 -1000 2000 2000" aria-hidden="true">
    <g class=${`cv-bubble h${hue}`} style=${{ "--c": INKS[hue] }}><circle r="850" /></g></svg>${t(`hue.${hue}`)}</li>`)}
  ${[0, 1, 2].map((kind) => html`<li key=${`k${kind}`}><svg width="38" height="12" viewBox="0 -200 1500 400" aria-hidden="true"><path class=${`cv-tie k${kind}`} d="M60 0H1440" /></svg>${t(`tie.${kind}`)}</li>`)}</ul>`;

/** One of a few words. @param {{label: string, words: string[], value: number, on: (value: number) => void}} of */
const Choice = ({ label, words, value, on }) => html`<div role="group" aria-label=${label}><p class="label">${label}</p><div class="cv-choices">${words.map((word, i) => html`
  <button key=${i} type="button" class="btn plain" aria-pressed=${String(value === i)} onClick=${() => on(i)}>${word}</button>`)}</div></div>`;

/** The form of a bubble. @param {{t: any, first: {name: string, hue: number, size: number}, word: string, onSend: (its: {name: string, hue: number, size: number}) => void, onType?: (its: any) => void}} of */
const Form = ({ t, first, word, onSend, onType }) => {
  const [its, put] = useState(first);
  const set = (/** @type {any} */ more) => {
    const next = { ...its, ...more };
    put(next);
    if (onType) onType(next);
  };
  const ready = its.name.trim().length > 0 && fits(its.name, NAME);
  const go = () => { if (ready) onSend({ ...its, name: its.name.trim() }); };
  return html`<${Field} id="cv-name" label=${t("map.name")} value=${its.name} max=${NAME} t=${t} hint=${t("map.alias")} onInput=${(/** @type {string} */ name) => set({ name })} onEnter=${go} />
    <${Choice} label=${t("map.hue")} words=${[0, 1, 2].map((i) => t(`hue.${i}`))} value=${its.hue} on=${(/** @type {number} */ hue) => set({ hue })} />
    <${Choice} label=${t("map.size")} words=${[0, 1, 2].map((i) => t(`size.${i}`))} value=${its.size} on=${(/** @type {number} */ size) => set({ size })} />
    <div class="row"><button type="button" class="btn" disabled=${!ready} onClick=${go}>${word}</button></div>`;
};

/** The form of a line. @param {{t: any, all: Placed[], from: number, onSend: (its: {a: number, b: number, kind: number}) => void}} of */
const Line = ({ t, all, from, onSend }) => {
  const other = all.find(({ i }) => i !== from);
  const [its, put] = useState({ a: from, b: other ? other.i : from, kind: 0 });
  const pick = (/** @type {string} */ id, /** @type {string} */ label, /** @type {"a"|"b"} */ end) => html`<div><label for=${id}>${label}</label><select class="field" id=${id} value=${String(its[end])}
    onChange=${(/** @type {any} */ event) => put({ ...its, [end]: Number(event.currentTarget.value) })}>${all.map((one) => html`<option key=${one.i} value=${String(one.i)} selected=${one.i === its[end]}>${one.name}</option>`)}</select></div>`;
  return html`${pick("cv-a", t("map.from"), "a")}${pick("cv-b", t("map.to"), "b")}
    <${Choice} label=${t("map.kind")} words=${[0, 1, 2].map((i) => t(`tie.${i}`))} value=${its.kind} on=${(/** @type {number} */ kind) => put({ ...its, kind })} />
    <div class="row"><button type="button" class="btn" disabled=${its.a === its.b} onClick=${() => onSend(its)}>${t("map.tie")}</button></div>`;
};

/** @param {any} props */
export const Allies = (props) => {
  const { t, act, me, room, ended, hold } = props;
  const [sheet, open] = useState("");
  const [at, choose] = useState(-1);
  const [drag, move] = useState(/** @type {{i: number, x: number, y: number, far: boolean} | null} */ (null));
  const box = useRef(/** @type {any} */ (null));
  const can = me.role !== "screen" && !ended;
  const host = me.role === "host" && can;
  const all = bubbles(room, host).map((one) => (drag && drag.i === one.i ? { ...one, x: drag.x, y: drag.y } : one));
  useLayoutEffect(() => {
    const el = box.current;
    if (el) el.scrollLeft = sight(all, me.id, el.scrollLeft, el.clientWidth, el.scrollWidth);
  }, [all.length]);
  const lines = ties(room, all);
  const one = all.find(({ i }) => i === at);
  const mine = Boolean(one && one.by === me.id && can);
  const close = () => {
    open("");
    if (hold) hold(null);
  };
  const within = (/** @type {number} */ n, /** @type {number} */ most) => Math.max(0, Math.min(most, Math.round(n)));
  const put = (/** @type {any} */ its) => {
    const spot = freeSpot(all);
    close();
    act("place", { ...its, ...spot });
  };
  const go = (/** @type {Placed} */ its, /** @type {number} */ x, /** @type {number} */ y) => act("move", { i: its.i, x, y }, () => [[`room/bubbles/${its.i}/x`, x], [`room/bubbles/${its.i}/y`, y]]);
  const spotOf = (/** @type {PointerEvent} */ e) => {
    const where = box.current.getBoundingClientRect();
    return { x: within(((e.clientX - where.left) / where.width) * 10000, WIDE), y: within(((e.clientY - where.top) / where.height) * 7500, HIGH) };
  };
  const hand = {
    paper: {}, mine: (/** @type {Placed} */ its) => its.by === me.id && can,
    bubble: (/** @type {Placed} */ its) => ({
      tabindex: 0, role: "button", "aria-label": t("map.bubble", { name: its.name, hue: t(`hue.${its.hue}`) }),
      onClick: () => { if (!drag || !drag.far) { choose(its.i); open("one"); } },
      onPointerDown: (/** @type {any} */ e) => {
        if (its.by !== me.id || !can) return;
        try { e.currentTarget.setPointerCapture(e.pointerId); } catch (error) { /* the finger has left already */ }
        move({ i: its.i, x: its.x, y: its.y, far: false });
      },
      onPointerMove: (/** @type {any} */ e) => {
        if (!drag || drag.i !== its.i) return;
        const to = spotOf(e);
        if (drag.far || Math.hypot(to.x - its.x, to.y - its.y) > 250) move({ i: its.i, ...to, far: true });
      },
      onPointerUp: () => {
        if (drag && drag.i === its.i && drag.far) go(its, drag.x, drag.y);
        // the click that follows must still know that this was a move
        setTimeout(() => move(null), 0);
      },
      onPointerCancel: () => move(null),
      onKeyDown: (/** @type {KeyboardEvent} */ e) => {
        if (e.key === "Enter" || e.key === " ") { choose(its.i); open("one"); }
        else if (its.by === me.id && can && Object.prototype.hasOwnProperty.call(WAYS, e.key)) go(its, within(its.x + WAYS[e.key][0] * STEP, WIDE), within(its.y + WAYS[e.key][1] * STEP, HIGH));
        else return;
        e.preventDefault();
      },
    }),
  };
  const told = t("map.told", { count: all.length });
  const keep = () => import("./mapfile.js").then((module) => module.keep(all, lines, t("file")));
  return html`<div class="body cv-wallpage">
    ${all.length ? html`<div class="cv-map" ref=${box}><${Picture} all=${all} lines=${lines} label=${`${t("map")}: ${told}`} open=${sheet === "one" ? at : -1} hand=${hand} /></div><${Legend} t=${t} />
      <p class="small soft">${t("map.how")}</p>` : html`<p>${t("map.empty")}</p>`}
    ${can ? html`<div class="row wrap"><button type="button" class="btn" data-act="add" onClick=${() => open("add")}>${t("map.add")}</button>
      ${all.length > 1 ? html`<button type="button" class="btn plain" data-act="tie" onClick=${() => { choose(all[0].i); open("tie"); }}>${t("map.tie")}</button>` : null}</div>` : null}
    ${all.length ? html`<h2>${t("map.list")}</h2><ol class="cv-maplist">${all.map((its) => html`<li key=${its.i}><button type="button" onClick=${() => { choose(its.i); open("one"); }}>
        ${t("map.bubble", { name: its.name, hue: t(`hue.${its.hue}`) })}</button>${lines.filter(({ a }) => a === its.i).map((tie) => html`<p key=${tie.i} class="small">${t("map.line", { a: tie.from.name, b: tie.to.name, kind: t(`tie.${tie.kind}`) })}</p>`)}</li>`)}</ol>
      <div class="row wrap"><button type="button" class="btn plain" onClick=${keep}>${t("map.keep")}</button></div>` : null}
    ${sheet === "add" ? html`<${Sheet} title=${t("map.add")} closeLabel=${t("page.close")} onClose=${close}><${Form} t=${t} first=${{ name: "", hue: 0, size: 1 }} word=${t("map.put")} onSend=${put}
      onType=${(/** @type {any} */ its) => hold && hold(its.name.trim() ? { name: "place", args: { ...its, name: its.name.trim(), ...freeSpot(all) }, words: its.name.trim() } : null)} /><//>` : null}
    ${sheet === "tie" ? html`<${Sheet} title=${t("map.tie")} closeLabel=${t("page.close")} onClose=${close}><${Line} t=${t} all=${all} from=${at} onSend=${(/** @type {any} */ its) => { close(); act("tie", its); }} /><//>` : null}
    ${sheet === "one" && one ? html`<${Sheet} title=${t("map.bubble", { name: one.name, hue: t(`hue.${one.hue}`) })} closeLabel=${t("page.close")} onClose=${close}>
      <ul class="acts">${lines.filter(({ a, b }) => a === one.i || b === one.i).map((tie) => html`<li key=${tie.i}><p>${t("map.line", { a: tie.from.name, b: tie.to.name, kind: t(`tie.${tie.kind}`) })}</p>
        ${tie.by === me.id && can ? html`<button type="button" class="btn plain" onClick=${() => act("untie", { i: tie.i })}>${t("map.untie")}</button>` : null}</li>`)}</ul>
      ${can && all.length > 1 ? html`<button type="button" class="btn plain" onClick=${() => open("tie")}>${t("map.tie")}</button>` : null}
      ${mine ? html`<${Form} key=${one.i} t=${t} first=${{ name: one.name, hue: one.hue, size: one.size }} word=${t("map.save")} onSend=${(/** @type {any} */ its) => { close(); act("change", { i: one.i, ...its }); }} />
        <div><label for="cv-where">${t("panel.where")}</label><select class="field" id="cv-where" value=${ninthOf(one)} onChange=${(/** @type {any} */ event) => { const to = middle(event.currentTarget.value); go(one, to.x, to.y); }}>
          ${NINTHS.map((place) => html`<option key=${place} value=${place} selected=${place === ninthOf(one)}>${t(`place.${place}`)}</option>`)}</select></div>
        <button type="button" class="btn plain" onClick=${() => { close(); act("drop", { i: one.i }); }}>${t("map.drop")}</button>` : null}
      ${host ? html`<button type="button" class="btn plain" onClick=${() => act("cover", { i: one.i, on: !one.hidden })}>${t(one.hidden ? "map.covered" : "map.cover")}</button>` : null}<//>` : null}
  </div>`;
};
