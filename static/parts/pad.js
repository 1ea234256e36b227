// A small paper of one's own: draw, rub out, take back, by finger, mouse or keys. It is fetched with the first one.
//
// <${Pad} marks=${[[ink, width, shape, points], ...]} ink=${0..11} label="..." t=${t} onMark=${(mark) => ...} onUndo=${() => ...} />
// `onMark` is given [ink, width, shape, points]; the kind puts it behind its marks, by a guess at once. `onUndo` takes the last one back.
// `off`: only to look at · `blind`: nothing of one's own is seen while one draws, only how many strokes there are
// `under`: marks of nobody that lie there from the start · `part`: "top", "middle" or "bottom" of something that goes on at its edges
import { html } from "../ui.js";
import { looks } from "./drawing.js";
import { late } from "./late.js";

/** @typedef {import("./drawing.js").Mark} Mark */

const blank = () => html`<div class="pad"><span class="drawn-wait" aria-hidden="true"></span></div>`;

/**
 * @type {(props: {marks: readonly Mark[], ink: number, label: string, t: (key: string, args?: any) => string, onMark: (mark: Mark) => void,
 *   onUndo: () => void, off?: boolean, blind?: boolean, under?: readonly Mark[], part?: string, id?: string}) => any}
 */
export const Pad = late(() => Promise.all([import("./sketch.js"), looks(), import("./drawn.js"), import("./stroke.js")]).then(([module]) => module.Sketch), blank);
