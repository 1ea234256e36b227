// Rooms on this device: made or entered here, until they are forgotten. One list under one key; it holds no secret.
import { choice, createKeep } from "../keep.js";

/** @typedef {{room: string, title: string, host: boolean, at: number, starts?: number[], minutes?: number, over?: boolean, asked?: boolean,
 *   uid?: string}} Entry `at`: last time here; `asked`: the host was asked to keep the key; `uid`: the name of its dates in calendars */

const KEY = "rooms";
const MOST = 24;

/** The rooms of this device, the latest first. @returns {Entry[]} */
export function rooms() {
  const list = choice(KEY);
  return Array.isArray(list) ? list.filter((one) => one && typeof one.room === "string") : [];
}

/** @param {string} room @returns {Entry|null} */
export const known = (room) => rooms().find((one) => one.room === room) || null;

/**
 * Put a room on the list, or what is new of it; what is not said stays as it was.
 * @param {{room: string} & Partial<Entry>} part
 */
export function remember(part) {
  const all = rooms();
  const before = all.find((one) => one.room === part.room);
  /** @type {Entry} */
  const entry = { title: "", host: false, at: 0, ...before, ...part };
  const list = [entry, ...all.filter((one) => one.room !== part.room)].sort((a, b) => b.at - a.at);
  if (JSON.stringify(list) !== JSON.stringify(all)) choice(KEY, list.slice(0, MOST));
  return entry;
}

/** Nothing of this room stays on this device. @param {string} room */
export function forgetRoom(room) {
  const left = rooms().filter((one) => one.room !== room);
  choice(KEY, left.length ? left : null);
  for (const what of ["link", "key", "way", "had", "agree", "mute", "standin", "voice:put"]) choice(`${what}:${room}`, null);
  createKeep(room).forget();
}

/** The name that the dates of a room go by in calendars: random, and the same for each file from this device. @param {string} room */
export function calendarName(room) {
  const had = known(room);
  if (had && had.uid) return had.uid;
  const uid = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => `0${n.toString(16)}`.slice(-2)).join("");
  remember({ room, uid });
  return uid;
}

/**
 * The way into a room from the list. Whoever is known there needs no key; else it is the one that somebody said may lie here.
 * @param {string} room
 */
export function wayTo(room) {
  const cap = createKeep(room).self().token ? "" : choice(`key:${room}`);
  return `/r/${room}${cap ? `#${cap}` : ""}`;
}
