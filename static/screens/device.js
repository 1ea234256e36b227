// One's own place in the room on another device, or out of a messenger's view into the browser: a link for oneself that opens once.
import { html, useEffect, useState } from "../ui.js";
import { Sheet } from "../parts/sheet.js";
import { Address, Copied, Copy, Share } from "./give.js";
import { Qr } from "./qr.js";
import { current } from "./session.js";
import { hide } from "./sheets.js";
import { t, words } from "./tongue.js";

/** @returns {Promise<{url: string, until: number}>} */
function pass() {
  const { room, keep } = current();
  return fetch(`/api/rooms/${room}/pass`, { method: "POST", headers: { Authorization: `Bearer ${keep.self().token}` } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(({ url, until }) => ({ url: new URL(url, location.href).href, until }));
}

export const Device = () => {
  const [got, set] = useState(/** @type {{url: string, until: number}|null} */ (null));
  const [failed, fail] = useState(false);
  const ask = () => {
    fail(false);
    set(null);
    pass().then(set, () => fail(true));
  };
  useEffect(ask, []);
  return html`<${Sheet} title=${t("device.title")} closeLabel=${t("page.close")} onClose=${hide}>
    <p>${t("device.how")}</p>
    ${got && html`<${Qr} text=${got.url} /><${Address} link=${got.url} />
      <div class="pair"><${Share} text=${got.url} title="Jam Room" word=${t("made.share")} /><${Copy} text=${got.url} word=${t("made.copy")} /></div>
      <${Copied} of=${{ [got.url]: t("made.copied") }} />
      <p class="small soft">${t("device.until", { time: words.value.time(got.until) })}</p>`}
    <p class="small" role="status">${failed ? t("device.failed") : got ? "" : t("page.waiting")}</p>
    ${(got || failed) && html`<p><button type="button" class="btn plain" onClick=${ask}>${failed ? t("page.again") : t("device.again")}</button></p>`}
  </${Sheet}>`;
};
