// "I am lost": the page comes back to where we are, says it in a sentence, and can ask a host to come by, never in public.
import { html, signal, useLayoutEffect } from "../ui.js";
import { Sheet } from "../parts/sheet.js";
import { home, resolved, titleOf } from "./kind.js";
import { act, hosting, me, now, running } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

/** Has a host been asked? Only this page and the hosts know. */
const asked = signal(false);

/** @param {boolean} on */
function ask(on) {
  asked.value = on;
  const who = me.value ? me.value.id : "";
  act(on ? "lost" : "found", on ? {} : { who }).then(({ outcome }) => { if (outcome === "refused") asked.value = !on; });
}

/** Where we are, in plain sentences. */
const Here = () => {
  const run = running.value;
  if (!run) return html`<p>${t("room.first")}</p>`;
  const title = titleOf(run), card = resolved(run);
  const left = run.ends === null ? 0 : run.ends - now();
  return html`<p><b>${t("lost.now", { activity: title })}</b></p>
    ${card && card.prompt && card.prompt !== title && html`<p dir="auto">${card.prompt}</p>`}
    ${left > 0 && html`<p>${t("timer.now", { minutes: left < 60000 ? t("timer.less") : t("min", { count: Math.round(left / 60000) }) })}</p>`}`;
};

export const Lost = () => {
  useLayoutEffect(() => {
    home.value++;
    scrollTo(0, 0);
  }, []);
  const close = () => {
    hide();
    // After the sheet has given the focus back to where it came from.
    setTimeout(() => {
      const head = document.getElementById("head") || document.getElementById("main");
      if (head) head.focus();
    });
  };
  return html`<${Sheet} title=${t("lost.title")} closeLabel=${t("page.close")} onClose=${close}>
    <${Here} /><p>${t("lost.fine")}</p>
    <div class="acts"><button type="button" class="btn ink2" onClick=${close}>${t("lost.go")}</button></div>
    ${hosting.value ? null : asked.value ? html`<div><p role="status">${t("lost.called")}</p>
      <div class="acts"><button type="button" class="btn plain" onClick=${() => ask(false)}>${t("lost.back")}</button></div></div>`
    : html`<div><div class="acts"><button type="button" class="btn plain" onClick=${() => ask(true)}>${t("lost.call")}</button></div>
      <p class="small soft">${t("lost.private")}</p></div>`}
  </${Sheet}>`;
};
