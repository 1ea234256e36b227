// Check-in: everyone picks a weather or a mood, a word if they like; the host shows all of it together, as one picture.
// What is shown comes later: the first page of a room goes without it.
import { html, signal, useEffect, useRef, useState } from "../../static/ui.js";
import { Ask } from "./ask.js";
import { headline } from "./told.js";

/* keys: i.* mostly.* alone.* refused.answered refused.no_answer refused.sky_full */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./ask.js").Pick} Pick */

/** @param {Props} props */
const isMood = ({ options }) => options.icons === "mood";
/** @param {Props} props */
const shown = ({ room }) => room.phase === "shown";

/** The picture and all that is told of it. @type {import("../../static/ui.js").Signal<typeof import("./shown.js")|null>} */
const later = signal(/** @type {any} */ (null));
let asked = false;
/** All of it at once: one after the other would be as many waits. */
const fetchLater = () => {
  if (asked) return;
  asked = true;
  Promise.all([import("./shown.js"), import("./picture.js"), import("./sky.js")])
    .then(([module]) => { later.value = module; }, () => { asked = false; });
};
/** So long after the first picture of the page; an earlier show does not wait. */
const AHEAD_MS = 2500;
/** @param {{props: Props, keep: (pick: Pick|null, again?: boolean) => void}} of */
const Collect = ({ props, keep }) => {
  const { t, act, me, own, room, options, ended } = props;
  const [passed, pass] = useState(false);
  const mood = isMood(props);
  const mine = own && own.pick;
  /** @param {any} pick */
  const guess = (pick) => () => [pick ? [`own/${me.id}/pick`, pick] : [`own/${me.id}/pick`]];
  const leave = () => {
    pass(true);
    keep(null);
    act("pass_", {}, guess(null));
  };
  const lead = mine ? (mood ? t("in.mood") : t("in.weather")) : passed ? t("passed")
    : options.named ? t("lead.named") : mood ? t("lead.mood") : t("lead.weather");
  if (ended) return html`<div class="body"><p>${mood ? t("closed.mood") : t("closed.weather")}</p></div>`;
  return html`<div class="body"><p role="status">${lead}</p>
    ${me.role === "screen" ? null : passed && !mine
    ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
    : html`<${Ask} key=${mine ? "mine" : "new"} t=${t} mood=${mood} names=${options.named} first=${mine}
      send=${mine ? t("change") : mood ? t("send.mood") : t("send.weather")} onType=${(/** @type {Pick} */ pick) => keep(pick, Boolean(mine))}
      onSend=${(/** @type {any} */ pick) => { keep(null); act("choose", pick, guess(pick)); }}>
      ${mine ? html`<button type="button" class="btn plain" onClick=${() => act("withdraw", {}, guess(null))}>${t("back")}</button>`
    : html`<button type="button" class="btn plain" onClick=${leave}>${t("pass")}</button>`}</${Ask}>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${me.role === "host" && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${mood ? t("show.mood") : t("show.weather")}</button>`}
  </div>`;
};

/**
 * What one is choosing outlives the moment of the show, and the whole activity for a while: it can still be sent.
 * @param {{props: Props}} of
 */
const Checkin = ({ props }) => {
  const { hold } = props;
  const draft = useRef(/** @type {Pick|null} */ (null));
  const open = shown(props);
  const Part = later.value;
  useEffect(() => {
    if (open) return fetchLater();
    const timer = setTimeout(fetchLater, AHEAD_MS);
    return () => clearTimeout(timer);
  }, [open, props.away]);
  /** @param {Pick|null} pick @param {boolean} [again] there is an answer of mine already, which the show takes along */
  const keep = (pick, again = false) => {
    draft.current = again ? null : pick;
    if (!hold) return;
    // What was never shown closes with the card: then only the words can be kept.
    if (open && pick && pick.icon) hold({ name: "add", args: pick, words: pick.word || props.t(`i.${pick.icon}`) });
    else hold(pick && pick.word ? { name: "", args: null, words: pick.word } : null);
  };
  useEffect(() => keep(draft.current), [open]);
  if (!open) return html`<${Collect} props=${props} keep=${keep} />`;
  return Part ? html`<${Part.Shown} props=${props} draft=${draft.current} keep=${keep} />` : page(props);
};

/** Other forms than pictures come when a room has one; each has a head, a view and a say. @type {{[form: string]: () => Promise<any>}} */
const FORMS = { dots: () => import("./dots.js"), line: () => import("./line.js"), dial: () => import("./dial.js"), count: () => import("./count.js") };
const forms = signal(/** @type {{[form: string]: any}} */ ({}));
/** @param {Props} props */
const page = ({ t }) => html`<div class="body"><p role="status">${t("page.waiting")}</p></div>`;
const WAIT = { head: (/** @type {Props} */ { options, t }) => options.text.split("|")[0] || t("page.waiting"), view: page, say: () => "" };

/** The form of this room, null where it is pictures. @param {Props} props */
const other = ({ options: { form } }) => {
  if (!FORMS[form]) return null;
  if (!(form in forms.value)) {
    forms.value[form] = WAIT;
    Promise.all([FORMS[form](), import("./later.js").then((m) => m.dress()), import("./crowd.js")]).then(([module]) => { forms.value = { ...forms.value, [form]: module }; }, () => { delete forms.value[form]; });
  }
  return forms.value[form];
};

/** @param {Props} props */
const head = (props) => (other(props) ? other(props).head(props) : shown(props) ? null
  : props.options.text || (props.card && props.card.prompt) || (isMood(props) ? props.t("ask.mood") : props.t("ask.weather")));

/** @param {Props} props */
const view = (props) => (other(props) || { view: () => html`<${Checkin} props=${props} />` }).view(props);

/** @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  if (other(props)) return other(props).say(props, before);
  if (shown(props)) return before && shown(before) ? "" : headline(props);
  return before && (before.room.count || 0) < (props.room.count || 0) ? props.t("come", { count: props.room.count }) : "";
};

export default { id: "checkin", head, view, say, ahead: (/** @type {any} */ options) => { other({ options }); }, far: () => import("./far.js"), leaf: () => import("./leaf.js").then((leaf) => leaf.ready().then(() => leaf)) };
