// A host would like to hear somebody: one large button, and "not now" beside it. Nothing is open before the tap.
import { html, useEffect } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { say } from "./news.js";
import { t } from "./tongue.js";
import { answer, closed, voice } from "./voiceway.js";

/* keys: voice.closed.* */

function open() {
  const engine = voice.value;
  answer();
  if (!engine) return;
  engine.speak().catch(() => {});
}

export const Asked = () => {
  useEffect(() => { say(t("voice.ask")); }, []);
  const engine = voice.value, why = closed.value;
  const can = Boolean(engine && engine.can.speak && !why);
  return html`<section class="voices asked enter" aria-label=${t("voice.title")}><p>${t("voice.ask")}</p>
    ${can ? null : html`<p class="small">${why ? t(`voice.closed.${why}`) : t(engine && engine.can.why === "plain" ? "voice.plain" : "voice.nomic")}</p>`}
    <div class="both">${can ? html`<button type="button" class="btn ink2 xl" onClick=${open}><${Icon} id="u-mic" size=${30} /><span>${t("voice.ask.open")}</span></button>` : null}
      <button type="button" class="btn plain" onClick=${answer}>${t("voice.later")}</button></div></section>`;
};
