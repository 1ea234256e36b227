// "I am lost": the page comes back to where we are, says it in a sentence, and can ask a host to come by, never in public.
import { html, signal, useLayoutEffect } from "../ui.js";
import { Sheet } from "../parts/sheet.js";
import { home, resolved, titleOf } from "./kind.js";
import { act, hosting, me, now, running, state } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";

/** What was just tapped, as long as the room has not answered. */
const asked = signal(/** @type {boolean|null} */ (null));

/** What the room tells this page alone: a host was asked, a host is coming. @returns {{lost?: boolean, coming?: boolean}} */
const told = () => {
  const mine = state.value && state.value.mine;
  return (mine && me.value && mine[me.value.id]) || {};
};

/** @param {boolean} on */
function ask(on) {
  asked.value = on;
  const who = me.value ? me.value.id : "";
  act(on ? "lost" : "found", on ? {} : { who }).then(() => { asked.value = null; });
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
  const { lost = false, coming = false } = told(), waits = asked.value === null ? lost : asked.value;
  return html`<${Sheet} title=${t("lost.title")} closeLabel=${t("page.close")} onClose=${close}>
    <${Here} /><p>${t("lost.fine")}</p>
    <div class="acts"><button type="button" class="btn ink2" onClick=${close}>${t("lost.go")}</button></div>
    ${hosting.value ? null : waits ? html`<div><p role="status">${t(coming && asked.value === null ? "lost.coming" : "lost.called")}</p>
      <div class="acts"><button type="button" class="btn plain" onClick=${() => ask(false)}>${t("lost.back")}</button></div></div>`
    : html`<div><div class="acts"><button type="button" class="btn plain" onClick=${() => ask(true)}>${t("lost.call")}</button></div>
      <p class="small soft">${t("lost.private")}</p></div>`}
  </${Sheet}>`;
};
