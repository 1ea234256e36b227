// A spoken code: somebody in the room says it, one types it and knocks, and a host opens. It stands on the start page and on a link that
// has lost its end.
import { html, render, useEffect, useState } from "../ui.js";
import { boxOf, choice } from "../keep.js";
import { Field } from "../parts/field.js";
import { LETTERS, codeOf } from "./code.js";
import { style } from "./sheets.js";
import { speak, speakOn, t, words } from "./tongue.js";

/** @typedef {{room: string, knock: string}} At */

const ASK_MS = 2500;
const NAME = 40;
const KEPT = "knock";

/** The tab remembers where it has knocked, so that a reload waits on. @param {At|null} [at] @returns {At|null} */
const kept = (at) => choice(KEPT, at, boxOf("sessionStorage"));

/** @param {string} path @param {object} body @returns {Promise<any>} the answer, with `status` */
const post = (path, body) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })
  .then((answer) => answer.json().catch(() => ({})).then((found) => ({ ...found, status: answer.status })));

/** Waits for a host's tap. @param {{at: At, done: (why: string) => void}} of */
const Waiting = ({ at, done }) => {
  useEffect(() => {
    let over = false;
    /** @type {any} */
    let timer = 0;
    const ask = () => post("/api/knock", at).then(({ status, state, url }) => {
      if (over) return;
      if (state === "in" && url) {
        kept(null);
        // Where only the end of the address is new, the page hears of it and begins anew.
        location.href = url;
      } else if (state === "no") done("knock.no");
      else if (status === 404) done("knock.late");
      else timer = setTimeout(ask, ASK_MS);
    }, () => { if (!over) timer = setTimeout(ask, ASK_MS * 2); });
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [at.knock]);
  return html`<div class="knock" role="status"><h2>${t("knock.waiting")}</h2><p>${t("door.waiting")}</p>
    <p><button type="button" class="btn plain" onClick=${() => done("")}>${t("knock.back")}</button></p></div>`;
};

/** The code, a name, and the knock. @param {{lang: string}} of */
export const Knock = ({ lang }) => {
  const [code, type] = useState("");
  const [name, call] = useState(String(choice("name") || ""));
  const [at, go] = useState(() => kept());
  const [note, tell] = useState("");
  const [busy, work] = useState(false);
  const knock = () => {
    const said = codeOf(code);
    if (busy) return;
    if (said.length !== LETTERS) return void tell("knock.short");
    if (name.trim()) choice("name", name.trim());
    work(true);
    tell("");
    post("/api/code", { code: said, name: name.trim() }).then(
      ({ status, room, knock: id }) => {
        if (status === 202) go(kept({ room, knock: id }));
        else tell(status === 404 ? "knock.wrong" : status === 429 ? "refused.too_fast" : "knock.failed");
      },
      () => tell("knock.failed"),
    ).then(() => work(false));
  };
  const done = (/** @type {string} */ why) => {
    kept(null);
    go(null);
    tell(why);
  };
  if (at) return html`<${Waiting} at=${at} done=${done} />`;
  return html`<form class="form knock" novalidate onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); knock(); }}>
    <p class="small">${t("knock.how")}</p>
    <div><label for="code-said">${t("knock.code")}</label>
      <input class="field code" id="code-said" dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="16" value=${code}
        onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => type(event.currentTarget.value)} /></div>
    <${Field} id="code-name" label=${t("join.name")} value=${name} max=${NAME} t=${t} onInput=${call} />
    <p><button class="btn xl ink2" disabled=${busy}>${t("knock.go")}</button></p>
    <p class="small" role="alert">${note && t(note)}</p></form>`;
};

/* keys: knock.no knock.late knock.short knock.wrong knock.failed refused.too_fast */

/** Draw the form into an element of any page. @param {HTMLElement} el @param {{lang: string}} of */
export async function mountKnock(el, { lang }) {
  if (!words.value) await speak(lang);
  await Promise.all([speakOn(), style()]);
  render(html`<${Knock} lang=${lang} />`, el);
}

/** Is a knock under way in this tab? Then the form opens by itself. */
export const knocking = () => Boolean(kept());
