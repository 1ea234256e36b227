import { html } from "../../static/ui.js";

const view = ({ room, own, me, act, t }) => html`
  <p>${t("heap", { count: room.heap.length })}</p>
  <button class="btn" onClick=${() => act("lay", { colour: me.ink })}>${t("lay")}</button>
  <p class="soft">${t("mine", { count: (own && own.laid) || 0 })}</p>`;

const say = ({ room, t }, before) =>
  before && room.heap.length > before.room.heap.length ? t("heap", { count: room.heap.length }) : "";

export default { id: "pebbles", view, say };
