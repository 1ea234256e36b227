// The client's first module: looks at what page this is and calls the screen for it.
import { choice } from "./keep.js";
import { LANGUAGES, keepLanguage, ownLanguage } from "./words.js";

/** What boot.js kept until the modules arrived. @type {{hash: string, go: string}} */
const jam = /** @type {any} */ (window).jam || { hash: location.hash, go: "" };
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

document.querySelectorAll(".langs a").forEach((a) => a.addEventListener("click", () => {
  keepLanguage(choiceBox(), a.getAttribute("hreflang") || here);
  const name = /** @type {HTMLInputElement|null} */ (document.querySelector("#name, #title"));
  if (name && name.value !== name.defaultValue) sessionStorage.setItem("jam:typed", name.value);
}));

/** A worker that has this page ready in a tunnel. Its address is one of two that the policy lets through. */
function work() {
  if (!navigator.serviceWorker) return;
  const version = new URL(import.meta.url).pathname.split("/")[2];
  const address = `/sw.js?v=${version}&lang=${here}`;
  const types = /** @type {any} */ (window).trustedTypes;
  const policy = types && types.createPolicy("jam-url", {
    createScriptURL: (/** @type {string} */ url) => (url === address ? url : ""),
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(address) : address)
    .then(() => navigator.serviceWorker.ready)
    // What came before there was a worker is told to it; it lies in the browser's cache and costs nothing.
    .then((there) => {
      const files = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes(`/v/${version}/`));
      if (there.active) there.active.postMessage(files);
    }, () => {});
}

const other = otherLanguage();
if (other) location.replace(`?lang=${other}${jam.hash}`);
else if (page === "start") import("./screens/start.js").then((screen) => screen.begin(jam));
else if (page === "room") import("./screens/room.js").then((screen) => screen.begin(jam));
if (choice("worker") !== false) addEventListener("load", () => setTimeout(work, 3000));
