// A check-in as a page of a zine: the sky as it was shown, and its words. Never a name.
import { html, render } from "../../static/ui.js";
import { svgFile } from "../../static/parts/keep.js";
import { Picture } from "./picture.js";

/* keys: i.* */
/** The picture as text; it is drawn where nobody sees it. @param {readonly any[]} list @param {boolean} mood */
const drawn = (list, mood) => {
  const place = document.createElement("div");
  place.className = "hide";
  document.body.appendChild(place);
  render(html`<${Picture} list=${list} mood=${mood} wide=${true} label="" />`, place);
  const sky = place.querySelector("svg");
  const text = sky ? svgFile(sky) : "";
  render(null, place);
  place.remove();
  return text;
};

/** @param {any} props @returns {import("../../static/screens/zine.js").Leaf} */
export default ({ room, options, t }) => {
  const list = (room.answers || []).filter((/** @type {any} */ answer) => answer.icon && !answer.off)
    .map((/** @type {any} */ { icon, word }) => ({ icon, word: word || "" }));
  if (!list.length) return { svg: "", lines: [] };
  return { svg: drawn(list, options.icons === "mood"), lines: list.map((/** @type {any} */ { icon, word }) => ({ text: word || t(`i.${icon}`), more: word ? t(`i.${icon}`) : "" })) };
};
