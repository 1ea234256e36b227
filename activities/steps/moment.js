// Which step it is: a pure function of log time, the same here and in sequences.py (tests/vectors/steps.json).

/** @typedef {[id: string, ms: number]} Step */

/** How long each moment of the room lasts: sections enter one step after the other. @param {{steps: Step[], sections: number}} room */
export const times = ({ steps, sections }) => {
  const each = steps.map(([, ms]) => ms);
  return each.concat(each.slice(-1).length ? Array(Math.max(0, sections - 1)).fill(each[each.length - 1]) : []);
};

/**
 * The moment after so many ms, and how long it still lasts. Before the first one it is -1, after the last one as many as there are.
 * @param {number[]} each @param {number} passed @returns {[at: number, left: number]}
 */
export const moment = (each, passed) => {
  if (passed < 0) return [-1, -passed];
  let rest = passed;
  for (let at = 0; at < each.length; at += 1) {
    if (rest < each[at]) return [at, each[at] - rest];
    rest -= each[at];
  }
  return [each.length, 0];
};

/** Ms since the first step began, below 0 before. @param {{at: number, ms: number, left?: number}} clock @param {number} now */
export const passed = (clock, now) => (clock.left === undefined ? now - clock.at : clock.ms - clock.left);

/** Which step a section is at: -1 before its first, `many` after its last. @param {number} at @param {number} section @param {number} many */
export const stepOf = (at, section, many) => Math.max(-1, Math.min(many, at - section));
