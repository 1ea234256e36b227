// One room on this page: the engine's parts tied together, and what the screens read of them as signals.
import { batch, computed, effect, signal } from "../ui.js";
import { createClock } from "../clock.js";
import { choice, createClaim, createKeep } from "../keep.js";
import { createLink } from "../link.js";
import { createStore } from "../store.js";
import { chance, tie } from "../world.js";
import { raised } from "./order.js";

/** @typedef {import("../types.js").State} State */
/** @typedef {import("../types.js").Person} Person */
/** @typedef {import("../types.js").Happening} Happening */

/** The state as the screens show it; null before anything has come. */
export const state = signal(/** @type {State|null} */ (null));
/** Where the line stands, and the close code when it is "away". */
export const line = signal({ state: /** @type {import("../link.js").LinkState} */ ("idle"), code: 0 });
export const me = signal(/** @type {{id: string, role: string}|null} */ (null));
export const waiting = signal(0);
/** Has something waited for two minutes? */
export const late = signal(false);
/** Is what is shown whole, or the first parts of it? */
export const whole = signal(false);
/** Why this device itself asks for less: it saves data, its network is weak. "" where it does not say so. */
export const frugal = () => {
  const net = /** @type {any} */ (navigator).connection || {};
  return net.saveData ? "save" : /2g/.test(net.effectiveType) ? "weak" : "";
};
/** A light page by choice: yes, no, or null for by itself; and why it would be one by itself (lean.js looks after that). */
export const wish = signal(/** @type {boolean|null} */ (choice("light")));
export const thrift = signal(frugal());
export const light = computed(() => (wish.value === null ? thrift.value !== "" : wish.value));

const NOBODY = /** @type {{[id: string]: Person}} */ ({});
export const meet = computed(() => state.value && state.value.meet);
export const people = computed(() => (meet.value && meet.value.people) || NOBODY);
export const running = computed(() => (meet.value && meet.value.now) || null);
export const plan = computed(() => (meet.value && meet.value.plan) || []);
export const hosting = computed(() => Boolean(me.value && me.value.role === "host"));
export const mine = computed(() => (me.value && people.value[me.value.id]) || null);
export const here = computed(() => Object.keys(people.value)
  .filter((id) => people.value[id].here && people.value[id].role !== "screen"));
/** Raised hands in the order of raising. */
export const hands = computed(() => raised(people.value));

/** Whether there is room for three columns. */
export const wide = signal(false);
const columns = matchMedia("(min-width: 60em)");
const measure = () => { wide.value = columns.matches; };
// Safari 13 has only the old way to listen.
if (columns.addEventListener) columns.addEventListener("change", measure);
else columns.addListener(measure);
measure();

/** @type {ReturnType<typeof make>} */
let session;
/** @type {(h: Happening) => void} */
let hears = () => {};
/** The session of this page; there is one. */
export const current = () => session;

/** @param {string} room @param {import("../types.js").Keep} keep @param {boolean} screen this page is a big screen */
function make(room, keep, screen) {
  const now = () => performance.now();
  const clock = createClock(now);
  const store = createStore({ now, keep, rtt: () => clock.lag, random: chance });
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const link = createLink({ url: `${scheme}://${location.host}/ws/${room}`, store, clock, screen });
  return { room, keep, clock, store, link };
}

/**
 * Open the room on this page and keep its signals true. @param {string} room @param {(h: Happening) => void} heard
 * @param {import("../types.js").Keep} [keep] @param {boolean} [screen]
 */
export async function open(room, heard, keep = createKeep(room), screen = false) {
  const claim = createClaim(keep, navigator.locks);
  await claim.start();
  session = make(room, keep, screen);
  const { store, link } = session;
  effect(() => store.set({ light: light.value }));
  const read = () => batch(() => {
    state.value = store.tree;
    const self = store.me;
    const was = me.peek();
    if (self && (!was || was.id !== self.id || was.role !== self.role)) me.value = self;
    waiting.value = store.waiting;
    if (store.waiting) claim.hold();
    late.value = store.late;
    whole.value = store.ready;
  });
  store.subscribe(read);
  store.listen(heard);
  hears = heard;
  link.subscribe(() => { line.value = { state: link.state, code: link.code }; });
  tie(link);
  link.start();
  return session;
}

/** A session without a line, for what can be read when the jam is over. @param {string} room @param {import("../types.js").Keep} keep */
export const rest = (room, keep) => { session = make(room, keep, false); };

/** @param {string} what @param {import("../types.js").Tree} [args] @param {import("../types.js").Guess|null} [guess] */
export const act = (what, args, guess) => session.store.act(`room.${what}`, args, guess).then((said) => {
  const { outcome, code, args: more } = said;
  // Judged at its place in the log, where somebody else was faster or may more: that is told, too, but where the page shows it.
  if (outcome === "noop" && code && code !== "closed" && code !== "not_now") hears({ type: "refused", do: what, code, ...(more ? { args: more } : {}) });
  return said;
});

/** Log time. */
export const now = () => session.clock.now();

/** @param {boolean|null} on null: by itself */
export function lighten(on) {
  wish.value = on;
  choice("light", on);
}

/** The way in for others: the join secret as this device has it, or "" where only the host link was ever opened. */
export function invitation() {
  const { room, keep } = session;
  const cap = keep.self().cap || "";
  const join = cap.startsWith("j.") ? cap : choice(`link:${room}`) || keep.join;
  // A link that was made anew elsewhere since opens nothing any more (follow.js notes which one this device knows).
  const known = join && choice(`way:${room}`), links = meet.value && meet.value.links;
  if (known && links && known[0] === join && known[1] < links.join) return "";
  return join ? `${location.origin}/r/${room}#${join}` : "";
}

/** My hand up or down, seen at once. @param {boolean} up */
export function raise(up) {
  const id = /** @type {{id: string}} */ (me.value).id;
  return act("hand", { up }, () => [up ? [`meet/people/${id}/hand`, Number.MAX_SAFE_INTEGER] : [`meet/people/${id}/hand`]]);
}
