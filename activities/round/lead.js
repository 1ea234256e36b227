// What a host has in a round: to begin it, go on, let the clock stand, add half a minute, and give the turn to somebody.
import { html, useState } from "../../static/ui.js";
import { Who } from "../../static/parts/who.js";
import { after, order, whose } from "./order.js";

/** @param {{props: any}} of */
export const Lead = ({ props }) => {
  const { t, act, room, people } = props;
  const [open, set] = useState(false);
  if (room.phase !== "run") {
    return html`<button type="button" class="btn xl ink2" onClick=${() => act("begin")}>${room.phase === "done" ? t("again") : t("begin")}</button>`;
  }
  const then = after(room), still = Boolean(room.clock && room.clock.left !== undefined);
  /** @param {string} word @param {() => void} run */
  const plain = (word, run) => html`<button type="button" class="btn plain" onClick=${run}>${word}</button>`;
  return html`<div class="lead cut"><button type="button" class="btn ink2" onClick=${() => act("next_")}>${then ? t("onward", { name: people[then] ? people[then].name : "" }) : t("end")}</button>
    <div class="row wrap">${plain(still ? t("pause.off") : t("pause"), () => act("pause", { on: !still }))}${plain(t("longer"), () => act("longer"))}
      <button type="button" class="btn plain" aria-expanded=${open ? "true" : "false"} onClick=${() => set(!open)}>${t("give")}</button></div>
    ${open ? html`<div class="row wrap gives">${order(room).filter((id) => id !== whose(room) && people[id] && people[id].here).map((id) => html`
      <button key=${id} type="button" class="btn plain" onClick=${() => { set(false); act("put_on", { who: id }); }}><${Who} ...${people[id]} /><span dir="auto">${people[id].name}</span></button>`)}</div>` : null}</div>`;
};
