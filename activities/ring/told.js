// A ring as data: what lies before me, where the replay is, and each piece in words. Pure.

/* keys: p.* */
/** @typedef {{t?: string, m?: any[], x?: number[], by?: string, to?: string, off?: boolean}} Piece */
/** @typedef {any} Props what the shell hands to a kind */

/** As long as replay.EACH_MS. */
export const EACH_MS = 7000;
export const TEXT = 140, ALT = 80, MOST = 5;
/** A draft goes out this often at the most, and once more so long before the clock rings. */
export const DRAFT_MS = 2000, LAST_MS = 1500, SOON_MS = 300;
/** The pictures of a story; state holds the place in this list. */
export const PICTURES = [
  "sun", "moon", "star", "rain", "wave", "fire", "tree", "flower", "house", "door", "key", "road",
  "bike", "boat", "person", "friends", "hand", "heart", "bird", "fish", "bread", "cup", "note", "letter",
];

/** Where the replay is now: chain and piece. @param {any} room @param {number} now log time @returns {{c: number, p: number}} */
export const placeOf = (room, now) => {
  const { at, chains = [] } = room;
  if (!at || !chains[at.c]) return { c: 0, p: 0 };
  const on = at.run ? Math.max(0, Math.floor((now - at.since) / EACH_MS)) : 0;
  return { c: at.c, p: Math.max(0, Math.min(chains[at.c].length - 1, at.p + on)) };
};

/** Ms until its next piece; 0 when it rests. @param {any} room @param {number} now */
export const restOf = (room, now) => {
  const { at, chains = [] } = room;
  if (!at || !at.run || !chains[at.c] || placeOf(room, now).p >= chains[at.c].length - 1) return 0;
  const passed = now - at.since;
  return passed < 0 ? EACH_MS - passed : EACH_MS - (passed % EACH_MS);
};

/** When a draft may go out: ms from now. @param {number} sent when the last one went @param {number} now */
export const dueIn = (sent, now) => Math.max(0, Math.min(DRAFT_MS, sent + DRAFT_MS - now));

/** Words of a piece, for the ear and for a copy. @param {Piece} piece @param {(key: string, args?: any) => string} t */
export const wordsOf = ({ t: text = "", m, x }, t) => {
  if (x) return x.map((i) => t(`p.${PICTURES[i]}`)).join(", ");
  if (m) return text ? t("drawn", { text }) : t("drawn.only");
  return text;
};

/** Chains as they may be seen: what a host took off is not there, and a chain without a piece neither. @param {any} room @returns {Piece[][]} */
export const seen = (room) => ((room.chains || [])).map((/** @type {Piece[]} */ chain) => chain.filter((piece) => !piece.off)).filter((/** @type {Piece[]} */ chain) => chain.length);

/** Nobody's, or somebody's name. @param {string|undefined} id @param {any} people */
export const nameOf = (id, people) => (id && people && people[id] ? people[id].name : "");

/** How far a strip of a ring stands from the edge: 0 to 1, an arc over all of them. @param {number} i @param {number} count */
export const bow = (i, count) => (count < 2 ? 0 : 1 - Math.sin((Math.PI * i) / (count - 1)));
