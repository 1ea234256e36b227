// Groups, as data: who is with whom, which prompt this round has, and who asks in a clinic.

/** @typedef {{by: string, text: string}} Line */

/** Group -> its people, in a fixed order. @param {{[who: string]: string}|undefined} team @returns {[t: string, who: string[]][]} */
export const groups = (team = {}) => {
  /** @type {{[t: string]: string[]}} */
  const found = {};
  Object.keys(team).sort().forEach((who) => { (found[team[who]] = found[team[who]] || []).push(who); });
  return Object.keys(found).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).map((t) => [t, found[t]]);
};

/** Names in a row, each in its own direction. @param {string[]} who @param {any} people @param {string} lang */
export const named = (who, people, lang) => who.filter((id) => people[id]).map((id) => `\u2068${people[id].name}\u2069`).join(lang === "ar" ? "، " : ", ");

/** Whom I am with. @param {any} props @returns {string[]} */
export const mates = ({ room, me }) => {
  const t = (room.team || {})[me.id];
  return t ? Object.keys(room.team).filter((id) => id !== me.id && room.team[id] === t).sort() : [];
};

/** What is asked in this round: the host's own words, else the card's deck goes on by one with each round. @param {any} props @returns {string} */
export const prompt = ({ options, card, room, t }) => {
  if (options.text) return options.text;
  const deck = card && card.deck;
  if (deck && deck.length && options.rounds > 1) return deck[((options.prompt || 0) + Math.max(0, room.round - 1)) % deck.length];
  return (card && card.prompt) || t(`ask.${options.form}`);
};

/** In a clinic: which part it is, whose turn, and is it mine. @param {any} room @param {{order?: string[]}|undefined} ours @param {string} me */
export const turn = (room, ours, me) => {
  const part = room.stage % 3;
  const who = ((ours && ours.order) || [])[Math.floor(room.stage / 3)] || "";
  return { part, who, my: who === me };
};

/** What has been written in my group since I came. @param {any} own @param {any} ours @returns {Line[]} */
export const talk = (own, ours) => [...((own && own.talk) || []), ...((ours && ours.lines) || [])].filter((line) => line.text);

/** What was brought back, with its place; without hosts' eyes only what stands on the page. @param {any} room @param {boolean} all */
export const brought = (room, all = false) => (room.back || []).map((/** @type {any} */ line, /** @type {number} */ i) => ({ ...line, i }))
  .filter((/** @type {any} */ line) => line.text && (all || !line.off));

/** Rooms in which nothing has been shown yet: there is nothing to look at in them. */
const SHUT = ["gather", "ready", "collect", "write", "quiet", "pass"];

/** What was made in groups and is still there. @param {any} room @param {boolean} [all] also what a host has put away
 * @returns {{round: number, who: string[], room: any, i: number, off?: boolean}[]} */
export const made = (room, all = false) => (room.made || []).map((/** @type {any} */ one, /** @type {number} */ i) => ({ ...one, i }))
  .filter((/** @type {any} */ one) => one.room && !SHUT.includes(one.room.phase) && (all || !one.off));

/** How long a round is, in words. @param {any} props */
export const span = ({ t, options }) => t("min", { count: Math.max(1, Math.round(options.seconds / 60)) });

/** How many can be put together, as far as everybody can see: who sits out is nobody's business, and of other hosts one does not know.
 * @param {any} props */
export const there = ({ people, me, own }) => Object.keys(people).filter((id) => people[id].here && people[id].role !== "screen" && (id !== me.id || me.role !== "host" || (own && own.with))).length;
