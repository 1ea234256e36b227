// A wall as a page of a zine: what hung, column by column, piles together; the list of the scoring first, if there was one.
// A name stands there only if its owner ticked it.
import { columns, line, ranked, sum, titles, answers } from "./board.js";

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, t, names }) => {
  const heads = titles(room, t);
  /** @param {number} i @param {string} more */
  const leaf = (i, more) => ({ text: line(room.notes[i]), more, by: names[room.notes[i].by] || "" });
  const list = ranked(room);
  /** @type {{text: string, more?: string, by?: string, head?: boolean}[]} */
  const lines = list.map(({ i, text, sum: all, count }) => ({ text, more: t("top.sum", { sum: all, count }), by: names[room.notes[i].by] || "" }));
  columns(room, heads.length).forEach((piles, col) => {
    const from = lines.length;
    piles.forEach((pile) => pile.forEach((i, n) => {
      if (list.some((one) => one.i === i)) return;
      const dots = n ? 0 : sum(room.dots, pile);
      lines.push(leaf(i, dots ? t("dots", { count: dots }) : ""));
      for (const j of answers(room, i)) lines.push(leaf(j, t("answers")));
    }));
    if (heads.length > 1 && lines.length > from) lines.splice(from, 0, { text: heads[col], head: true });
  });
  return { svg: "", lines, look: "notes" };
};
