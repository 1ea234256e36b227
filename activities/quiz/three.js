// Two truths and one wish: three lines each, one person after the other is up, the others guess which one is the wish.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Who } from "../../static/parts/who.js";

/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {{lines: string[], wish: number}} Three */

const LINE = 120;

/** Three lines, and which one is the wish. @param {{t: (key: string, args?: any) => string, wide: boolean, first: Three|null, send: string, onSend: (three: Three) => void, onType: (three: Three) => void, children?: any}} of */
const Write = ({ t, wide, first, send, onSend, onType, children }) => {
  const [three, put] = useState(first || { lines: ["", "", ""], wish: -1 });
  const ready = three.wish >= 0 && three.lines.every((line) => points(line) > 0 && fits(line, LINE));
  /** @param {Three} next */
  const set = (next) => { put(next); onType(next); };
  return html`<div class="qz-write">${three.lines.map((line, i) => html`<div key=${i} class=${three.wish === i ? "wish" : null}>
    <${Field} id=${`qz-${i}`} label=${t("three.line", { n: i + 1 })} value=${line} max=${LINE} lines=${wide ? 1 : 2} t=${t}
      onInput=${(/** @type {string} */ text) => set({ ...three, lines: three.lines.map((old, at) => (at === i ? text : old)) })} />
    <button type="button" class="btn plain qz-wish" aria-pressed=${three.wish === i ? "true" : "false"} aria-describedby=${`qz-${i}`} onClick=${() => set({ ...three, wish: i })}>${t("three.wish")}</button></div>`)}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${() => onSend({ ...three, lines: three.lines.map((line) => line.trim()) })}>${send}</button>${children}</div></div>`;
};

/** Mine: to be written, changed, or left out. @param {{props: Props}} of */
const Mine = ({ props }) => {
  const { t, act, me, own, room, hold } = props;
  const [open, show] = useState(room.phase === "write");
  const mine = own && own.pick;
  const out = own && own.out;
  /** @param {string} words */
  const keep = (words) => { if (hold) hold(words ? { name: "", args: null, words } : null); };
  /** @param {boolean} on */
  const sit = (on) => { keep(""); act("sit", { on }, () => [on ? [`own/${me.id}/out`, true] : [`own/${me.id}/out`]]); };
  if (own && own.been) return null;
  if (out) return html`<p role="status">${t("three.out")}</p><button type="button" class="btn plain" onClick=${() => { show(true); sit(false); }}>${mine ? t("three.in") : t("three.write")}</button>`;
  if (!open) return html`<button type="button" class="btn plain" onClick=${() => show(true)}>${mine ? t("three.edit") : t("three.write")}</button>`;
  return html`<p role="status">${mine ? t("three.held") : t("lead.three")}</p>
    <${Write} t=${t} wide=${props.wide} first=${mine} send=${mine ? t("change") : t("send")} onType=${(/** @type {Three} */ three) => keep(mine ? "" : three.lines.filter(Boolean).join("\n"))}
      onSend=${(/** @type {Three} */ three) => { keep(""); show(room.phase === "write"); act("write", three, () => [[`own/${me.id}/pick`, three]]); }}>
      ${mine ? html`<button type="button" class="btn plain" onClick=${() => act("pass_", {}, () => [[`own/${me.id}/pick`]])}>${t("back")}</button>` : null}</${Write}>
    <button type="button" class="btn plain" onClick=${() => sit(true)}>${t("three.sit")}</button>`;
};

/** Who is up, and the three lines. @param {{props: Props}} of */
const Up = ({ props }) => {
  const { t, act, me, own, room, people, ended } = props;
  const { up } = room;
  const person = people[up.who];
  const known = up.wish !== undefined;
  const author = up.who === me.id;
  const chosen = own && own.guess;
  const plays = !ended && me.role !== "screen";
  return html`${person ? html`<h2 class="row" key=${up.who}><${Who} ...${person} /><span class="grow" translate="no"><bdi>${person.name}</bdi></span></h2>` : null}
    <p role="status">${known ? t("three.known") : author ? t("three.you") : chosen !== undefined ? t("three.guessed") : t("three.ask")}</p>
    <ul class="qz-lines">${up.lines.map((/** @type {string} */ line, /** @type {number} */ i) => html`<li key=${i}>${known || author || !plays
    ? html`<p class=${known && i === up.wish ? "qz-said wish" : "qz-said"} dir="auto">${line}</p>`
    : html`<button type="button" class="btn qz-one" dir="auto" aria-pressed=${chosen === i ? "true" : "false"} onClick=${() => act("guess", { i }, () => [[`own/${me.id}/guess`, i]])}><span>${line}</span></button>`}
      ${known ? html`<p class="small">${i === up.wish ? html`<b>${t("three.this")}</b> ` : null}${t("three.sum", { count: up.sums[i] })}</p>` : null}</li>`)}</ul>
    ${known ? null : html`<p class="small soft">${t("guesses", { count: up.count })}</p>`}
    ${plays && !known && (author || me.role === "host") ? html`<button type="button" class=${author ? "btn xl ink2" : "btn plain"} onClick=${() => act("tell")}>${author ? t("three.tell") : t("three.show")}</button>` : null}
    ${plays && author && !known ? html`<button type="button" class="btn plain" onClick=${() => act("sit", { on: true })}>${t("three.down")}</button>` : null}`;
};

/** @param {{props: Props}} of */
export const Form = ({ props }) => {
  const { t, act, me, room, ended } = props;
  const plays = !ended && me.role !== "screen";
  const host = plays && me.role === "host";
  const told = (room.told || []).filter((/** @type {any} */ one) => one.who);
  const next = room.phase === "write" ? t("three.begin") : t("three.next");
  const free = !room.up || room.up.wish !== undefined;
  return html`<div class="body">
    ${room.up ? html`<${Up} props=${props} />` : room.phase === "up" ? html`<p>${room.count ? t("three.between") : t("three.over")}</p>` : ended ? html`<p>${t("closed")}</p>` : null}
    ${host && room.count > 0 && (free || room.phase === "up") ? html`<button type="button" class=${free ? "btn xl ink2" : "btn plain"} onClick=${() => act("go_on")}>${next}</button>` : null}
    ${plays ? html`<${Mine} key=${room.phase} props=${props} />` : null}
    ${room.phase === "write" && !ended ? html`<p class="small soft">${t("three.come", { count: room.count })}</p>` : null}
    ${told.length && free ? html`<h2>${t("wishes")}</h2><ul class="qz-wishes">${told.map((/** @type {any} */ { who, wish }, /** @type {number} */ i) => html`<li key=${i}><b dir="auto">${wish}</b>
      ${props.people[who] ? html`<bdi class="small soft" translate="no">${props.people[who].name}</bdi>` : null}</li>`)}</ul>` : null}</div>`;
};
