// The lines in which one writes a song or an answer. What was typed stays until it has gone.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";

const TITLE = 120;
const WHO = 80;

/**
 * @param {{t: (key: string, args?: any) => string, song: boolean, first?: {title: string, who: string} | null, word: string,
 *   onSend: (entry: {title: string, who: string}) => void, onType?: (entry: {title: string, who: string}) => void, children?: any}} props
 *   `onType`: after each change, before it is sent
 */
export const Write = ({ t, song, first = null, word, onSend, onType, children }) => {
  const [text, put] = useState({ title: first ? first.title : "", who: first ? first.who : "" });
  /** @param {typeof text} next */
  const set = (next) => {
    put(next);
    if (onType) onType({ title: next.title.trim(), who: next.who.trim() });
  };
  const ready = points(text.title) > 0 && fits(text.title, TITLE) && fits(text.who, WHO);
  const id = first ? "edit" : "add";
  const go = () => {
    if (!ready) return;
    onSend({ title: text.title.trim(), who: text.who.trim() });
    set({ title: "", who: "" });
  };
  return html`<div class="write">
    <${Field} id=${`${id}-title`} label=${song ? t("yours.song") : t("yours.open")} value=${text.title} max=${TITLE} lines=${song ? 1 : 2} t=${t}
      placeholder=${song ? t("title") : ""} onInput=${(/** @type {string} */ title) => set({ ...text, title })} onEnter=${go} />
    ${song && html`<${Field} id=${`${id}-who`} label=${t("who")} hidden=${true} placeholder=${t("who")} value=${text.who} max=${WHO} t=${t}
      onInput=${(/** @type {string} */ who) => set({ ...text, who })} onEnter=${go} />`}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${word}</button>${children}</div></div>`;
};
