// The host's clock. At zero nothing closes, so there is nothing to be afraid of here.
import { html } from "../ui.js";
import { Sheet } from "../parts/sheet.js";
import { Tape } from "../parts/tape.js";
import { addMinute } from "./bar.js";
import { act, now, running } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

const CHOICES = [1, 2, 3, 5, 8, 10, 15, 20, 30];

export const Timer = () => {
  const run = running.value;
  const on = run && run.ends !== null;
  return html`<${Sheet} title=${t("timer.title")} closeLabel=${t("page.close")} onClose=${hide}>
    ${on ? html`<p><${Tape} ends=${run.ends} from=${run.opened} now=${now} t=${t} /></p>` : html`<p>${t("timer.none")}</p>`}
    ${run && html`<div class="acts"><button type="button" class="btn" onClick=${addMinute}>${t("timer.more")}</button></div>
    <div><p class="label">${t("timer.set")}</p><div class="row wrap">${CHOICES.map((m) => html`
      <button key=${m} type="button" class="btn plain" onClick=${() => act("timer", { ms: m * 60000 })}>${t("min", { count: m })}</button>`)}</div></div>
    ${on && html`<div class="acts"><button type="button" class="btn plain" onClick=${() => act("timer", { ms: 0 })}>${t("timer.off")}</button></div>`}`}
  </${Sheet}>`;
};
