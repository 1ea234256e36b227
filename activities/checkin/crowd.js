// Many dots in little space, and what is asked: pure functions.

/** @typedef {{x: number, y?: number, name?: string, off?: boolean}} Dot */

/**
 * Dots over a line, as sand falls: each into its own column, or, where that is full, into the nearest one that is not. Mine (`lift`) stands at the
 * foot of its column.
 * @param {readonly {x: number}[]} dots @param {number} [columns] @param {number} [rows] at most so high @param {number} [lift] which one is mine, or -1
 * @returns {{column: number, row: number}[]} by dot
 */
export const pile = (dots, columns = 21, rows = 12, lift = -1) => {
  const high = Math.max(rows, Math.ceil(dots.length / columns));
  const filled = new Array(columns).fill(0);
  /** @type {{column: number, row: number}[]} */
  const out = new Array(dots.length);
  const order = dots.map((_, i) => i).sort((a, b) => Number(b === lift) - Number(a === lift) || Math.abs(dots[a].x - 50) - Math.abs(dots[b].x - 50) || a - b);
  for (const i of order) {
    const home = Math.round(dots[i].x * (columns - 1) / 100);
    let column = home;
    for (let off = 1; filled[column] >= high; off += 1) {
      for (const next of [home - off, home + off]) if (filled[column] >= high && next >= 0 && next < columns) column = next;
    }
    out[i] = { column, row: filled[column] };
    filled[column] += 1;
  }
  return out;
};

/**
 * Dots on a picture, moved a little apart where they lie over one another, so that each can be seen. The one that is `still` stays.
 * @param {readonly {x: number, y: number}[]} dots in hundredths @param {number} apart the least distance that is tried for @param {number} [still]
 * @returns {{x: number, y: number}[]} not rounded
 */
export const spread = (dots, apart, still = -1) => {
  const out = dots.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < 14; round += 1) {
    let moved = false;
    for (let a = 0; a < out.length; a += 1) {
      for (let b = a + 1; b < out.length; b += 1) {
        let dx = out[b].x - out[a].x, dy = out[b].y - out[a].y;
        if (Math.abs(dx) >= apart || Math.abs(dy) >= apart) continue;
        let far = Math.hypot(dx, dy);
        if (far >= apart) continue;
        if (far < 0.01) {
          // On one spot: away from it in a direction that each pair has for itself.
          const turn = (a * 7 + b * 13) % 16 * Math.PI / 8;
          dx = Math.cos(turn);
          dy = Math.sin(turn);
          far = 1;
        }
        const push = (apart - Math.min(far, apart)) / (a === still || b === still ? 1 : 2) || apart / 2;
        const px = dx / far * push, py = dy / far * push;
        if (a !== still) { out[a].x -= px; out[a].y -= py; }
        if (b !== still) { out[b].x += px; out[b].y += py; }
        moved = true;
      }
    }
    for (let i = 0; i < out.length; i += 1) {
      if (i === still) continue;
      out[i].x = Math.max(2, Math.min(98, out[i].x));
      out[i].y = Math.max(2, Math.min(98, out[i].y));
    }
    if (!moved) break;
  }
  return out;
};

/** "How are you? | tired | awake" is a question and two ends; the question may be missing, and so may the ends. @param {string} text
 * @returns {{head: string, ends: string[]}} */
export const ends = (text) => {
  const parts = text.split("|").map((part) => part.trim()).filter(Boolean);
  if (parts.length < 2) return { head: parts[0] || "", ends: [] };
  return { head: parts.length > 2 ? parts[0] : "", ends: parts.slice(-2) };
};

/** What the host, else the card, asks. @param {any} props */
export const asked = ({ options, card }) => options.text || (card && card.prompt) || "";

/**
 * What is called in this round: the host's words, else the card's, else one of ours (-1: none of ours). @param {any} props
 * @param {number} [round] @param {string} [own] @returns {{text: string, ours: number}}
 */
export const called = (props, round = props.room.round, own = props.room.text) => {
  const deck = (props.card && props.card.deck) || [];
  const first = round === 0 ? asked(props) : "";
  const text = own || first || (deck.length ? deck[((props.options.prompt || 0) + round) % deck.length] : "");
  return { text, ours: text ? -1 : round % 8 };
};

/**
 * Dots as they are at this moment: what moves stands where it is seen, not where it rested last. My own dot is moved by nobody else, and where
 * two say that they move the same one, nobody does.
 * @param {readonly Dot[]} dots @param {{[member: string]: {[key: string]: any}}} lives @param {string} me @param {number} mine my place in the list, or -1
 * @returns {Dot[]} those that moved before they ever rested stand behind the list
 */
export const seen = (dots, lives, me, mine) => {
  const out = dots.slice();
  /** @type {{[i: number]: number}} */
  const times = {};
  const moved = Object.keys(lives).filter((id) => id !== me && lives[id] && lives[id].dot).map((id) => lives[id].dot);
  for (const { i } of moved) times[i] = (times[i] || 0) + 1;
  for (const { i, x, y } of moved) {
    if (i === -1) out.push({ x, y });
    else if (i !== mine && times[i] === 1 && out[i] && i < dots.length && !out[i].off) out[i] = { ...out[i], x, y };
  }
  return out;
};
