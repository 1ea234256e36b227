// The way in for others: link, QR code, copy and send.
import { html, signal, useEffect } from "../ui.js";
import { copyText } from "../parts/copy.js";
import { Icon } from "../parts/icon.js";
import { invitation, meet } from "./session.js";
import { t } from "./tongue.js";

/** Addresses of the drawn codes. @type {import("../ui.js").Signal<{[text: string]: string}>} */
const codes = signal(/** @type {{[text: string]: string}} */ ({}));

/** A QR code as a picture; the text goes in a body, so that no address holds the secret. @param {{text: string}} of */
export const Qr = ({ text }) => {
  useEffect(() => {
    if (codes.value[text]) return;
    fetch("/api/qr", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }) })
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error("qr"))))
      .then((blob) => { codes.value = { ...codes.value, [text]: URL.createObjectURL(blob) }; }, () => {});
  }, [text]);
  const src = codes.value[text];
  return src ? html`<p class="qr"><img src=${src} alt=${t("made.qr")} width="240" height="240" /></p>` : null;
};

/** @type {import("../ui.js").Signal<{link: string, done: boolean}>} */
const copied = signal({ link: "", done: false });

/** One link with what can be done with it. @param {{link: string, word: string, send?: string}} of */
export const Link = ({ link, word, send = "" }) => {
  const share = /** @type {any} */ (navigator).share;
  const copy = () => copyText(link).then((done) => { copied.value = { link, done }; });
  const mine = copied.value.link === link;
  return html`<code class="link" dir="ltr" translate="no">${link}</code>
    <div class="row wrap"><button type="button" class="btn plain" onClick=${copy}><${Icon} id="u-copy" /> ${word}</button>
    ${send && share && html`<button type="button" class="btn plain" onClick=${() => navigator.share({ text: send, url: link }).catch(() => {})}>
      <${Icon} id="u-share" /> ${t("made.share")}</button>`}</div>
    <p class="small" role="status">${mine ? (copied.value.done ? t("made.copied") : t("made.copy.failed")) : ""}</p>`;
};

/** Nothing is shown where this device does not know the join link. */
export const Invite = () => {
  const link = invitation();
  const title = (meet.value && meet.value.title) || t("start.untitled");
  return link ? html`<div class="way"><p class="small soft">${t("made.join.how")}</p><${Qr} text=${link} />
    <div><${Link} link=${link} word=${t("made.copy")} send=${t("made.invite", { title })} /></div></div>` : null;
};
