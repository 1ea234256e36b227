// Something is called; whoever has found it taps, and a number grows. Nobody is first, nobody is last.
import { html, useState } from "../../static/ui.js";
import { Field, fits } from "../../static/parts/field.js";
import { called } from "./crowd.js";
import { dress, knows, useLater } from "./later.js";

/* keys: call.* */
/** @typedef {any} Props what the shell hands to a kind */

dress();
const MOST = 120;

/** What is called, in words. @param {Props} props @param {(key: string, args?: any) => string} t @param {number} [round] @param {string} [own] */
export const words = (props, t, round = props.room.round, own = props.room.text) => {
  const { text, ours } = called(props, round, own);
  return ours < 0 ? text : t(`call.${ours}`);
};

/** All that was called and found, the running one last. @param {Props} props @returns {{text: string, count: number}[]} */
export const finds = (props) => [...props.room.called, props.room].map(({ text, round, count }) => ({ text: words(props, props.t, round, text), count }));

/** @param {{props: Props}} of */
const Next = ({ props: { t, act } }) => {
  const [text, type] = useState("");
  const go = () => {
    if (!fits(text, MOST)) return;
    act("call", { text });
    type("");
  };
  return html`<${Field} id="ck-call" label=${t("count.own")} value=${text} max=${MOST} t=${t} onInput=${type} onEnter=${go} />
    <button type="button" class="btn xl ink2" onClick=${go}>${t("count.next")}</button>`;
};

/** @param {{props: Props}} of */
const Form = ({ props: bare }) => {
  const props = useLater(bare);
  if (!props) return html`<div class="body"><p role="status">${bare.t("page.waiting")}</p></div>`;
  const { t, act, me, own, room, ended } = props;
  if (ended) return html`<div class="body"><h2>${t("count.over")}</h2><ul class="ck-calls">${finds(props).map(({ text, count }, i) => html`<li key=${i} class="row"><span class="grow"><bdi>${text}</bdi></span> <b class="big">${count}</b></li>`)}</ul></div>`;
  const mine = own && own.found === room.round;
  const plays = me.role !== "screen";
  const guess = (/** @type {any} */ tree) => [[`own/${me.id}/found`, tree.room.round], ["room/count", (tree.room.count || 0) + 1]];
  const back = (/** @type {any} */ tree) => [[`own/${me.id}/found`], ["room/count", Math.max(0, (tree.room.count || 0) - 1)]];
  return html`<div class="body ck-count"><p role="status">${mine ? t("count.mine") : t("count.lead")}</p>
    <p class="big ck-n" key=${room.count}>${room.count}</p><p class="ck-list">${t("count.n", { count: room.count })}</p>
    ${!plays ? null : mine ? html`<button type="button" class="btn plain" onClick=${() => act("withdraw", {}, back)}>${t("count.back")}</button>`
    : html`<button type="button" class="btn ck-found" onClick=${() => act("found", {}, guess)}>${t("count.found")}</button>`}
    ${me.role === "host" ? html`<${Next} props=${props} />` : null}</div>`;
};

/** @param {Props} props */
export const view = (props) => html`<${Form} props=${props} />`;

/** @param {Props} props */
export const head = (props) => {
  const t = knows(props.t, props.lang);
  const { text } = called(props);
  return text || (t ? words(props, t) : props.t("page.waiting"));
};

/** @param {Props} props @param {Props|null} before */
export const say = (props, before) => {
  const t = knows(props.t, props.lang);
  if (!t || !before) return "";
  if (props.room.round !== before.room.round) return words(props, t);
  return props.room.count > before.room.count ? t("count.n", { count: props.room.count }) : "";
};
