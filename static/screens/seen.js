// How far this tab has read the side line, and whether it wants to be told of it. Gone with the tab.
import { effect, signal } from "../ui.js";
import { current } from "./session.js";

// Under the name of the room, so that it goes when the room is forgotten.
const key = () => `jam:${current().room}:line`;

/** @returns {{seen: number, ear: boolean}} */
function read() {
  try {
    return { seen: 0, ear: true, ...JSON.parse(sessionStorage.getItem(key()) || "{}") };
  } catch (_) {
    return { seen: 0, ear: true };
  }
}

/** `seen`: the last id that was on the screen; `ear`: say when there is something new. */
export const look = signal(read());

effect(() => {
  try {
    sessionStorage.setItem(key(), JSON.stringify(look.value));
  } catch (_) { /* then it holds for this page */ }
});
