// What the big screen knows beside the room itself.
import { signal } from "../ui.js";

/** Why it cannot show the room, as the key of a sentence; "" while it can. */
export const nokey = signal("");
/** The join secret that this tab came with. */
export const way = signal("");
/** How many join links had been made when that one was last let in; -1: not yet known. */
export const valid = signal(-1);
/** Is the way in recalled over the activity? */
export const recall = signal(false);
/** This browser cannot keep the screen on. */
export const hint = signal(false);
/** The activity fills the page and has no masthead. */
export const full = signal(false);
