// The room's time: every device counts from the server's log time, so that timers and beats agree.

const SAMPLES = 8;
/** Above this a line is slow, if it stays so for several beats. */
export const SLOW_RTT = 800;
const SLOW_BEATS = 4;

/** @typedef {ReturnType<typeof createClock>} Clock */

/** @param {() => number} local monotonic ms */
export function createClock(local) {
  /** @type {{rtt: number, offset: number}[]} */
  let samples = [];
  let offset = 0;
  let known = false;
  let latest = -Infinity;

  return {
    /** Has the server said what time it is? */
    get known() { return known; },
    /** The best round trip of late, in ms; 0: unknown. */
    get rtt() { return samples.reduce((least, s) => Math.min(least, s.rtt), samples.length ? Infinity : 0); },
    /** The last round trip, in ms: how the line is now. */
    get lag() { return samples.length ? samples[samples.length - 1].rtt : 0; },

    /** Have the last beats all been slow? One alone may have waited behind a picture. */
    get slow() { return samples.length >= SLOW_BEATS && samples.slice(-SLOW_BEATS).every((s) => s.rtt > SLOW_RTT); },

    /**
     * The server said `there` in answer to what was sent at `sent`. The quickest of the last eight answers counts: it had the
     * least time to wait somewhere on one way only.
     * @param {number} sent @param {number} there
     */
    heard(sent, there) {
      const here = local();
      if (!(sent <= here) || !Number.isFinite(there)) return;
      const rtt = here - sent;
      known = true;
      samples = samples.concat({ rtt, offset: there + rtt / 2 - here }).slice(-SAMPLES);
      offset = samples.reduce((best, s) => (s.rtt <= best.rtt ? s : best)).offset;
    },

    /** The device may have slept: what was measured before no longer holds. */
    forget() {
      samples = [];
    },

    /** Log time in whole ms. Never runs backwards: it waits until the truth has caught up. */
    now() {
      latest = Math.max(latest, Math.round(local() + offset));
      return latest;
    },
  };
}
