// Choices as a page of a zine: how it fell, the wishes that were told, how far we counted.
import { choices, places } from "./told.js";

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default (props) => {
  const { room, options, names, t } = props;
  if (options.form === "count") return { svg: "", lines: room.best ? [{ text: t("count.best", { count: room.best }) }] : [] };
  if (options.form === "three") {
    return { svg: "", lines: (room.told || []).filter((/** @type {any} */ one) => one.who).map((/** @type {any} */ { who, wish }) => ({ text: wish, by: names[who] || "" })) };
  }
  if (room.phase !== "shown") return { svg: "", lines: [] };
  const all = choices({ card: null, ...props });
  if (!room.dots) return { svg: "", lines: all.map((choice, i) => ({ text: choice, more: t("votes", { count: (room.sums || [])[i] || 0 }) })) };
  const stacks = places(room.dots);
  const dots = stacks.map((n, i) => Array.from({ length: n }, (_, k) => `<circle cx="${20 + i * 28}" cy="${170 - k * 14}" r="6" fill="#a57ffe"/>`).join("")).join("");
  const top = Math.max(0, Math.max(...stacks) - 11) * 14;
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-top} 600 ${200 + top}"><path d="M10 186L590 183 591 190 9 192z" fill="#231b2e"/>${dots}</svg>`, lines: all.map((text) => ({ text })) };
};
