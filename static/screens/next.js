// The date of the next jam, as an old link tells it: pure, so that a test can say what it should be.
import { whenOf } from "./dates.js";

const YEAR_MS = 366 * 86400000;

/**
 * What two fields hold: null for no date. A day without an hour is one, too; at noon it is the same day in most places.
 * @param {string} date @param {string} time @param {number} now @returns {number|null|undefined} undefined: cannot be read, is over, or is too far
 */
export function nextDate(date, time, now) {
  if (!date.trim()) return null;
  const { starts, wrong } = whenOf({ date, time: time.trim() || "12:00", minutes: "", again: "once", times: "1" }, now);
  return wrong || !starts.length || starts[0] > now + YEAR_MS ? undefined : starts[0];
}
