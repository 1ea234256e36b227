// The wall from far away, page after page: how many pieces stand on one.

/** How many lines of words stand below a piece. @param {any} piece @param {number} line so many characters are one */
export const lines = ({ text = "", year = 0, name = "" }, line) => Math.ceil([...text].length / line) + (year ? 1 : 0) + (name ? 1 : 0);
/**
 * How many pieces stand on a page: fewer where there are words to read. @param {string} mode @param {number} most lines of words
 * @param {boolean} wide
 */
export const many = (mode, most, wide) => (mode === "parts" ? (wide ? 5 : 3) : !most ? (wide ? 8 : 6) : most < 3 ? (wide ? 6 : 4) : wide ? 3 : 2);

/** The most lines below any of these. @param {readonly any[]} list @param {number} line */
export const most = (list, line) => Math.max(0, ...list.map((piece) => lines(piece, line)));
/** All of them in pages: one long text makes only its own page smaller. @param {readonly any[]} all @param {string} mode @param {number} line @param {boolean} wide */
export const paged = (all, mode, line, wide) => {
  const pages = [];
  for (let from = 0; from < all.length; from += pages[pages.length - 1].length) {
    const few = many(mode, most(all, line) && 1, wide);
    pages.push(all.slice(from, from + (most(all.slice(from, from + few), line) > 2 ? many(mode, 3, wide) : few)));
  }
  return pages;
};
