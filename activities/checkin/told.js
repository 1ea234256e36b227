// What was chosen, in words: how many of each, and what most of it is. Here from the start, so that it is said as soon as it is shown.

/* keys: mostly.* alone.* */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./sky.js").Answer} Answer */
/** @typedef {Answer & {off?: boolean, i: number}} Told */

/** Icons by what they have in common. What stands alone is a group of its own. @type {Record<string, string>} */
const GROUPS = { sun: "light", fair: "light", cloud: "grey", fog: "grey", rain: "wet", storm: "wet" };

/**
 * The picture in words, as keys: what most of it is, and what stands in it alone.
 * @param {readonly Answer[]} answers @returns {{main: string, rest: string}} main: "none" | "one" | "mixed" | a group or icon
 */
export const gist = (answers) => {
  if (answers.length < 2) return { main: answers.length ? "one" : "none", rest: "" };
  /** @type {Record<string, number>} */
  const groups = {};
  /** @type {Record<string, number>} */
  const icons = {};
  for (const { icon } of answers) {
    const group = GROUPS[icon] || icon;
    groups[group] = (groups[group] || 0) + 1;
    icons[icon] = (icons[icon] || 0) + 1;
  }
  const main = Object.keys(groups).find((group) => groups[group] * 2 > answers.length) || "mixed";
  const lone = Object.keys(icons).filter((icon) => icons[icon] === 1 && (GROUPS[icon] || icon) !== main);
  return { main, rest: main !== "mixed" && lone.length === 1 ? lone[0] : "" };
};

/** How many of each, in the order of the choices. @param {readonly Answer[]} answers @param {readonly string[]} icons @returns {[string, number][]} */
export const counts = (answers, icons) => icons
  .map((icon) => /** @type {[string, number]} */ ([icon, answers.filter((answer) => answer.icon === icon).length]))
  .filter(([, n]) => n > 0);

/** Answers with their place in the list; what was taken back stands no more. @param {Props} props @returns {Told[]} */
export const answers = ({ room }) => (room.answers || []).map((/** @type {any} */ answer, /** @type {number} */ i) => ({ ...answer, i }))
  .filter((/** @type {Told} */ answer) => answer.icon);
/** @param {Props} props */
export const seen = (props) => answers(props).filter((answer) => !answer.off);

/** The picture in a line: "Mostly bright, one storm." @param {Props} props */
export const headline = (props) => {
  const { t } = props;
  const { main, rest } = gist(seen(props));
  return rest ? t("then", { main: t(`mostly.${main}`), rest: t(`alone.${rest}`) }) : t("plain", { main: t(`mostly.${main}`) });
};
