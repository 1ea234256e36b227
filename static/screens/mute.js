// Whose words this person does not want to read: a choice of this device, for this room, which nobody is told.
import { signal } from "../ui.js";
import { choice } from "../keep.js";

/** The room is in the address: this module may be there before the room is open. */
const KEY = `mute:${decodeURIComponent(location.pathname.split("/")[2] || "")}`;

/** Ids of those who are hidden from the side line. @type {import("../ui.js").Signal<string[]>} */
export const muted = signal(/** @type {string[]} */ (choice(KEY) || []));

/** @param {string} id @param {boolean} on */
export function mute(id, on) {
  muted.value = [...muted.value.filter((one) => one !== id), ...(on ? [id] : [])];
  choice(KEY, muted.value.length ? muted.value : null);
}
