// A spoken code as it was heard and typed. Pure.

export const LETTERS = 8;
/** Letters that look like figures are not among those that are said. */
const ALIKE = /** @type {{[c: string]: string}} */ ({ o: "0", i: "1", l: "1" });

/** Capitals, gaps and dashes do not matter. @param {string} text */
export const codeOf = (text) => text.normalize("NFKC").toLowerCase().replace(/[^0-9a-z]/g, "").replace(/[oil]/g, (c) => ALIKE[c]);
