// Back together: what groups have brought, what they have made, what two people keep, and the way into the next round.
import { html, useEffect, useState } from "../../static/ui.js";
import { copyText } from "../../static/parts/copy.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Icon } from "../../static/parts/icon.js";
import { Alone } from "./note.js";
import { brought, made, named, there } from "./told.js";

/** @typedef {any} Props what the shell hands to a kind */

const LINE = 240, TURN_MS = 12000;

/** One after the other, as on a walk past doors. @param {{props: Props}} of */
export const Made = ({ props }) => {
  const { t, act, me, room, options, people, lang, look, far, ended } = props;
  const hosting = me.role === "host" && !ended;
  const all = made(room, hosting);
  const [at, go] = useState(0);
  // A host leads from one to the next; each can look around all the same.
  const led = all.findIndex(({ i }) => i === room.walk);
  useEffect(() => { if (led >= 0) go(led); }, [led]);
  useEffect(() => {
    if (!far || all.length < 2 || led >= 0) return undefined;
    const timer = setInterval(() => go((n) => (n + 1) % all.length), TURN_MS);
    return () => clearInterval(timer);
  }, [far, all.length, led]);
  if (!all.length) return null;
  const one = all[at % all.length];
  const names = named(one.who, people, lang);
  const step = (/** @type {number} */ by) => {
    const to = (at + by + all.length) % all.length;
    go(to);
    if (hosting) act("walk", { i: all[to].i });
  };
  return html`<section class="g-made"><h2>${t("made")}</h2><p><b>${names ? t("made.by", { names }) : ""}</b> <span class="soft">${t("made.at", { n: (at % all.length) + 1, count: all.length })}</span></p>
    ${all.length > 1 && !far ? html`<div class="row wrap"><button type="button" class="btn plain" onClick=${() => step(-1)}>${t("made.before")}</button>
      <button type="button" class="btn plain" onClick=${() => step(1)}>${t("made.after")}</button></div>` : null}
    ${hosting ? html`<button type="button" class="btn plain" onClick=${() => act("put_away", { i: one.i, on: !one.off })}>${one.off ? t("unhide") : t("hide")}</button>` : null}
    <div class="g-door" key=${one.i}>${look({ g: -1 - one.i, kind: options.inside }, one.room, far)}</div>
    ${room.left ? html`<p class="small soft">${t("made.left")}</p>` : null}</section>`;
};

/** What two people keep for themselves. @param {{props: Props}} of */
const Buddy = ({ props }) => {
  const { t, own, people, lang } = props;
  const [done, set] = useState(/** @type {boolean | null} */ (null));
  const kept = own && own.buddy;
  if (!kept) return null;
  const names = named(kept.mates, people, lang);
  const way = kept.way && kept.way.text;
  const lines = kept.notes.filter((/** @type {any} */ note) => note.text);
  const text = [t("buddy", { names }), ...lines.map((/** @type {any} */ { by, text }) => `${people[by] ? people[by].name : ""}: ${text}`), ...(way ? [`${t("way")} ${way}`] : [])].join("\n");
  return html`<div class="cut g-with"><h2>${t("buddy", { names })}</h2>
    ${lines.map((/** @type {any} */ note, /** @type {number} */ i) => html`<p key=${i} dir="auto"><b translate="no"><bdi>${people[note.by] ? people[note.by].name : ""}</bdi></b> ${note.text}</p>`)}
    ${way ? html`<p class="g-big" dir="auto">${way}</p>` : null}</div>
    <div><p class="small soft">${t("buddy.copy")}</p><button type="button" class="btn plain" onClick=${() => copyText(text).then(set)}>${t("copy")}</button>
    ${done === null ? null : done ? html`<p class="small" role="status">${t("copied")}</p>` : html`<label for="by-hand">${t("by.hand")}</label>
      <textarea class="field" id="by-hand" readonly rows="4" dir="auto" value=${text} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()}></textarea>`}</div>`;
};

/** @param {{props: Props, draft: string, onDraft: () => void}} of */
const Add = ({ props, draft, onDraft }) => {
  const { t, act, hold } = props;
  const [text, put] = useState(draft);
  const ready = points(text) > 0 && fits(text, LINE);
  const set = (/** @type {string} */ next) => {
    put(next);
    const clean = next.trim();
    if (hold) hold(clean ? { name: "add", args: { text: clean }, words: clean } : null);
  };
  const go = () => {
    if (!ready) return;
    act("add", { text: text.trim() });
    set("");
    onDraft();
  };
  return html`<div class="g-write"><${Field} id="add" label=${t("add.label")} value=${text} max=${LINE} lines=${2} t=${t} onInput=${set} />
    <button type="button" class="btn" disabled=${!ready} onClick=${go}>${t("add")}</button></div>`;
};

/** @param {{props: Props, draft: string, onDraft: () => void}} of */
export const Home = ({ props, draft, onDraft }) => {
  const { t, act, me, own, room, options, ended } = props;
  const hosting = me.role === "host" && !ended;
  const lines = brought(room, hosting);
  const more = room.round < options.rounds;
  const mine = own || {};
  const sit = (/** @type {boolean} */ on) => act("sit", { on }, () => [on ? [`own/${me.id}/out`, true] : [`own/${me.id}/out`]]);
  const part = (/** @type {boolean} */ on) => act("take_part", { on }, () => [on ? [`own/${me.id}/with`, true] : [`own/${me.id}/with`]]);
  const buddies = options.form === "buddy";
  return html`<p role="status"><b>${t("back")}</b>${options.rounds > 1 && room.round ? html` <span class="soft">${t("round", { n: room.round, count: Math.max(options.rounds, room.round) })}</span>` : null}</p>
    ${ended ? null : html`<${Buddy} props=${props} />`}
    <${Made} props=${props} />
    ${lines.length ? html`<section><h2>${t("lines")}</h2><ul class="g-brought">${lines.map((/** @type {any} */ { i, text, off }) => html`<li key=${i} class=${off ? "row soft" : "row"}>
      <p class="grow" dir="auto">${text}${off ? html` <span class="small">${t("off")}</span>` : null}</p>
      ${hosting ? html`<button type="button" class="tool" aria-label=${off ? t("unhide") : t("hide")} onClick=${() => act("hide", { i, on: !off })}><${Icon} id=${off ? "u-eye" : "u-hide"} size=${20} /></button>` : null}</li>`)}</ul></section>`
    : buddies || made(room).length ? null : html`<p>${t("lines.none")}</p>`}
    ${ended || me.role === "screen" ? null : html`
      ${mine.note ? html`<${Alone} props=${props} />` : null}
      ${buddies ? null : html`<${Add} props=${props} draft=${draft} onDraft=${onDraft} />`}
      ${more && !hosting ? (mine.out ? html`<p role="status">${t("sat")}</p><button type="button" class="btn plain" onClick=${() => sit(false)}>${t("unsit")}</button>`
    : html`<button type="button" class="btn plain" onClick=${() => sit(true)}>${t("sit")}</button>`) : null}
      ${hosting ? html`<button type="button" class="btn plain" onClick=${() => part(!mine.with)}>${mine.with ? t("with.out") : t("with.in")}</button>
        <button type="button" class=${more ? "btn xl ink2" : "btn plain"} onClick=${() => act("begin")}>${more && there(props) > 2 ? t("next") : t("again")}</button>` : null}`}`;
};
