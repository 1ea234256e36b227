// A note of one's own that keeps itself: what was typed is kept a moment later, so that no clock can take it away.
import { html, useEffect, useRef, useState } from "../../static/ui.js";
import { Field, fits } from "../../static/parts/field.js";

const PAUSE_MS = 900;

/** @param {{props: any, id: string, label: string, hint: string, value: string, max: number, send: (text: string) => void}} of `send` is told of each change, a moment after it */
export const Note = ({ props, id, label, hint, value, max, send }) => {
  const { t } = props;
  const [text, put] = useState(value);
  const last = useRef(value);
  const timer = useRef(/** @type {any} */ (null));
  const now = useRef(text);
  now.current = text;
  const save = () => {
    clearTimeout(timer.current);
    const clean = now.current.trim();
    if (clean === last.current || !fits(clean, max)) return;
    last.current = clean;
    send(clean);
  };
  useEffect(() => save, []);
  /** @param {string} next */
  const set = (next) => {
    put(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(save, PAUSE_MS);
  };
  return html`<div onFocusOut=${save}><${Field} id=${id} label=${label} hint=${hint} value=${text} max=${max} lines=${3} t=${t} onInput=${set} />
    <p class="small soft" role="status">${text.trim() && text.trim() === value ? t("kept") : ""}</p></div>`;
};

/** For whoever stays: the same question, and paper that nobody else reads. @param {{props: any}} of */
export const Alone = ({ props }) => {
  const { t, act, own, me } = props;
  return html`<${Note} props=${props} id="alone" label=${t("alone")} hint=${t("alone.how")} value=${(own && own.note) || ""} max=${240}
    send=${(/** @type {string} */ text) => act("note", { text }, () => [text ? [`own/${me.id}/note`, text] : [`own/${me.id}/note`]])} />`;
};
