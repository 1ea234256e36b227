// A round as a page of a zine: what was written and brought, and the chain of moves as a picture. Names only of who ticked it.
import { MOVES } from "../../static/parts/moves.js";
import { standing } from "./order.js";

/* keys: move.* */
/** @type {{[ink: string]: string}} */
const INKS = { p: "#6892fe", q: "#ffce32", k: "#231b2e" };
const COLUMNS = 6, CELL = 60;

/** The moves as cards in rows. @param {readonly string[]} moves */
export const cards = (moves) => {
  const rows = Math.ceil(moves.length / COLUMNS);
  const drawn = moves.map((id, i) => `<g transform="translate(${6 + CELL * (i % COLUMNS)} ${6 + CELL * Math.floor(i / COLUMNS)})"><path fill="#fff6e4" d="M-5-3 51-5 53 51-3 53z"/>${
    (MOVES[id] || []).map(([ink, d]) => `<path fill="${INKS[ink.charAt(0)]}" d="${d}"/>`).join("")}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CELL * COLUMNS} ${CELL * rows}">${drawn.join("")}</svg>`;
};

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, t, names, most }) => {
  const moves = standing(room.chain).map((one) => one.text);
  const svg = moves.length ? cards(moves) : "";
  return {
    svg: svg.length <= most ? svg : "",
    lines: [...[...standing(room.brought), ...standing(room.said)].map((one) => ({ text: one.text, by: names[one.by] || "" })),
      ...moves.map((id) => ({ text: t(`move.${id}`) }))],
  };
};
