// A chord as a page of a zine: its picture. Words that were sung, or pasted, are on no page.
import { html, render } from "../../static/ui.js";
import { svgFile } from "../../static/parts/keep.js";
import { Flower } from "./flower.js";

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, options, t, most }) => {
  const count = (room.pressed || []).filter((/** @type {any} */ key) => key[0] >= 0).length;
  if (options.form !== "chord" || !count) return { svg: "", lines: [] };
  const place = document.createElement("div");
  place.className = "hide k-together";
  document.body.appendChild(place);
  render(html`<${Flower} pressed=${room.pressed} label="" />`, place);
  const drawn = place.querySelector("svg");
  const svg = drawn ? svgFile(drawn) : "";
  render(null, place);
  place.remove();
  return { svg: svg.length <= most ? svg : "", lines: [{ text: t("twin", { count }) }] };
};
