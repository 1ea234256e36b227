// A plan while it is being changed: each change gives a new list; what has been and what is on stays as it is. Pure.

/** @typedef {import("./pace.js").Step} Step */
/** @typedef {import("./pace.js").Ready} Ready */

/** As many as a room takes (`plan_steps` of the server's limits). */
export const MOST = 40;
const LEAST_MINUTES = 1, MOST_MINUTES = 120;

/** The first step that can still be changed. @param {number} at the running step, -1 before the first */
export const open = (at) => at + 1;

/** Step `from` goes to place `to`; neither can be among what has been. @param {Step[]} plan @param {number} from @param {number} to @param {number} at */
export function moved(plan, from, to, at) {
  const place = Math.max(open(at), Math.min(plan.length - 1, to));
  if (from < open(at) || from >= plan.length || place === from) return plan;
  const next = plan.slice();
  const [step] = next.splice(from, 1);
  next.splice(place, 0, step);
  return next;
}

/** @param {Step[]} plan @param {number} i @param {number} at */
export const removed = (plan, i, at) => (i < open(at) ? plan : plan.filter((_, k) => k !== i));

/** @typedef {{cards: readonly {id: string, pick?: string}[], decks: {[name: string]: string[]}}} Decks */

/** A step's prompt, or where another step (of any card with the same deck) has it already, the next one that none has.
 * @param {Pick<Step, "card"|"options">} step @param {readonly Pick<Step, "card"|"options">[]} others @param {Decks} all */
export function fresh({ card, options }, others, { cards, decks }) {
  const first = (options && options.prompt) || 0;
  const picks = Object.fromEntries(cards.map(({ id, pick }) => [id, pick]));
  const pick = card ? picks[card] : "";
  const many = (pick && decks[pick] ? decks[pick] : []).length;
  const used = new Set(others.filter((one) => one.card && picks[one.card] === pick).map((one) => (one.options && one.options.prompt) || 0));
  for (let k = 0; k < many; k += 1) if (!used.has((first + k) % many)) return (first + k) % many;
  return first;
}

/** Once more, with the next prompt where there is a deck of them. @param {Step[]} plan @param {number} i @param {Decks|null} [all] */
export function twice(plan, i, all = null) {
  const step = plan[i];
  if (plan.length >= MOST || !step) return plan;
  const asks = all && step.card && step.options && typeof step.options.prompt === "number";
  const copy = asks ? { ...step, options: { ...step.options, prompt: fresh(step, plan, all) } } : { ...step };
  return [...plan.slice(0, i + 1), copy, ...plan.slice(i + 1)];
}

/** @param {Step[]} plan @param {Step} step @param {number} [to] @param {number} [at] */
export const inserted = (plan, step, to = plan.length, at = -1) => {
  const place = Math.max(open(at), Math.min(plan.length, to));
  return plan.length >= MOST ? plan : [...plan.slice(0, place), step, ...plan.slice(place)];
};

/** So many minutes more or less, within what a step can have. @param {Step[]} plan @param {number} i @param {number} by */
export const lasting = (plan, i, by) => plan.map((step, k) => (k === i
  ? { ...step, minutes: Math.max(LEAST_MINUTES, Math.min(MOST_MINUTES, step.minutes + by)) } : step));

/** The card that its own card names for another moment, in the same time as far as it bears that.
 * @param {Step[]} plan @param {number} i @param {{[id: string]: Ready}} cards */
export function swapped(plan, i, cards) {
  const { card, minutes } = plan[i];
  const other = card && cards[card] ? cards[cards[card].swap] : null;
  if (!other) return plan;
  const [least, most] = other.span;
  const step = { card: other.id, kind: other.kind, options: other.options || {}, minutes: Math.max(least, Math.min(most, minutes)) };
  return plan.map((one, k) => (k === i ? step : one));
}

/** @param {Ready} card @returns {Step} */
export const stepOf = (card) => ({ card: card.id, kind: card.kind, options: card.options || {}, minutes: card.minutes });

/** Minutes of all steps. @param {Step[]} plan */
export const total = (plan) => plan.reduce((sum, step) => sum + step.minutes, 0);

/** Letters as one looks for them: no case, no accents, no signs of Arabic vowels. @param {string} text */
export const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
  .replace(/[\u0622\u0623\u0625]/g, "\u0627").toLowerCase();

/** A plan kept as a file, as the one to go on with in the room it is from: what has been there is not to come once more.
 * @param {Step[]} now @param {number} at @param {Step[]} list */
export function further(now, at, list) {
  const same = (/** @type {Step} */ a, /** @type {Step} */ b) => b && a.card === b.card && a.kind === b.kind && ["prompt", "text"].every((name) => (a.options || {})[name] === (b.options || {})[name]);
  return at >= 0 && now.slice(0, at + 1).every((step, i) => same(step, list[i])) ? list.slice(at + 1) : list;
}

/** @typedef {Ready & {title: string, prompt: string}} Told */

/** Cards that have every word looked for in their title or prompt, those in the title first. @param {Told[]} cards @param {string} words */
export function found(cards, words) {
  const asked = plain(words).split(/\s+/).filter(Boolean);
  if (!asked.length) return [];
  const rank = (/** @type {Told} */ card) => {
    const title = plain(card.title), all = `${title} ${plain(card.prompt)}`;
    return asked.every((word) => title.includes(word)) ? 2 : asked.every((word) => all.includes(word)) ? 1 : 0;
  };
  return cards.map((card) => ({ card, r: rank(card) })).filter(({ r }) => r).sort((a, b) => b.r - a.r).map(({ card }) => card);
}

/** The purposes in the order of an evening. */
export const PURPOSES = ["open", "connect", "play", "draw", "sing", "dance", "move", "rest", "imagine", "share", "ally", "close"];

/** Cards that serve a purpose, those made for it first. @param {Told[]} cards @param {string} purpose */
export const serving = (cards, purpose) => [
  ...cards.filter((card) => card.purpose[0] === purpose), ...cards.filter((card) => card.purpose.indexOf(purpose) > 0)];
