// What dots that are seen tell of themselves.

/** @typedef {any} Props what the shell hands to a kind */

/** Dots that can be seen. @param {{room: any}} props @returns {any[]} */
export const standing = ({ room }) => (room.dots || []).filter((/** @type {any} */ { x, off }) => x >= 0 && !off);

/** What has changed where dots move and stand still. @param {Props} props @param {Props} before @param {(key: string, args?: any) => string} t */
export const stillSay = ({ room, people }, before, t) => {
  if (room.phase !== before.room.phase) return room.phase === "still" ? t("still.lead") : t("still.again");
  const [first] = room.why || [];
  if (first && first !== (before.room.why || [])[0] && people[first]) return t("why.next", { name: people[first].name });
  const count = standing({ room }).length;
  return room.phase === "move" && count > standing(before).length ? t("dots.n", { count }) : "";
};
