// One room on this page: the engine's parts tied together, and what the screens read of them as signals.
import { batch, computed, signal } from "../ui.js";
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
export const light = signal(Boolean(choice("light")));

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
/** The session of this page; there is one. */
export const current = () => session;

/** @param {string} room @param {import("../types.js").Keep} keep */
function make(room, keep) {
  const now = () => performance.now();
  const clock = createClock(now);
  const store = createStore({ now, keep, rtt: () => clock.lag, random: chance });
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const link = createLink({ url: `${scheme}://${location.host}/ws/${room}`, store, clock });
  return { room, keep, clock, store, link, fresh: !keep.self().token };
}

/** Open the room on this page and keep its signals true. @param {string} room @param {(h: Happening) => void} heard */
export async function open(room, heard) {
  const keep = createKeep(room), claim = createClaim(keep, navigator.locks);
  await claim.start();
  session = make(room, keep);
  const { store, link } = session;
  store.set({ light: light.value });
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
  link.subscribe(() => { line.value = { state: link.state, code: link.code }; });
  tie(link);
  link.start();
  return session;
}

/** @param {string} what @param {import("../types.js").Tree} [args] @param {import("../types.js").Guess|null} [guess] */
export const act = (what, args, guess) => session.store.act(`room.${what}`, args, guess);

/** Log time. */
export const now = () => session.clock.now();

/** @param {boolean} on */
export function lighten(on) {
  light.value = on;
  choice("light", on || null);
  session.store.set({ light: on });
}

/** The way in for others: the join secret as this device has it, or "" where only the host link was ever opened. */
export function invitation() {
  const { room, keep } = session;
  const cap = keep.self().cap || "";
  const join = cap.startsWith("j.") ? cap : choice(`link:${room}`) || "";
  return join ? `${location.origin}/r/${room}#${join}` : "";
}

/** My hand up or down, seen at once. @param {boolean} up */
export function raise(up) {
  const id = /** @type {{id: string}} */ (me.value).id;
  return act("hand", { up }, () => [up ? [`meet/people/${id}/hand`, Number.MAX_SAFE_INTEGER] : [`meet/people/${id}/hand`]]);
}
