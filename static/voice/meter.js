// What the sound costs on the line, both ways, with everything around it: what a contract counts.

/** @typedef {{up: number, down: number, packets: number, bytes: number}} Wire bytes each way since the connection began; packets and bytes of sound that came */
/** @typedef {{up: number, down: number, perHour: number}} Told */

/** IP and UDP around each packet; the same of IPv6. */
const AROUND = 28, AROUND6 = 48;
/** Where only the sound itself is counted: its header (RFC 3550), which has the level in it on the way up (RFC 6464), and what protects it. */
const HEADER = { Sent: 20, Received: 12 }, SEAL = 10;
/** A check of the way (STUN) and its answer, around the names in them. */
const CHECK = 104, REPLY = 64;
const MINUTE = 60000, LEAST_MS = 10000, FEW = 25, SOME = 10;

/** @param {Iterable<any>} stats @returns {Wire} */
export function wire(stats) {
  const all = Array.from(stats);
  /** @param {string} type */
  const first = (type) => all.find((one) => one.type === type && one.kind !== "video") || {};
  /** @param {any} id */
  const named = (id) => all.find((one) => one.id === id) || {};
  const out = first("outbound-rtp"), into = first("inbound-rtp"), way = first("transport");
  const pairs = all.filter((one) => one.type === "candidate-pair");
  const pair = pairs.find((one) => one.id === way.selectedCandidatePairId) || pairs.find((one) => one.nominated || one.selected) || {};
  const far = named(pair.remoteCandidateId);
  const around = /:/.test(far.address || far.ip || "") ? AROUND6 : AROUND;
  /** @param {any} one @param {string} what */
  const sum = (one, what) => one[what] || 0;
  /** What the browser has counted of the whole way, or else made of what it says of the sound. @param {"Sent"|"Received"} dir @param {any} sound */
  const of = (dir, sound) => {
    const whole = [way, pair].find((one) => one["bytes" + dir] > 0 && one["packets" + dir] > 0);
    if (whole) return whole["bytes" + dir] + whole["packets" + dir] * around;
    const n = sum(sound, "packets" + dir), header = sound["headerBytes" + dir];
    return sum(sound, "bytes" + dir) + (header > 0 ? header : n * HEADER[dir]) + n * (SEAL + around);
  };
  const checks = pairs.reduce((n, one) => n + sum(one, "requestsSent"), 0);
  const replies = pairs.reduce((n, one) => n + sum(one, "responsesReceived"), 0);
  return {
    up: of("Sent", out) + checks * (CHECK + around), down: of("Received", into) + replies * (REPLY + around),
    packets: sum(into, "packetsReceived"), bytes: sum(into, "bytesReceived"),
  };
}

export function createMeter() {
  let last = /** @type {Wire|null} */ (null), at = 0;
  let up = 0, down = 0, thin = false;
  /** @type {{at: number, sum: number}[]} */
  let minute = [];
  return {
    /** Another connection: it counts from nothing. */
    anew() {
      last = null;
    },

    /** Whether few long packets come; kept as it was while next to none do. */
    get thin() { return thin; },

    /** @param {Iterable<any>} stats @param {number} now @returns {Told} */
    add(stats, now) {
      const next = wire(stats);
      const was = last || { up: 0, down: 0, packets: 0, bytes: 0 };
      // A way that changed in between may count anew.
      up += Math.max(0, next.up - was.up);
      down += Math.max(0, next.down - was.down);
      if (last && now > at) {
        const rate = ((next.packets - last.packets) * 1000) / (now - at);
        if (rate >= SOME) thin = rate < FEW;
      }
      last = next;
      at = now;
      minute.push({ at: now, sum: up + down });
      while (minute.length > 2 && now - minute[1].at >= MINUTE) minute.shift();
      const span = now - minute[0].at;
      const perHour = span >= LEAST_MS ? Math.round(((up + down - minute[0].sum) * 60 * MINUTE) / span) : 0;
      return { up, down, perHour };
    },
  };
}
