// The client's first module: looks at what page this is and calls the screen for it.
import { choice } from "./keep.js";
import { LANGUAGES, keepLanguage, ownLanguage } from "./words.js";

/**
 * What boot.js kept until the modules arrived. `keep` hands a press and what was typed to the next page of this tab, `again` asks for this
 * page until it comes. @typedef {{hash: string, go: string, typed: string, keep(): void, again(): void}} Jam
 */
const none = () => {};
/** @type {Jam} */
const jam = /** @type {any} */ (window).jam || { hash: location.hash, go: "", typed: "", keep: none, again: none };
const { page } = document.body.dataset;
const here = document.documentElement.lang;

/** The person's own choice stands above the browser's wish; the address asks for it, secret and all. */
function otherLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked && LANGUAGES[asked]) return "";
  const own = ownLanguage(choiceBox(), [here]);
  return own === here ? "" : own;
}

/** @returns {Storage|null} */
function choiceBox() {
  try {
    return window.localStorage;
  } catch (_) {
    return null;
  }
}

document.querySelectorAll(".langs a").forEach((a) => a.addEventListener("click", () => keepLanguage(choiceBox(), a.getAttribute("hreflang") || here)));

const other = page === "screen" ? "" : otherLanguage(); // a hall speaks the language of its room
if (other) {
  jam.keep();
  location.replace(`?lang=${other}${jam.hash || (history.state && history.state.cap) || ""}`);
} else if (page === "start") import("./screens/start.js").then((screen) => screen.begin(jam));
else if (page === "room") import("./screens/room.js").then((screen) => screen.begin(jam));
else if (page === "screen") import("./screens/hall.js").then((screen) => screen.begin(jam));
// What helps the next visit comes last.
if (choice("worker") !== false) addEventListener("load", () => setTimeout(() => import("./work.js").then((m) => m.work(), () => {}), 3000));
