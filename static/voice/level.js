// How loud one's own microphone is, and whether somebody speaks into a closed one. The only sound box of the voices: nothing is played by it.

/** @typedef {import("./world.js").Browser} Browser */

const LOOK_MS = 100, FLOOR_DB = -60, FULL_DB = -6;
/** From here on it is a voice and not a room: -38 dB. */
export const VOICE = 0.4;
const SPAN = 15, ENOUGH = 6; // looks, and those with a voice in them

/** 0 to 1, as an ear counts. @param {number} rms */
export const loudness = (rms) => (rms > 0 ? Math.min(1, Math.max(0, (20 * Math.log10(rms) - FLOOR_DB) / (FULL_DB - FLOOR_DB))) : 0);

/** Tells of a voice where none should be: most of a second of it. @returns {(level: number) => boolean} */
export function createHint() {
  /** @type {boolean[]} */
  let looks = [];
  return (level) => {
    looks = [...looks, level >= VOICE].slice(-SPAN);
    return looks.filter(Boolean).length >= ENOUGH;
  };
}

/** @param {Pick<Browser, "box"|"later"|"never">} world @param {(level: number) => void} told */
export function createLevel({ box, later, never }, told) {
  let at = /** @type {AudioContext|null} */ (null), source = /** @type {MediaStreamAudioSourceNode|null} */ (null);
  let ear = /** @type {AnalyserNode|null} */ (null), of = /** @type {MediaStream|null} */ (null);
  let timer = /** @type {any} */ (null);

  function rms() {
    const { fftSize } = /** @type {AnalyserNode} */ (ear);
    let sum = 0;
    if (ear && ear.getFloatTimeDomainData) {
      const wave = new Float32Array(fftSize);
      ear.getFloatTimeDomainData(wave);
      wave.forEach((x) => { sum += x * x; });
    } else if (ear) {
      const wave = new Uint8Array(fftSize);
      ear.getByteTimeDomainData(wave);
      wave.forEach((x) => { sum += ((x - 128) / 128) ** 2; });
    }
    return Math.sqrt(sum / fftSize);
  }

  function look() {
    timer = later(look, LOOK_MS);
    if (at && at.state !== "running") at.resume().catch(() => {});
    told(loudness(rms()));
  }

  function quiet() {
    if (timer !== null) never(timer);
    timer = null;
    if (source) source.disconnect();
    source = ear = of = null;
  }

  return {
    /** Inside a tap: phones let nothing be measured otherwise. */
    wake() {
      if (!at || at.state === "closed") at = box();
      if (at && at.state !== "running") at.resume().catch(() => {});
    },

    /** Measure this from now on, or nothing. @param {MediaStream|null} stream */
    hear(stream) {
      if (stream === of) return;
      quiet();
      if (stream && at) {
        of = stream;
        source = at.createMediaStreamSource(stream);
        ear = at.createAnalyser();
        ear.fftSize = 1024;
        source.connect(ear);
        look();
      } else told(0);
    },

    close() {
      quiet();
      if (at) at.close().catch(() => {});
      at = null;
      told(0);
    },
  };
}
