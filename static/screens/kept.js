// What is kept, told before it is: what a copy of this room would hold, and whether my name may stand beside what I gave.
import { html, useEffect, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { fetchCopy, fetchKept, kept } from "./keepsake.js";
import { act, hosting, meet, mine, running } from "./session.js";
import { hide } from "./sheets.js";
import { t, words } from "./tongue.js";

/** @param {import("./keepsake.js").Part} part */
const amount = ({ rows, lines, pictures }) => [
  pictures ? t("kept.pictures", { count: pictures }) : "", !pictures && rows + lines ? t("kept.texts", { count: rows + lines }) : "",
].filter(Boolean).join(t("list.sep"));

const Parts = () => {
  const told = kept.value;
  if (!told) return null;
  return told.parts.length ? html`<ul class="kept">${told.parts.map((part) => html`<li key=${part.g} class=${`k-${part.kind}`}><div class="row"><${Icon} id=${`k-${part.kind}`} size=${30} />
    <span class="grow"><bdi>${part.title}</bdi><br /><span class="small soft">${amount(part)}</span></span></div></li>`)}</ul>` : html`<p>${t("kept.nothing")}</p>`;
};

/** My own name, and nobody else's. */
const Named = () => {
  const on = Boolean(mine.value && mine.value.named);
  return html`<div><label class="tick"><input type="checkbox" checked=${on} onChange=${() => act("named", { on: !on })} /><span class="grow">${t("kept.named")}</span></label>
    <p class="small soft">${t("kept.named.how")}</p></div>`;
};

export const Kept = () => {
  const [state, set] = useState("");
  const run = running.value;
  const g = run ? run.g : 0;
  useEffect(() => { fetchKept().then(() => set(""), () => set(t("kept.failed"))); }, [g]);
  const copy = (/** @type {"md"|"zip"} */ form) => {
    set(t("end.copying"));
    fetchCopy(form).then(() => set(t("copy.kept")), () => set(t("end.copy.failed")));
  };
  const stays = (meet.value && meet.value.kept) || 86400000;
  return html`<${Sheet} title=${t("more.kept")} closeLabel=${t("page.close")} onClose=${hide}>
    <p>${t("kept.now")}</p><${Parts} />
    <p class="small">${t("kept.never")}</p><p class="small soft">${t("kept.then", { span: words.value.span(stays) })}</p>
    <${Named} />
    ${hosting.value || (meet.value && meet.value.rest) ? html`<div class="acts"><button type="button" class="btn plain" onClick=${() => copy("zip")}><${Icon} id="u-download" /> ${t("kept.copy")}</button>
      <button type="button" class="btn plain" onClick=${() => copy("md")}><${Icon} id="u-download" /> ${t("end.text")}</button></div>` : html`<p class="small soft">${t("kept.end")}</p>`}
    <p class="small" role="status">${state}</p></${Sheet}>`;
};
