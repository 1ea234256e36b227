// Questions to the room that do not go over its line: links, keys, codes.
import { signal } from "../ui.js";
import { current } from "./session.js";

/** @typedef {import("./ways.js").Reach} Reach */

/**
 * Asked with one's own seat; refused: rejects with {code}. @param {"POST"|"DELETE"} method @param {string} what below the room
 * @param {object} [body] @returns {Promise<any>}
 */
export function ask(method, what, body) {
  const { room, keep } = current();
  /** @type {Record<string, string>} */
  const headers = { Authorization: `Bearer ${keep.self().token || ""}` };
  if (body) headers["Content-Type"] = "application/json";
  return fetch(`/api/rooms/${room}/${what}`, { method, headers, body: body ? JSON.stringify(body) : null })
    .then((answer) => (answer.status === 204 ? null : answer.json().then((said) => (answer.ok ? said : Promise.reject(said)))));
}

/** Where others can open this room; null until it is known. @type {import("../ui.js").Signal<Reach|null>} */
export const reach = signal(/** @type {Reach|null} */ (null));
let asked = false;

/** Find out, once a page. Without an answer the page goes by its own address. */
export function findReach() {
  if (asked) return;
  asked = true;
  const none = { base: "", local: false, lan: [] };
  fetch("/api/reach").then((answer) => (answer.ok ? answer.json() : none)).catch(() => none)
    .then((/** @type {Reach} */ found) => { reach.value = { ...none, ...found }; });
}
