// The lines in which one writes in private: one field for each text that a person may give.
import { html, useEffect, useRef, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";

/** @typedef {{texts: string[], named?: boolean}} Draft */

/** The fields with what was sent. @param {Draft|null} first @param {number} each */
const filed = (first, each) => ({ texts: Array.from({ length: each }, (_, i) => (first && first.texts[i]) || ""), named: Boolean(first && first.named) });

/** What would be sent of these fields. @param {readonly string[]} texts */
export const filled = (texts) => texts.map((text) => text.trim()).filter((text) => points(text) > 0);

/**
 * The fields when one's own answer has come in: it stands in them, but what is being typed stays.
 * @template {Draft} T @param {T} draft what stands there @param {Draft|null} had the answer before @param {Draft|null} first the one of now @param {number} each
 */
export const arrived = (draft, had, first, each) => {
  const texts = filled(draft.texts).join("\n");
  return first && (!texts || texts === filled(filed(had, each).texts).join("\n")) ? filed(first, each) : draft;
};

/**
 * @param {{t: (key: string, args?: any) => string, id: string, each: number, most: number, names: boolean, first: Draft|null, send: string,
 *   onSend: (draft: Draft) => void, onType?: (draft: Draft) => void, children?: any}} props `onType`: after each change, before it is sent
 */
export const Write = ({ t, id, each, most, names, first, send, onSend, onType, children }) => {
  const [draft, put] = useState(() => filed(first, each));
  const texts = filled(draft.texts);
  // After a reload an answer may come only once the fields are there.
  const had = useRef(first);
  useEffect(() => {
    const before = had.current;
    had.current = first;
    // By what stands there now, not when this was drawn: somebody may have typed in between.
    put((now) => arrived(now, before, first, each));
  }, [JSON.stringify(first || null)]);
  const ready = texts.length > 0 && texts.every((text) => fits(text, most));
  /** @param {typeof draft} next */
  const out = (next) => (names ? { texts: filled(next.texts), named: next.named } : { texts: filled(next.texts) });
  /** @param {typeof draft} next */
  const set = (next) => {
    put(next);
    if (onType) onType(out(next));
  };
  const go = () => {
    if (ready) onSend(out(draft));
  };
  return html`<div class="wd-write">${draft.texts.map((text, i) => html`<${Field} key=${i} id=${`${id}-${i}`} label=${i ? t("more") : most > 60 ? t("yours.line") : t("yours")}
      value=${text} max=${most} lines=${most > 60 ? 2 : 1} t=${t} onEnter=${go}
      onInput=${(/** @type {string} */ value) => set({ ...draft, texts: draft.texts.map((old, at) => (at === i ? value : old)) })} />`)}
    ${names && html`<label class="wd-tick"><input type="checkbox" checked=${draft.named}
      onChange=${() => set({ ...draft, named: !draft.named })} /><span>${t("named")}</span></label>`}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${send}</button>${children}</div></div>`;
};
