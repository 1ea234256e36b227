// The big screen of a hall: shows what everyone sees, large enough for five metres, and does nothing itself. It stands for hours,
// so nothing here grows: the state of the room, the activity of this moment, one picture of the way in.
import { html, render } from "../ui.js";
import { createKeep } from "../keep.js";
import { stayAwake } from "../parts/awake.js";
import { roomOf, secretOf } from "./address.js";
import { Hall } from "./hallview.js";
import { hint, nokey, recall, valid, way } from "./hallstate.js";
import { react } from "./news.js";
import { line, meet, open, whole } from "./session.js";
import { speak, speakOn, t } from "./tongue.js";

/* keys: react.love react.bravo react.ha react.yes react.wow react.with */
/** @typedef {import("../types.js").Happening} Happening */

const WORDS = ["react.love", "react.bravo", "react.ha", "react.yes", "react.wow", "react.with"];
const HINT_MS = 20000, IDLE_MS = 5000, RELOAD_MS = 60000;
const id = decodeURIComponent(location.pathname.split("/")[2] || "");

/** Only this tab knows the way in: a projector's computer often belongs to the house. */
function box() {
  try {
    sessionStorage.setItem("jam:?", "1");
    sessionStorage.removeItem("jam:?");
    return sessionStorage;
  } catch (_) {
    return undefined;
  }
}

const keep = createKeep(`screen:${id}`, { long: box(), tab: box() });

/** The link for everyone is the only one that opens a screen. @param {string} text */
export function enter(text) {
  const cap = secretOf(text), there = roomOf(text);
  if (!cap.startsWith("j.")) return false;
  if (there && there !== id) location.href = `/r/${there}/screen#${cap}`;
  keep.be({ cap });
  return true;
}

/** @param {{hash: string}} jam */
export async function begin(jam) {
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  await speak(document.documentElement.lang).catch(() => setTimeout(() => location.reload(), 3000));
  speakOn().catch(() => {});
  enter(jam.hash);
  const { cap } = keep.self();
  nokey.value = cap ? "" : "hall.nokey";
  way.value = cap || "";
  room.textContent = "";
  render(html`<${Hall} id=${id} onLink=${(/** @type {string} */ text) => { if (!enter(text)) return false; location.reload(); return true; }} />`, room);
  addEventListener("hashchange", () => { if (enter(location.hash)) location.reload(); });
  if (!cap) return;
  idle();
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /** @type {HTMLElement} */ (event.target).localName === "input") return;
    if (event.key === "j" || event.key === "J") recall.value = !recall.value;
  });
  stayAwake(() => {
    hint.value = true;
    setTimeout(() => { hint.value = false; }, HINT_MS);
  });
  await open(id, hear, keep, true);
  line.subscribe(lost);
  // A link that let this page in is good until a newer one has been made.
  whole.subscribe((is) => { if (is && valid.value < 0 && meet.value) valid.value = (meet.value.links || { join: 0 }).join; });
}

/** @param {Happening} what */
function hear(what) {
  if (what.type === "welcome") {
    valid.value = -1;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  } else if (what.type === "react") react(what.counts, WORDS.map((key) => t(key)));
}

/** Why the line stays away, and what a screen can do about it alone. @param {{state: string, code: number}} at */
function lost({ state, code }) {
  if (state !== "away") return;
  if (code === 4511 || code === 4509) {
    const last = Number(sessionStorage.getItem("jam:screen:again") || 0);
    sessionStorage.setItem("jam:screen:again", String(Date.now()));
    setTimeout(() => location.reload(), Date.now() - last < RELOAD_MS ? RELOAD_MS : 1000);
  } else if (code === 4504) nokey.value = "ended.text";
  else {
    nokey.value = code === 4502 ? "link.closed" : "link.wrong";
    keep.be({ cap: "" });
  }
}

/** Nobody needs the pointer on a wall. */
function idle() {
  const { classList } = document.documentElement;
  /** @type {any} */
  let timer = 0;
  const wake = () => {
    classList.remove("idle");
    clearTimeout(timer);
    timer = setTimeout(() => classList.add("idle"), IDLE_MS);
  };
  ["pointermove", "pointerdown", "keydown", "mousemove"].forEach((name) => addEventListener(name, wake));
  wake();
}

