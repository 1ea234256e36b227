// Dates of a room: what was typed as points in time, what comes again, and until when a room and its contents stay.
// Pure; everything is in the zone of this device, as whoever types means it.

export { KEPT, UNUSED, life, upcoming } from "./erased.js";

/** @typedef {{starts: number[], minutes: number}} Dated */
/** @typedef {{date: string, time: string, minutes: string, again: string, times: string}} Typed */

const DAY = 86400000;
/** What a host may choose for the contents, ms. */
export const KEPT_CHOICES = [3600000, DAY, 3 * DAY, 7 * DAY];
/** Planned lengths to choose from, minutes. */
export const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240];
/** So far ahead a date can be. */
const AHEAD = 366 * DAY;
/** How often again. */
export const STEPS = ["once", "week", "fortnight", "month"];
export const MOST = 12;

/** Arabic and Persian figures as plain ones, so that each keyboard can type a date. @param {string} text */
const plain = (text) => text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (sign) => String(sign.charCodeAt(0) & 15)).trim();

/**
 * A day: as the browser's own field gives it (2026-11-26), or typed as day, month, year. Null when there is no such day.
 * @param {string} text @returns {[year: number, month: number, day: number]|null} month 1 to 12
 */
export function parseDate(text) {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain(text));
  const typed = /^(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4})$/.exec(plain(text));
  const parts = found ? found.slice(1) : typed ? typed.slice(1).reverse() : null;
  if (!parts) return null;
  const [year, month, day] = parts.map(Number);
  const is = new Date(year, month - 1, day);
  return is.getFullYear() === year && is.getMonth() === month - 1 && is.getDate() === day ? [year, month, day] : null;
}

/** An hour: 19:30, 19h30, 19.30, 19h, 7:30 pm. @param {string} text @returns {[hour: number, minute: number]|null} */
export function parseTime(text) {
  const found = /^(\d{1,2})(?:\s*[:h.]\s*(\d{2})?)?(?::\d{2})?\s*(?:([ap])\.?\s*m\.?)?$/i.exec(plain(text));
  if (!found) return null;
  const half = (found[3] || "").toLowerCase();
  const typed = Number(found[1]), minute = Number(found[2] || 0);
  if (half && (typed < 1 || typed > 12)) return null;
  const hour = half ? typed % 12 + (half === "p" ? 12 : 0) : typed;
  return hour < 24 && minute < 60 ? [hour, minute] : null;
}

/** The same weekday of the month, so many months on: the third Thursday stays one, the fifth becomes the last. @param {Date} first @param {number} on */
function monthly(first, on) {
  const which = Math.floor((first.getDate() - 1) / 7);
  const month = new Date(first.getFullYear(), first.getMonth() + on, 1);
  const day = 1 + (first.getDay() - month.getDay() + 7) % 7 + which * 7;
  const last = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
  return new Date(month.getFullYear(), month.getMonth(), day > last ? day - 7 : day, first.getHours(), first.getMinutes()).getTime();
}

/**
 * All dates of a series, at the same hour on the clock, whether or not it was put forward in between.
 * @param {number} first ms @param {string} step one of STEPS @param {number} times
 */
export function series(first, step, times) {
  const one = new Date(first);
  const many = step === "once" ? 1 : Math.max(1, Math.min(MOST, times));
  const days = step === "fortnight" ? 14 : 7;
  return Array.from({ length: many }, (_, i) => (step === "month" ? monthly(one, i)
    : new Date(one.getFullYear(), one.getMonth(), one.getDate() + i * days, one.getHours(), one.getMinutes()).getTime()));
}

/**
 * What was typed as dates; no day and no hour is no date. `wrong` names the field that cannot be read, or says "past" or "far".
 * @param {Typed} typed @param {number} now ms @returns {Dated & {wrong?: "date"|"time"|"past"|"far"}}
 */
export function whenOf({ date, time, minutes, again, times }, now) {
  const none = { starts: [], minutes: 0 };
  if (!date.trim() && !time.trim()) return none;
  const day = parseDate(date), hour = parseTime(time);
  if (!day) return { ...none, wrong: "date" };
  if (!hour) return { ...none, wrong: "time" };
  const first = new Date(day[0], day[1] - 1, day[2], hour[0], hour[1]).getTime();
  if (first < now - 3600000) return { ...none, wrong: "past" };
  const starts = series(first, again || "once", Number(times) || 1);
  if (starts[starts.length - 1] > now + AHEAD) return { ...none, wrong: "far" };
  return { starts, minutes: Number(minutes) || 60 };
}

/** A point in time as the fields take it. @param {number} ms */
export function typedOf(ms) {
  const at = new Date(ms);
  const two = (/** @type {number} */ n) => `0${n}`.slice(-2);
  return { date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** How dates that are there would be typed: what comes again, and how often. @param {readonly number[]} starts @returns {{again: string, times: string}} */
export function shapeOf(starts) {
  const many = starts.length;
  const step = many < 2 || many > MOST ? undefined
    : STEPS.find((one) => series(starts[0], one, many).every((ms, i) => Math.abs(ms - starts[i]) < 60000) && one !== "once");
  return { again: step || "once", times: String(Math.max(2, Math.min(MOST, many))) };
}
