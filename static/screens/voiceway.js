// The voices of the room as this page knows them: is there sound here, the engine that carries it, who speaks, and what stands above the bar.
import { computed, signal } from "../ui.js";
import { choice } from "../keep.js";
import { act, current, light, line, me, meet, mine, people, state } from "./session.js";
import { closedBy, stage, talking } from "./voicefacts.js";

/** @typedef {import("../voice/voice.js").Voice} Voice */
/** @typedef {import("./voicefacts.js").Live} Live */

/** Is there sound in this room? 1: yes, 0: it is not installed on this server, undefined: it is switched off. */
export const there = signal(/** @type {number|undefined} */ (undefined));
/** The engine, once it is here. */
export const voice = signal(/** @type {Voice|null} */ (null));

const KEY = `voice:put:${decodeURIComponent(location.pathname.split("/")[2] || "")}`;
/** Has the offer been put away in this room? */
export const put = signal(Boolean(choice(KEY)));
/** @param {boolean} on */
export function putAway(on) {
  put.value = on;
  choice(KEY, on || null);
}

/** Has this device spoken before? Then a tap on the microphone is enough. */
export const known = signal(Boolean(choice("voice:spoke")));
/** May the space bar speak? */
export const space = signal(choice("voice:space") !== false);
/** Is it read out who speaks? */
export const ear = signal(choice("voice:ear") !== false);
/** @param {import("../ui.js").Signal<boolean>} what @param {"spoke"|"space"|"ear"|"seen"} name @param {boolean} on */
export function note(what, name, on) {
  what.value = on;
  choice(`voice:${name}`, on);
}

/** Has this device seen the sheet? It opens by itself once. */
export const seen = signal(Boolean(choice("voice:seen")));

const NONE = /** @type {Live} */ ({});
/** What people carry with them at this moment. */
export const live = computed(() => /** @type {Live} */ ((state.value && state.value.live) || NONE));
const talks = computed(() => talking(live.value, people.value).join(" "));
/** Who can be heard now. */
export const speaking = computed(() => talks.value.split(" ").filter(Boolean));

const LINGER_MS = 1200;
/** The same for the eye: between two words nobody goes. */
export const shown = signal(/** @type {string[]} */ ([]));
/** @type {any} */
let timer = 0;
export function linger() {
  const now = speaking.value;
  clearTimeout(timer);
  const all = [...new Set([...shown.peek(), ...now])].filter((id) => people.peek()[id]);
  shown.value = all;
  if (all.length > now.length) timer = setTimeout(() => { shown.value = speaking.peek(); }, LINGER_MS);
}

/** What stands above the bar. */
export const place = computed(() => {
  const engine = voice.value;
  return stage({ there: there.value, hall: Boolean(mine.value && mine.value.hall), listen: engine && engine.can.listen, state: engine ? engine.state.value : "off", put: put.value });
});
/** Who keeps this microphone closed. */
export const closed = computed(() => closedBy({ self: mine.value, all: Boolean(meet.value && meet.value.shut.voice), mic: voice.value ? voice.value.mic.value : "off" }));
/** Is this person asked to speak? */
export const asked = computed(() => {
  const own = state.value && state.value.mine && me.value && state.value.mine[me.value.id];
  return Boolean(own && own.speak !== undefined) && there.value === 1;
});

/** Said, done or not: the room forgets that it has asked, and this page at once. */
export const answer = () => act("invited", {}, () => [[`mine/${me.value ? me.value.id : ""}/speak`]]);

let fetching = false;

/** Looks whether there is sound here, now and with each greeting, and fetches what carries it. */
export function look() {
  const { store, link } = current();
  there.value = store.voice;
  if (store.voice !== 1 || fetching) return;
  fetching = true;
  import("../voice/voice.js").then((m) => {
    voice.value = m.createVoice({ store, link, state, me, line, light, act });
  }, () => { fetching = false; });
}

/** Speaks, or shows the way to it: the first time one tries the microphone where one can see oneself. @param {() => void} first */
export function speak(first) {
  const engine = voice.value;
  if (!engine) return;
  if (!known.value) return first();
  engine.speak().catch(() => {});
}

