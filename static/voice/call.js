// One call to the sound of the room: the connection, the words that open it, and what is done when it fails. The server is the only
// other end, so candidates are never waited for, and nobody else's address is asked for (`iceServers` is what the server gave).

/** @typedef {import("./world.js").Browser} Browser */
/** @typedef {"off"|"joining"|"on"|"blocked"|"away"|"busy"} Where */
/** @typedef {{ice?: RTCIceServer[], answer?: string, code?: string, retry_ms?: number, state?: string, gone?: 1, after_ms?: number, speaks?: boolean}} Said */

export const BLOCKED_MS = 8000, ANSWER_MS = 15000, AGAIN_MS = 60000, ICE_MS = 50 * 60000, DROPPED_MS = 6000, CLOSED_MS = 400, STEADY_MS = 10000;
const FIRST_MS = 1500, LEAST_MS = 100, SOON_MS = 500, MOST_MS = 10000, OFTEN = 12;

/** How long to wait before the next offer: everybody else waits, too, and not as long. @param {number} tries @param {number} chance 0 to 1 */
export function pause(tries, chance) {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** tries), least = tries ? most / 2 : LEAST_MS;
  return least + chance * (most - least);
}

/** @typedef {ReturnType<typeof createCall>} Call */

/**
 * @param {Pick<Browser, "now"|"later"|"never"|"random"|"name"|"Peer"> & {say: (id: string, d: any) => boolean}} world
 * @param {{plays: (track: MediaStreamTrack|null) => void, became: (where: Where) => void, speaks: (may: boolean) => void,
 *   thin: () => boolean, listens: () => boolean}} page
 *   plays: what is to be heard; speaks: the room lets one be heard, or not; thin: few bytes are wanted; listens: and never speaks
 */
export function createCall({ now, later, never, random, name, Peer, say }, { plays, became, speaks, thin, listens }) {
  let where = /** @type {Where} */ ("off");
  let wanted = false;
  let peer = /** @type {RTCPeerConnection|null} */ (null), line = /** @type {RTCRtpTransceiver|null} */ (null);
  let id = ""; // of the offer of this connection
  let stood = false, rough = false; // this connection has carried sound; its network is not well
  let round = 0, tries = 0;
  let ice = /** @type {RTCIceServer[]} */ ([]), iceAt = -Infinity;
  let track = /** @type {MediaStreamTrack|null} */ (null), bitrate = 0;
  let tier = "auto";
  /** @type {Map<string, (said: Said|null) => void>} */
  const asked = new Map();
  /** @type {{[what: string]: any}} */
  const timers = {};

  /** @param {Where} next */
  function become(next) {
    if (where === next) return;
    where = next;
    became(next);
  }

  /** @param {string} what @param {(() => void)|null} [fn] @param {number} [ms] */
  function plan(what, fn = null, ms = 0) {
    if (timers[what] !== undefined) never(timers[what]);
    timers[what] = fn ? later(() => { timers[what] = undefined; fn(); }, ms) : undefined;
  }

  function tearDown() {
    ["limit", "drop", "close", "steady"].forEach((what) => plan(what));
    if (!peer || !line) return;
    peer.onconnectionstatechange = peer.oniceconnectionstatechange = null;
    const { transport } = line.receiver;
    if (transport) transport.onstatechange = null;
    peer.close();
    peer = line = null;
    plays(null);
  }

  /** What is heard is known before anything is said: so a tap may play it. */
  function prepare() {
    tearDown();
    const Made = /** @type {NonNullable<typeof Peer>} */ (Peer);
    const mine = (peer = new Made({ iceServers: ice }));
    // Both ways from the start, and nothing is sent without a track: the microphone comes and goes, the call stays.
    line = mine.addTransceiver("audio", { direction: listens() ? "recvonly" : "sendrecv" });
    id = "";
    stood = false;
    const look = () => peer === mine && see(mine.connectionState || mine.iceConnectionState);
    mine.onconnectionstatechange = mine.oniceconnectionstatechange = look;
    if (track) put();
    plays(line.receiver.track);
  }

  function put() {
    if (line && !listens()) line.sender.replaceTrack(track).catch(() => {}); // it has been closed since
  }

  /** As the browser sees the connection. @param {string} how */
  function see(how) {
    if (how === "connected" || how === "completed") {
      stood = true;
      rough = false;
      ["limit", "drop", "again"].forEach((what) => plan(what));
      if (!timers.steady) plan("steady", () => { tries = 0; }, STEADY_MS);
      become("on");
      return;
    }
    rough = how === "disconnected" || how === "failed";
    if (how === "failed" || how === "closed") {
      if (!stood) block();
      else if (rough) lost();
      else hungUp();
    } else if (how === "disconnected" && stood) plan("drop", lost, DROPPED_MS);
  }

  /** The other end has closed it: why is told on the line, a moment earlier or later. */
  function hungUp() {
    if (stood && !timers.close) plan("close", lost, CLOSED_MS);
  }

  /** Sound cannot go through here; it is tried again now and then, without a word. */
  function block() {
    plan("limit");
    become("blocked");
    plan("again", dial, AGAIN_MS);
  }

  /** It stood, and does no more. @param {number} [after] @param {Where} [as] */
  function lost(after = 0, as = "joining") {
    tearDown();
    become(as);
    // Where the worker is away the server says when, and has thought of all the others.
    const told = as === "away" && after > 0;
    plan("again", dial, after + (told ? LEAST_MS + random() * SOON_MS : pause(tries, random())));
    if (!told) tries = Math.min(tries + 1, OFTEN);
  }

  /** @param {string} name @param {any} d @returns {Promise<Said|null>} null: nobody answered */
  const ask = (name, d) => new Promise((done) => {
    const end = later(() => settle(null), ANSWER_MS);
    /** @param {Said|null} said */
    function settle(said) {
      never(end);
      asked.delete(name);
      done(said);
    }
    asked.set(name, settle);
    if (!say(name, d)) settle(null);
  });

  async function dial() {
    const mine = ++round;
    const still = () => wanted && mine === round;
    plan("again");
    if (id || !peer) prepare();
    try {
      if (now() - iceAt >= ICE_MS) {
        const said = await ask(name(), { ask: 1 });
        if (!still()) return;
        if (!said || !said.ice) return void refused(said);
        iceAt = now();
        const before = ice.length;
        ice = said.ice;
        if (ice.length || before) {
          if (peer && peer.setConfiguration) peer.setConfiguration({ iceServers: ice });
          else prepare();
        }
      }
      const at = /** @type {RTCPeerConnection} */ (peer);
      const offer = await at.createOffer();
      await at.setLocalDescription(offer);
      if (!still()) return;
      id = name();
      speaks(true); // or the room says otherwise
      const said = await ask(id, { offer: offer.sdp, thin: tier === "thin" || (tier === "auto" && thin()) });
      if (!still()) return;
      if (!said || !said.answer) return void refused(said);
      plan("limit", block, BLOCKED_MS);
      await at.setRemoteDescription({ type: "answer", sdp: said.answer });
      if (!still()) return;
      const { transport } = /** @type {RTCRtpTransceiver} */ (line).receiver;
      if (transport) transport.onstatechange = () => /closed|failed/.test(transport.state) && hungUp();
      await cap();
      if (tier !== "auto") say(id, { tier });
    } catch (_) {
      if (still()) refused({ code: "voice_bad" });
    }
  }

  /** @param {Said|null} said */
  function refused(said) {
    const { code = "", retry_ms = 0 } = said || {};
    if (code === "voice_off" || code === "voice_hall") return stop();
    if (code === "voice_bad") {
      tearDown();
      return block();
    }
    lost(retry_ms, code === "voice_full" || code === "too_fast" ? "busy" : "away");
  }

  /** How much may be sent. */
  async function cap() {
    const sender = line && line.sender;
    if (!sender || !bitrate || !sender.getParameters || !sender.setParameters) return;
    const how = sender.getParameters();
    if (!how.encodings || !how.encodings.length) how.encodings = [{}];
    how.encodings[0].maxBitrate = bitrate;
    await sender.setParameters(how).catch(() => {}); // the answer says it, too
  }

  function stop() {
    if (id) say(id, { hang: 1 });
    wanted = false;
    round += 1;
    tries = 0;
    id = "";
    plan("again");
    tearDown();
    become("off");
  }

  return {
    get where() { return where; },
    /** Is sound wanted here, whether it comes or not? */
    get wanted() { return wanted; },

    /** Begin, inside a tap; or try again at once. */
    start() {
      if (wanted && where !== "blocked" && where !== "away" && where !== "busy") return;
      if (!Peer) return;
      wanted = true;
      become("joining");
      prepare();
      dial();
    },

    stop,

    /** What goes out from now on, null for nothing at all. @param {MediaStreamTrack|null} next @param {number} most bits a second */
    send(next, most) {
      const changed = track !== next;
      track = next;
      if (changed) put();
      if (bitrate === most) return;
      bitrate = most;
      if (stood) cap();
    },

    /** @param {string} of @param {Said} said */
    heard(of, said) {
      const waiting = asked.get(of);
      if (waiting && (said.ice || said.answer || said.code)) return waiting(said);
      if (!wanted || of !== id) return;
      if (said.gone) {
        round += 1;
        lost(said.after_ms || 0, "away");
      } else if (typeof said.speaks === "boolean") speaks(said.speaks);
      else if (said.state === "closed") {
        // Told while all is well here: another page of this person has the call, or the room has ended it.
        if (stood && rough) lost();
        else if (stood) stop();
      } else if (said.code && peer) {
        round += 1;
        refused(said);
      }
    },

    /** There is a line to the room again, or another one. */
    online() {
      if (!wanted) return;
      if (stood && peer) say(id, { still: 1 });
      else if (where !== "blocked" && where !== "busy") plan("again", dial, pause(0, random()));
    },

    /** The network has changed, or so the browser says. */
    stir() {
      if (!wanted || !peer) return;
      const how = peer.connectionState || peer.iceConnectionState;
      if (where === "blocked" || /disconnected|failed/.test(how)) plan("again", dial, pause(0, random()));
    },

    /** @param {"auto"|"normal"|"thin"} next */
    choose(next) {
      tier = next;
      if (stood) say(id, { tier });
    },

    /** @returns {Promise<RTCStatsReport|null>} */
    stats: () => (peer && stood ? peer.getStats().catch(() => null) : Promise.resolve(null)),
  };
}
