// The wall as data: its columns, what lies on what, what stands where, and how much of it is on the page.

/* keys: notes keep drop try offers needs questions ideas headline picture said */
/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */
/** @typedef {{col: number, text: string, when?: string, where?: string, more?: string, by?: string, on?: number, to?: number, done?: boolean, hidden?: boolean}} Note */
/** @typedef {{notes: Note[], columns?: string, titles?: string[], hearts?: number[], dots?: number[], asked?: number, top?: number[][], phase?: string}} Room */
/** Places of notes, the one on top first. @typedef {number[]} Pile */

/** @type {Record<string, string[]>} */
const HEADS = { open: ["notes"], keep: ["keep", "drop", "try"], offers: ["offers", "needs"], questions: ["questions"], ideas: ["ideas"], front: ["headline", "picture", "said"] };

/** So many piles of a column are drawn at once. */
export const PAGE = 30;

/** What stands over the columns. @param {Room} room @param {T} t @returns {string[]} */
export const titles = (room, t) => (room.titles && room.titles.length ? room.titles : (HEADS[room.columns || "open"] || HEADS.open).map((key) => t(key)));

/** Can it be read? @param {Note} note @param {boolean} [hosting] hosts see what they have taken away */
export const stands = (note, hosting = false) => Boolean(note.text) && (hosting || !note.hidden);

/** All piles, answers apart. @param {readonly Note[]} notes @param {boolean} [hosting] @returns {Pile[]} */
export const piles = (notes, hosting = false) => {
  const found = new Map();
  notes.forEach((note, i) => {
    if (!stands(note, hosting) || note.to !== undefined) return;
    const root = note.on === undefined ? i : note.on;
    const pile = found.get(root) || [];
    if (i === root) pile.unshift(i);
    else pile.push(i);
    found.set(root, pile);
  });
  return [...found.values()].sort((a, b) => a[0] - b[0]);
};

/** Of a list of sums, what a pile has. @param {readonly number[]|undefined} sums @param {Pile} pile */
export const sum = (sums, pile) => pile.reduce((all, i) => all + ((sums && sums[i]) || 0), 0);

/** Piles by column; once the dots are counted, the most dotted first. @param {Room} room @param {number} count of columns @param {boolean} [hosting] @returns {Pile[][]} */
export const columns = (room, count, hosting = false) => {
  const all = piles(room.notes, hosting);
  return Array.from({ length: count }, (_, col) => {
    const here = all.filter((pile) => Math.min(room.notes[pile[0]].col, count - 1) === col);
    return room.dots ? here.map((pile, at) => ({ pile, at, dots: sum(room.dots, pile) })).sort((a, b) => b.dots - a.dots || a.at - b.at).map(({ pile }) => pile) : here;
  });
};

/** What was answered to a question. @param {Room} room @param {number} i @returns {number[]} */
export const answers = (room, i) => room.notes.map((note, j) => (note.to === i && stands(note) ? j : -1)).filter((j) => j >= 0);

/** The next question that has not been open yet: the most wished for, else the first. @param {Room} room @returns {number} or -1 */
export const nextQuestion = (room) => {
  const open = piles(room.notes).filter(([i]) => !room.notes[i].done && i !== room.asked);
  const wish = (/** @type {Pile} */ pile) => sum(room.dots, pile) * 1000 + sum(room.hearts, pile);
  return open.reduce((best, pile) => (!best.length || wish(pile) > wish(best) ? pile : best), /** @type {Pile} */ ([]))[0] ?? -1;
};

/** The list of the scoring, as far as it can still be read. @param {Room} room @returns {{i: number, text: string, sum: number, count: number}[]} */
export const ranked = (room) => (room.top || []).filter(([i]) => room.notes[i] && stands(room.notes[i]))
  .map(([i, total, count]) => ({ i, text: room.notes[i].text, sum: total, count }));

/** Which way a finger went over the columns: 1 to the next one, -1 back, 0 neither. @param {number} dx @param {number} dy @param {boolean} rtl */
export const swipe = (dx, dy, rtl) => (Math.abs(dx) < 60 || Math.abs(dx) < 2 * Math.abs(dy) ? 0 : (dx < 0) !== rtl ? 1 : -1);

/** The places of my own notes. @param {Room} room @param {any} own @param {string} me */
export const mine = (room, own, me) => new Set([...((own && own.notes) || []), ...room.notes.map((note, i) => (note.by === me ? i : -1))]);

/** What is written on a note, in one line. @param {Note} note */
export const line = ({ text, when, where, more }) => [text, when, where, more].filter(Boolean).join(" · ");

/** Which column a wall begins with: the first; one that is only looked at, the first in which something hangs. @param {Room} room @param {number} count @param {boolean} ended @returns {number} */
export const first = (room, count, ended) => (ended ? Math.max(0, columns(room, count).findIndex((col) => col.length > 0)) : 0);
