// Where one writes a note: its words, its column, and what belongs to an offer. What was typed stays until it has gone.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";

/* keys: when where more */
/** @typedef {{text: string, when: string, where: string, more: string, named: boolean}} Draft */
/** @type {Draft} */
const EMPTY = { text: "", when: "", where: "", more: "", named: false };
const TAGS = /** @type {("when"|"where"|"more")[]} */ (["when", "where", "more"]);

/** As it goes out: nothing that is not there. @param {Draft} draft @returns {any} */
const clean = (draft) => {
  /** @type {any} */
  const out = { text: draft.text.trim() };
  for (const tag of TAGS) if (draft[tag].trim()) out[tag] = draft[tag].trim();
  if (draft.named) out.named = true;
  return out;
};

/**
 * @param {{id: string, t: import("./board.js").T, label: string, word: string, heads?: string[], col?: number, onCol?: (col: number) => void, tags?: boolean,
 *   signed?: boolean, first?: any, hidden?: boolean, onSend: (paper: any) => void, onType?: (paper: any) => void, children?: any}} props
 */
export const Write = ({ id, t, label, word, heads = [], col = 0, onCol, tags = false, signed = false, first, onSend, onType, children }) => {
  const [draft, put] = useState({ ...EMPTY, ...first });
  const ready = points(draft.text) > 0 && fits(draft.text, 240) && TAGS.every((tag) => fits(draft[tag], 40));
  /** @param {Partial<Draft>} part */
  const set = (part) => {
    const next = { ...draft, ...part };
    put(next);
    if (onType) onType(clean(next));
  };
  const go = () => {
    if (!ready) return;
    onSend(clean(draft));
    put({ ...EMPTY, named: draft.named });
  };
  return html`<div class="pen">
    <${Field} id=${id} label=${label} lines=${3} value=${draft.text} max=${240} t=${t} onInput=${(/** @type {string} */ text) => set({ text })} />
    ${tags && html`<div class="tags">${TAGS.map((tag) => html`<${Field} key=${tag} id=${`${id}-${tag}`} label=${t(tag)} hidden=${true} placeholder=${t(tag)}
      value=${draft[tag]} max=${40} t=${t} onInput=${(/** @type {string} */ text) => set({ [tag]: text })} onEnter=${go} />`)}</div>`}
    ${heads.length > 1 && onCol && html`<fieldset class="into"><legend>${t("into")}</legend>${heads.map((head, i) => html`<label key=${i} class=${`c${i}`}>
      <input type="radio" name=${`${id}-col`} checked=${i === col} onChange=${() => onCol(i)} /><span dir="auto">${head}</span></label>`)}</fieldset>`}
    ${signed && html`<label class="tickbox"><input type="checkbox" checked=${draft.named} onChange=${() => set({ named: !draft.named })} /><span>${t("named")}</span></label>`}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${word}</button>${children}</div></div>`;
};
