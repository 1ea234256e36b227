// Small sounds, made here and of nothing: two knocks on a box; notes for a chord are in chord.js. Never an alarm, never before a tap
// has allowed sound. There is one box for the whole page.
import { computed, signal } from "../ui.js";
import { choice } from "../keep.js";

/** What was chosen on this device; null: nothing. */
const asked = signal(/** @type {boolean|null} */ (choice("sound")));
/** Is this phone in the hall? There the big screen is seen by all, and phones are silent by themselves. */
export const hall = signal(false);
/** May this page make a sound? */
export const sounds = computed(() => (asked.value === null ? !hall.value : asked.value));
/** Has a tap opened the box? Browsers may close it again: then the next tap opens it. */
const running = signal(false);
/** Can something be heard here, now? */
export const audible = computed(() => running.value && sounds.value);

/** @param {boolean} on */
export function sound(on) {
  asked.value = on && !hall.value ? null : on;
  choice("sound", asked.value);
  if (on) knock();
}

/** @type {AudioContext|null} */
let box = null;

/** Browsers let a page sound only once somebody has touched it: that touch opens the box. Call it inside a tap. */
export function open() {
  const Box = window.AudioContext || /** @type {any} */ (window).webkitAudioContext;
  if (!Box || !sounds.value) return;
  try {
    if (!box || box.state === "closed") {
      box = new Box();
      box.onstatechange = () => { running.value = Boolean(box && box.state === "running"); };
    }
    if (box.state !== "running") box.resume().catch(() => {});
    running.value = box.state === "running";
  } catch (_) {
    // No sound on this device: the sentence says the same.
  }
}

let listening = false;
/** Wait for the touch. A page that was away is asked again. */
export function listen() {
  if (listening) return;
  listening = true;
  for (const what of ["pointerup", "touchend", "keydown"]) addEventListener(what, open, { passive: true });
}

/** The box, if something can be heard now. */
export const ready = () => (box && sounds.value && box.state === "running" ? box : null);

/**
 * One voice: how high it is, how it swells and goes. @param {AudioContext} at @param {number} when @param {"triangle" | "sine"} shape
 * @param {[from: number, to: number]} tone @param {number} loud @param {number} rise @param {number} long seconds
 */
export function voice(at, when, shape, [from, to], loud, rise, long) {
  const body = at.createOscillator(), swell = at.createGain();
  body.type = shape;
  body.frequency.setValueAtTime(from, when);
  if (to !== from) body.frequency.exponentialRampToValueAtTime(to, when + 0.03);
  swell.gain.setValueAtTime(0.0001, when);
  swell.gain.exponentialRampToValueAtTime(loud, when + rise);
  swell.gain.exponentialRampToValueAtTime(0.0001, when + long);
  body.connect(swell);
  swell.connect(at.destination);
  body.start(when);
  body.stop(when + long + 0.03);
}

/** Two knocks, the second a little lower. Says whether anything can be heard. */
export function knock() {
  const at = ready();
  if (!at) return false;
  voice(at, at.currentTime + 0.01, "triangle", [528, 330], 0.16, 0.004, 0.22);
  voice(at, at.currentTime + 0.2, "triangle", [420, 262], 0.16, 0.004, 0.22);
  return true;
}
