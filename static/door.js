// The door of a room, without a page: what the address, this device and the server say decides who comes in, and how. Whoever holds a
// way in must never be left outside, and nobody without one makes a try: tests/js/door.test.js walks a thousand ways to it.
import { once, secretOf } from "./screens/address.js";

/** @typedef {import("./types.js").Keep} Keep */
/**
 * `enter`: straight in, nothing to ask · `form`: a name, then in · `ask`: as host, or to take part? · `nokey`: this address opens nothing, a
 * link can be pasted · `ended`: the jam is over · `removed`: a host has ended this visit
 * @typedef {"enter"|"form"|"ask"|"nokey"|"ended"|"removed"} Way
 */
/**
 * What the page is to the door: `hash` the address's own fragment, `entry` what the page's place in the browser's history remembers, `put`
 * writes both.
 * @typedef {{hash(): string, entry(): string, put(hash: string, entry: string): void}} Place
 */
/**
 * `ended` as the server's page says, `left`: went out by "I may come back", `made`: this room was made on this device.
 * @typedef {{ended?: boolean, left?: boolean, made?: boolean}} Known
 */

/**
 * @param {{hash: string, entry: string, kept: import("./types.js").Self, fresh: boolean} & Known} seen @returns {Way}
 */
export function decide({ hash, entry, kept, fresh, ended, left, made }) {
  const { token, role, removed } = kept;
  const found = secretOf(hash);
  if (removed && (!found || found === removed)) return "removed";
  const news = found || (fresh && kept.cap) || "";
  const pass = once(news);
  if (ended && !(token && !left) && !pass) return "ended";
  if (pass) return "enter";
  if (news.startsWith("h.") && !kept.as && (token ? role !== "host" : !made)) return "ask";
  if (token && !left) return "enter";
  return token || news || kept.cap || secretOf(entry) ? "form" : "nokey";
}

/** @param {Keep} keep @param {Place} place */
export function createDoor(keep, place) {
  /** Followed, and not yet seen by the room. @param {string} cap */
  const follow = (cap) => {
    if (cap && cap !== keep.self().removed) keep.be({ cap, removed: "" });
  };

  return {
    /** The page has opened, or its address has changed. @param {Known} known @returns {Way} */
    arrive(known) {
      const hash = place.hash(), entry = place.entry();
      const found = secretOf(hash);
      const way = decide({ hash, entry, kept: keep.self(), fresh: keep.fresh, ...known });
      if (way === "removed" || way === "ended" || way === "nokey") return way;
      const { cap, token } = keep.self();
      if (found && !(found === cap && keep.fresh)) follow(found);
      // A device that keeps nothing any more: the page's own place in the history does.
      else if (!found && !cap && !token) follow(secretOf(entry));
      // As long as a form is shown, its address opens the room: in another language, after a reload, in another browser.
      const now = keep.self().cap || "";
      if (way !== "enter" && !found && now && !now.startsWith("h.")) place.put("#" + now, entry);
      return way;
    },

    /** A link that was pasted goes where a link that was followed stands. @param {string} cap */
    paste: (cap) => place.put("#" + cap, place.entry()),

    /** With the host's link, but as one of all: the key is shown once and not kept. */
    takePart() {
      if (keep.self().token) keep.spend();
      else keep.be({ as: "member" });
    },

    /** The room has let us in: only now the address gives its secret up. */
    welcomed() {
      const { as, cap = "" } = keep.self();
      if (as || once(cap)) keep.spend();
      keep.fresh = false;
      place.put("", keep.join && "#" + keep.join);
    },

    /** A host has ended this visit: this device does not try again by itself. */
    removed() {
      const { cap } = keep.self();
      keep.spend();
      keep.be({ token: "", cap: "", role: "", removed: cap || "-" });
      place.put("", "");
    },
  };
}
