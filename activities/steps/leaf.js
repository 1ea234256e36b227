// Steps as a page of a zine: what people shared at the end, unsigned. A sequence without words leaves no page.
/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room }) => ({
  svg: "",
  lines: (room.shared || []).filter((/** @type {any} */ one) => one.text && !one.off).map((/** @type {any} */ { text }) => ({ text })),
});
