// A prompt as a page of a zine: what was written, in the order in which it came. A name stands there only if its owner ticked it.
import { standing } from "./list.js";

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, names }) => ({
  svg: "",
  lines: standing(room).map(({ title, who, by }) => ({ text: title, more: who, by: names[by] || "" })),
});
