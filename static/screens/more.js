// Everything that is seldom needed: language, colours, a lighter page, the room's name, leaving, ending.
import { html, useEffect, useState } from "../ui.js";
import { Field, fits } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { LANGUAGES } from "../words.js";
import { Invite } from "./invite.js";
import { withUndo } from "./news.js";
import { leave } from "./room.js";
import { act, current, hosting, light, lighten, meet } from "./session.js";
import { hide } from "./sheets.js";
import { paint, speak, t, theme, words } from "./tongue.js";

/* keys: more.theme.auto more.theme.light more.theme.dark */
const TITLE = 80;
const KEPT_MS = 86400000;

const Languages = () => html`<div><p class="label" id="langs">${t("lang.label")}</p><div class="row wrap langs" role="group" aria-labelledby="langs">
  ${Object.keys(LANGUAGES).map((lang) => html`<button key=${lang} type="button" lang=${lang} aria-current=${lang === words.value.lang ? "true" : null}
    onClick=${() => speak(lang, true).catch(() => {})}>${LANGUAGES[lang]}</button>`)}</div></div>`;

const Theme = () => html`<div><p class="label" id="colours">${t("more.theme")}</p><div class="row wrap" role="group" aria-labelledby="colours">
  ${[null, "light", "dark"].map((one) => html`<button key=${one} type="button" class="btn plain" aria-pressed=${String(theme.value === one)}
    onClick=${() => paint(one)}>${t(`more.theme.${one || "auto"}`)}</button>`)}</div></div>`;

const Light = () => html`<div><button type="button" class="btn plain" aria-pressed=${String(light.value)} onClick=${() => lighten(!light.value)}>
  <${Icon} id="u-light" /> ${t("more.light")}</button><p class="small soft">${t("more.light.how")}</p><${Meter} /></div>`;

/** What this page has sent and received. */
const Meter = () => {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const { link } = current();
  return html`<p class="small soft">${t("more.data", { size: `${words.value.number(Math.ceil((link.sent + link.received) / 1024))} KB` })}</p>`;
};

const Title = () => {
  const [title, type] = useState((meet.value && meet.value.title) || "");
  const save = () => { if (fits(title, TITLE)) act("title", { title: title.trim() }); };
  return html`<div><${Field} id="room-title" label=${t("host.rename")} value=${title} max=${TITLE} t=${t} onInput=${type} onEnter=${save} />
    <p><button type="button" class="btn plain" onClick=${save}>${t("host.rename.save")}</button></p></div>`;
};

/** Three ways, each says what it does; nothing goes out before five seconds. @param {{back: () => void}} of */
const Ending = ({ back }) => {
  const end = (/** @type {boolean} */ erase) => {
    hide();
    withUndo(erase ? t("undo.erasing") : t("undo.ending"), () => act("end", { erase }));
  };
  return html`<p>${t("end.ask")}</p><div class="acts"><button type="button" class="btn ink2" onClick=${() => end(false)}>${t("end.keep")}</button>
    <p class="small soft">${t("end.keep.how", { span: words.value.span(KEPT_MS) })}</p>
    <button type="button" class="btn plain" onClick=${back}>${t("end.stay")}</button></div>
    <p class="small">${t("erase.ask")}</p><div class="acts"><button type="button" class="btn plain" onClick=${() => end(true)}>${t("end.erase")}</button></div>`;
};

const Leaving = ({ back = () => {} }) => html`<div class="acts">
  <button type="button" class="btn plain" onClick=${() => leave(false)}>${t("leave.back")}</button>
  <button type="button" class="btn plain" onClick=${() => leave(true)}>${t("leave.forget")}</button>
  <button type="button" class="btn plain" onClick=${back}>${t("more.stay")}</button></div>`;

export const More = () => {
  const [part, go] = useState("");
  const back = () => go("");
  if (part === "end") return html`<${Sheet} key="end" title=${t("host.end")} closeLabel=${t("page.close")} onClose=${hide}><${Ending} back=${back} /></${Sheet}>`;
  if (part === "leave") return html`<${Sheet} key="leave" title=${t("more.leave")} closeLabel=${t("page.close")} onClose=${hide}><${Leaving} back=${back} /></${Sheet}>`;
  return html`<${Sheet} key="all" title=${t("more.title")} closeLabel=${t("page.close")} onClose=${hide}>
    <${Languages} /><${Theme} /><${Light} />
    <${Invite} />
    ${hosting.value && html`<${Title} />`}
    <p class="small soft">${t("first.limits")}</p>
    <div class="acts"><button type="button" class="btn plain" onClick=${() => go("leave")}><${Icon} id="u-door" /> ${t("more.leave")}</button>
      ${hosting.value && html`<button type="button" class="btn plain" onClick=${() => go("end")}><${Icon} id="u-end" /> ${t("host.end")}</button>`}</div>
  </${Sheet}>`;
};
