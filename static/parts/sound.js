// One small wooden sound, made here and of nothing: two knocks on a box. Never an alarm, never before a tap has allowed sound.
import { computed, signal } from "../ui.js";
import { choice } from "../keep.js";

/** What was chosen on this device; null: nothing. */
const asked = signal(/** @type {boolean|null} */ (choice("sound")));
/** Is this phone in the hall? There the big screen is seen by all, and phones are silent by themselves. */
export const hall = signal(false);
/** May this page make a sound? */
export const sounds = computed(() => (asked.value === null ? !hall.value : asked.value));

/** @param {boolean} on */
export function sound(on) {
  asked.value = on && !hall.value ? null : on;
  choice("sound", asked.value);
  if (on) knock();
}

/** @type {AudioContext|null} */
let box = null;

/** Browsers let a page sound only once somebody has touched it: that touch opens the box. */
function open() {
  const Box = window.AudioContext || /** @type {any} */ (window).webkitAudioContext;
  if (!Box || !sounds.value) return;
  try {
    box = box || new Box();
    if (box && box.state !== "running") box.resume().catch(() => {});
  } catch (_) {
    // No sound on this device: the sentence says the same.
  }
}

/** Wait for the touch. A page that was away is asked again. */
export function listen() {
  for (const what of ["pointerup", "touchend", "keydown"]) addEventListener(what, open, { passive: true });
}

/** @param {AudioContext} at @param {number} when @param {number} tone */
function tap(at, when, tone) {
  const body = at.createOscillator(), loud = at.createGain();
  body.type = "triangle";
  body.frequency.setValueAtTime(tone * 1.6, when);
  body.frequency.exponentialRampToValueAtTime(tone, when + 0.03);
  loud.gain.setValueAtTime(0.0001, when);
  loud.gain.exponentialRampToValueAtTime(0.16, when + 0.004);
  loud.gain.exponentialRampToValueAtTime(0.0001, when + 0.22);
  body.connect(loud);
  loud.connect(at.destination);
  body.start(when);
  body.stop(when + 0.25);
}

/** Two knocks, the second a little lower. Says whether anything can be heard. */
export function knock() {
  if (!box || !sounds.value || box.state !== "running") return false;
  tap(box, box.currentTime + 0.01, 330);
  tap(box, box.currentTime + 0.2, 262);
  return true;
}
