// Round: one after the other. Whose turn it is, is the biggest thing; who comes next is named early, and the way past is as large.
// What only some rounds have (moves, tiles, slots) and what hosts have comes later.
import { html, signal, useEffect, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Who } from "../../static/parts/who.js";
import { after, order, place, span, standing, texts, whose } from "./order.js";

/* keys: ask.* in.* order.* refused.nobody_yet refused.twice refused.last refused.not_in refused.enough refused.full refused.shown refused.other_form refused.no_tile */
/** @typedef {any} Props what the shell hands to a kind */

const TEXT = 240;

/** What a form has beside a voice, and what hosts can do. @type {import("../../static/ui.js").Signal<{[part: string]: any}>} */
const parts = signal(/** @type {{[part: string]: any}} */ ({}));
/** Side by side: one after the other would be as many waits. */
const formParts = () => Promise.all([import("./forms.js"), import("../../static/parts/moves.js"), import("../../static/parts/pulse.js")]).then(([module]) => module);
/** @param {string} name @param {() => Promise<any>} get */
const fetchPart = (name, get) => { get().then((module) => { parts.value = { ...parts.value, [name]: module }; }, () => {}); };

/** @param {Props} props @param {string} id */
export const nameOf = ({ people }, id) => (people[id] ? people[id].name : "");
/** A word too long for the place beside a face stands below it. @param {string} name */
const broad = (name) => name.split(/[\s-]+/).some((word) => points(word) > 9);
/** @param {Props} props @param {string} id */
const face = ({ people }, id) => (people[id] ? html`<${Who} ...${people[id]} away=${!people[id].here} />` : null);

/** A line in writing, kept while it is unfinished, also when the turn passes on meanwhile.
 * @param {{props: Props, text: string, put: (text: string) => void, label: string, word: string, onSend: () => void}} of */
const Write = ({ props, text, put, label, word, onSend }) => {
  const { t, act, hold } = props;
  const ready = points(text) > 0 && fits(text, TEXT);
  /** @param {string} next */
  const set = (next) => {
    put(next);
    if (hold) hold(next.trim() ? { name: "write", args: { text: next.trim() }, words: next.trim() } : null);
  };
  const go = () => {
    if (!ready) return;
    act("write", { text: text.trim() });
    set("");
    onSend();
  };
  return html`<div class="writes"><${Field} id="write" label=${label} value=${text} max=${TEXT} lines=${3} t=${t} onInput=${set} />
    <button type="button" class="btn" disabled=${!ready} onClick=${go}>${word}</button></div>`;
};

/** For whoever sits this one out: something of their own, that goes nowhere. @param {{props: Props}} of */
const Alone = ({ props: { t, act } }) => {
  const [text, put] = useState("");
  return html`<div class="note alone"><p role="status">${t("sat")}</p>
    <${Field} id="alone" label=${t("alone")} value=${text} max=${2000} lines=${3} t=${t} onInput=${put} />
    <button type="button" class="btn plain" onClick=${() => act("sit", { on: false })}>${t("unsit")}</button></div>`;
};

/** Whose turn it is. @param {{props: Props}} of */
const Turn = ({ props }) => {
  const { t, room, me, now } = props;
  const who = whose(room), then = after(room);
  const my = who === me.id;
  return html`<div class=${my ? "cut turn my" : "cut turn"} key=${room.n}>
    <div class=${broad(nameOf(props, who)) ? "row broad" : "row"}><span class="big-who">${face(props, who)}</span><div class="grow"><p class="small"><b>${my ? t("mine") : t("now")}</b></p>
      <h2 translate="no"><bdi>${nameOf(props, who)}</bdi></h2></div></div>
    ${texts(room).map((one) => html`<p class="said-now" key=${one.i} dir="auto">${one.text}</p>`)}
    <${ClockTape} clock=${room.clock} now=${now} t=${t} />${room.clock && room.clock.left !== undefined ? html`<p class="small" role="status">${t("still")}</p>` : null}</div>
    <p class="then">${then ? html`${face(props, then)}<b>${then === me.id ? t("next.me") : t("next", { name: nameOf(props, then) })}</b>` : html`<b>${t("next.none")}</b>`}</p>`;
};

/** What I can do in, before and after my turn. @param {{props: Props}} of */
const Mine = ({ props }) => {
  const { t, act, room, me, own, options } = props;
  const [writing, write] = useState(false);
  const [text, put] = useState("");
  const where = place(room, me.id);
  useEffect(() => { if (!text) write(false); }, [where === 1, room.n]);
  /** @param {string} word @param {() => void} run */
  const plain = (word, run) => html`<button type="button" class="btn plain" onClick=${run}>${word}</button>`;
  const later = where > 0 && order(room).indexOf(me.id) < order(room).length - 1 && ((own && own.later) || 0) < 2;
  if (own && own.out) return html`<${Alone} props=${props} />`;
  if (writing && where < 2) {
    return html`<${Write} props=${props} text=${text} put=${put} label=${where === 1 ? t("write.label") : t("add.label")} word=${where === 1 ? t("write.send") : t("add.send")} onSend=${() => write(false)} />
      ${plain(t("write.not"), () => { write(false); put(""); if (props.hold) props.hold(null); })}`;
  }
  if (where === 1) {
    return html`<button type="button" class="btn xl" onClick=${() => act("pass_")}>${t("done")}</button>
      <div class="row wrap">${plain(t("pass"), () => act("pass_"))}${later ? plain(t("later"), () => act("later")) : null}
        ${options.form === "say" || options.form === "teach" ? plain(t("write"), () => write(true)) : null}</div>`;
  }
  return html`<div class="row wrap">${where === 2 ? [later ? plain(t("later"), () => act("later")) : null, plain(t("sit"), () => act("sit", { on: true }))]
    : [where < 0 && options.form !== "teach" ? plain(t("unsit"), () => act("sit", { on: false })) : null, plain(t("add"), () => write(true))]}</div>`;
};

/** Everyone in their order, as shapes with a name. @param {{props: Props}} of */
const Order = ({ props }) => {
  const { t, room } = props;
  return html`<ol class="order" aria-label=${t("order")}>${order(room).map((id) => {
    const where = place(room, id);
    return html`<li key=${id} class=${where === 1 ? "on" : where ? null : "had"} aria-current=${where === 1 ? "step" : null}>${face(props, id)}
      <span translate="no"><bdi>${nameOf(props, id)}</bdi></span>${where === 0 ? html`<span class="hide">${t("order.had")}</span>` : null}</li>`;
  })}</ol>`;
};

/** @param {{props: Props}} of */
const Said = ({ props }) => {
  const now = props.room.phase === "run" ? texts(props.room).map((one) => one.i) : [];
  const list = standing(props.room.said).filter((one) => !now.includes(one.i));
  return list.length ? html`<div><h2 class="label">${props.t("said")}</h2><ul class="songs">${list.map((one) => html`<li key=${one.i} class="note" dir="auto">${one.text}
    <span class="small soft"><bdi>${nameOf(props, one.by)}</bdi></span></li>`)}</ul></div>` : null;
};

/** @param {{props: Props}} of */
const Round = ({ props }) => {
  const { t, act, room, me, own, options, ended } = props;
  const screen = me.role === "screen" || ended;
  const hosting = me.role === "host" && !ended;
  const { form } = options;
  useEffect(() => { if (form !== "say" && !parts.value.forms) fetchPart("forms", formParts); }, [form, props.away]);
  useEffect(() => { if (hosting && !parts.value.lead) fetchPart("lead", () => import("./lead.js")); }, [hosting, props.away]);
  const Forms = form !== "say" && parts.value.forms ? parts.value.forms.Form : null;
  const Lead = hosting && parts.value.lead ? parts.value.lead.Lead : null;
  const extra = Forms ? html`<${Forms} props=${props} />` : null;
  if (room.phase === "gather") {
    return html`<div class="body"><p>${t(`in.${form}`, { time: span(options.seconds, t) })}</p>${extra}
      ${screen ? null : own && own.out ? html`<${Alone} props=${props} />`
    : html`<p class="small soft">${options.auto ? t("wait.auto") : t("wait")}</p><button type="button" class="btn plain" onClick=${() => act("sit", { on: true }, () => [[`own/${me.id}/out`, true]])}>${t("sit")}</button>`}
      ${Lead ? html`<${Lead} props=${props} />` : null}</div>`;
  }
  const on = room.phase === "run" && !ended;
  // A round that goes by itself needs its clock led by nobody: that comes last.
  const lead = Lead ? html`<${Lead} props=${props} />` : null;
  return html`<div class="body">${on ? html`<${Turn} props=${props} />` : html`<p class="big over" role="status">${t("over")}</p>`}
    ${extra}${screen ? null : html`<${Mine} props=${props} />`}
    ${options.auto ? null : lead}
    ${on ? html`<${Order} props=${props} />` : null}<${Said} props=${props} />${options.auto ? lead : null}</div>`;
};

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t(`ask.${options.form}`);

/** @param {Props} props */
const view = (props) => html`<${Round} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
export const say = (props, before) => {
  const { t, room, me } = props;
  const who = whose(room), then = after(room);
  if (room.phase === "gather") return "";
  if (room.phase === "done") return before && before.room.phase === "run" ? t("over") : "";
  if (!before || before.room.n !== room.n || whose(before.room) !== who) {
    const first = who === me.id ? t("say.mine") : t("say.now", { name: nameOf(props, who) });
    return then ? `${first} ${then === me.id ? t("say.next.me") : t("say.next", { name: nameOf(props, then) })}` : first;
  }
  const fresh = standing(room.said).slice(standing(before.room.said).length);
  if (fresh.length && fresh[0].by !== me.id) return t("wrote", { name: nameOf(props, fresh[0].by), text: fresh[0].text });
  if (room.move && room.move !== before.room.move) return t("leads", { name: nameOf(props, who), move: t(`move.${room.move}`) });
  return "";
};

/** What some forms take beside a voice. @param {any} options */
const ahead = ({ form }) => { if (form !== "say") fetchPart("forms", formParts); };

export default { id: "round", head, view, say, ahead, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
