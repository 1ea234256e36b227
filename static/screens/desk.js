// The two columns that stand beside the activity where there is room for them.
import { html } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Reactions } from "../parts/reactions.js";
import { sendReaction } from "./bar.js";
import { Hands, Leads, List } from "./people.js";
import { here, hosting, meet, plan } from "./session.js";
import { show } from "./sheets.js";
import { Saying, Steps } from "./steps.js";
import { t } from "./tongue.js";

/** How many names stand beside the activity; all of them are in the sheet. */
const MOST = 6;

export const Left = () => html`<${Icon} id="mark" size=${21} wide=${155} label="Jam Room" />
  <p><b><bdi>${(meet.value && meet.value.title) || t("start.untitled")}</bdi></b><br /><${Leads} /></p>
  ${plan.value.length ? html`<${Steps} />` : null}
  ${hosting.value && html`<p><button type="button" class="btn plain" onClick=${() => show("cards")}><span class="sig"><${Icon} id="u-grid" /></span>${t("open.title")}</button></p>`}
  ${hosting.value && html`<${Saying} />`}<span class="push"></span><${Hands} />`;

export const Right = () => html`<h2>${t("people.here", { count: here.value.length })}</h2><${List} most=${MOST} />
  <p><button type="button" class="btn plain" onClick=${() => show("people")}>${t("people.invite")}</button></p>
  <${Reactions} t=${t} onReact=${sendReaction} />`;
