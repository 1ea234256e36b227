// What changes in the room while one is in it, told in few words: who came, where we are now, time, hands, words beside the
// activity. It begins once the first picture is there.
import { computed, effect, untracked } from "../ui.js";
import { copyText } from "../parts/copy.js";
import { hall, knock, listen } from "../parts/sound.js";
import { goOn, addMinute, upcoming } from "./bar.js";
import { createComings } from "./comings.js";
import { graceLeft } from "./grace.js";
import { hand as hold, library, titleOf } from "./kind.js";
import { createLean } from "./lean.js";
import { muted } from "./mute.js";
import { hush, news, offer, said, say, tell, unread } from "./news.js";
import { act, current, frugal, hosting, late, me, meet, mine, now, people, plan, running, state, thrift, whole, wish } from "./session.js";
import { sheet } from "./sheets.js";
import { createSum, fresh, newest, spoken } from "./talk.js";
import { look } from "./seen.js";
import { speakOn, t, words } from "./tongue.js";

const CROWD_MS = 4000;
const FEW = 3;
const SLOW_LOOK_MS = 2000;
const KEPT_MS = 20000;

/** What this page has seen of past activities: their pictures can be kept at the end. @type {Map<number, {room: any, own: any, host: any}>} */
export const album = new Map();

/** @type {import("../types.js").Desk} */
const NONE = {};
/** What only hosts see. */
const desk = computed(() => (hosting.value && state.value && state.value.desk) || NONE);
const comings = createComings();
let looked = false;
/** @type {any} */
let crowd = 0;
let generation = -1;
/** @type {any} */
let zero = null;
/** The end that the clock is set to: which activity, and when. Null before the first look. @type {string|null} */
let bell = null;
/** @type {import("./news.js").News|null} */
let over = null;
let hand = false;
let told = false;
/** Who leads, and what of that is with this person, as this page knows it. @type {import("./lead.js").Led|undefined} */
let led;

const lean = createLean({ frugal, tell: (why) => { thrift.value = why; } });

const self = () => (me.value ? me.value.id : "");

/** Who came and went, summed up: one sentence for many. */
function gather() {
  crowd = 0;
  looked = true;
  const all = people.value;
  const { fresh: came, back, left, again } = comings.look(all, self(), performance.now());
  const names = (/** @type {string[]} */ list) => words.value.list(list.map((id) => all[id].name));
  if (came.length) say(came.length <= FEW ? t("people.joined.names", { names: names(came) }) : t("people.joined", { count: came.length }));
  if (back.length) say(t("people.back", { names: names(back.slice(0, FEW)) }));
  if (left.length) say(t("people.left", { count: left.length }));
  if (again < Infinity) crowd = setTimeout(gather, Math.max(CROWD_MS, again - performance.now() + 50));
}

/** What somebody had begun when the room moved on can still be sent; after that its words can be kept. */
function moveOn() {
  const held = hold.take(generation);
  if (!held) return;
  const { kind, g, piece } = held;
  const past = /** @type {any} */ (meet.value && meet.value.past.find((one) => one.g === g));
  const left = graceLeft(past ? past.closed : undefined, now());
  const away = () => {
    offer.value = null;
    const item = { text: t("moved.kept", { words: piece.words }), word: t("moved.copy"), run: () => { copyText(piece.words); } };
    if (piece.words) tell(item, KEPT_MS);
  };
  if (!left || !piece.name) return away();
  const end = setTimeout(away, left);
  const shut = () => {
    clearTimeout(end);
    offer.value = null;
  };
  offer.value = { text: t("moved.on"), word: t("moved.send"), also: { word: t("moved.drop"), run: shut },
    run: () => {
      shut();
      current().store.act(`${kind}.${piece.name}`, piece.args, null, g).then(({ outcome }) => (outcome === "refused" ? away() : tell(t("moved.sent"))));
    } };
  say(t("moved.on"));
}

/** Everyone is told where we go. Who comes late has read where we are on the way in: nothing stands over the question. */
function moved() {
  const run = running.value;
  const g = run ? run.g : 0;
  if (generation === g) return;
  const first = generation < 0;
  generation = g;
  moveOn();
  if (run && !first) say(t("room.moved", { title: titleOf(run) }));
}

/** At the end of the planned time one knock and one sentence, and nothing closes. A host has both ways on at hand. */
function clock() {
  const run = running.value;
  const end = run && run.ends !== null ? `${run.g}/${run.ends}` : "";
  // Whatever else happens in the room leaves the clock, and what it has said, alone.
  if (end === bell) return;
  const first = bell === null;
  bell = end;
  clearTimeout(zero);
  if (over) hush(over);
  over = null;
  if (!run || run.ends === null) return;
  const left = run.ends - now();
  // Whoever comes in afterwards is not told; on a slow line an end may be over when it is heard of.
  if (left <= 0 && first) return;
  // A timer cannot wait longer than 24 days; no step is that long.
  zero = setTimeout(() => {
    knock();
    if (!hosting.value) return tell(t("timer.zero"));
    const next = upcoming();
    over = { text: t("timer.zero"), stays: true, word: t("timer.more"), run: addMinute,
      ...(next ? { also: { word: t("host.next", { title: titleOf(next) }), run: goOn } } : {}) };
    tell(over, 0);
  }, Math.max(0, left));
}

/** A line that stays slow carries what one does and nothing of the moment, such as one's cursor. It is told once. */
function slow() {
  const { clock: ticking, link, store } = current();
  const heavy = link.state === "open" && ticking.slow;
  lean.look(link.state === "open" ? heavy : null, performance.now());
  // Whoever wants all of it gets all of it.
  store.set({ slow: heavy && wish.value !== false });
  if (!heavy || told || wish.value !== null) return;
  told = true;
  speakOn().then(() => tell(t("line.slow")), () => {});
}

/** Words beside the activity: a dot, and now and then one sentence for all of them. */
function hear() {
  const sum = createSum();
  let known = -1, notes = -1;
  /** @type {any} */
  let later = null;
  const speak = (/** @type {number} */ more) => {
    clearTimeout(later);
    const count = sum.add(more, performance.now());
    if (count && look.value.ear) say(t("line.new", { count }));
    if (sum.due < Infinity) later = setTimeout(() => speak(0), Math.max(0, sum.due - performance.now()));
  };
  effect(() => {
    const line = meet.value && meet.value.line;
    const { notes: told } = desk.value;
    const open = sheet.value === "line";
    const all = fresh(line, look.value.seen, muted.value, self()) + fresh(told, look.value.seen, [], self());
    untracked(() => {
      const last = newest(line), note = newest(told);
      if (open) {
        sum.forget();
        const seen = Math.max(last, note);
        if (seen > look.value.seen) look.value = { ...look.value, seen };
      } else if (known >= 0 && last > known) speak(fresh(line, known, muted.value, self()));
      if (notes >= 0 && note > notes && !open && fresh(told, notes, [], self())) say(t("line.note.new"));
      known = last;
      notes = note;
      unread.value = open ? 0 : all;
    });
  });
}

/** Whoever is lost has asked for a host: one who goes there says so. */
function help() {
  /** @type {Set<string>} */
  const known = new Set();
  effect(() => {
    const calls = desk.value.calls || {};
    untracked(() => {
      for (const who of Object.keys(calls)) {
        if (known.has(who) || who === self() || !people.value[who] || calls[who].by) continue;
        const text = t("calls.one", { name: people.value[who].name });
        tell({ text, word: t("calls.there"), run: () => act("coming", { who }) }, 0);
      }
      known.forEach((who) => {
        const item = news.value;
        if ((!calls[who] || calls[who].by) && item && people.value[who] && item.text === t("calls.one", { name: people.value[who].name })) hush(item);
      });
      known.clear();
      Object.keys(calls).forEach((who) => known.add(who));
    });
  });
  // Nobody else is told that a host is on the way.
  const coming = computed(() => Boolean(state.value && state.value.mine && (state.value.mine[self()] || {}).coming));
  effect(() => {
    if (coming.value) untracked(() => { if (sheet.value !== "lost") tell(t("lost.coming")); });
  });
}

/** Watching begins with the first whole state. */
export function watch() {
  listen();
  effect(() => { hall.value = Boolean(mine.value && mine.value.hall); });
  effect(() => {
    if (!whole.value || !words.value || !people.value) return;
    untracked(() => {
      if (!looked) return gather();
      if (!crowd) crowd = setTimeout(gather, CROWD_MS);
      const up = Boolean(mine.value && mine.value.hand !== undefined);
      // A hand that goes down without my doing was seen by a host.
      if (hand && !up && !current().store.waiting) tell(t("hand.given"));
      hand = up;
    });
  });
  effect(() => {
    const room = meet.value;
    if (!whole.value || !words.value || !room || room.baton === undefined) return;
    const { baton, standin, people: all } = room, own = all[self()] || {};
    const was = led, now = led = { baton, standin: standin === self(), made: own.made === true };
    // Told by a module of its own, fetched when the lead is not simply where it has always been.
    const moved = was && (was.baton !== baton || was.standin !== now.standin || was.made !== now.made);
    if (moved || !baton || (all[baton] || {}).acting) import("./lead.js").then((m) => m.follow(was, now), () => {});
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
    const id = me.value;
    if (!tree || !run || !id || !tree.room) return;
    album.set(run.g, { room: tree.room, own: tree.own && tree.own[id.id], host: tree.host });
  });
  effect(() => {
    const from = meet.value && meet.value.say;
    const text = spoken(from, from && from.card ? library() : null);
    untracked(() => {
      if (text && text !== said.value) say(text);
      said.value = text;
    });
  });
  hear();
  help();
  effect(() => {
    if (whole.value && hosting.value && plan.value.length) import("./overtime.js").then((m) => m.begin(), () => {});
  });
}
