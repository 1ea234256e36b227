// How an evening stands against its agreed end, and what would bring it there: shorten, leave out, swap. Pure: a test plays it.

/** @typedef {{card: string|null, kind: string, minutes: number, options?: any}} Step */
/** @typedef {{id: string, kind: string, minutes: number, span: [number, number], swap: string, purpose: string[], options?: any}} Ready */
/** @typedef {{at: number, of: number, end: number, due: number, late: number}} Pace `end`: when it is over as things are, `due`: the agreed
 *   end (log time, ms); `late`: by how many minutes, 0 when it is not */
/** @typedef {{what: "shorten"|"skip"|"swap", plan: Step[], end: number, step?: number, by?: string}} Offer `end`: the new one; `step`: which
 *   one is left out or swapped; `by`: the card that takes its place */

const MIN = 60000;
/** The agreed end is met when it is over at most so long after it. */
const NEAR = MIN / 2;

/**
 * The agreed end in log time: a date that is on, else so many minutes from the first step on; null: nothing was agreed.
 * @param {{starts?: number[], minutes?: number, begun?: number|null, plan: Step[]}} meet @param {number} now log time
 */
export function agreedEnd(meet, now) {
  const { starts = [], minutes = 0, begun = null, plan } = meet;
  const on = starts.filter((start) => start - 60 * MIN <= now && now < start + (minutes + 120) * MIN).pop();
  if (on !== undefined && minutes) return on + minutes * MIN;
  if (begun === null) return null;
  const planned = minutes || plan.reduce((sum, step) => sum + step.minutes, 0);
  return planned ? begun + planned * MIN : null;
}

/** What is left of the running step, ms. @param {{ends: number|null}|null} run @param {number} now */
const rest = (run, now) => (run && run.ends !== null ? Math.max(0, run.ends - now) : 0);

/** @param {Step[]} steps */
const sum = (steps) => steps.reduce((all, step) => all + step.minutes, 0);

/**
 * Where we are; null before the first step, after the last one, and where no end was agreed.
 * @param {{plan: Step[], at: number, starts?: number[], minutes?: number, begun?: number|null}} meet
 * @param {{ends: number|null}|null} run @param {number} now @returns {Pace|null}
 */
export function paceOf(meet, run, now) {
  const { plan, at } = meet;
  const due = agreedEnd(meet, now);
  if (due === null || at < 0 || !run) return null;
  const end = now + rest(run, now) + sum(plan.slice(at + 1)) * MIN;
  const over = end - due;
  return { at, of: plan.length, end, due, late: over > NEAR ? Math.ceil(over / MIN) : 0 };
}

/** The end as a clock shows it: what is over within the last minute before the agreed end, or just after it, ends then. @param {number} end @param {number} due */
export const shownEnd = (end, due) => (end - due <= NEAR && due - end < MIN ? due : end);

/** The fewest and most minutes that a step bears: its card's, else what it has. @param {Step} step @param {{[id: string]: Ready}} cards @returns {[number, number]} */
const spanOf = (step, cards) => {
  const card = step.card ? cards[step.card] : null;
  return card ? [Math.min(card.span[0], step.minutes), Math.max(card.span[1], step.minutes)] : [Math.min(1, step.minutes), Math.max(60, step.minutes)];
};

/**
 * Take so many minutes off (or, below zero, put them on) what is to come, each by the part it can bear; whole minutes.
 * @param {Step[]} steps @param {number} minutes @param {{[id: string]: Ready}} cards @returns {Step[]|null} null: they cannot bear it
 */
function shared(steps, minutes, cards) {
  const own = steps.map((step) => step.minutes);
  const side = minutes > 0 ? -1 : 1;
  const room = () => own.map((now, i) => Math.abs(spanOf(steps[i], cards)[side < 0 ? 0 : 1] - now));
  for (let left = Math.abs(minutes); left > 0; left -= 1) {
    const free = room();
    const most = free.indexOf(Math.max(...free));
    if (most < 0 || !free[most]) return null;
    own[most] += side;
  }
  return steps.map((step, i) => ({ ...step, minutes: own[i] }));
}

/** Does this belong to the end of an evening? It is never left out. @param {Step} step @param {{[id: string]: Ready}} cards */
const closes = (step, cards) => Boolean(step.card && cards[step.card] && cards[step.card].purpose[0] === "close");

/**
 * What would meet the agreed end to the minute, the gentlest first; nothing when we are not late or nothing can.
 * @param {{plan: Step[], at: number}} meet @param {Pace} pace @param {{[id: string]: Ready}} cards @returns {Offer[]}
 */
export function offers(meet, pace, cards) {
  const { plan, at } = meet;
  const done = plan.slice(0, at + 1), ahead = plan.slice(at + 1);
  if (!pace.late || !ahead.length) return [];
  /** @type {Offer[]} */
  const found = [];
  /** @param {Offer["what"]} what @param {Step[]|null} steps @param {Partial<Offer>} [more] */
  const add = (what, steps, more) => {
    if (steps) found.push({ what, plan: [...done, ...steps], end: pace.end + (sum(steps) - sum(ahead)) * MIN, ...more });
  };
  add("shorten", shared(ahead, pace.late, cards));
  // Of those that free enough time, the one that frees least of what is not needed; the others take the rest.
  const free = ahead.map((step, i) => ({ i, over: step.minutes - pace.late })).filter(({ i, over }) => over >= 0 && !closes(ahead[i], cards))
    .sort((a, b) => a.over - b.over || b.i - a.i)[0];
  if (free) {
    const others = ahead.filter((_, i) => i !== free.i);
    add("skip", (others.length ? shared(others, -free.over, cards) : null) || others, { step: at + 1 + free.i });
  }
  for (let i = 0; i < ahead.length; i += 1) {
    const { card, minutes } = ahead[i];
    const by = card && cards[card] ? cards[cards[card].swap] : null;
    const less = minutes - pace.late;
    if (!by || less < by.span[0] || less > by.span[1] || less < 1 || plan.some((step) => step.card === by.id)) continue;
    add("swap", ahead.map((step, k) => (k === i ? { card: by.id, kind: by.kind, options: by.options || {}, minutes: less } : step)), { step: at + 1 + i, by: by.id });
    break;
  }
  return found;
}

/** A plan as the room takes it. @param {Step[]} plan */
export const asked = (plan) => plan.map(({ card, kind, options, minutes }) => (card ? { card, options: options || {}, minutes } : { kind, options: options || {}, minutes }));

/** So many minutes over are told first; then each time as many again. */
const FIRST = 3;

/** Whether a host is told of it now. @param {number} late minutes @param {number} told of how many they were told last */
export const isNews = (late, told) => late >= FIRST && late >= told + FIRST;
