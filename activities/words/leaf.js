// Words as a page of a zine: each once, with how often it came. A name stands there only if its owner signed and ticked it.
import { cloud, standing, step } from "./told.js";

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, names, options }) => {
  const list = standing(room);
  if (options.show === "cloud") {
    const all = cloud(list);
    const top = all.length ? all[0].n : 1;
    return { svg: "", look: "cloud", lines: all.map(({ text, n, by }) => ({ text: n > 1 ? `${text} × ${n}` : text, size: step(n, top, text), by: (by && names[by]) || "" })) };
  }
  return { svg: "", lines: list.map(({ text, by }) => ({ text, by: (by && names[by]) || "" })) };
};
