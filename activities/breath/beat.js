// Breath and beat, as data: where in the circle or the song we are, by the room's clock. Nothing changes more than twice a second.

/** Ms of one breath, in and out; and of one beat. */
export const CYCLE = { slow: 12000, even: 10000, quick: 8000 };
export const BEAT = { slow: 750, even: 600, quick: 500 };
/** So much of a breath is in; out is a little longer, and nothing is held. */
const IN = 45;
const COUNT = 3, SECOND = 1000;

/** @typedef {{at: number, ms: number, left?: number} | null | undefined} Clock */

/** Ms since it began; below 0 while it is counted in. While it stands, where it stood. @param {Clock} clock @param {number} now */
export const passed = (clock, now) => (!clock ? 0 : clock.left === undefined ? now - clock.at : clock.ms - clock.left);

/** In or out, and how many whole seconds of it are left to count. @param {number} ms since the beginning @param {number} cycle */
export const breath = (ms, cycle) => {
  const at = ((ms % cycle) + cycle) % cycle, turn = cycle * IN / 100;
  const goes = at < turn;
  return { goes, count: Math.ceil(((goes ? turn : cycle) - at) / SECOND), next: ((goes ? turn : cycle) - at - 1) % SECOND + 1 };
};

/** The number of the count-in that shows, 3 to 1; 0 once it is over, or before it begins. @param {number} ms since the beginning */
export const count = (ms) => (ms >= 0 || ms < -COUNT * SECOND ? 0 : Math.ceil(-ms / SECOND));

/** Ms until the next number, or the beginning; 0 after it. @param {number} ms */
export const untilCount = (ms) => (ms >= 0 ? 0 : ms < -COUNT * SECOND ? -COUNT * SECOND - ms : (-ms - 1) % SECOND + 1);

/** Lights of who is here: shape and ink in an order that says nothing of names. @param {{[id: string]: any}} people */
export const lights = (people) => Object.keys(people).sort().filter((id) => people[id].here && people[id].role !== "screen").map((id) => ({ id, ink: people[id].ink, shape: people[id].shape }));
