// Prompt: a question in big type; answers stand in the order in which they came, with hearts and without a ranking.
// A song can be "now": its title fills every screen, a three-count runs, and each plays it from a source of their own.
import { html, useState } from "../../static/ui.js";
import { copyText } from "../../static/parts/copy.js";
import { Icon } from "../../static/parts/icon.js";
import { Count } from "./count.js";
import { line, placed, playing, standing } from "./list.js";
import { Write } from "./write.js";

/* keys: refused.enough refused.list_full refused.no_entry refused.not_mine refused.hearts_full */
/** @typedef {any} Props what the shell hands to a kind */
/** @typedef {import("./list.js").Placed} Placed */

/** @param {Props} props */
const isSong = ({ options }) => options.about !== "open";

/** What can be done with one entry; it opens under its title. @param {{props: Props, entry: Placed, onCopy: (text: string) => void, onDone: () => void}} of */
const Acts = ({ props, entry, onCopy, onDone }) => {
  const { t, act, me, ended } = props;
  const [editing, edit] = useState(false);
  const { i, on, hidden } = entry;
  /** @param {string} word @param {() => void} run */
  const button = (word, run) => html`<button type="button" class="btn plain" onClick=${run}>${word}</button>`;
  /** @param {{title: string, who: string}} text */
  const save = (text) => {
    onDone();
    act("edit", { i, ...text });
  };
  if (editing) return html`<${Write} t=${t} song=${isSong(props)} first=${entry} word=${t("save")} onSend=${save} />`;
  return html`<div class="row wrap">${button(t("copy"), () => onCopy(line(entry)))}
    ${entry.by === me.id && !ended && (on ? [button(t("edit"), () => edit(true)), button(t("back"), () => act("withdraw", { i }))]
    : button(t("again"), () => act("restore", { i })))}
    ${me.role === "host" && !ended && button(hidden ? t("unhide") : t("hide"), () => act("hide", { i, on: !hidden }))}</div>`;
};

/** @param {{props: Props, entry: Placed, open: boolean, onOpen: () => void, onCopy: (text: string) => void}} of */
const Row = ({ props, entry, open, onOpen, onCopy }) => {
  const { t, act, me, own, room, ended } = props;
  const { i, title, who } = entry;
  const off = !entry.on || entry.hidden;
  const mine = Boolean(own && own.hearts && own.hearts[i]);
  const hearts = (room.hearts && room.hearts[i]) || 0;
  const heart = () => act("heart", { i, on: !mine }, (/** @type {any} */ tree) => [
    mine ? [`own/${me.id}/hearts/${i}`] : [`own/${me.id}/hearts/${i}`, true], [`room/hearts/${i}`, tree.room.hearts[i] + (mine ? -1 : 1)]]);
  return html`<li class=${isSong(props) ? null : "note"}>
    <div class="row"><button type="button" class=${off ? "song grow soft" : "song grow"} aria-expanded=${open ? "true" : "false"} onClick=${onOpen}>
        <b><bdi>${title}</bdi></b>${who && html`<span class="small soft"><bdi>${who}</bdi></span>`}
        ${off && html`<span class="small">${t("off")}</span>`}</button>
      ${!off && html`<button type="button" class="tool hearts" aria-pressed=${mine ? "true" : "false"}
        disabled=${ended || me.role === "screen"} onClick=${heart}><${Icon} id="u-heart" size=${20} /><b aria-hidden="true">${hearts || ""}</b>
        <span class="hide">${t("heart", { title, count: hearts })}</span></button>`}
      ${!off && me.role === "host" && isSong(props) && !ended && html`<button type="button" class="tool" aria-label=${t("play.it", { title })}
        onClick=${() => act("play", { i })}><${Icon} id="u-play" size=${20} /></button>`}</div>
    ${open && html`<${Acts} props=${props} entry=${entry} onCopy=${onCopy} onDone=${onOpen} />`}</li>`;
};

/** @param {{props: Props}} of */
const Prompt = ({ props }) => {
  const { t, act, me, room, now, ended, hold } = props;
  const [open, setOpen] = useState(-1);
  const [copied, setCopied] = useState({ done: false, text: "" });
  const [passed, pass] = useState(false);
  const song = isSong(props);
  const hosting = me.role === "host" && !ended;
  const list = placed(room).filter((entry) => (entry.on || (entry.by === me.id && !ended)) && (!entry.hidden || hosting));
  // What played last plays no more once the jam is over.
  const on = ended ? null : playing(room);
  const writes = !ended && me.role !== "screen";
  /** @param {string} text */
  const copy = (text) => copyText(text).then((done) => setCopied({ done, text }));
  return html`<div class="body">
    ${on && html`<div class="cut now enter" key=${on.at}><p class="small"><b>${t("playing")}</b></p>
      <h2 dir="auto">${on.title}</h2>${on.who && html`<p dir="auto">${on.who}</p>`}
      <div class="row wrap"><${Count} at=${on.at} now=${now} label=${t("three")} go=${t("go")} />
        <button type="button" class="btn plain" onClick=${() => copy(line(on))}>${t("copy")}</button>
        ${hosting && html`<button type="button" class="btn plain" onClick=${() => act("stop")}>${t("stop")}</button>`}</div></div>`}
    ${list.length ? html`<ul class="songs">${list.map((entry) => html`<${Row} key=${entry.i} props=${props} entry=${entry} open=${open === entry.i}
      onOpen=${() => setOpen(open === entry.i ? -1 : entry.i)} onCopy=${copy} />`)}</ul>` : html`<p>${song ? t("empty.song") : t("empty.open")}</p>`}
    ${copied.text && (copied.done ? html`<p class="small" role="status">${t("copied")}</p>` : html`<div>
      <label for="by-hand">${t("by.hand")}</label><textarea class="field" id="by-hand" readonly rows="4" dir="auto" value=${copied.text}
        onFocus=${(/** @type {any} */ event) => event.currentTarget.select()}></textarea></div>`)}
    ${writes && (passed ? html`<p role="status">${t("passed")}</p>` : html`<${Write} t=${t} song=${song} word=${t("add")}
      onType=${(/** @type {any} */ text) => hold && hold(text.title ? { name: "add", args: text, words: line(text) } : null)}
      onSend=${(/** @type {any} */ text) => { act("add", text); if (hold) hold(null); }}>
      <button type="button" class="btn plain" onClick=${() => { pass(true); if (hold) hold(null); act("pass_"); }}>${t("pass")}</button></${Write}>`)}
    ${writes && passed && html`<button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button>`}
    ${list.length > 1 && html`<button type="button" class="btn plain" onClick=${() => copy(standing(room).map(line).join("\n"))}>${t("copy.all")}</button>`}
  </div>`;
};

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || (options.about === "open" ? t("ask.open") : t("ask.song"));

/** @param {Props} props */
const view = (props) => html`<${Prompt} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  const on = playing(props.room);
  const earlier = before && playing(before.room);
  if (on && (!earlier || earlier.at !== on.at)) return props.t("now", { title: line(on) });
  const fresh = before ? standing(props.room).slice(standing(before.room).length) : [];
  return fresh.length ? props.t("new", { count: fresh.length, title: fresh[fresh.length - 1].title }) : "";
};

export default { id: "prompt", head, view, say, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
