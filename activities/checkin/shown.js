// What everyone has chosen, shown together: the picture, the same in words, and room for whoever comes late.
import { html, useEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { Ask, MOODS, WEATHER, symbol } from "./ask.js";
import { useLater } from "./later.js";
import { Picture } from "./picture.js";
import { answers, counts, headline, seen } from "./told.js";

/* keys: i.* */
/** @typedef {any} Props what the shell hands to a kind */

/** @param {Props} props */
const isMood = ({ options }) => options.icons === "mood";

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

/** Fetched when there is a picture to keep. */
const files = () => import("../../static/parts/keep.js");

/** @param {{props: Props, draft: import("./ask.js").Pick|null, keep: (pick: import("./ask.js").Pick|null) => void}} of `draft`: begun before the show */
export const Shown = ({ props, draft, keep }) => {
  const more = useLater(props);
  return more ? html`<${Sky} props=${more} draft=${draft} keep=${keep} />` : html`<div class="body"><p role="status">${props.t("page.waiting")}</p></div>`;
};

/** @param {{props: Props, draft: import("./ask.js").Pick|null, keep: (pick: import("./ask.js").Pick|null) => void}} of */
const Sky = ({ props, draft, keep }) => {
  const { t, act, me, own, wide, options, ended } = props;
  const [list, setList] = useState(false);
  const [late, setLate] = useState(Boolean(draft));
  const [failed, fail] = useState(false);
  const drawn = useRef(/** @type {SVGSVGElement | null} */ (null));
  const mood = isMood(props);
  const all = useMemo(() => seen(props), [props.room.answers]);
  const mine = own && own.added !== undefined;
  const sums = counts(all, mood ? MOODS : WEATHER).map(([icon, n]) => t("item", { word: t(`i.${icon}`), n })).join(t("list.sep"));
  /** @param {"png" | "svg"} form */
  const save = (form) => files().then(({ keepPicture }) => drawn.current && keepPicture(drawn.current, t("file"), form)).then(() => fail(false), () => fail(true));
  useEffect(() => { files().catch(() => {}); }, []);
  return html`<${Picture} list=${all} mood=${mood} wide=${wide} label=${t("alt", { count: all.length, list: sums })} drawn=${drawn} />
    <div class="body"><h1 tabindex="-1">${headline(props)}</h1>
      <p>${all.length === 0 ? t("empty") : options.named ? t("welcome") : mood ? t("welcome.mood") : t("welcome.weather")}</p>
      <div class="row wrap"><button type="button" class="btn plain" aria-pressed=${list ? "true" : "false"} onClick=${() => setList(!list)}>${t("list")}</button>
        <button type="button" class="btn plain" onClick=${() => save("png")}>${t("keep")}</button>
        <button type="button" class="btn plain" onClick=${() => save("svg")}>${t("print")}</button></div>
      ${failed && html`<p role="status">${t("end.copy.failed")}</p>`}
      <${List} props=${props} open=${list} />
      ${ended || me.role === "screen" ? null : mine ? html`<p class="row wrap"><span>${mood ? t("added.mood") : t("added.weather")}</span>
        <button type="button" class="btn plain" onClick=${() => act("withdraw")}>${t("back")}</button></p>`
    : late ? html`<${Ask} t=${t} mood=${mood} names=${options.named} first=${draft} send=${mood ? t("send.mood") : t("send.weather")} onType=${keep}
        onSend=${(/** @type {any} */ pick) => { setLate(false); keep(null); act("add", pick); }} />`
      : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}
    </div>`;
};
