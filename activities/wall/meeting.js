// "I can", and what comes of it: only the two who both want it ever read each other's words.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { copyText } from "../../static/parts/copy.js";

/** One line, and a button. @param {{id: string, t: any, label: string, word: string, onSend: (text: string) => void, children?: any}} of */
const Way = ({ id, t, label, word, onSend, children }) => {
  const [text, put] = useState("");
  const ready = points(text) > 0 && fits(text, 80);
  const go = () => ready && onSend(text.trim());
  return html`<div class="pen"><${Field} id=${id} label=${label} value=${text} max=${80} t=${t} hint=${t("way.hint")} onInput=${put} onEnter=${go} />
    ${children}<div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${word}</button></div></div>`;
};

/** On somebody's note: I can. @param {{props: any, i: number}} of */
export const Offer = ({ props, i }) => {
  const { t, act, me, own } = props;
  const [writing, write] = useState(false);
  const [named, name] = useState(false);
  const cans = (own && own.cans) || [];
  const k = cans.findIndex((/** @type {any} */ one) => one.i === i);
  const mine = k >= 0 && cans[k].on ? cans[k] : null;
  if (mine) {
    return html`<p>${mine.theirs ? t("yes.said") : t("can.sent")}</p>
      ${!mine.theirs && html`<button type="button" class="btn plain" onClick=${() => act("cannot", { i })}>${t("back")}</button>`}`;
  }
  if (!writing) return html`<button type="button" class="btn" onClick=${() => write(true)}>${t("can")}</button>`;
  return html`<${Way} id=${`can-${i}`} t=${t} label=${t("way")} word=${t("can.send")} onSend=${(/** @type {string} */ words) => {
    write(false);
    act("can", { i, words, named }, () => [[`own/${me.id}/cans`, [...cans.filter((/** @type {any} */ one) => one.i !== i), { i, words, named, on: true }]]]);
  }}><label class="tickbox"><input type="checkbox" checked=${named} onChange=${() => name(!named)} /><span>${t("can.named")}</span></label></${Way}>`;
};

/** What has come: offers for my notes, and whom I meet. @param {{props: any}} of */
export const Meetings = ({ props }) => {
  const { t, act, me, own, room, people, ended } = props;
  const [open, setOpen] = useState(-1);
  const [copied, copy] = useState("");
  const able = ((own && own.able) || []).map((/** @type {any} */ one, /** @type {number} */ a) => ({ ...one, a })).filter((/** @type {any} */ one) => one.on && room.notes[one.i]);
  const found = ((own && own.cans) || []).filter((/** @type {any} */ one) => one.theirs);
  if (!able.length && !found.length) return null;
  /** @param {string} words */
  const give = (words) => html`<p class="big" dir="auto">${words}</p><button type="button" class="btn plain"
    onClick=${() => copyText(words).then((done) => copy(done ? words : ""))}>${copied === words ? t("copied") : t("copy")}</button>`;
  return html`<ul class="notes met">
    ${found.map((/** @type {any} */ one) => html`<li key=${`c${one.i}`} class="cut"><p><b>${t("yes.said")}</b> <bdi>${(room.notes[one.i] || {}).text}</bdi></p>${give(one.theirs)}</li>`)}
    ${able.map((/** @type {any} */ one) => html`<li key=${`a${one.a}`} class="cut"><p><b>${one.who && people[one.who] ? t("somebody.named", { name: people[one.who].name }) : t("somebody")}</b> <bdi>${room.notes[one.i].text}</bdi></p>
      ${one.words ? give(one.words) : one.mine ? html`<p>${t("yes.sent")}</p>` : ended ? null : open === one.a
    ? html`<${Way} id=${`meet-${one.a}`} t=${t} label=${t("way")} word=${t("meet.send")} onSend=${(/** @type {string} */ words) => act("meet", { a: one.a, words }, () => [[`own/${me.id}/able/${one.a}/mine`, words]])} />`
    : html`<button type="button" class="btn plain" onClick=${() => setOpen(one.a)}>${t("meet")}</button>`}</li>`)}</ul>`;
};
