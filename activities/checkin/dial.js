// How full is my battery? From 0 to 10, for oneself until the host shows how many of us stand at each step.
import { html, useEffect, useState } from "../../static/ui.js";
import { asked, ends } from "./crowd.js";
import { dress, knows, useLater } from "./later.js";

/** @typedef {any} Props what the shell hands to a kind */

dress();
export const STEPS = 10;

/** What stands at 0 and at 10. @param {Props} props @returns {string[]} */
export const both = (props) => {
  const found = ends(asked(props)).ends;
  return found.length ? found : [props.t("dial.low"), props.t("dial.high")];
};

/** How many stand at each step, in words. @param {Props} props */
export const spoken = ({ t, room }) => {
  const all = (room.sums || []).map((/** @type {number} */ n, /** @type {number} */ i) => (n ? t("dial.step", { many: n, n: i }) : "")).filter(Boolean);
  return all.length ? t("dial.alt", { list: all.join(t("list.sep")) }) : t("empty");
};

/** A battery of cut paper, so full. @param {{n: number}} of */
export const Battery = ({ n }) => html`<svg class="ck-full flip" viewBox="0 0 300 96" aria-hidden="true"><path class="t" d="M4 8L284 4 286 32 296 33 296 62 286 63 284 92 4 88z" /><path class="oh" d="M12 16L276 12 277 84 12 81z" />
  ${Array.from({ length: n }, (_, i) => html`<path key=${i} class=${i % 2 ? "q" : "p"} d=${`M${18 + i * 26} ${20 + i % 3}l21 -${1 + i % 2} 1 ${56 - i % 2} -22 ${1 + i % 3}z`} />`)}</svg>`;

/** All of it, in strips of paper. @param {{props: Props}} of */
export const Strips = ({ props }) => {
  const sums = props.room.sums || [];
  const most = Math.max(1, ...sums);
  const [low, high] = both(props);
  return html`<div role="img" aria-label=${spoken(props)}><div class="ck-strips">${sums.map((/** @type {number} */ n, /** @type {number} */ i) => html`<span key=${i}><b>${n || ""}</b><i class=${n ? (i % 2 ? "odd" : "even") : "none"} style=${{ "--h": `${Math.round(100 * n / most)}%` }}></i><small>${i}</small></span>`)}</div>
    <p class="ck-ends"><b><bdi>${low}</bdi></b><b><bdi>${high}</bdi></b></p></div>`;
};

/** @param {{props: Props, first: number|undefined, send: string, onSend: (x: number) => void, onType?: (x: number) => void}} of */
const Ask = ({ props, first, send, onSend, onType }) => {
  const { t } = props;
  const [x, put] = useState(first === undefined ? 5 : first);
  const [low, high] = both(props);
  useEffect(() => { if (first !== undefined) put(first); }, [first]);
  /** @param {any} event */
  const type = (event) => {
    const to = Number(event.currentTarget.value);
    put(to);
    if (onType) onType(to);
  };
  return html`<div class="ck-dial"><p class="big ck-n" aria-hidden="true">${x}</p><${Battery} n=${x} /><label class="hide" for="ck-dial">${t("dial.label")}</label>
      <input id="ck-dial" class="ck-range" type="range" min="0" max=${STEPS} step="1" value=${x} aria-valuetext=${t("dial.at", { n: x })} onInput=${type} />
      <p class="ck-ends" aria-hidden="true"><b><bdi>${low}</bdi></b><b><bdi>${high}</bdi></b></p></div>
    <div class="row wrap"><button type="button" class="btn" disabled=${x === first} onClick=${() => onSend(x)}>${send}</button></div>`;
};

/** @param {{props: Props}} of */
const Form = ({ props: bare }) => {
  const props = useLater(bare);
  const { act, me, own, room, ended, hold } = bare;
  const [passed, pass] = useState(false);
  const [late, setLate] = useState(false);
  const mine = own && own.pick ? own.pick.x : undefined;
  const shown = room.phase === "shown";
  const added = own && own.added !== undefined;
  if (!props) return html`<div class="body"><p role="status">${bare.t("page.waiting")}</p></div>`;
  const { t } = props;
  const plays = !ended && me.role !== "screen";
  const keep = (/** @type {any} */ piece) => { if (hold) hold(piece); };
  if (shown) {
    return html`<div class="body"><p role="status">${t("dial.shown")}</p><${Strips} props=${props} />${(room.sums || []).some((/** @type {number} */ n) => n) ? null : html`<p>${t("empty")}</p>`}
      ${!plays ? null : added ? html`<p class="row wrap"><span>${t("dial.at", { n: own.added })}</span><button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></p>`
    : late ? html`<${Ask} props=${props} first=${undefined} send=${t("dial.send")} onType=${(/** @type {number} */ x) => keep({ name: "drop", args: { x }, words: t("dial.at", { n: x }) })}
        onSend=${(/** @type {number} */ x) => { keep(null); setLate(false); act("drop", { x }); }} />`
      : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}</div>`;
  }
  if (ended) return html`<div class="body"><p>${t("dots.closed")}</p></div>`;
  const guess = (/** @type {any} */ pick) => () => [pick ? [`own/${me.id}/pick`, pick] : [`own/${me.id}/pick`]];
  return html`<div class="body"><p role="status">${mine !== undefined ? t("dial.in") : passed ? t("passed") : t("dial.lead")}</p>
    ${!plays ? null : passed && mine === undefined ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
    : html`<${Ask} props=${props} first=${mine} send=${mine === undefined ? t("dial.send") : t("change")} onSend=${(/** @type {number} */ x) => act("place", { x }, guess({ x, y: 0, named: false }))} />
      <div class="row wrap">${mine !== undefined ? html`<button type="button" class="btn plain" onClick=${() => act("withdraw", {}, guess(null))}>${t("back")}</button>`
    : html`<button type="button" class="btn plain" onClick=${() => { pass(true); act("pass_", {}, guess(null)); }}>${t("pass")}</button>`}</div>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${me.role === "host" && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${t("dial.show")}</button>`}</div>`;
};

/** @param {Props} props */
export const view = (props) => html`<${Form} props=${props} />`;

/** @param {Props} props */
export const head = (props) => {
  const t = knows(props.t, props.lang);
  return ends(asked(props)).head || (t ? t("ask.dial") : props.t("page.waiting"));
};

/** @param {Props} props @param {Props|null} before */
export const say = (props, before) => {
  const t = knows(props.t, props.lang);
  if (!t || !before) return "";
  if (props.room.phase === "shown") return before.room.phase === "shown" ? "" : spoken({ ...props, t });
  return (before.room.count || 0) < (props.room.count || 0) ? t("come", { count: props.room.count }) : "";
};
