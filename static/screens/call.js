// Where the group talks elsewhere: a plain link, which says where it leads.
import { html, useState } from "../ui.js";
import { Field } from "../parts/field.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { act, hosting, meet } from "./session.js";
import { hide } from "./sheets.js";
import { hostOf } from "./talk.js";
import { t } from "./tongue.js";

const MOST = 300;

/** Nothing where there is none, and for whatever is no https link. */
export const CallLink = () => {
  const link = (meet.value && meet.value.call) || "";
  const host = hostOf(link);
  return host ? html`<p class="call"><a class="btn plain" href=${link} target="_blank" rel="noopener noreferrer"><${Icon} id="u-link" /> ${t("call.here")}</a>
    <span class="small soft">${t("call.where", { host })}</span></p>` : null;
};

const Setting = () => {
  const had = (meet.value && meet.value.call) || "";
  const [link, type] = useState(had);
  const [wrong, blame] = useState(false);
  const save = () => {
    const url = link.trim();
    blame(Boolean(url) && (!hostOf(url) || url.length > MOST));
    if (url && !hostOf(url)) return;
    act("call", { url }).then(({ outcome }) => { if (outcome !== "refused") hide(); });
  };
  return html`<div><${Field} id="call" label=${t("call.link")} value=${link} max=${MOST} t=${t} placeholder="https://" onInput=${type} onEnter=${save}
      hint=${wrong ? t("refused.not_a_link") : ""} />
    <div class="acts"><button type="button" class="btn ink2" disabled=${!link.trim()} onClick=${save}>${t("call.save")}</button>
      ${had && html`<button type="button" class="btn plain" onClick=${() => { act("call", { url: "" }); hide(); }}>${t("call.clear")}</button>`}</div></div>`;
};

export const Call = () => html`<${Sheet} title=${t("call.title")} closeLabel=${t("page.close")} onClose=${hide}>
  <${CallLink} /><p class="small soft">${t("call.how")}</p>${hosting.value && html`<${Setting} />`}
</${Sheet}>`;
