// What changes in the room while one is in it, told in few words: who came, where we are now, time, hands. No state of its own
// but what was said last.
import { effect, untracked } from "../ui.js";
import { titleOf } from "./kind.js";
import { say, tell } from "./news.js";
import { current, hosting, late, me, meet, mine, now, people, running, state, whole } from "./session.js";
import { speakOn, t, words } from "./tongue.js";

const CROWD_MS = 4000;
const HOST_MS = 20000;
const FEW = 3;
const SLOW_LOOK_MS = 2000;

/** What this page has seen of past activities: their pictures can be kept at the end. @type {Map<number, {room: any, own: any, host: any}>} */
export const album = new Map();

/** @type {Set<string>|null} */
let present = null;
/** @type {Set<string>} */
const known = new Set();
/** @type {any} */
let crowd = 0;
let generation = -1;
/** @type {any} */
let zero = null;
/** @type {any} */
let quiet = null;
let hand = false;
let told = false;

/** Who came and went, summed up: one sentence for many. */
function gather() {
  crowd = 0;
  const all = people.value;
  const ids = Object.keys(all).filter((id) => all[id].here && all[id].role !== "screen");
  const was = present || new Set(ids);
  present = new Set(ids);
  const self = me.value && me.value.id;
  const came = ids.filter((id) => !was.has(id) && id !== self);
  const left = [...was].filter((id) => !(present && present.has(id)) && id !== self);
  const back = came.filter((id) => known.has(id)), fresh = came.filter((id) => !known.has(id));
  ids.forEach((id) => known.add(id));
  const names = (/** @type {string[]} */ list) => words.value.list(list.map((id) => all[id].name));
  if (fresh.length) say(fresh.length <= FEW ? t("people.joined.names", { names: names(fresh) }) : t("people.joined", { count: fresh.length }));
  if (back.length) say(t("people.back", { names: names(back.slice(0, FEW)) }));
  if (left.length) say(t("people.left", { count: left.length }));
}

/** A late arrival is told where we are; everyone is told where we go. */
function moved() {
  const run = running.value;
  const g = run ? run.g : 0;
  if (generation === g) return;
  const first = generation < 0;
  generation = g;
  if (!run) return;
  const title = titleOf(run);
  const left = run.ends === null ? 0 : run.ends - now();
  if (!first) say(t("room.moved", { title }));
  else if (current().fresh && !hosting.value && left > 0) tell(t("late", { activity: title, left: words.value.minutes(left) }), 12000);
}

/** At the end of the planned time one sentence, and nothing closes. */
function clock() {
  clearTimeout(zero);
  const run = running.value;
  if (!run || run.ends === null) return;
  const left = run.ends - now();
  if (left > 0) zero = setTimeout(() => tell(t("timer.zero")), left);
}

/** A line that stays slow carries what one does and nothing of the moment, such as one's cursor. It is told once. */
function slow() {
  const { clock, link, store } = current();
  const heavy = link.state === "open" && clock.slow;
  store.set({ slow: heavy });
  if (!heavy || told) return;
  told = true;
  speakOn().then(() => tell(t("line.slow")), () => {});
}

/** Watching begins with the first whole state. */
export function watch() {
  effect(() => {
    if (!whole.value || !words.value) return;
    const all = people.value;
    untracked(() => {
      if (!present) return gather();
      if (!crowd) crowd = setTimeout(gather, CROWD_MS);
      const up = Boolean(mine.value && mine.value.hand !== undefined);
      // A hand that goes down without my doing was seen by a host.
      if (hand && !up && !current().store.waiting) tell(t("hand.given"));
      hand = up;
      const hosts = Object.keys(all).filter((id) => all[id].role === "host");
      const gone = hosts.length > 0 && !hosts.some((id) => all[id].here);
      if (gone && !quiet) quiet = setTimeout(() => tell(t("host.away")), HOST_MS);
      if (!gone) {
        clearTimeout(quiet);
        quiet = null;
      }
    });
  });
  effect(() => {
    if (!whole.value || !words.value || !meet.value) return;
    // The title of a card may come a moment after the card: then the sentence waits for it.
    if (running.value && titleOf(running.value) === "…") return;
    untracked(() => {
      moved();
      clock();
    });
  });
  effect(() => {
    if (late.value) speakOn().then(() => tell(t("refused.stalled")), () => {});
  });
  setInterval(slow, SLOW_LOOK_MS);
  effect(() => {
    const tree = state.value;
    const run = running.value;
    const self = me.value;
    if (!tree || !run || !self || !tree.room) return;
    album.set(run.g, { room: tree.room, own: tree.own && tree.own[self.id], host: tree.host });
  });
}
