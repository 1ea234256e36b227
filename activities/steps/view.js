// Steps: a guided sequence. One picture and one line at a time, by one clock for all or each at their own pace.
// Pictures, the page after it and the host's own steps come when they are wanted.
import { html, signal, useEffect, useState } from "../../static/ui.js";
import { choice } from "../../static/keep.js";
import { ClockTape } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { MOVING, formOf, nameOf, read, storyOf, tapeOf } from "./guide.js";

/* keys: form.* ask.* close.* refused.no_steps refused.no_step refused.no_share refused.shared refused.shares_full refused.no_line */
/** @typedef {any} Props what the shell hands to a kind */

/** @type {import("../../static/ui.js").Signal<{[name: string]: any}>} */
const later = signal({});
/** @type {{[name: string]: () => Promise<any>}} */
const files = { pictures: () => Promise.all([import("./pictures.js"), import("../../static/parts/moves.js")]).then(([module]) => module), after: () => import("./after.js"), write: () => import("./write.js") };
/** @param {string} name */
const fetchPart = (name) => {
  if (!later.value[name]) files[name]().then((module) => { later.value = { ...later.value, [name]: module }; }, () => {});
};
/** A part that comes later, null until it is here; it is asked for again when it did not come. @param {string} name */
const part = (name) => {
  useEffect(() => fetchPart(name), [name]);
  return later.value[name] || null;
};

/** The picture of a step, its place kept until it comes. @param {{id: string, size: number}} of */
export const Shown = ({ id, size }) => {
  const pictures = part("pictures");
  return html`<span class=${size > 100 ? "st-pic" : "st-pic small"}>${pictures && html`<${pictures.Picture} id=${id} size=${size} />`}</span>`;
};

const FORMS = ["standing", "seated", "lying"];
/** How I take part, remembered on this device for every jam. */
const form = signal(FORMS.includes(choice("form")) ? choice("form") : FORMS[0]);

/** @param {{t: Props["t"]}} of */
const Forms = ({ t }) => html`<div class="row wrap st-forms" role="group" aria-label=${t("form")}>${FORMS.map((one) => html`<button key=${one} type="button"
  class="btn plain" aria-pressed=${String(form.value === one)} onClick=${() => { form.value = choice("form", one); }}>${t(`form.${one}`)}</button>`)}</div>`;

/** Where we are: one scrap of paper for each step. @param {{many: number, at: number}} of */
const Dots = ({ many, at }) => html`<span class="st-dots" aria-hidden="true">${Array.from({ length: many }, (_, i) => html`<i key=${i} class=${i < at ? "was" : i === at ? "on" : null} />`)}</span>`;

/** @param {{props: Props, it: import("./guide.js").Now}} of */
const Lead = ({ props, it }) => {
  const { t, act, room } = props;
  /** @param {string} word @param {() => void} run @param {boolean} [off] */
  const button = (word, run, off = false) => html`<button type="button" class="btn plain" disabled=${off} onClick=${run}>${word}</button>`;
  const still = room.clock && room.clock.left !== undefined;
  return html`<div class="cut st-lead"><p class="small"><b>${t("lead")}</b></p><div class="row wrap">
    ${room.clock && [button(t("lead.back"), () => act("go", { to: it.at - 1 }), it.at < 1), button(still ? t("lead.on") : t("lead.pause"), () => act("pause", { on: !still })),
    button(t("lead.next"), () => act("go", { to: it.at + 1 }), it.at + 1 >= it.many + (room.sections || 1) - 1)]}
    ${button(t("lead.end"), () => act("end"))}</div></div>`;
};

/** Found it: a call that is over can still be found. @param {{props: Props, i: number}} of */
const Found = ({ props, i }) => {
  const { t, act, own, me, room, ended } = props;
  const mine = Boolean(own && own.found && own.found[i]);
  const count = room.found[i] || 0;
  const tap = () => act("found", { i }, (/** @type {any} */ tree) => [[`own/${me.id}/found/${i}`, true], [`room/found/${i}`, tree.room.found[i] + 1]]);
  return html`${me.role === "screen" || ended ? null : html`<button type="button" class="btn xl ink2" aria-pressed=${String(mine)} disabled=${mine} onClick=${tap}>${mine ? t("found.mine") : t("found")}</button>`}
    <p class="st-count" role="status"><b>${t("found.count", { count })}</b><span aria-hidden="true">${Array.from({ length: Math.min(count, 60) }, (_, n) => html`<i key=${n} class=${`f${(n * 5) % 12}`} />`)}</span></p>`;
};

/** @param {{props: Props}} of */
const Run = ({ props }) => {
  const { t, act, me, room, options, ended } = props;
  const [out, rest] = useState(/** @type {number | "all" | null} */ (null));
  usePulse(() => (room.clock && room.clock.left === undefined ? read(props).left : 0), [room.clock, room.steps, room.sections]);
  const it = read(props);
  const hosting = me.role === "host" && !ended;
  const still = room.clock && room.clock.left !== undefined;
  const step = Math.max(0, it.step);
  const over = it.step >= it.many;
  const wait = it.step < 0;
  const mine = out === "all" || out === it.at;
  const id = (room.steps[Math.min(step, it.many - 1)] || ["rest"])[0];
  const move = (/** @type {number} */ to) => act("step", { to }, () => [[`own/${me.id}/at`, to]]);
  const extra = formOf(props, step, form.value);
  const lead = mine ? t("out.line") : it.at < 0 ? t("soon") : wait ? t("wave.wait") : over ? (it.own ? t(`close.${options.sequence}`) : t("wave.over")) : nameOf(props, step);
  const story = mine || wait || over ? "" : storyOf(props, step);
  const next = it.at < 0 ? 0 : it.next;
  return html`<div class="body st">
    <div class=${wait || over || mine ? "st-stage dim" : "st-stage"} key=${mine ? "out" : `${it.step}${wait}`}><${Shown} id=${mine || over ? "rest" : id} size=${props.wide ? 300 : 190} /></div>
    <div class="st-words" role="status"><h2 dir="auto">${lead}</h2>${extra && !mine && !wait && !over ? html`<p><b>${extra}</b></p>` : null}
      ${story ? html`<p>${story}</p>` : null}${still ? html`<p class="soft">${t("still")}</p>` : null}</div>
    ${options.sequence === "blue" && it.step >= 0 && !over ? html`<${Found} props=${props} i=${step} />` : null}
    <div class="row st-way"><${Dots} many=${it.many} at=${it.step} /><${ClockTape} clock=${tapeOf(props, it)} now=${props.now} t=${t} /></div>
    ${next < it.many && !(it.own && over) && options.sequence !== "blue" ? html`<p class="row st-next"><${Shown} id=${room.steps[next][0]} size=${52} /><span class="grow"><span class="small soft">${t("next")}</span><br />${nameOf(props, next)}</span></p>` : null}
    ${it.own && me.role !== "screen" && !ended ? html`<div class="row"><button type="button" class="btn plain" disabled=${it.step < 1} onClick=${() => move(it.step - 1)}>${t("own.back")}</button>
      ${over ? null : html`<button type="button" class="btn grow" onClick=${() => move(it.step + 1)}>${it.next < it.many ? t("own.next") : t("own.done")}</button>`}</div>` : null}
    ${!it.own && it.at >= 0 && me.role !== "screen" && !ended ? html`<div class="row wrap">${mine ? html`<button type="button" class="btn" onClick=${() => rest(null)}>${t("out.back")}</button>`
    : [html`<button key="one" type="button" class="btn plain" onClick=${() => rest(it.at)}>${t("out.one")}</button>`,
      html`<button key="all" type="button" class="btn plain" onClick=${() => rest("all")}>${t("out.all")}</button>`]}</div>` : null}
    ${room.sections > 1 && it.at >= 0 ? html`<p class="small soft">${t("wave.mine", { n: it.section + 1, all: room.sections })}</p>` : null}
    ${MOVING.includes(options.sequence) && !ended ? html`<${Forms} t=${t} />` : null}
    ${it.own && over ? html`<${After} props=${props} />` : null}
    ${hosting ? html`<${Lead} props=${props} it=${it} />` : null}</div>`;
};

/** What comes afterwards: a line to share, the lines that were shared. @param {{props: Props}} of */
const After = ({ props }) => {
  const after = part("after");
  return props.options.sequence === "senses" && after ? html`<${after.Share} props=${props} />` : null;
};

/** What will come, before it begins: nobody is taken by surprise. @param {{props: Props}} of */
const Ready = ({ props }) => {
  const { t, act, me, room, options, ended } = props;
  const hosting = me.role === "host" && !ended;
  const own = options.sequence === "own";
  const write = part(own && hosting ? "write" : "pictures");
  return html`<div class="body st"><p>${t(`ask.${options.sequence}`)}</p>
    ${options.sequence === "blue" ? html`<div class="st-stage"><${Shown} id="c0" size=${150} /></div>` : html`<ol class="st-list">${room.steps.map((/** @type {any} */ [id], /** @type {number} */ i) => html`
      <li key=${i} class="row"><${Shown} id=${id} size=${44} /><span class="grow" dir="auto">${nameOf(props, i)}</span></li>`)}</ol>`}
    ${MOVING.includes(options.sequence) && me.role !== "screen" ? html`<${Forms} t=${t} />` : null}
    ${own && hosting && write && write.Write ? html`<${write.Write} props=${props} />` : null}
    ${hosting ? html`<button type="button" class="btn xl ink2" disabled=${!room.steps.length} onClick=${() => act("begin")}>${t("begin")}</button>`
    : html`<p class="soft" role="status">${ended ? "" : t("ready")}</p>`}</div>`;
};

/** @param {{props: Props}} of */
const Done = ({ props }) => {
  const { t, act, me, room, options, ended } = props;
  const sum = room.found.reduce((/** @type {number} */ all, /** @type {number} */ n) => all + n, 0);
  return html`<div class="body st"><div class="st-stage less"><${Shown} id="rest" size=${120} /></div>
    <h2 role="status">${t(`close.${options.sequence}`)}</h2>${sum ? html`<p>${t("found.all", { count: sum })}</p>` : null}
    <${After} props=${props} />
    ${me.role === "host" && !ended && room.phase === "done" ? html`<button type="button" class="btn plain" onClick=${() => act("begin")}>${t("again")}</button>` : null}</div>`;
};

/** @param {Props} props */
const view = (props) => (props.room.phase === "ready" ? html`<${Ready} props=${props} />`
  : props.room.phase === "run" ? html`<${Run} props=${props} />` : html`<${Done} props=${props} />`);

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t(`head.${options.sequence}`);

/** Steps are told where they stand (a status of the page); here is what people bring about. @param {Props} props @param {Props | null} before */
const say = ({ t, room, options }, before) => {
  if (!before || before.room.phase === room.phase) return before && before.room.clock && room.clock && (before.room.clock.left === undefined) !== (room.clock.left === undefined)
    ? (room.clock.left === undefined ? t("going") : t("still")) : "";
  return room.phase === "run" ? t("soon") : room.phase === "done" ? t(`close.${options.sequence}`) : room.phase === "shown" ? t("shown", { count: room.shared.length }) : "";
};

export default { id: "steps", head, view, say, ahead: () => fetchPart("pictures"), far: () => import("./far.js"), leaf: () => import("./leaf.js") };
