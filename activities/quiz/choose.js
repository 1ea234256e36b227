// A poll, one of two, a place on a line: held until the host shows how it fell.
import { html, useEffect, useState } from "../../static/ui.js";
import { choices, gist, goesOn, length, places } from "./told.js";

/** @typedef {any} Props what the shell hands to a kind */

/** What can be tapped; the same once more takes it back. @param {{props: Props, chosen: number|undefined, onPick: (at: number) => void, onBack: () => void}} of */
const Buttons = ({ props, chosen, onPick, onBack }) => {
  const { t, options } = props;
  return html`<div class=${options.form === "either" ? "qz-two" : "qz-list"} role="group" aria-label=${t("choose")}>${choices(props).map((choice, i) => html`
    <button key=${i} type="button" class="btn qz-one" dir="auto" aria-pressed=${chosen === i ? "true" : "false"} onClick=${() => (chosen === i ? onBack() : onPick(i))}><span>${choice}</span></button>`)}</div>`;
};

/** A line between two ends; the dot is one's own. @param {{props: Props, chosen: number|undefined, onPick: (at: number) => void}} of */
const Line = ({ props, chosen, onPick }) => {
  const { t } = props;
  const [at, move] = useState(chosen === undefined ? 50 : chosen);
  const [one, two] = choices(props);
  useEffect(() => { if (chosen !== undefined) move(chosen); }, [chosen]);
  return html`<div class="qz-line">
    <label class="hide" for="qz-at">${t("line.label", { one, two })}</label>
    <input id="qz-at" class=${chosen === undefined ? "qz-range still" : "qz-range"} type="range" min="0" max="100" step="5" value=${at} aria-valuetext=${t("line.at", { one, two, at })}
      onInput=${(/** @type {any} */ event) => move(Number(event.currentTarget.value))} onChange=${(/** @type {any} */ event) => onPick(Number(event.currentTarget.value))} />
    <p class="qz-ends"><b dir="auto">${one}</b><b dir="auto">${two}</b></p>
    ${chosen === undefined ? html`<button type="button" class="btn" onClick=${() => onPick(at)}>${t("line.here")}</button>` : null}</div>`;
};

/** How it fell, in the order in which it was asked: nothing is ranked. @param {{props: Props}} of */
export const Bars = ({ props }) => {
  const { t, room } = props;
  const sums = room.sums || [];
  return html`<ul class="qz-bars">${choices(props).map((choice, i) => html`<li key=${i}><span class="row"><span class="grow"><bdi>${choice}</bdi></span> <b class="big">${sums[i] || 0}</b></span>
    ${sums[i] ? html`<i aria-hidden="true" class=${i % 2 ? "odd" : null} style=${{ "--w": `${length(sums[i], sums)}%` }}></i>` : null}</li>`)}</ul>${sums.some((/** @type {number} */ n) => n) ? null : html`<p>${t("empty")}</p>`}`;
};

/** Everyone's dots over the line, without names. @param {{props: Props}} of */
export const Dots = ({ props }) => {
  const { room } = props;
  const stacks = places(room.dots || []);
  const top = Math.min(14, Math.max(4, ...stacks));
  const [one, two] = choices(props);
  return html`<div class="qz-dots" role="img" aria-label=${gist(props)} style=${{ "--top": top, "--part": String(Math.min(1, 14 / Math.max(1, ...stacks))) }}>${stacks.map((n, i) => html`<span key=${i}>${Array.from({ length: n }, (_, k) => html`<i key=${k} class=${(i + k) % 3 ? null : "odd"}></i>`)}</span>`)}</div>
    <p class="qz-ends"><b dir="auto">${one}</b><b dir="auto">${two}</b></p>`;
};

/** @param {{props: Props}} of */
export const Form = ({ props }) => {
  const { t, act, me, own, room, options, ended } = props;
  const [passed, pass] = useState(false);
  const [late, setLate] = useState(false);
  const line = options.form === "spectrum";
  const shown = room.phase === "shown";
  const key = shown ? "added" : "pick";
  const raw = own ? own[key] : undefined;
  const chosen = shown && line && raw !== undefined ? (room.dots || [])[raw] : raw;
  useEffect(() => { pass(false); setLate(false); }, [room.round]);
  /** @param {number} at */
  const pick = (at) => { pass(false); act("choose", { at }, shown ? undefined : () => [[`own/${me.id}/pick`, at]]); };
  const back = () => act("withdraw", {}, shown ? undefined : () => [[`own/${me.id}/pick`]]);
  const plays = !ended && me.role !== "screen";
  const host = plays && me.role === "host";
  const input = line ? html`<${Line} key=${`${room.round}${key}`} props=${props} chosen=${chosen} onPick=${pick} />`
    : html`<${Buttons} props=${props} chosen=${chosen} onPick=${pick} onBack=${back} />`;
  if (shown) {
    return html`<div class="body">${line ? html`<${Dots} props=${props} /><p>${gist(props)}</p>` : html`<${Bars} props=${props} />`}
      ${plays && (late || raw !== undefined ? input : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("late")}</button>`)}
      ${plays && raw !== undefined ? html`<p class="row wrap"><span>${t("added")}</span><button type="button" class="btn plain" onClick=${back}>${t("back")}</button></p>` : null}
      ${host && goesOn(props) ? html`<button type="button" class="btn xl ink2" onClick=${() => act("go_on")}>${t("another")}</button>` : null}</div>`;
  }
  if (ended) return html`<div class="body"><p>${t("closed")}</p></div>`;
  return html`<div class="body"><p role="status">${chosen !== undefined ? t("in") : passed ? t("passed") : line ? t("lead.line") : options.hidden ? t("lead") : t("lead.open")}</p>
    ${plays && !(passed && chosen === undefined) ? input : null}
    ${room.sums ? html`<${Bars} props=${props} />` : null}
    <div class="row wrap">${!plays ? null : chosen !== undefined ? html`<button type="button" class="btn plain" onClick=${back}>${t("back")}</button>`
    : passed ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
      : html`<button type="button" class="btn plain" onClick=${() => { pass(true); act("pass_", {}); }}>${t("pass")}</button>`}</div>
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${host && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${t("show")}</button>`}</div>`;
};
