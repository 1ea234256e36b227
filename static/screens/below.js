// Where the small tree of a kind inside a team lies in the tree of the page, and the way back for what is guessed. Twin of
// server/kit/mount.py.

/** @typedef {import("../types.js").Change} Change */

/** The tree as the kind inside knows it: its room is the team's, its people are the team. @param {any} tree @param {string} team @param {string} me */
export const below = (tree, team, me) => {
  const ours = (tree.team && tree.team[team]) || {};
  const own = tree.own && tree.own[me] && tree.own[me].in;
  return { meet: tree.meet, room: ours.in, own: own === undefined ? {} : { [me]: own }, host: (tree.host && tree.host.in && tree.host.in[team]) || {},
    live: ours.live || {} };
};

/** @param {string} path @param {string} team */
export const mounted = (path, team) => {
  const [root, who, ...rest] = path.split("/");
  if (root === "room") return ["team", team, "in", who, ...rest].join("/");
  if (root === "own") return ["own", who, "in", ...rest].join("/");
  if (root === "host") return ["host", "in", team, who, ...rest].join("/");
  return ["team", team, root, who, ...rest].join("/");
};

/** A guess of the kind inside, as one of the whole page. @param {import("../types.js").Guess|null|undefined} guess @param {string} team @param {string} me
 * @returns {import("../types.js").Guess|null} */
export const mount = (guess, team, me) => (guess ? (tree) => Array.from(guess(below(tree, team, me)) || [], (change) => {
  const [path, ...value] = change;
  return /** @type {Change} */ ([mounted(path, team), ...value]);
}) : null);

/** Those of the people who are in a team. @template P @param {{[id: string]: P}} people @param {{[id: string]: string}} team @param {string} t
 * @returns {{[id: string]: P}} */
export const mates = (people, team, t) => Object.fromEntries(Object.keys(people).filter((id) => team[id] === t).map((id) => [id, people[id]]));
