// What the drawer of seldom needed things holds, in which groups: pure, so that a test can say what it should be.

/** @typedef {{host: boolean, keyed: boolean, call: boolean, voice?: number, has: (sheet: string) => boolean}} View */
/** @typedef {{id: string, icon: string, sheet?: string}} Row `sheet`: the sheet that it opens; without one it is a part of the drawer itself */

/** @type {{[id: string]: string}} */
const ICONS = { people: "u-people", voices: "u-ear", lost: "u-fit", invite: "u-qr", line: "u-line", call: "u-link", hall: "u-door", cards: "u-list", key: "u-key",
  name: "u-pen", device: "u-share", dates: "u-timer", kept: "u-download", sound: "u-note", light: "u-light", guide: "u-eye" };

/** @type {ReadonlyArray<readonly [group: string, ids: readonly string[]]>} */
const GROUPS = [
  ["together", ["people", "voices", "line", "lost", "invite", "call", "hall"]],
  ["hosts", ["cards", "guide", "key", "name"]],
  ["about", ["dates", "kept"]],
  ["mine", ["device", "sound", "light"]],
];
/** Rows that work in the drawer itself; all others open a sheet, and stand only where it is there. */
const OWN = ["hall", "name", "sound", "light"];

/** @param {string} id @param {View} view */
const wanted = (id, { host, keyed, call, voice, has }) => {
  if (!OWN.includes(id) && !has(id)) return false;
  if (id === "call") return call || host;
  if (id === "voices") return voice === 1;
  return id === "key" ? keyed : true;
};

/** The groups that hold something, in their order. @param {View} view @returns {{id: string, rows: Row[]}[]} */
export const drawer = (view) => GROUPS.filter(([id]) => id !== "hosts" || view.host)
  .map(([id, ids]) => ({ id, rows: ids.filter((one) => wanted(one, view))
    .map((one) => ({ id: one, icon: ICONS[one], ...(OWN.includes(one) ? {} : { sheet: one }) })) }))
  .filter(({ rows }) => rows.length > 0);
