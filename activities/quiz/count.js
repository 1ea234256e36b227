// Counting together: the number, as large as it goes, and one thing to tap.
import { html } from "../../static/ui.js";

/** @typedef {any} Props what the shell hands to a kind */

/** @param {{props: Props}} of */
export const Form = ({ props }) => {
  const { t, act, me, own, room, options, people, ended } = props;
  const plays = !ended && me.role !== "screen";
  const done = room.phase === "done";
  const alone = Object.keys(people).filter((id) => people[id].here && people[id].role !== "screen").length < 2;
  const mine = !alone && room.n > 0 && own && own.mine === room.n;
  const guess = (/** @type {any} */ tree) => [["room/n", tree.room.n + 1], ["room/two", false], [`own/${me.id}/mine`, tree.room.n + 1]];
  return html`<div class="body qz-count">
    <p class=${done ? "big qz-n done enter" : "big qz-n"} key=${room.two ? "two" : done ? "done" : "n"}>${room.n}</p>
    <p role="status">${ended && !done ? "" : done ? t("count.done", { count: room.n }) : room.two ? t("count.two") : mine ? t("count.mine") : room.n ? t("count.on", { goal: options.goal }) : t("lead.count", { goal: options.goal })}</p>
    ${plays && !done ? html`<button type="button" class="btn qz-tap" disabled=${mine} onClick=${() => act("tap", {}, guess)}><span><b class="big">${room.n + 1}</b>${t("count.tap")}</span></button>` : null}
    ${room.best ? html`<p class="small soft">${t("count.best", { count: room.best })}</p>` : null}
    ${plays && me.role === "host" && (room.n > 0 || done) ? html`<button type="button" class=${done ? "btn xl ink2" : "btn plain"} onClick=${() => act("again")}>${t("count.again")}</button>` : null}</div>`;
};
