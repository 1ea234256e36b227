// In which order people and steps stand: pure, so that a test can say what it should be.

/** @typedef {import("../types.js").Person} Person */
/** @typedef {{[id: string]: Person}} People */

/** Raised hands in the order of raising. @param {People} people */
export const raised = (people) => Object.keys(people).filter((id) => people[id].hand !== undefined)
  .sort((a, b) => (people[a].hand || 0) - (people[b].hand || 0));

/** @param {Person} person */
const rank = ({ role, hand, here }) => (role === "host" ? 0 : hand !== undefined ? 1 : here ? 2 : 3);

/** Hosts first, then hands in their order, then whoever is here, then whoever is away. @param {People} people */
export const ranked = (people) => Object.keys(people)
  .sort((a, b) => rank(people[a]) - rank(people[b]) || (people[a].hand || 0) - (people[b].hand || 0));

/**
 * Where a step of the plan stands. @param {number} i @param {number} at the running step, -1 before the first
 * @param {boolean} running is anything open?
 */
export const stepState = (i, at, running) => (i < at || (i === at && !running) ? "done" : i === at ? "now" : i === at + 1 ? "next" : "");

/** Log time until the end with a minute more, at most six hours. @param {number|null} ends @param {number} now */
export const minuteMore = (ends, now) => Math.min((ends === null ? 0 : Math.max(0, ends - now)) + 60000, 21600000);
