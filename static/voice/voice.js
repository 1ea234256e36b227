// The voices on this page: one call, one microphone, and what the screens show of both. Nothing here draws.
import { computed, effect, signal } from "../ui.js";
import { createCall } from "./call.js";
import { check } from "./check.js";
import { createHint, createLevel } from "./level.js";
import { createMeter } from "./meter.js";
import { REST_MS, createMic } from "./mic.js";
import { createPlayer } from "./player.js";
import { browser } from "./world.js";

/** @typedef {import("./call.js").Where} Where */
/** @typedef {import("./call.js").Said} Said */
/** @typedef {"off"|"asking"|"on"|"refused"|"muted"} Open */
/** @typedef {"auto"|"normal"|"thin"} Tier */
/** @typedef {ReturnType<typeof createVoice>} Voice */

const SPEECH = 28000, MUSIC = 64000; // bits a second
const METER_MS = 2000;

/** @param {import("./world.js").Page} page @param {import("./world.js").Browser} [world] */
export function createVoice({ store, link, state: room, me, line, light, act }, world = browser()) {
  const { now, later, never } = world;
  const state = signal(/** @type {Where} */ ("off"));
  const mic = signal(/** @type {Open} */ ("off"));
  const level = signal(0), unheard = signal(false), thin = signal(false), nomic = signal(false);
  const tier = signal(/** @type {Tier} */ ("auto"));
  const meter = signal({ up: 0, down: 0, perHour: 0 });
  const devices = signal(/** @type {{id: string, label: string}[]} */ ([])), device = signal(String(world.kept()));
  const heard = signal(true); // does the room let one be heard, as what runs wishes

  const meet = computed(() => room.value && room.value.meet);
  const self = computed(() => (meet.value && me.value && meet.value.people[me.value.id]) || null);
  const screen = computed(() => Boolean(me.value && me.value.role === "screen"));
  const hall = computed(() => Boolean(self.value && self.value.hall));
  const music = computed(() => Boolean(meet.value && me.value && meet.value.music === me.value.id));
  /** Who keeps the microphone closed: a host, what runs, or nobody. */
  const shut = computed(() => {
    const person = self.value, all = meet.value && meet.value.shut;
    if (person && person.shut && person.shut.voice) return "host";
    if (all && all.voice && person && person.role !== "host") return "host";
    return heard.value ? "" : "runs";
  });
  /** Has the room gone from here, or this page from it? */
  const over = computed(() => Boolean(hall.value || (self.value && self.value.out) || (meet.value && meet.value.ended) || line.value.state === "away"));

  let wish = false, held = false; // what this person wants: open until closed, or as long as they hold it
  let asking = 0, trying = 0, denied = false;
  let told = false; // what the others were told of the microphone
  let ticking = /** @type {any} */ (null);
  let waits = /** @type {(() => void)[]} */ ([]);
  let hint = createHint();
  const counts = createMeter(), player = createPlayer(world), { locked } = player;

  const capture = createMic(world, {
    changed: () => settle(),
    lost: () => { if (wish || held) grant(); },
  });
  const ear = createLevel(world, (loud) => {
    level.value = loud;
    unheard.value = mic.peek() !== "on" && !trying && hint(loud);
  });
  const call = createCall({ ...world, say: (id, d) => link.say({ t: "rtc", id, d }) }, {
    became,
    plays: (track) => {
      counts.anew();
      player.take(track);
    },
    speaks: (may) => { heard.value = may; },
    thin: () => light.peek(),
    listens: () => screen.peek(),
  });

  // -- what is heard

  /** @param {Where} where */
  function became(where) {
    state.value = where;
    if (where === "off") {
      wish = held = false;
      heard.value = true;
      if (!trying) capture.close();
      if (ticking !== null) never(ticking);
      ticking = null;
    }
    if (where === "on") count();
    if (where !== "joining") {
      waits.forEach((done) => done());
      waits = [];
    }
    settle();
  }

  async function count() {
    if (ticking !== null) never(ticking);
    ticking = later(count, METER_MS);
    const stats = await call.stats();
    if (!stats || state.peek() !== "on") return;
    meter.value = counts.add(/** @type {any} */ (stats).values(), now());
    thin.value = tier.peek() === "thin" || (tier.peek() === "auto" && counts.thin);
  }

  // -- what is said

  /** As everything is at this moment: what goes out, what is shown, what the others are told. */
  function settle() {
    const may = !shut.peek() && call.wanted;
    const track = (wish || held) && may ? capture.track : null;
    const on = track !== null;
    call.send(track, music.peek() ? MUSIC : SPEECH);
    mic.value = asking ? "asking" : on ? "on" : denied ? "refused" : call.wanted && shut.peek() ? "muted" : "off";
    if (on || trying || asking) capture.wake();
    else capture.rest(REST_MS);
    if (on) {
      hint = createHint();
      unheard.value = false;
    }
    ear.hear(capture.stream);
    if (!capture.stream && !asking && !trying) ear.close();
    const shown = on && state.peek() !== "blocked";
    if (shown !== told && link.say({ t: "eph", key: "mic", d: { on: shown } })) told = shown;
    device.value = capture.device;
  }

  /** The microphone, whatever it takes. */
  async function grant() {
    asking += 1;
    denied = false;
    settle();
    const got = await capture.open(music.peek());
    asking -= 1;
    if (got && !asking) wish = held = false;
    denied = got === "refused";
    if (got !== "over") nomic.value = got === "nomic";
    settle();
    if (!got) list();
    return got;
  }

  async function list() {
    const all = await capture.list();
    devices.value = all;
    if (world.media && !capture.track) nomic.value = all.length === 0;
    device.value = capture.device;
  }

  const api = {
    state, mic, level, unheard, tier, thin, meter, devices, device, music, locked,
    /** What is possible here at all. */
    can: {
      get listen() { return Boolean(world.Peer && room.value && store.voice && !hall.value); },
      get speak() { return Boolean(api.can.listen && world.media && !nomic.value && !screen.value); },
      /** @returns {""|"missing"|"plain"|"nomic"} */
      get why() {
        if (!world.Peer || (room.value && store.voice === 0)) return "missing";
        return !world.secure ? "plain" : !world.media || nomic.value ? "nomic" : "";
      },
    },

    /** Hear the others. Inside a tap; kept when it is clear whether it works. @returns {Promise<void>} */
    listen() {
      if (!api.can.listen) return Promise.resolve();
      player.open();
      call.start();
      return state.peek() === "joining" ? new Promise((done) => { waits.push(done); }) : Promise.resolve();
    },

    /** Open the microphone, and hear the others if one does not yet. Inside a tap. */
    async speak() {
      if (!world.media || !api.can.listen || screen.peek()) return;
      ear.wake();
      api.listen();
      wish = shut.peek() !== "host";
      if (wish) await grant();
      else settle();
    },

    /** Nothing goes out any more, not one packet. */
    mute() {
      wish = held = false;
      denied = false;
      settle();
    },

    /** Speak as long as this is pressed. @param {boolean} down */
    hold(down) {
      if (down === held || (down && (wish || !call.wanted || !world.media))) return;
      held = down;
      if (down) ear.wake();
      if (down && shut.peek() !== "host") grant();
      else settle();
    },

    /** No sound from here on, either way. */
    leave() {
      call.stop();
      capture.close();
      denied = false;
      settle();
    },

    /** See one's own level before anybody hears it. Inside a tap. @returns {Promise<() => void>} which ends it */
    async test() {
      ear.wake();
      trying += 1;
      await grant();
      let done = false;
      return () => {
        if (done) return;
        done = true;
        trying -= 1;
        if (!call.wanted && !trying) capture.close();
        settle();
      };
    },

    /** Why does nobody hear me? Takes five seconds, unless it is plain to see. */
    check: () => check(async () => {
      const stats = /** @type {any} */ (await call.stats());
      const all = stats ? Array.from(stats.values()) : [];
      /** @param {string} type */
      const of = (type) => /** @type {any} */ (all.find((/** @type {any} */ one) => one.type === type)) || {};
      const live = room.peek() && me.peek() && room.peek()?.live?.[me.peek()?.id || ""];
      return {
        hall: hall.peek(), state: state.peek(), mic: mic.peek(), nomic: nomic.peek(), level: level.peek(), speaks: Boolean(live && live.speaks),
        sent: of("outbound-rtp").packetsSent || 0, lost: of("remote-inbound-rtp").fractionLost || 0,
      };
    }, later, now),

    /** Another microphone, in this tab. @param {string} id */
    async choose(id) {
      world.kept(id);
      device.value = id;
      if (capture.track) await grant();
    },

    /** @param {Tier} next */
    setTier(next) {
      tier.value = next;
      thin.value = next === "thin";
      call.choose(next);
    },

    /** Take the music place, or give it back: the microphone then takes everything as it sounds. @param {boolean} on */
    async setMusic(on) {
      if (on) ear.wake();
      await act("music", { on });
    },

    /** The page goes on without voices. */
    dispose() {
      api.leave();
      ends.forEach((end) => end());
      player.close();
    },
  };

  /** @type {(() => void)[]} */
  const ends = [
    effect(() => {
      // A host closes it for good: who wants to speak opens it again. What runs only waits.
      if (shut.value === "host") wish = held = false;
      settle();
    }),
    effect(() => {
      const raw = music.value;
      if (capture.track && (wish || held || trying)) grant();
      else if (!raw) settle();
    }),
    effect(() => { if (over.value && call.wanted) api.leave(); }),
    store.listen((h) => {
      if (h.type === "rtc") call.heard(h.id, h.d || {});
      else if (h.type === "gone") api.leave();
      // The line is open to us a moment later.
      else if (h.type === "welcome") Promise.resolve().then(() => {
        if (mic.peek() === "on") told = false;
        call.online();
        settle();
      });
    }),
    world.on("pagehide", () => api.leave()),
    world.on("online", () => call.stir()),
    // Where the browser held the sound back, the next touch lets it go.
    world.on("click", () => { if (locked.peek()) player.play(); }),
  ];
  const { media } = world;
  if (media && media.addEventListener) {
    media.addEventListener("devicechange", list);
    ends.push(() => media.removeEventListener("devicechange", list));
  }
  world.permission().then((one) => {
    // Allowed in the browser's own place, where it had been refused before.
    if (one) one.onchange = () => { if (one.state === "granted" && denied) { denied = false; settle(); } };
  });
  list();
  return api;
}
