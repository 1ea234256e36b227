// A chord out of many notes, as of wood: for what people sound together.
import { ready, voice } from "./sound.js";

/** Ten notes that sound well in any company: C, D, E, G, A over two octaves, low ones first. */
export const NOTES = [131, 196, 262, 294, 330, 392, 440, 523, 587, 659];

/**
 * Notes at one moment, each as of a marimba. Many are softer each, so that all of them are never loud.
 * @param {readonly number[]} notes places in NOTES @param {number} [inMs] from now @param {number} [long] seconds @returns {boolean} whether it can be heard
 */
export function ring(notes, inMs = 0, long = 2.5) {
  const at = ready();
  if (!at || !notes.length) return false;
  const when = at.currentTime + Math.max(0.01, inMs / 1000);
  const each = [...new Set(notes)].filter((note) => NOTES[note]);
  const loud = 0.3 / Math.sqrt(each.length || 1) / 2;
  each.forEach((note, i) => {
    voice(at, when + i * 0.012, "triangle", [NOTES[note], NOTES[note]], loud, 0.012, long);
    voice(at, when + i * 0.012, "sine", [NOTES[note] * 2, NOTES[note] * 2], loud / 3, 0.006, long / 3);
  });
  return true;
}
