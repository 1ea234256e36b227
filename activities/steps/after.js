// After the five senses: one line for whoever wishes, held until a host shows all of them, unsigned.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Icon } from "../../static/parts/icon.js";

const MOST = 80;
/** @typedef {any} Props */

/** Who reads a line, and when: after the show nothing is held back any more. @param {any} t @param {string} name */
export const hintOf = (t, name) => t(name === "add" ? "share.open" : "share.how");

/** @param {{props: Props, name: string, word: string, first?: string, onDone?: () => void}} of */
const Line = ({ props, name, word, first = "", onDone }) => {
  const { t, act, me, hold } = props;
  const [text, put] = useState(first);
  const ready = points(text) > 0 && fits(text, MOST);
  /** @param {string} now */
  const set = (now) => {
    put(now);
    // What is unfinished may still be added after the show, not before it.
    if (hold) hold(name === "add" && now.trim() ? { name, args: { text: now.trim() }, words: now.trim() } : null);
  };
  const go = () => {
    if (!ready) return;
    const clean = text.trim();
    act(name, { text: clean }, name === "share" ? () => [[`own/${me.id}/pick`, clean]] : undefined);
    if (hold) hold(null);
    put("");
    if (onDone) onDone();
  };
  return html`<${Field} id=${`st-${name}`} label=${t("share.ask")} hint=${hintOf(t, name)} value=${text} max=${MOST} t=${t} onInput=${set} onEnter=${go} />
    <button type="button" class="btn" disabled=${!ready} onClick=${go}>${word}</button>`;
};

/** @param {{props: Props}} of */
export const Share = ({ props }) => {
  const { t, act, me, own, room, ended } = props;
  const [change, edit] = useState(false);
  const hosting = me.role === "host" && !ended;
  const writes = me.role !== "screen" && !ended;
  if (room.phase === "shown") {
    const list = room.shared.map((/** @type {any} */ one, /** @type {number} */ i) => ({ ...one, i })).filter((/** @type {any} */ one) => one.text && (hosting || !one.off));
    return html`${list.length ? html`<ul class="songs">${list.map((/** @type {any} */ { i, text, off }) => html`<li key=${i} class="note row"><span class=${off ? "grow soft" : "grow"} dir="auto">${text}</span>
      ${hosting ? html`<button type="button" class="tool" aria-label=${off ? t("line.unhide") : t("line.hide")} onClick=${() => act("hide", { i, on: !off })}><${Icon} id=${off ? "u-eye" : "u-hide"} size=${20} /></button>` : null}</li>`)}</ul>`
    : html`<p>${t("share.none")}</p>`}
      ${writes && !(own && own.added !== undefined) ? html`<${Line} props=${props} name="add" word=${t("share.add")} />` : null}`;
  }
  const mine = own && own.pick;
  return html`${!writes ? null : mine && !change ? html`<p role="status">${t("share.kept")}</p><p class="note"><bdi>${mine}</bdi></p>
      <div class="row wrap"><button type="button" class="btn plain" onClick=${() => edit(true)}>${t("share.change")}</button>
        <button type="button" class="btn plain" onClick=${() => act("unshare", {}, () => [[`own/${me.id}/pick`]])}>${t("share.back")}</button></div>`
    : html`<${Line} key=${change ? "change" : "new"} props=${props} name="share" first=${mine || ""} word=${t("share.send")} onDone=${() => edit(false)} />`}
    ${hosting ? html`<p class="small soft">${t("share.count", { count: room.count || 0 })}</p><button type="button" class="btn plain" disabled=${!room.count} onClick=${() => act("show")}>${t("share.show")}</button>` : null}`;
};
