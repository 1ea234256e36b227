// What is asked and what was chosen, as data.

/** @typedef {(key: string, args?: any) => string} T */
/** @typedef {any} Props what the shell hands to a kind */

/** "Which one: wings / fins" is a question and two choices; the question may be missing, and the mark may be a bar. @param {string} text
 * @returns {{head: string, choices: string[]}} */
export const split = (text) => {
  const found = /^(?:([^/|]+?[?؟:])\s+)?([^/|]+?) [/|] ([^/|]+)$/.exec(text);
  if (!found) return { head: text, choices: [] };
  return { head: (found[1] || "").replace(/\s*:$/, ""), choices: [found[2].trim(), found[3].trim()] };
};

/** The question of this round, as it is written. @param {Props} props */
export const asked = ({ room, options, card }) => {
  const deck = (card && card.deck) || [];
  if (room.round && deck.length) return deck[((options.prompt || 0) + room.round) % deck.length];
  return options.text || (card && card.prompt) || "";
};

/** Is there another question to go on to? @param {Props} props */
export const goesOn = ({ card }) => Boolean(card && card.deck && card.deck.length > 1);

const PAIRED = ["either", "spectrum"];

/** What one can choose, or the two ends of the line. @param {Props} props @returns {string[]} */
export const choices = (props) => {
  const { t, room, options } = props;
  if (room.choices && room.choices.length) return room.choices;
  if (!PAIRED.includes(options.form)) return [t("c.0"), t("c.1"), t("c.2")];
  const found = split(asked(props)).choices;
  return found.length ? found : options.form === "either" ? [t("p.0"), t("p.1")] : [t("e.0"), t("e.1")];
};

/** The title of the page. @param {Props} props */
export const title = (props) => {
  const { t, room, options } = props;
  const text = asked(props);
  const bare = PAIRED.includes(options.form) && !(room.choices && room.choices.length) ? split(text).head : text;
  return bare || t(`ask.${options.form}`, { goal: options.goal });
};

/** Dots of a line that stand, as how many at each of its 21 places. @param {readonly number[]} dots */
export const places = (dots) => {
  const out = new Array(21).fill(0);
  for (const at of dots) if (at >= 0) out[Math.min(20, Math.round(at / 5))] += 1;
  return out;
};

/** How many stand near the first end, between, and near the second. @param {readonly number[]} dots @returns {[number, number, number]} */
export const thirds = (dots) => {
  const all = dots.filter((at) => at >= 0);
  const [a, c] = [all.filter((at) => at <= 33).length, all.filter((at) => at >= 67).length];
  return [a, all.length - a - c, c];
};

/** How long a bar is, in hundredths of the longest. @param {number} n @param {readonly number[]} sums */
export const length = (n, sums) => Math.round(100 * n / Math.max(1, ...sums));

/** All of it in a sentence. @param {Props} props */
export const gist = (props) => {
  const { t, room } = props;
  if (room.dots) {
    if (!room.dots.length) return t("empty");
    const [a, b, c] = thirds(room.dots);
    const [one, two] = choices(props);
    return t("spread", { one, two, a, b, c });
  }
  return choices(props).map((choice, i) => t("item", { choice, n: (room.sums || [])[i] || 0 })).join(t("list.sep"));
};
