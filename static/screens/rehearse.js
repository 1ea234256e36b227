// A rehearsal: a copy of the room with players in it, for whoever wants to see their plan played before people come.
import { html, useState } from "../ui.js";
import { current } from "./session.js";
import { t, words } from "./tongue.js";

const MANY = [4, 12, 30];

export const Rehearse = () => {
  const [many, choose] = useState(12);
  const [state, set] = useState(/** @type {{busy: boolean, url: string, failed: boolean}} */ ({ busy: false, url: "", failed: false }));
  const go = () => {
    if (state.busy) return;
    set({ busy: true, url: "", failed: false });
    const { room, keep } = current();
    fetch(`/api/rooms/${room}/rehearse`, { method: "POST", body: JSON.stringify({ many }),
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${keep.self().token || ""}` } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("no"))))
      .then(({ host_url: url }) => set({ busy: false, url, failed: false }), () => set({ busy: false, url: "", failed: true }));
  };
  return html`<p class="small soft">${t("rehearse.how")}</p>
    <p class="label" id="many">${t("rehearse.many")}</p><div class="row wrap" role="group" aria-labelledby="many">${MANY.map((n) => html`
      <button key=${n} type="button" class="btn plain" aria-pressed=${String(many === n)} onClick=${() => choose(n)}>${words.value.number(n)}</button>`)}</div>
    ${state.url ? html`<p role="status">${t("rehearse.ready")}</p><a class="btn xl ink2" href=${state.url} target="_blank" rel="noopener">${t("rehearse.open")}</a>`
    : html`<button type="button" class="btn" aria-busy=${String(state.busy)} onClick=${go}>${t("rehearse.go")}</button>`}
    ${state.failed && html`<p role="alert">${t("rehearse.failed")}</p>`}`;
};
