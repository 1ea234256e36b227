// The paper to colour as data: 12 x 8 pieces, each one person's ink, cut and turned. Pure.

export const COLUMNS = 12;
export const ROWS = 8;
/** So many ways a piece lies; one more touch lifts it, as in the room's own rules. */
const TURNS = 3;
/** Four cuts of a piece, in a square of 20. */
export const CUTS = ["M0 0H20A20 20 0 0 1 0 20z", "M0 0A20 20 0 0 1 20 20A20 20 0 0 1 0 0z", "M0 0H20L10 10 20 20H0z", "M0 0L20 20H0z"];

/** Which cut and how it lies before anyone has touched it: the pattern of the paper. @param {number} cell */
export const cutOf = (cell) => {
  const x = cell % COLUMNS, y = Math.floor(cell / COLUMNS);
  return { cut: (x * 3 + y * 5 + Math.floor(x / 3) + Math.floor(y / 2)) % CUTS.length, turn: (x + 2 * y) % 4 };
};

/** What a touch makes of a piece; null lifts it. @param {number|undefined} lies @param {number} ink */
export const dabbed = (lies, ink) => (lies === undefined || Math.floor(lies / 4) !== ink ? ink * 4 : lies % 4 < TURNS - 1 ? lies + 1 : null);

/** How much is coloured, with how many inks. @param {{[cell: string]: number}} paper */
export const sumOf = (paper) => {
  const all = Object.keys(paper).map((cell) => Math.floor(paper[cell] / 4));
  return { count: all.length, inks: new Set(all).size };
};

/** Where a key leads, -1 for a key that is not ours. @param {string} key @param {number} at @param {boolean} rtl */
export const keyTo = (key, at, rtl) => {
  const x = at % COLUMNS, y = Math.floor(at / COLUMNS), side = rtl ? -1 : 1;
  /** @type {{[key: string]: [number, number]}} */
  const ways = { ArrowRight: [x + side, y], ArrowLeft: [x - side, y], ArrowDown: [x, y + 1], ArrowUp: [x, y - 1],
    Home: [0, y], End: [COLUMNS - 1, y] };
  const to = Object.prototype.hasOwnProperty.call(ways, key) ? ways[key] : null;
  return to ? Math.max(0, Math.min(ROWS - 1, to[1])) * COLUMNS + Math.max(0, Math.min(COLUMNS - 1, to[0])) : -1;
};
