// The microphone: asked for when somebody wants to speak, one at a time, closed when nobody needs it.

/** @typedef {import("./world.js").Browser} Browser */
/** @typedef {""|"refused"|"nomic"|"over"} Denied why there is no microphone, "" for: there is one; over: nobody wants it any more */

/** So long a closed microphone stays at hand: whoever opens and closes it often is not asked each time. */
export const REST_MS = 60000;

/** @param {boolean} music everything as it sounds @param {string} id */
export const wants = (music, id) => ({
  audio: { echoCancellation: !music, noiseSuppression: !music, autoGainControl: !music, ...(id ? { deviceId: { exact: id } } : {}) },
});

/** @param {any} error @returns {Denied} */
const why = ({ name }) => (name === "NotFoundError" || name === "DevicesNotFoundError" ? "nomic" : "refused");

/** @typedef {ReturnType<typeof createMic>} Mic */

/**
 * @param {Pick<Browser, "media"|"later"|"never"|"kept">} world
 * @param {{changed: () => void, lost: () => void}} told changed: another track, or none; lost: it was pulled out
 */
export function createMic({ media, later, never, kept }, { changed, lost }) {
  let stream = /** @type {MediaStream|null} */ (null), track = /** @type {MediaStreamTrack|null} */ (null);
  let raw = false, from = "";
  let opening = /** @type {Promise<unknown>|null} */ (null);
  let resting = /** @type {any} */ (null);
  let serial = 0; // of what has been closed since

  /** @param {MediaStream|null} next */
  function take(next) {
    const old = stream;
    if (track) track.onended = null;
    stream = next;
    track = next && (next.getAudioTracks()[0] || null);
    if (track) track.onended = () => { take(null); lost(); };
    if (old) old.getTracks().forEach((one) => one.stop());
    changed();
  }

  function wake() {
    if (resting !== null) never(resting);
    resting = null;
  }

  function close() {
    serial += 1;
    wake();
    if (stream) take(null);
  }

  /** @param {boolean} music @returns {Promise<MediaStream>} */
  async function fetch(music) {
    const at = /** @type {MediaDevices} */ (media);
    try {
      return await at.getUserMedia(wants(music, kept()));
    } catch (e) {
      if (!kept() || why(e) === "refused" && /** @type {any} */ (e).name !== "OverconstrainedError") throw e;
      kept(""); // the chosen one is not there any more
      return at.getUserMedia(wants(music, ""));
    }
  }

  return {
    get stream() { return stream; },
    get track() { return track; },
    /** Which one it is, as far as the browser tells. */
    get device() { return (track && track.getSettings && track.getSettings().deviceId) || kept(); },

    /** There is one, of this kind, when it comes back with "". @param {boolean} music @returns {Promise<Denied>} */
    async open(music) {
      wake();
      while (opening) await opening;
      if (track && track.readyState !== "ended" && raw === music && from === kept()) return "";
      if (!media) return "nomic";
      const mine = serial;
      const got = fetch(music);
      opening = got.catch(() => {}).then(() => { opening = null; });
      try {
        const made = await got;
        if (mine !== serial) {
          made.getTracks().forEach((one) => one.stop());
          return "over";
        }
        raw = music;
        from = kept();
        take(made);
        return "";
      } catch (e) {
        return why(e);
      }
    },

    /** Nobody needs it now. @param {number} ms so long it stays at hand */
    rest(ms) {
      if (!ms) return close();
      if (stream && resting === null) resting = later(close, ms);
    },
    wake,
    close,

    /** The microphones of this device; their names are known once one of them was allowed. @returns {Promise<{id: string, label: string}[]>} */
    async list() {
      if (!media || !media.enumerateDevices) return [];
      const all = await media.enumerateDevices().catch(() => []);
      return all.filter(({ kind }) => kind === "audioinput").map(({ deviceId, label }) => ({ id: deviceId, label }));
    },
  };
}
