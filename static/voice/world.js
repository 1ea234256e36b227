// What the voices need of the page and of the browser, in one place, so that a test can be a browser too.
import { boxOf } from "../keep.js";

/** @typedef {import("../types.js").State} State */
/** @typedef {import("../types.js").Out} Out */
/** @typedef {import("../types.js").Happening} Happening */
/**
 * @template T
 * @typedef {import("../ui.js").ReadonlySignal<T>} Read
 */
/** The page's part. @typedef {{
 *   store: {voice: number|undefined, listen(fn: (h: Happening) => void): () => void},
 *   link: {say(frame: Out): boolean},
 *   state: Read<State|null>, me: Read<{id: string, role: string}|null>, line: Read<{state: string}>, light: Read<boolean>,
 *   act: (what: string, args?: import("../types.js").Tree) => Promise<unknown>
 * }} Page */
/** The browser's part; null is what it lacks. @typedef {{
 *   now: () => number, later: (fn: () => void, ms: number) => any, never: (timer: any) => void, random: () => number, name: () => string,
 *   Peer: (new (how: RTCConfiguration) => RTCPeerConnection)|null, media: MediaDevices|null, secure: boolean,
 *   box: () => AudioContext|null, sound: () => HTMLAudioElement, stream: (track: MediaStreamTrack) => MediaStream,
 *   permission: () => Promise<PermissionStatus|null>,
 *   on: (what: string, fn: (e: any) => void) => () => void,
 *   kept: (value?: unknown) => any
 * }} Browser `on`: of the window, before others; `kept`: the chosen microphone, in this tab alone */

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** @returns {Browser} */
export const browser = () => ({
  now: () => performance.now(),
  later: (fn, ms) => setTimeout(fn, ms),
  never: (timer) => clearTimeout(timer),
  random: Math.random,
  name: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => LETTERS[n & 31]).join(""),
  Peer: window.RTCPeerConnection || null,
  media: (window.isSecureContext !== false && navigator.mediaDevices) || null,
  secure: window.isSecureContext !== false,
  box() {
    const Box = window.AudioContext || /** @type {any} */ (window).webkitAudioContext;
    try {
      return Box ? new Box() : null;
    } catch (_) {
      return null;
    }
  },
  // In the page, or phones may forget it; shown nowhere.
  sound() {
    const made = document.createElement("audio");
    made.setAttribute("playsinline", "");
    made.hidden = true;
    return document.body.appendChild(made);
  },
  stream: (track) => new MediaStream([track]),
  async permission() {
    try {
      const { permissions } = navigator;
      return permissions && permissions.query ? await permissions.query({ name: /** @type {any} */ ("microphone") }) : null;
    } catch (_) {
      return null; // it cannot be asked here
    }
  },
  on(what, fn) {
    addEventListener(what, fn, true);
    return () => removeEventListener(what, fn, true);
  },
  kept(value) {
    const box = boxOf("sessionStorage");
    if (value === undefined) return box.getItem("jam:my:mic") || "";
    if (value) box.setItem("jam:my:mic", String(value));
    else box.removeItem("jam:my:mic");
    return value;
  },
});
