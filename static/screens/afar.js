// What is seen from far away: sizes and orders of the big screen. Pure, so that a test can say what they should be.

/** @typedef {import("../types.js").Person} Person */
/** @typedef {{[id: string]: Person}} People */

/** The smallest letters of the big screen, in hundredths of its shorter side. */
export const SMALLEST = 4;

/** How large a title may be: 0 the largest step, 3 the smallest. It counts what the eye counts, and beside the activity no word
 * of it is broken. @param {string} title */
export const step = (title) => {
  const { length } = [...title];
  const word = Math.max(...title.split(/[ -]/).map((one) => [...one].length));
  return length <= 22 && word <= 9 ? 0 : length <= 44 && word <= 11 ? 1 : length <= 90 && word <= 16 ? 2 : 3;
};

/** Everyone with a seat; whoever is elsewhere comes first, because nobody in the hall can see them. @param {People} people */
export const farFirst = (people) => Object.keys(people)
  .filter((id) => people[id].role !== "screen" && !people[id].out)
  .map((id, i) => ({ id, i, hall: people[id].hall ? 1 : 0 }))
  .sort((a, b) => a.hall - b.hall || a.i - b.i).map(({ id }) => id);

/** Who is here from elsewhere. While nobody has said "I am in the hall" there is no elsewhere. @param {People} people */
export const elsewhere = (people) => {
  const ids = farFirst(people).filter((id) => people[id].here);
  return ids.some((id) => people[id].hall) ? ids.filter((id) => !people[id].hall) : [];
};

/** Are there hosts, and all of them away? @param {People} people */
export const unled = (people) => {
  const hosts = farFirst(people).filter((id) => people[id].role === "host");
  return hosts.length > 0 && !hosts.some((id) => people[id].here);
};

/**
 * How many of a list fit on one page, beginning with its first: at least one. @param {number[]} ends where each ends
 * @param {number} room
 */
export const fitting = (ends, room) => {
  const over = ends.findIndex((end) => end > room);
  return over < 0 ? ends.length : Math.max(1, over);
};
