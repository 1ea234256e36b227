// What everyone has written, shown together: a cloud, a waterfall that has come down, or lines that come one after the other.
import { html, useEffect, useMemo, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Icon } from "../../static/parts/icon.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Write } from "./write.js";
import { cloud, come, often, placed, standing, step, untilLine } from "./told.js";

/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./write.js").Draft} Draft */
/** @typedef {import("./told.js").Placed} Placed */

/** So long after the show whatever is drawn for the first time comes down. */
const FRESH_MS = 4000;

/** Who signed it, if they are still known. @param {{props: Props, by?: string}} of */
const By = ({ props, by }) => {
  const person = by && props.people[by];
  return person ? html`<bdi class="wd-by" translate="no">${person.name}</bdi>` : null;
};

/** @param {{props: Props, list: readonly Placed[]}} of */
const Cloud = ({ props, list }) => {
  const words = useMemo(() => cloud(list), [list]);
  const top = words.length ? words[0].n : 1;
  return html`<ul class=${words.length > 9 ? "wd-cloud spread" : "wd-cloud few spread"}>${words.map(({ text, n, by }, i) => html`<li key=${i} class=${`wd-${step(n, top, text)}`}>
    <bdi>${text}</bdi>${n > 1 && html`<b class="wd-n" aria-hidden="true">${n}</b><span class="hide">${props.t("times", { count: n })}</span>`}<${By} props=${props} by=${by} /></li>`)}</ul>`;
};

/** @param {{props: Props, list: readonly Placed[]}} of */
const Fall = ({ props, list }) => {
  const [fresh] = useState(() => props.now() - (props.room.at || 0) < FRESH_MS);
  return html`<ul class=${fresh && !props.ended ? "wd-fall wd-down" : "wd-fall"}>${list.map(({ i, text, by }) => html`<li key=${i}><bdi>${text}</bdi><${By} props=${props} by=${by} /></li>`)}</ul>`;
};

/** @param {{props: Props, list: readonly Placed[]}} of */
const Lines = ({ props, list }) => {
  const { t, room, now, ended } = props;
  const [all, show] = useState(ended);
  usePulse(() => (all ? 0 : untilLine(room, list.length, now())), [all, room.at, list.length]);
  const many = all ? list.length : come(room, list.length, now());
  const last = many < list.length ? many - 1 : -1;
  return html`${last >= 0 ? html`<p class="wd-line enter" key=${last} role="status" dir="auto"><b class="big">${list[last].text}</b><${By} props=${props} by=${list[last].by} /></p>` : null}
    ${last < 0 || last > 0 ? html`<ul class="wd-lines">${list.slice(0, last < 0 ? many : last).map(({ i, text, by }) => html`<li key=${i} dir="auto"><b>${text}</b><${By} props=${props} by=${by} /></li>`)}</ul>` : null}
    ${last >= 0 ? html`<button type="button" class="btn plain" onClick=${() => show(true)}>${t("all")}</button>` : null}`;
};

/** For hosts: every one by itself, to be taken off the page or put back. @param {{props: Props}} of */
const Tidy = ({ props: { t, act, room } }) => html`<ul class="wd-tidy">${placed(room).map(({ i, text, off }) => html`<li key=${i} class=${off ? "row soft" : "row"}>
  <span class="grow"><bdi>${text}</bdi>${off && html`<span class="small"> ${t("off")}</span>`}</span>
  <button type="button" class="tool" aria-label=${off ? t("unhide", { text }) : t("hide", { text })} onClick=${() => act("hide", { i, on: !off })}>
    <${Icon} id=${off ? "u-eye" : "u-hide"} size=${20} /></button></li>`)}</ul>`;

/** @param {{props: Props, draft: Draft|null, keep: (draft: Draft|null) => void}} of `draft`: begun before the show */
export const Shown = ({ props, draft, keep }) => {
  const { t, act, me, own, room, options, now, ended } = props;
  const [late, setLate] = useState(Boolean(draft));
  const [tidy, setTidy] = useState(false);
  const list = useMemo(() => standing(room), [room.words]);
  const most = useMemo(() => (options.show === "cloud" ? often(list) : []), [list]);
  const mine = ((own && own.added) || []).length;
  const Form = options.show === "fall" ? Fall : options.show === "lines" ? Lines : Cloud;
  useEffect(() => { if (mine >= options.each) setLate(false); }, [mine]);
  return html`<div class="body wd-shown">
    ${list.length ? null : html`<p>${t("empty")}</p>`}
    ${most.length ? html`<p>${t("often", { words: most.join(t("list.sep")) })}</p>` : null}
    <${Form} props=${props} list=${list} />
    ${options.show === "fall" && list.length && room.clock && !ended ? html`<p class="row wrap"><span>${t("quiet")}</span><${ClockTape} clock=${room.clock} now=${now} t=${t} /></p>` : null}
    ${ended || me.role === "screen" ? null : html`
      ${mine ? html`<p class="row wrap"><span>${t("added")}</span><button type="button" class="btn plain" onClick=${() => act("remove")}>${t("back")}</button></p>` : null}
      ${mine >= options.each ? null : late ? html`<${Write} id="wd-late" key=${mine} t=${t} each=${1} most=${options.most} names=${options.named} first=${draft} send=${t("send")} onType=${keep}
        onSend=${(/** @type {Draft} */ { texts, named }) => { setLate(false); keep(null); act("add", options.named ? { text: texts[0], named } : { text: texts[0] }); }} />`
      : html`<button type="button" class="btn plain" onClick=${() => setLate(true)}>${t("add")}</button>`}
      ${me.role === "host" && list.length ? html`<button type="button" class="btn plain" aria-expanded=${tidy ? "true" : "false"} onClick=${() => setTidy(!tidy)}>${t("tidy")}</button>` : null}
      ${me.role === "host" && tidy ? html`<${Tidy} props=${props} />` : null}`}
  </div>`;
};
