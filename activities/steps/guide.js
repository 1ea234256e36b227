// What one person sees of a sequence at a moment: which step is theirs, what comes next, how long it lasts.
import { moment, passed, stepOf, times } from "./moment.js";

/** @typedef {any} Props what the shell hands to a kind */
/**
 * @typedef {{at: number, many: number, step: number, next: number, left: number, ms: number, section: number, own: boolean}} Now
 * `at` the room's moment, -1 before the first; `step` mine: -1 while others begin, `many` when mine are over; `next` the one after it;
 * `left` ms of this moment; `ms` its whole length; `own`: at my own pace, without a clock
 */

/** Sequences of moves, which have a seated and a lying form. */
export const MOVING = ["rain", "stretch", "follow"];

/** My section of the wave, from 0. @param {Props} props */
export const sectionOf = ({ room, own }) => ((own && own.place) || 0) % Math.max(1, room.sections || 1);

/** @param {Props} props @param {number} [section] of the big screen: whose step is asked for @returns {Now} */
export const read = (props, section = sectionOf(props)) => {
  const { room, own, now } = props;
  const many = room.steps.length;
  if (!room.clock) {
    const at = Math.min(many, (own && own.at) || 0);
    return { at, many, step: at, next: at + 1, left: 0, ms: 0, section: 0, own: true };
  }
  const each = times(room);
  const [at, left] = moment(each, passed(room.clock, now()));
  const step = at < 0 ? -1 : stepOf(at, section, many);
  return { at, many, step, next: step + 1, left, ms: each[at] || 0, section, own: false };
};

/** The part of the clock that is this step's, as a clock of its own. @param {Props} props @param {Now} it */
export const tapeOf = ({ room }, it) => {
  const each = times(room);
  if (!room.clock || it.at < 0 || it.at >= each.length) return null;
  const still = room.clock.left === undefined ? {} : { left: it.left };
  return { at: each.slice(0, it.at).reduce((sum, ms) => sum + ms, room.clock.at), ms: it.ms, ...still };
};

/** What a step is called. @param {Props} props @param {number} i */
export const nameOf = ({ room, options, t }, i) => {
  const id = (room.steps[i] || [""])[0];
  return options.sequence === "own" ? room.texts[i] || "" : options.sequence === "blue" ? t(`call.${id.slice(1)}`)
    : options.sequence === "senses" ? t(`senses.${id}`) : options.sequence === "welcome" ? t(`welcome.${i}`) : id ? t(`move.${id}`) : "";
};

/** What goes along with it, "" for nothing. @param {Props} props @param {number} i */
export const storyOf = ({ options, room, t }, i) => (options.sequence === "rain" ? t(`rain.${i}`) : options.sequence === "stretch" ? t(`slow.${i}`)
  : options.sequence === "senses" ? t(`more.${room.steps[i][0]}`) : options.sequence === "welcome" ? t(`more.welcome.${i}`) : "");

/** The step for whoever sits or lies, "" where there is nothing else to say. @param {Props} props @param {number} i @param {string} form */
export const formOf = ({ options, room, t }, i, form) => {
  const id = (room.steps[i] || [""])[0];
  return !MOVING.includes(options.sequence) || !id ? "" : form === "seated" ? t(`move.${id}.seated`) : form === "lying" ? t(`lying.${id}`) : "";
};
