// What leads on: for hosts the next move of the whole wall; for everybody "not this one", before anything is dealt.
import { html } from "../../static/ui.js";
import { nextQuestion, piles } from "./board.js";

/** @param {{props: any}} of */
export const Lead = ({ props }) => {
  const { t, act, me, own, room, options } = props;
  const out = Boolean(own && own.out);
  const { phase } = room;
  /** @param {string} word @param {string} name @param {any} [args] */
  const big = (word, name, args) => html`<button type="button" class="btn xl ink2" onClick=${() => act(name, args || {})}>${word}</button>`;
  const next = options.columns === "questions" && phase !== "quiet" ? nextQuestion(room) : -1;
  const host = me.role === "host";
  const plenty = piles(room.notes).length > 1;
  return html`${options.score && (phase === "quiet" || phase === "shown") && html`<div class="row wrap"><button type="button" class="btn plain" aria-pressed=${out ? "true" : "false"}
      onClick=${() => act("sit", { on: !out }, () => [out ? [`own/${me.id}/out`] : [`own/${me.id}/out`, true]])}>${t("sit")}</button><span class="small soft">${t("sit.how")}</span></div>`}
    ${host && (phase === "quiet" ? big(t("show"), "show")
    : phase === "shown" && options.votes > 0 && !room.dots && room.laid > 0 ? html`${big(t("result"), "result")}<p class="small soft">${t("laid", { count: room.laid })}</p>`
      : phase === "shown" && options.score && plenty ? big(t("begin"), "begin")
        : phase === "score" ? html`${big(t("finish"), "finish")}<p class="small soft">${t("scored", { count: room.scored, all: room.dealt })}</p>`
          : next >= 0 ? big(room.asked === undefined ? t("ask.first") : t("ask.next"), "ask", { i: next }) : null)}
    ${host && room.asked !== undefined && html`<button type="button" class="btn plain" onClick=${() => act("ask")}>${t("ask.close")}</button>`}`;
};
