// The way in, for phones: a square to photograph, and the address to read.
import { html, signal, useEffect, useState } from "../ui.js";
import { valid, way } from "./hallstate.js";
import { meet } from "./session.js";
import { t } from "./tongue.js";
import { linkTo, ways } from "./ways.js";

/** What others can open, as the server says; null until it has answered. */
const reach = signal(/** @type {import("./ways.js").Reach|null} */ (null));
let known = false;

/** Asked once, and again while it has not answered. */
function ask() {
  if (known) return;
  known = true;
  fetch("/api/reach").then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((found) => { reach.value = found; }, () => { known = false; });
}

/** The square as a picture; the text goes in a body, so that no address holds the secret. @param {string} text @returns {string} */
function useSquare(text) {
  const [src, set] = useState("");
  useEffect(() => {
    let address = "";
    let over = false;
    if (text) {
      fetch("/api/qr", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }) })
        .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error("qr")))).then((blob) => {
          if (over) return;
          address = URL.createObjectURL(blob);
          set(address);
        }, () => {});
    }
    return () => {
      over = true;
      set("");
      if (address) URL.revokeObjectURL(address);
    };
  }, [text]);
  return src;
}

/** @param {{id: string, large?: boolean}} of */
export const Join = ({ id, large = false }) => {
  useEffect(ask, []);
  const { from } = ways(reach.value, location.origin);
  const links = (meet.value && meet.value.links) || { join: 0 };
  // A newer link has been made since this tab was let in: its own opens no door any more.
  const old = valid.value >= 0 && links.join !== valid.value;
  const link = from[0] && !old ? linkTo(from[0], id, way.value) : "";
  const src = useSquare(link);
  const why = old ? t("hall.old") : meet.value && meet.value.locked ? t("hall.locked") : link ? "" : t("hall.local");
  return html`<section class=${large ? "cut h-join h-large" : "cut h-join"}>
    ${link && !why ? html`<p class="h-qr">${src ? html`<img src=${src} alt=${t("made.qr")} />` : null}</p>` : null}
    <div><h2>${t("hall.join")}</h2>${why ? html`<p>${why}</p>` : html`<p class="h-url" dir="ltr" translate="no">${link.replace(/^https?:\/\//, "").replace(/\/r\/.*$/, "")}</p>
      <p class="h-how">${t("hall.join.how")}</p>`}</div></section>`;
};
