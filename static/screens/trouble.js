// When it gets difficult: the door, the way in, the chat and the pens, for everyone at once. One tap each, each can be taken back.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { tell } from "./news.js";
import { Relink, relink } from "./relink.js";
import { act, current, meet } from "./session.js";
import { t } from "./tongue.js";

/* keys: trouble.* */
/** @typedef {import("../types.js").Answer} Answer */

/** @param {string} key what is said once it is so @param {() => void} [back] takes it back */
const then = (key, back) => (/** @type {Answer} */ { outcome }) => { if (key && outcome !== "refused") tell({ text: t(key), ...(back ? { word: t("undo.do"), run: back } : {}) }); };

/** @param {{icon: string, word: string, run: () => void}} of */
const Tile = ({ icon, word, run }) => html`<button type="button" class="btn plain tile" onClick=${run}><${Icon} id=${icon} />${word}</button>`;

/** @param {{what: "line"|"work"|"voice", on: boolean, icon: string}} of */
const Shut = ({ what, on, icon }) => html`<${Tile} icon=${icon} word=${t(`trouble.${what}.${on ? "on" : "off"}`)}
  run=${() => act("shut", { what, on: !on }).then(then(on ? "" : `trouble.${what}.shut`, what === "voice" ? () => { act("shut", { what, on: false }); } : undefined))} />`;

export const Trouble = () => {
  const [anew, renew] = useState(false);
  const { locked = false, shut = {} } = /** @type {any} */ (meet.value || {});
  return html`<section class="trouble" aria-labelledby="trouble"><h3 id="trouble">${t("trouble.title")}</h3><p class="small soft">${t("trouble.how")}</p>
    <div class="tiles"><${Tile} icon=${locked ? "u-door" : "u-lock"} word=${locked ? t("trouble.unlock") : t("trouble.lock")}
      run=${() => act("lock", { on: !locked }).then(then(locked ? "" : "trouble.locked"))} />
    <${Tile} icon="u-link" word=${t("trouble.link")} run=${() => {
      renew(true);
      relink();
    }} />
    <${Shut} what="line" on=${Boolean(shut.line)} icon="u-line" /><${Shut} what="work" on=${Boolean(shut.work)} icon="u-pen" />
    ${current().store.voice === 1 || shut.voice ? html`<${Shut} what="voice" on=${Boolean(shut.voice)} icon=${shut.voice ? "u-mic" : "u-hush"} />` : null}</div>
    ${locked && html`<p class="small">${t("trouble.locked")}</p>`}${shut.line && html`<p class="small">${t("trouble.line.shut")}</p>`}
    ${shut.work && html`<p class="small">${t("trouble.work.shut")}</p>`}${shut.voice && html`<p class="small">${t("trouble.voice.shut")}</p>`}
    ${anew && html`<${Relink} />`}</section>`;
};
