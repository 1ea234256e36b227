// What one person gives to a check-in: a picture, a word if they like, their name if the card asks for names.
import { html, useState } from "../../static/ui.js";
import { Field, fits } from "../../static/parts/field.js";
import { Picks } from "../../static/parts/picks.js";

/* keys: i.* */
export const WEATHER = ["sun", "fair", "cloud", "fog", "rain", "storm"];
export const MOODS = ["bright", "calm", "tired", "tender", "stirred", "heavy"];
const WORD = 60;

/** @typedef {{icon: string, word: string, named?: boolean}} Pick */

/** The symbol of an answer. @param {string} icon */
export const symbol = (icon) => `${MOODS.includes(icon) ? "m" : "w"}-${icon}`;

/**
 * @param {{t: (key: string, args?: any) => string, mood: boolean, names: boolean, first: Pick | null, send: string,
 *   onSend: (pick: Pick) => void, onType?: (pick: Pick) => void, children?: any}} props `onType`: after each change, before it is sent
 */
export const Ask = ({ t, mood, names, first, send, onSend, onType, children }) => {
  const [pick, put] = useState(first ? { named: false, ...first } : { icon: "", word: "", named: false });
  const ready = Boolean(pick.icon) && fits(pick.word, WORD);
  /** @param {typeof pick} next */
  const set = (next) => {
    put(next);
    if (onType) onType(names ? next : { icon: next.icon, word: next.word });
  };
  const go = () => {
    if (ready) onSend(names ? pick : { icon: pick.icon, word: pick.word });
  };
  return html`
    <${Picks} label=${mood ? t("pick.mood") : t("pick.weather")} value=${pick.icon} onPick=${(/** @type {string} */ icon) => set({ ...pick, icon })}
      options=${(mood ? MOODS : WEATHER).map((id) => ({ id, icon: symbol(id), word: t(`i.${id}`) }))} />
    <${Field} id="word" label=${t("word")} value=${pick.word} max=${WORD} t=${t} onEnter=${go}
      onInput=${(/** @type {string} */ word) => set({ ...pick, word })} />
    ${names && html`<label class="tickbox"><input type="checkbox" checked=${pick.named}
      onChange=${() => set({ ...pick, named: !pick.named })} /><span>${t("named")}</span></label>`}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${send}</button>${children}</div>`;
};
