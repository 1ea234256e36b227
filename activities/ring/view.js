// Ring: pass it on. A line, a drawing, a story in pictures goes from hand to hand on one clock; at the end its way is shown to all.
// What lies before one comes with the first step, the replay with its show: the first page of a room goes without them.
import { html, useEffect } from "../../static/ui.js";
import { ClockTape, leftOf } from "../../static/parts/clock.js";
import { late } from "../../static/parts/late.js";

/* keys: lead.* ask.* refused.few refused.moved refused.nothing refused.paper_full refused.bad_points refused.no_piece */
/** @typedef {import("./told.js").Props} Props */

const wait = (/** @type {any} */ { props }) => html`<p role="status">${props.t("page.waiting")}</p>`;
const Job = late(() => import("./job.js").then((m) => m.Job), wait);
const Page = late(() => import("./job.js").then((m) => m.Page), wait);
const Shown = late(() => import("./shown.js").then((m) => m.Shown), wait);

/** @param {Props} props */
const open = ({ room }) => room.phase === "shown" || room.phase === "free";
/** @param {Props} props */
const present = ({ people }) => Object.keys(people || {}).filter((id) => people[id].here && people[id].role !== "screen").length;

/** What is promised about names, and only what is true. @param {Props} props */
const promise = ({ t, options }) => (options.form === "thanks" && options.shown === "private" ? (options.named ? t("how.private.signed") : t("how.private"))
  : options.named ? t("how.named") : t("how.unsigned"));

/** "Not this one", and back. @param {{props: Props}} of */
const Sit = ({ props: { t, act, me, own } }) => {
  const out = Boolean(own && own.out);
  return html`<button type="button" class="btn plain" aria-pressed=${out ? "true" : "false"}
    onClick=${() => act("sit", { on: !out }, () => [out ? [`own/${me.id}/out`] : [`own/${me.id}/out`, true]])}>${out ? t("sit.back") : t("sit")}</button>`;
};

/** @param {{props: Props}} of */
const Ready = ({ props }) => {
  const { t, act, me, own, options } = props;
  const out = Boolean(own && own.out);
  const alone = present(props) < 2 && options.form !== "placed";
  return html`<p class="rg-lead">${t(`lead.${options.form}`)}</p><p class="small soft">${promise(props)}</p>
    ${me.role === "host" ? (alone ? html`<p role="status">${t("alone")}</p>` : html`<button type="button" class="btn xl ink2" onClick=${() => act("begin")}>${t("begin")}</button>`)
    : html`<p role="status">${alone ? t("alone") : out ? t("sit.out") : t("ready")}</p>`}
    ${me.role === "screen" || (alone && !out) ? null : html`<${Sit} props=${props} />`}
    ${me.role !== "screen" && (out || alone) ? html`<${Page} props=${props} />` : null}`;
};

/** What a host does with the clock. @param {{props: Props}} of */
const Host = ({ props: { t, act, room } }) => {
  const stands = Boolean(room.clock && room.clock.left !== undefined);
  return html`<div class="row wrap rg-host"><button type="button" class="btn ink2" onClick=${() => act("pass_on")}>${t("pass.on")}</button>
    <button type="button" class="btn plain" onClick=${() => act("pause", { on: !stands })}>${stands ? t("resume") : t("pause")}</button>
    <button type="button" class="btn plain" onClick=${() => act("more")}>${t("more")}</button>
    <button type="button" class="btn plain" onClick=${() => act("show")}>${t("show.now")}</button></div>`;
};

/** @param {{props: Props}} of */
const Passing = ({ props }) => {
  const { t, act, me, own, room, now, options } = props;
  const { job, mine = {}, out } = own || {};
  const over = leftOf(room.clock, now()) <= 0 && room.clock;
  return html`<div class="rg-top">${options.form === "thanks" ? null : html`<p class="rg-step"><b>${t("step", { n: room.step + 1, of: room.steps })}</b></p>`}
      <${ClockTape} clock=${room.clock} now=${now} t=${t} /></div>
    ${me.role === "screen" ? null : job && !mine.done ? html`<${Job} key=${room.step} props=${props} />`
    : job ? html`<div class="cut rg-in"><p role="status">${mine.pass ? t("passed") : t("in")}</p></div>
      <button type="button" class="btn plain" onClick=${() => act("reopen", { step: room.step })}>${mine.pass ? t("after") : t("change")}</button>`
    : out ? html`<p role="status">${t("sit.out")}</p><${Page} props=${props} />`
    : html`<p role="status">${over || room.step + 1 >= room.steps ? t("wait.end") : t("wait")}</p>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${me.role === "host" ? html`<${Host} props=${props} />` : null}
    ${me.role === "screen" || (job && !mine.done && !out) ? (job && !mine.done ? html`<details><summary>${t("sit.more")}</summary><${Sit} props=${props} /></details>` : null) : html`<${Sit} props=${props} />`}`;
};

/** @param {{props: Props}} of */
const Ring = ({ props }) => {
  const { t, act, me, room, options, ended, hold } = props;
  // What was begun on one sheet is on its way with it: nothing of it is left to send.
  useEffect(() => { if (hold) hold(null); }, [room.phase, room.step]);
  if (open(props)) return html`<${Shown} props=${props} />`;
  if (ended) return html`<div class="body"><p>${t("closed")}</p></div>`;
  if (room.phase === "done") {
    const word = options.form === "thanks" ? (options.shown === "private" ? t("show.private") : t("show.thanks")) : options.form === "placed" ? t("show.placed") : t("show.all");
    return html`<div class="body"><p class="rg-lead" role="status">${t("done")}</p>
      ${me.role === "host" ? html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${word}</button>` : html`<p class="soft">${t("done.wait")}</p>`}</div>`;
  }
  return html`<div class="body">${room.phase === "pass" ? html`<${Passing} props=${props} />` : html`<${Ready} props=${props} />`}</div>`;
};

/** On a phone what came to one, and then the way of each chain, has the whole page. @param {Props} props */
const head = ({ t, options, card, room, own, wide, far }) => (!wide && !far && (open(/** @type {any} */ ({ room })) || (room.phase === "pass" && own && own.job && own.job.from)) ? null
  : options.text || (card && card.prompt) || t(`ask.${options.form}`));

/** @param {Props} props */
const view = (props) => html`<${Ring} props=${props} />`;

/** One calm sentence. @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  const { t, room, own } = props;
  const was = before && before.room;
  if (!was) return "";
  if (room.phase !== was.phase) {
    if (room.phase === "done") return t("done");
    if (open(props) && !open(/** @type {Props} */ (before))) return t("shown");
  }
  if (room.phase === "pass" && (was.phase !== "pass" || was.step !== room.step)) {
    return own && own.job ? t("say.step", { n: room.step + 1 }) : t("wait");
  }
  return "";
};

export default { id: "ring", head, view, say, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
