// The drawer of everything seldom needed: in groups, each row with its sign. Leaving stands below, ending for all apart from it.
import { html, useEffect, useState } from "../ui.js";
import { Field, fits } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { sound, sounds } from "../parts/sound.js";
import { LANGUAGES } from "../words.js";
import { drawer } from "./drawer.js";
import { keyed } from "./may.js";
import { unread } from "./news.js";
import { act, current, here, hosting, light, lighten, meet, mine, thrift, wish } from "./session.js";
import { has, hide, show } from "./sheets.js";
import { paint, speak, t, theme, words } from "./tongue.js";

/* keys: more.* more.light.why.* */
/** @typedef {import("./drawer.js").Row} DrawerRow */

const TITLE = 80;

const Languages = () => html`<div><p class="label" id="langs">${t("lang.label")}</p><div class="row wrap langs" role="group" aria-labelledby="langs">
  ${Object.keys(LANGUAGES).map((lang) => html`<button key=${lang} type="button" lang=${lang} aria-current=${lang === words.value.lang ? "true" : null}
    onClick=${() => speak(lang, true).catch(() => {})}>${LANGUAGES[lang]}</button>`)}</div></div>`;

const Theme = () => html`<div><p class="label" id="colours"><${Icon} id="u-theme" /> ${t("more.theme")}</p><div class="row wrap" role="group" aria-labelledby="colours">
  ${[null, "light", "dark"].map((one) => html`<button key=${one} type="button" class="btn plain" aria-pressed=${String(theme.value === one)}
    onClick=${() => paint(one)}>${t(`more.theme.${one || "auto"}`)}</button>`)}</div></div>`;

/** Less of what moves: by itself, always, never; and what holds now, and why. */
const Light = () => {
  const way = wish.value, why = way !== null ? (way ? "on" : "off") : thrift.value || "no";
  return html`<div class="lighter"><p class="label" id="lighter"><${Icon} id="u-light" /> ${t("more.light")}</p><p class="small soft">${t("more.light.how")}</p>
    <div class="row wrap" role="group" aria-labelledby="lighter" aria-describedby="light-why">${[null, true, false].map((one) => html`<button key=${one} type="button" class="btn plain"
      aria-pressed=${String(way === one)} onClick=${() => lighten(one)}>${t(`more.light.${one === null ? "auto" : one ? "on" : "off"}`)}</button>`)}</div>
    <p class="small" id="light-why" role="status" data-light=${String(light.value)}>${t(`more.light.why.${why}`)}</p><${Meter} /></div>`;
};

/** What this page has sent and received. */
const Meter = () => {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const { link } = current(), { number } = words.value;
  return html`<p class="small soft">${t("more.data", { size: number(Math.ceil((link.sent + link.received) / 1024)) })}</p>`;
};

const Title = () => {
  const [title, type] = useState((meet.value && meet.value.title) || "");
  const save = () => { if (fits(title, TITLE)) act("title", { title: title.trim() }); };
  return html`<div class="inside enter"><${Field} id="room-title" label=${t("host.rename")} value=${title} max=${TITLE} t=${t} onInput=${type} onEnter=${save} />
    <p><button type="button" class="btn plain" onClick=${save}>${t("host.rename.save")}</button></p></div>`;
};

/** A row of the drawer. With `on` it is a switch, with `open` it unfolds. @param {{icon: string, word: string, note?: string, run: () => void,
 *   on?: boolean|null, open?: boolean|null, opens?: boolean}} of */
const Row = ({ icon, word, note = "", run, on = null, open = null, opens = false }) => html`<button type="button" class="folk" onClick=${run}
  aria-pressed=${on === null ? null : String(on)} aria-expanded=${open === null ? null : String(open)} aria-haspopup=${opens ? "dialog" : null}>
  <${Icon} id=${icon} /><span class="grow"><b>${word}</b>${note && html`<span class="small soft">${note}</span>`}</span>
  ${on !== null && html`<span class=${on ? "box on" : "box"} aria-hidden="true">${on && html`<${Icon} id="u-tick" size=${20} />`}</span>`}</button>`;

/** @param {{row: DrawerRow}} of */
const One = ({ row: { id, icon, sheet } }) => {
  const [open, set] = useState(false);
  if (sheet) return html`<${Row} icon=${icon} word=${WORDS[id] ? t(WORDS[id]) : t(`more.${id}`)} note=${id === "people" ? t("people.here", { count: here.value.length }) : id === "line" && unread.value ? t("line.new", { count: unread.value }) : ""}
    run=${() => show(sheet)} opens />`;
  if (id === "name") return html`<${Row} icon=${icon} word=${t("host.rename")} open=${open} run=${() => set(!open)} />${open && html`<${Title} />`}`;
  if (id === "light") return html`<${Light} />`;
  if (id === "sound") return html`<${Row} icon=${icon} word=${t("more.sound")} on=${sounds.value} run=${() => sound(!sounds.value)} />`;
  const hall = Boolean(mine.value && mine.value.hall);
  return html`<${Row} icon=${icon} word=${t("more.hall")} on=${hall} run=${() => act("place", { hall: !hall })} />`;
};
/** Rows whose words stand elsewhere, too. @type {{[id: string]: string}} */
const WORDS = { people: "bar.people", voices: "voice.title", invite: "people.invite", line: "line.title", guide: "guide.title" };

export const More = () => {
  const host = hosting.value;
  const groups = drawer({ host, keyed: keyed(mine.value), call: Boolean(meet.value && meet.value.call), voice: current().store.voice, has });
  return html`<${Sheet} title=${t("more.title")} closeLabel=${t("page.close")} onClose=${hide}>
    <${Languages} />
    ${groups.map(({ id, rows }) => html`<section key=${id} class="group" aria-labelledby=${`group-${id}`}><h3 id=${`group-${id}`}>${t(`more.${id}`)}</h3>
      <ul class="ways">${rows.map((row) => html`<li key=${row.id}><${One} row=${row} /></li>`)}</ul>
      ${id === "mine" && html`<${Theme} />`}${id === "about" && html`<p class="small soft">${t("first.limits")}</p>`}
      ${id === "hosts" && current().store.voice === 0 && html`<p class="small soft">${t("voice.none")}</p>`}</section>`)}
    <div class="acts"><button type="button" class="btn plain" onClick=${() => show("leave")}><${Icon} id="u-door" /> ${t("more.leave")}</button></div>
    ${host && html`<div class="far"><p class="small soft">${t("more.end.far")}</p><button type="button" class="btn plain" onClick=${() => show("ending")}>
      <${Icon} id="u-end" /> ${t("host.end")}</button></div>`}
  </${Sheet}>`;
};
