// Words: everybody writes in private; what was written is shown at once, as a cloud, a waterfall or line after line.
// What is shown comes later: the first page of a room goes without it.
import { html, signal, useEffect, useRef, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Write } from "./write.js";

/* keys: show.* refused.enough refused.full refused.no_words */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./write.js").Draft} Draft */

/** @param {Props} props */
const shown = ({ room }) => room.phase === "shown";

/** @type {import("../../static/ui.js").Signal<typeof import("./shown.js")|null>} */
const later = signal(/** @type {any} */ (null));
let asked = false;
const fetchLater = () => {
  if (asked) return;
  asked = true;
  import("./shown.js").then((module) => { later.value = module; }, () => { asked = false; });
};
/** So long after the first picture of the page; an earlier show does not wait. */
const AHEAD_MS = 2500;

/** @param {{props: Props, keep: (draft: Draft|null, again?: boolean) => void}} of */
const Collect = ({ props, keep }) => {
  const { t, act, me, own, room, options, now, ended } = props;
  const [passed, pass] = useState(false);
  const mine = own && own.pick;
  /** @param {any} pick @returns {() => any[]} */
  const guess = (pick) => () => [pick ? [`own/${me.id}/pick`, pick] : [`own/${me.id}/pick`]];
  /** @param {string} name */
  const drop = (name) => { keep(null); act(name, {}, guess(null)); };
  if (ended) return html`<div class="body"><p>${t("closed")}</p></div>`;
  return html`<div class="body"><p role="status">${mine ? t("in") : passed ? t("passed") : options.named ? t("lead.named") : t("lead")}</p>
    ${me.role === "screen" ? null : passed && !mine
    ? html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`
    : html`<${Write} id="wd" t=${t} each=${options.each} most=${options.most} names=${options.named} first=${mine}
      send=${mine ? t("change") : t("send")} onType=${(/** @type {Draft} */ draft) => keep(draft, Boolean(mine))}
      onSend=${(/** @type {Draft} */ draft) => { keep(null); act("write", draft, guess(draft)); }}>
      ${mine ? html`<button type="button" class="btn plain" onClick=${() => drop("withdraw")}>${t("back")}</button>`
    : html`<button type="button" class="btn plain" onClick=${() => { pass(true); drop("pass_"); }}>${t("pass")}</button>`}</${Write}>`}
    ${mine || passed || options.named ? null : html`<p class="small soft">${t("how")}</p>`}
    <p class="small soft">${t("come", { count: room.count || 0 })}</p>
    ${room.clock && html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />`}
    ${me.role === "host" && html`<button type="button" class="btn xl ink2" onClick=${() => act("show")}>${t(`show.${options.show}`)}</button>
      ${room.clock && html`<button type="button" class="btn plain" onClick=${() => act("wait")}>${t("wait")}</button>`}`}
  </div>`;
};

/**
 * What one is writing outlives the moment of the show, and the whole activity for a while: it can still be sent.
 * @param {{props: Props}} of
 */
const Words = ({ props }) => {
  const { t, hold } = props;
  const draft = useRef(/** @type {Draft|null} */ (null));
  const open = shown(props);
  const Part = later.value;
  useEffect(() => {
    if (open) return fetchLater();
    const timer = setTimeout(fetchLater, AHEAD_MS);
    return () => clearTimeout(timer);
  }, [open, props.away]);
  /** @param {Draft|null} next @param {boolean} [again] there is one of mine already, which the show takes along */
  const keep = (next, again = false) => {
    draft.current = again || !next || !next.texts.length ? null : next;
    if (!hold) return;
    const words = next ? next.texts.join("\n") : "";
    // What was never shown closes with the card: then only the words can be kept.
    if (open && next && words) hold({ name: "add", args: { ...next, texts: undefined, text: next.texts[0] }, words: next.texts[0] });
    else hold(words ? { name: "", args: null, words } : null);
  };
  useEffect(() => keep(draft.current), [open]);
  if (!open) return html`<${Collect} props=${props} keep=${keep} />`;
  return Part ? html`<${Part.Shown} props=${props} draft=${draft.current} keep=${keep} />` : html`<div class="body"><p role="status">${t("page.waiting")}</p></div>`;
};

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t("ask");

/** @param {Props} props */
const view = (props) => html`<${Words} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  const { t, room, options } = props;
  if (shown(props)) return before && shown(before) ? "" : t(`shown.${options.show}`, { count: (room.words || []).length });
  return before && (before.room.count || 0) < (room.count || 0) ? t("come", { count: room.count }) : "";
};

export default { id: "words", head, view, say, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
