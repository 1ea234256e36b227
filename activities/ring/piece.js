// One piece of a chain, as large as its place allows: a line, a drawing with its words, or up to five pictures.
import { html } from "../../static/ui.js";
import { Drawing } from "../../static/parts/drawing.js";
import { Picture } from "./picture.js";
import { nameOf, PICTURES, wordsOf } from "./told.js";

/** @param {{piece: import("./told.js").Piece, t: (key: string, args?: any) => string, people?: any}} of */
export const Piece = ({ piece, t, people = null }) => {
  const { t: text, m, x, by, to } = piece;
  const name = nameOf(by, people), whom = nameOf(to, people);
  return html`<figure class=${m ? "rg-piece rg-drawn" : x ? "rg-piece rg-told" : "rg-piece"}>
    ${whom ? html`<p class="small"><b>${t("for.whom")} <bdi translate="no">${whom}</bdi></b></p>` : null}
    ${m ? html`<${Drawing} marks=${m} label=${wordsOf(piece, t)} />` : null}
    ${x ? html`<span class="rg-row" role="img" aria-label=${wordsOf(piece, t)}>${x.map((i, n) => html`<${Picture} key=${n} id=${PICTURES[i]} />`)}</span>` : null}
    ${text ? html`<figcaption class=${m ? "small" : [...text].length > 60 ? "rg-line long" : "rg-line"} dir="auto" aria-hidden=${m ? "true" : null}>${text}</figcaption>` : null}
    ${name ? html`<p class="small soft"><bdi translate="no">${name}</bdi></p>` : null}</figure>`;
};
