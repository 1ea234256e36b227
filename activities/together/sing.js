// Lines by the room's clock: a song, or lines to echo. Who leads is somebody who offered; applause is hearts.
import { html, signal, useEffect, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { ClockTape } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { LANGUAGES } from "../../static/words.js";
import { Beats } from "./beats.js";
import { echoOf, passed, pasted, place, sung } from "./place.js";

/** @typedef {any} Props what the shell hands to a kind */
export const TONGUES = Object.keys(LANGUAGES);

/** The songs of each tongue; a failure is not kept. @type {import("../../static/ui.js").Signal<{[tongue: string]: any}>} */
const books = signal({});
/** @type {Set<string>} */
const asked = new Set();
/** @param {string} tongue */
const fetchBook = (tongue) => {
  if (asked.has(tongue) || !TONGUES.includes(tongue)) return;
  asked.add(tongue);
  const at = new URL("./songs/", import.meta.url).href;
  fetch(`${at}${tongue}.json`).then((answer) => answer.json()).then((book) => { books.value = { ...books.value, [tongue]: book }; }, () => asked.delete(tongue));
};

/** What this room sings now; the tongue of the page until one is picked. @param {Props} props */
export const useSung = ({ room, options, lang }) => {
  const tongue = room.song[0] || lang;
  useEffect(() => fetchBook(tongue), [tongue]);
  return { tongue, book: books.value[tongue] || null, song: sung(room, options.form, books.value[tongue]) };
};

/** @param {{props: Props}} of */
const Leader = ({ props }) => {
  const { t, act, me, people, room, options, ended } = props;
  const { leader } = room;
  const can = me.role !== "screen" && !ended;
  if (options.to === "track" && options.form === "lyrics") return html`<p>${t("lead.track")}</p>`;
  return html`<p class="row wrap"><span>${leader && people[leader] ? html`${t("lead.by")} <bdi translate="no"><b>${people[leader].name}</b></bdi>` : t("lead.none")}</span>
    ${can && !leader ? html`<button type="button" class="btn plain" onClick=${() => act("lead", { on: true })}>${t("lead.me")}</button>` : null}
    ${can && leader && (leader === me.id || me.role === "host") ? html`<button type="button" class="btn plain" onClick=${() => act("lead", { on: false })}>${leader === me.id ? t("lead.stop") : t("lead.free")}</button>` : null}</p>`;
};

/** Which song, in which tongue, or words of our own: for hosts. @param {{props: Props, tongue: string, book: any}} of */
const Pick = ({ props, tongue, book }) => {
  const { t, act, room, options } = props;
  const [text, put] = useState(/** @type {string | null} */ (null));
  const { count, fit } = pasted(text || "");
  const own = room.words.length > 0;
  return html`<div class="cut tg-pick"><label for="tg-tongue">${t("pick.tongue")}</label>
    <select class="field" id="tg-tongue" value=${tongue} onChange=${(/** @type {any} */ event) => act("pick", { tongue: event.currentTarget.value, song: 0 })}>
      ${TONGUES.map((one) => html`<option key=${one} value=${one}>${LANGUAGES[one]}</option>`)}</select>
    ${options.form === "lyrics" && book ? html`<div class="row wrap" role="group" aria-label=${t("pick.song")}>${book.songs.map((/** @type {any} */ song, /** @type {number} */ i) => html`
      <button key=${song.id} type="button" class="btn plain" lang=${tongue} aria-pressed=${String(!own && room.song[1] === i)} onClick=${() => act("pick", { tongue, song: i })}>${song.title}</button>`)}</div>` : null}
    ${text === null ? html`<button type="button" class="btn plain" aria-pressed=${String(own)} onClick=${() => put(room.words.join("\n"))}>${t("paste")}</button>`
    : html`<div><label for="tg-paste">${t("paste.label")}</label><textarea class="field" id="tg-paste" rows="6" dir="auto" value=${text} aria-describedby="tg-paste-note"
        onInput=${(/** @type {any} */ event) => put(event.currentTarget.value)}></textarea>
      <p class="small" id="tg-paste-note" role="status">${count && !fit ? t("paste.much") : t("paste.how")}</p></div>
      <div class="row"><button type="button" class="btn" disabled=${!fit} onClick=${() => { act("paste", { text }); put(null); }}>${t("paste.keep")}</button>
        <button type="button" class="btn plain" onClick=${() => put(null)}>${t("paste.close")}</button></div>`}</div>`;
};

/** @param {{props: Props, at: number, many: number}} of */
const Host = ({ props, at, many }) => {
  const { t, act, room, options } = props;
  const still = room.clock.left !== undefined;
  const one = options.form === "echo" ? 2 : 1;
  const line = Math.max(0, Math.floor(at / one)) * one;
  /** @param {string} word @param {() => void} run @param {boolean} [off] */
  const button = (word, run, off = false) => html`<button type="button" class="btn plain" disabled=${off} onClick=${run}>${word}</button>`;
  return html`<div class="cut tg-pick"><p class="small"><b>${t("host")}</b></p><div class="row wrap">
    ${button(still ? t("host.on") : t("host.pause"), () => act("pause", { on: !still }))}${button(t("host.slower"), () => act("pace", { faster: false }))}
    ${button(t("host.faster"), () => act("pace", { faster: true }))}${button(t("host.back"), () => act("go", { to: line - one }), line < one)}
    ${button(t("host.next"), () => act("go", { to: line + one }), line + one >= many)}${button(t("host.end"), () => act("end"))}</div></div>`;
};

/** @param {{props: Props}} of */
const Hearts = ({ props }) => {
  const { t, act, me, own, room, ended } = props;
  const given = (own && own.hearts) || 0;
  return html`<p class="row"><button type="button" class="tool tg-heart" disabled=${ended || me.role === "screen" || given >= 30} aria-label=${t("heart")}
    onClick=${() => act("heart", {}, (/** @type {any} */ tree) => [["room/hearts", tree.room.hearts + 1], [`own/${me.id}/hearts`, given + 1]])}><${Icon} id="u-heart" size=${30} /></button>
    <span>${t("hearts.told", { count: room.hearts })}</span></p>`;
};

/** @param {{props: Props}} of */
const Run = ({ props }) => {
  const { t, me, room, options, now, ended } = props;
  const { tongue, song } = useSung(props);
  const still = room.clock.left !== undefined;
  usePulse(() => (still ? 0 : place(room, now()).left), [room.clock, room.beat]);
  const { at, many } = place(room, now());
  const echo = options.form === "echo";
  const { line: turn, yours } = echoOf(at);
  const line = echo ? turn : Math.max(0, at);
  const lines = song ? song.lines : [];
  const count = at < 0;
  return html`<div class="body tg">
    ${echo ? html`<div class=${yours ? "tg-turn yours" : "tg-turn"} role="status"><${Icon} id=${yours ? "u-say" : "u-note"} size=${34} /><b>${count ? t("soon") : yours ? t("echo.yours") : t("echo.listen")}</b></div>` : null}
    ${count ? html`<${Beats} rest=${() => -passed(room.clock, now())} of=${[room.clock]} still=${still} label=${t("count")} />` : null}
    <div class="tg-song" lang=${room.words.length ? null : tongue}><p class="tg-was" dir="auto" aria-hidden="true">${!echo && line > 0 ? lines[line - 1] : ""}</p>
      <h2 class=${count ? "soft" : null} key=${line} dir="auto" role=${echo ? null : "status"}>${lines[line] || "…"}</h2>
      ${echo ? null : html`<p class="tg-next" dir="auto">${lines[line + 1] || ""}</p><p class="tg-next far" dir="auto">${lines[line + 2] || ""}</p>`}</div>
    ${still ? html`<p class="soft" role="status">${t("still")}</p>` : html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />`}
    <${Hearts} props=${props} /><${Leader} props=${props} />
    ${me.role === "host" && !ended ? html`<${Host} props=${props} at=${at} many=${many} />` : null}</div>`;
};

/** @param {{props: Props}} of */
const Rest = ({ props }) => {
  const { t, act, me, room, options, lang, ended } = props;
  const { tongue, book, song } = useSung(props);
  const hosting = me.role === "host" && !ended;
  const done = room.phase === "done" || ended;
  const lines = song ? song.lines : [];
  return html`<div class="body tg">${done ? html`<h2 role="status">${t("sing.over")}</h2><${Hearts} props=${props} />` : html`<p>${options.form === "echo" ? t("echo.how") : t("sing.how")}</p>`}
    ${hosting ? html`<button type="button" class="btn xl ink2" onClick=${() => act("begin", { tongue: lang })}>${done ? t("again") : t("begin")}</button>
      <${Pick} props=${props} tongue=${tongue} book=${book} />` : done ? null : html`<p class="soft" role="status">${t("ready")}</p>`}
    ${ended ? null : html`<${Leader} props=${props} />`}
    ${song ? html`<div class="tg-sheet" lang=${room.words.length ? null : tongue}>${song.title ? html`<h2 dir="auto">${song.title}</h2>` : null}
      ${lines.map((/** @type {string} */ line, /** @type {number} */ i) => html`<p key=${i} dir="auto">${line}</p>`)}</div>` : null}</div>`;
};

/** @param {{props: Props}} of */
export const Sing = ({ props }) => (props.room.phase === "run" && props.room.clock ? html`<${Run} props=${props} />` : html`<${Rest} props=${props} />`);
