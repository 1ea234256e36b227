// Where a song is: a pure function of log time. One moment lasts one beat of the room; an echo has two a line.

/** @typedef {any} Props what the shell hands to a kind */
export const LEAD_MS = 5000, BEAT_MS = 1000, BEATS = 4;

/** Ms since the first moment began, below 0 before. @param {{at: number, ms: number, left?: number}} clock @param {number} now */
export const passed = (clock, now) => (clock.left === undefined ? now - clock.at : clock.ms - clock.left);

/**
 * The moment and how long it still lasts: -1 before the first, as many as there are after the last.
 * @param {{clock: any, beat: number}} room @param {number} now @returns {{at: number, left: number, many: number}}
 */
export const place = ({ clock, beat }, now) => {
  const many = Math.round(clock.ms / beat);
  const gone = passed(clock, now);
  if (gone < 0) return { at: -1, left: -gone, many };
  const at = Math.min(many, Math.floor(gone / beat));
  return { at, left: at < many ? (at + 1) * beat - gone : 0, many };
};

/** Whose turn a moment of an echo is, and of which line. @param {number} at */
export const echoOf = (at) => ({ line: Math.max(0, Math.floor(at / 2)), yours: at >= 0 && at % 2 === 1 });

/** How many of the four beats before a moment have come, and ms until the next one (0: none). @param {number} rest ms until the moment */
export const beatsOf = (rest) => {
  if (rest <= 0) return { beat: BEATS + 1, left: 0 };
  const beat = Math.max(0, Math.min(BEATS, BEATS + 1 - Math.ceil(rest / BEAT_MS)));
  return { beat, left: beat ? rest - (BEATS - beat) * BEAT_MS : rest - BEATS * BEAT_MS };
};

/**
 * The lines a room sings, null until they have come: pasted ones, or those of the song in its own tongue.
 * @param {any} room @param {string} form @param {any} book the songs of that tongue
 */
export const sung = (room, form, book) => {
  if (room.words.length) return { title: "", lines: room.words };
  if (!book) return null;
  if (form === "echo") return { title: "", lines: book.echo };
  return book.songs[room.song[1]] || book.songs[0];
};

/** The text to paste, as the server counts it. @param {string} text */
export const pasted = (text) => {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  return { count: lines.length, fit: lines.length > 0 && lines.length <= 80 && [...text.normalize("NFC").trim()].length <= 4000 };
};
