// Check-in: everyone picks a weather or a mood, a word if they like; the host shows all of it together, as one picture.
import { html, useEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { Ask, MOODS, WEATHER, symbol } from "./ask.js";
import { Picture } from "./picture.js";
import { counts, gist } from "./sky.js";

/* keys: i.* mostly.* alone.* refused.answered refused.no_answer refused.sky_full */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./sky.js").Answer & {off?: boolean, i: number}} Told */

/** @param {Props} props */
const isMood = ({ options }) => options.icons === "mood";
/** @param {Props} props */
const shown = ({ room }) => room.phase === "shown";
/** Answers with their place in the list; what was taken back stands no more. @param {Props} props @returns {Told[]} */
const answers = ({ room }) => (room.answers || []).map((/** @type {any} */ answer, /** @type {number} */ i) => ({ ...answer, i }))
  .filter((/** @type {Told} */ answer) => answer.icon);
/** @param {Props} props */
const seen = (props) => answers(props).filter((answer) => !answer.off);

/** The picture in a line: "Mostly bright, one storm." @param {Props} props */
const headline = (props) => {
  const { t } = props;
  const { main, rest } = gist(seen(props));
  return rest ? t("then", { main: t(`mostly.${main}`), rest: t(`alone.${rest}`) }) : t("plain", { main: t(`mostly.${main}`) });
};

/** @param {{props: Props}} of */
const Collect = ({ props }) => {
  const { t, act, me, own, room, options, ended } = props;
  const [passed, pass] = useState(false);
  const mood = isMood(props);
  const mine = own && own.pick;
  /** @param {any} pick */
  const guess = (pick) => () => [pick ? [`own/${me.id}/pick`, pick] : [`own/${me.id}/pick`]];
  const leave = () => {
    pass(true);
    act("pass_", {}, guess(null));
  };
  const lead = mine ? (mood ? t("in.mood") : t("in.weather")) : passed ? t("passed")
    : options.named ? t("lead.named") : mood ? t("lead.mood") : t("lead.weather");
  if (ended) return html`<div class="body"><p>${mood ? t("closed.mood") : t("closed.weather")}</p></div>`;
  return html`<div class="body"><p role="status">${lead}</p>
    ${me.role === "screen" ? null : passed && !mine
    ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
    : html`<${Ask} key=${mine ? "mine" : "new"} t=${t} mood=${mood} names=${options.named} first=${mine}
      send=${mine ? t("change") : mood ? t("send.mood") : t("send.weather")}
      onSend=${(/** @type {any} */ pick) => act("choose", pick, guess(pick))}>
      ${mine ? html`<button type="button" class="btn plain" onClick=${() => act("withdraw", {}, guess(null))}>${t("back")}</button>`
    : html`<button type="button" class="btn plain" onClick=${leave}>${t("pass")}</button>`}</${Ask}>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${me.role === "host" && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${mood ? t("show.mood") : t("show.weather")}</button>`}
  </div>`;
};

/** Every answer in words: for the ear always, for the eye when asked for. @param {{props: Props, open: boolean}} of */
const List = ({ props, open }) => {
  const { t, act, me, ended } = props;
  const host = open && me.role === "host" && !ended;
  return html`<ul class=${open ? "told" : "told hide"}>${(host ? answers(props) : seen(props)).map(({ i, icon, word, name, off }) => html`
    <li key=${i} class=${off ? "row soft" : "row"}><span class=${isMood(props) ? "chip night" : "chip"}><${Icon} id=${symbol(icon)} size=${30} /></span>
      <span class="grow"><b>${t(`i.${icon}`)}</b> <bdi>${word}</bdi> ${name && html`<bdi class="small soft" translate="no">${name}</bdi>`}</span>
      ${host && html`<button type="button" class="tool" aria-label=${off ? t("unhide") : t("hide")} onClick=${() => act("hide", { i, on: !off })}>
        <${Icon} id=${off ? "u-eye" : "u-hide"} size=${20} /></button>`}</li>`)}</ul>`;
};

/** Fetched when there is a picture to keep: the first page of a room goes without. */
const files = () => import("../../static/parts/keep.js");

/** @param {{props: Props}} of */
const Shown = ({ props }) => {
  const { t, act, me, own, wide, options, ended } = props;
  const [list, setList] = useState(false);
  const [late, setLate] = useState(false);
  const [failed, fail] = useState(false);
  const drawn = useRef(/** @type {SVGSVGElement | null} */ (null));
  const mood = isMood(props);
  const all = useMemo(() => seen(props), [props.room.answers]);
  const mine = own && own.added !== undefined;
  const sums = counts(all, mood ? MOODS : WEATHER).map(([icon, n]) => t("item", { word: t(`i.${icon}`), n })).join(t("list.sep"));
  /** @param {"png" | "svg"} form */
  const keep = (form) => files().then(({ keepPicture }) => drawn.current && keepPicture(drawn.current, t("file"), form)).then(() => fail(false), () => fail(true));
  useEffect(() => { files().catch(() => {}); }, []);
  return html`<${Picture} list=${all} mood=${mood} wide=${wide} label=${t("alt", { count: all.length, list: sums })} drawn=${drawn} />
    <div class="body"><h1 tabindex="-1">${headline(props)}</h1>
      <p>${all.length === 0 ? t("empty") : options.named ? t("welcome") : mood ? t("welcome.mood") : t("welcome.weather")}</p>
      <div class="row wrap"><button type="button" class="btn plain" aria-pressed=${list ? "true" : "false"} onClick=${() => setList(!list)}>${t("list")}</button>
        <button type="button" class="btn plain" onClick=${() => keep("png")}>${t("keep")}</button>
        <button type="button" class="btn plain" onClick=${() => keep("svg")}>${t("print")}</button></div>
      ${failed && html`<p role="status">${t("end.copy.failed")}</p>`}
      <${List} props=${props} open=${list} />
      ${ended || me.role === "screen" ? null : mine ? html`<p class="row wrap"><span>${mood ? t("added.mood") : t("added.weather")}</span>
        <button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></p>`
    : late ? html`<${Ask} t=${t} mood=${mood} names=${options.named} first=${null} send=${mood ? t("send.mood") : t("send.weather")}
        onSend=${(/** @type {any} */ pick) => { setLate(false); act("add", pick); }} />`
      : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}
    </div>`;
};

/** @param {Props} props */
const head = (props) => (shown(props) ? null
  : props.options.text || (props.card && props.card.prompt) || (isMood(props) ? props.t("ask.mood") : props.t("ask.weather")));

/** @param {Props} props */
const view = (props) => (shown(props) ? html`<${Shown} props=${props} />` : html`<${Collect} props=${props} />`);

/** @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  if (shown(props)) return before && shown(before) ? "" : headline(props);
  return before && (before.room.count || 0) < (props.room.count || 0) ? props.t("come", { count: props.room.count }) : "";
};

export default { id: "checkin", head, view, say };
