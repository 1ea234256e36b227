// A plan that came with the link of the start page: one more thing to choose, and chosen already.
import { kinds } from "./facts.js";
import { fromFragment, read } from "./leaflet.js";
import { speak, speakOn, t } from "./tongue.js";

/** @param {string} hash @param {HTMLSelectElement} field @returns {Promise<any[]|undefined>} the steps; undefined for a plan that cannot be read */
export async function take(hash, field) {
  const { lang } = document.documentElement;
  const [all, options] = await Promise.all([fetch(`/api/cards?lang=${lang}`).then((answer) => answer.json()), kinds(), speak(lang)]);
  await speakOn();
  const { title, steps } = read(fromFragment(hash.slice(6)), all.cards.map((/** @type {any} */ card) => card.id), options);
  if (!steps) return undefined;
  const choice = document.createElement("option");
  choice.value = "link";
  choice.textContent = title || t("start.linked");
  field.insertBefore(choice, field.firstChild);
  field.value = "link";
  return steps;
}
