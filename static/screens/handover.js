// Leaving: for now, or with everything that this device knows. A host who leads gives the lead on first, and nothing stops.
import { html, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { Who } from "../parts/who.js";
import { heirs } from "./may.js";
import { leave } from "./room.js";
import { act, hosting, me, meet, people } from "./session.js";
import { hide, show } from "./sheets.js";
import { t } from "./tongue.js";

/** How long leaving waits for the word that the lead has gone on: nobody is held back by a line that is away. */
const PATIENCE_MS = 3000;

/** @param {{id: string, on: boolean, set: (id: string) => void}} of "" is nobody */
const Heir = ({ id, on, set }) => {
  const person = people.value[id];
  return html`<label class="tick folk"><input type="radio" name="heir" checked=${on} onChange=${() => set(id)} />
    ${person ? html`<${Who} ...${person} /><span class="grow"><bdi translate="no">${person.name}</bdi>${person.role === "host" ? html` <span class="small soft">${t("people.host")}</span>`
    : meet.value && meet.value.standin === id ? html` <span class="small soft">${t("people.standin")}</span>` : null}</span>`
    : html`<span class="grow">${t("leave.nobody")}</span>`}</label>`;
};

export const Leave = () => {
  const self = me.value ? me.value.id : "";
  const room = meet.value, all = people.value;
  const standin = room ? room.standin : null;
  const leads = hosting.value && Boolean(room) && /** @type {any} */ (room).baton === self;
  const some = leads ? heirs(all, self, standin) : [];
  const first = some[0];
  // A host or the stand-in is who most would name; nobody else is volunteered.
  const [heir, set] = useState(first && (all[first].role === "host" || first === standin) ? first : "");
  const [going, go] = useState(false);
  const away = (/** @type {boolean} */ forget) => {
    if (going) return;
    go(true);
    const over = heir && all[heir] ? act("pass", { to: heir }) : Promise.resolve();
    Promise.race([over, new Promise((done) => setTimeout(done, PATIENCE_MS))]).then(() => leave(forget));
  };
  return html`<${Sheet} title=${t("leave.ask")} closeLabel=${t("page.close")} onClose=${hide}>
    ${some.length ? html`<fieldset class="plain"><legend><b>${t("leave.hand")}</b></legend>
      ${some.map((id) => html`<${Heir} key=${id} id=${id} on=${heir === id} set=${set} />`)}<${Heir} id="" on=${!heir} set=${set} /></fieldset>` : null}
    <div class="acts"><button type="button" class="btn ink2" onClick=${() => away(false)}><${Icon} id="u-door" /> ${t("leave.back")}</button>
      <button type="button" class="btn plain" onClick=${() => away(true)}><${Icon} id="u-erase" /> ${t("leave.forget")}</button>
      <button type="button" class="btn plain" onClick=${() => show("more")}><${Icon} id="u-undo" /> ${t("more.stay")}</button></div>
  </${Sheet}>`;
};
