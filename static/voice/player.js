// What plays the others: one audio element for the whole page. Phones let it play if a tap began it, and again later by itself.
import { signal } from "../ui.js";

/** @param {Pick<import("./world.js").Browser, "sound"|"stream">} world */
export function createPlayer({ sound, stream }) {
  let box = /** @type {HTMLAudioElement|null} */ (null);
  /** The browser wants a tap before it plays. */
  const locked = signal(false);

  function play() {
    const begun = box && box.srcObject && box.play();
    if (begun) begun.then(() => { locked.value = false; }, (e) => { locked.value = e.name === "NotAllowedError"; });
  }

  return {
    locked,
    play,
    /** Inside a tap. */
    open() {
      if (box) return;
      box = sound();
      box.onpause = play; // a call on the phone came in between
    },
    /** This is to be heard from now on, or nothing. @param {MediaStreamTrack|null} track */
    take(track) {
      if (!box) return;
      box.srcObject = track && stream(track);
      play();
    },
    close() {
      if (box) box.remove();
      box = null;
    },
  };
}
