// The way of each chain: on one clock for everybody while a host leads through it, then at one's own pace.
import { html, useState } from "../../static/ui.js";
import { copyText } from "../../static/parts/copy.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Piece } from "./piece.js";
import { bow, nameOf, placeOf, restOf, seen } from "./told.js";

/** @typedef {import("./told.js").Props} Props */

/** @param {{props: Props}} of */
const Replay = ({ props }) => {
  const { t, act, me, room, now, people } = props;
  usePulse(() => restOf(room, now()), [room.at, room.chains]);
  const { c, p } = placeOf(room, now());
  const chain = room.chains[c] || [];
  const piece = chain[p];
  const first = chain[0];
  const end = p === chain.length - 1;
  /** @param {string} word @param {() => void} run @param {string} [looks] */
  const button = (word, run, looks = "btn plain") => html`<button type="button" class=${looks} onClick=${run}>${word}</button>`;
  const steady = !room.at.run;
  return html`<div class="body"><p class="rg-step"><b>${t("chain", { n: c + 1, of: room.many || 1 })}</b> <span class="soft">${t("step", { n: p + 1, of: chain.length })}</span></p>
    <div class="rg-stage enter" key=${`${c}.${p}`}>${!piece ? null : piece.off ? html`<p class="soft">${t("off")}</p>` : html`<${Piece} piece=${piece} t=${t} people=${people} />`}</div>
    ${end && p > 0 && first.t && !first.off ? html`<p class="small">${t("began")} <b dir="auto"><bdi>${first.t}</bdi></b></p>` : null}
    ${me.role === "host" ? html`<div class="rg-lead-on"><button type="button" class="btn xl ink2" onClick=${() => act("go", { to: "piece" })}>${end ? (c + 1 < (room.many || 1) ? t("go.chain") : t("free")) : t("go.piece")}</button>
      <div class="row wrap">${button(t("go.back"), () => act("go", { to: "back" }))}
        ${end ? null : button(steady ? t("resume") : t("pause"), () => act("still", { on: !steady }))}
        ${end ? null : button(t("go.chain"), () => act("go", { to: "chain" }))}
        ${button(piece && piece.off ? t("unhide") : t("hide"), () => act("hide", { c, p, on: !(piece && piece.off) }))}
        ${c + 1 < (room.many || 1) ? button(t("free"), () => act("free")) : null}</div></div>` : null}</div>`;
};

/** All lines as strips along an arc, as people would sit. @param {{props: Props}} of */
const Arc = ({ props }) => {
  const { t, act, me, room, people, ended } = props;
  const all = (room.chains || []).map((/** @type {any[]} */ [piece], /** @type {number} */ c) => ({ ...piece, c }));
  const host = me.role === "host" && !ended;
  const list = all.filter((/** @type {any} */ one) => one.t && (host || !one.off));
  return html`<ul class="rg-arc">${list.map((/** @type {any} */ one, /** @type {number} */ i) => html`<li key=${one.c} style=${{ "--bow": bow(i, list.length).toFixed(3) }}>
    <div class="cut">${nameOf(one.to, people) ? html`<p class="small"><b>${t("for.whom")} <bdi translate="no">${nameOf(one.to, people)}</bdi></b></p>` : null}
      <p class=${one.off ? "soft" : "rg-strip"} dir="auto">${one.t}</p>${nameOf(one.by, people) ? html`<p class="small soft"><bdi translate="no">${nameOf(one.by, people)}</bdi></p>` : null}</div>
    ${host ? html`<button type="button" class="btn plain" onClick=${() => act("hide", { c: one.c, p: 0, on: !one.off })}>${one.off ? t("unhide") : t("hide")}</button>` : null}</li>`)}</ul>`;
};

/** One chain after the other, as each likes. A host can take pieces off here, too. @param {{props: Props}} of */
const Browse = ({ props }) => {
  const { t, act, me, room, people, ended } = props;
  const host = me.role === "host" && !ended;
  const all = (room.chains || []).map((/** @type {any[]} */ chain, /** @type {number} */ c) => ({ c, chain: chain.map((piece, p) => ({ piece, p })).filter(({ piece }) => host || !piece.off) }))
    .filter((/** @type {any} */ one) => one.chain.length);
  const [at, go] = useState(0);
  const n = Math.min(at, all.length - 1);
  /** @param {number} by */
  const to = (by) => go((n + by + all.length) % all.length);
  const { c, chain } = all[n];
  return html`<p class="rg-step"><b>${t("chain", { n: n + 1, of: all.length })}</b></p>
    ${all.length > 1 ? html`<div class="row"><button type="button" class="btn plain" onClick=${() => to(-1)}>${t("before")}</button>
      <button type="button" class="btn grow" onClick=${() => to(1)}>${t("go.chain")}</button></div>` : null}
    <ol class="rg-chain enter" key=${c}>${chain.map((/** @type {any} */ { piece, p }) => html`<li key=${p}>${piece.off ? html`<p class="soft">${t("off")}</p>` : html`<${Piece} piece=${piece} t=${t} people=${people} />`}
      ${host ? html`<button type="button" class="btn plain" onClick=${() => act("hide", { c, p, on: !piece.off })}>${piece.off ? t("unhide") : t("hide")}</button>` : null}</li>`)}</ol>`;
};

/** What was written to me, and to nobody else. @param {{props: Props}} of */
const Mine = ({ props }) => {
  const { t, own, people, ended } = props;
  const got = (own && own.got) || [];
  const [copied, set] = useState("");
  const text = got.map((/** @type {any} */ one) => one.t).join("\n");
  const copy = () => copyText(text).then((done) => set(done ? t("copied") : t("by.hand")));
  if (!got.length) return html`<div class="cut rg-got"><p class="rg-line">${t("got.none")}</p></div>`;
  return html`<p><b>${t("got")}</b></p>${got.map((/** @type {any} */ one, /** @type {number} */ i) => html`<div class="cut rg-got enter" key=${i}><p class="rg-line" dir="auto">${one.t}</p>
    ${nameOf(one.by, people) ? html`<p class="small"><bdi translate="no">${nameOf(one.by, people)}</bdi></p>` : null}</div>`)}
    <p class="small soft">${ended ? t("got.only") : t("got.keep")}</p>
    <div class="row"><button type="button" class="btn plain" onClick=${copy}>${t("copy")}</button><span role="status">${copied}</span></div>`;
};

/** @param {{props: Props}} of */
export const Shown = ({ props }) => {
  const { t, me, room, options, ended } = props;
  if (room.private) return html`<div class="body">${me.role === "screen" ? html`<p>${t("got.all")}</p>` : html`<${Mine} props=${props} />`}</div>`;
  const flat = options.form === "thanks" || options.form === "placed";
  if (room.phase === "shown" && !ended) return html`<${Replay} props=${props} />`;
  const any = me.role === "host" && !ended ? (room.chains || []).length : seen(room).length;
  if (!any) return html`<div class="body"><h2>${t("none")}</h2></div>`;
  return html`<div class="body">${flat ? html`<${Arc} props=${props} />` : html`<${Browse} props=${props} />`}</div>`;
};
