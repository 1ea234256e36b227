// A wall: notes on cut paper, in columns; written in quiet and shown together, or seen at once.
// What hangs, and what is opened, offered, scored and asked, is drawn by parts that come later.
import { html, signal, useEffect, useRef, useState } from "../../static/ui.js";
import { first, line, mine, piles, ranked, stands, titles } from "./board.js";
import { Held } from "./held.js";
import { Write } from "./write.js";

/* keys: ask.* refused.enough refused.wall_full refused.no_note refused.not_mine refused.hearts_full refused.dots_full refused.result_shown refused.your_own refused.cans_full refused.too_few */
/** @typedef {any} Props what the shell hands to a kind */

/** @type {import("../../static/ui.js").Signal<any>} */
const later = signal(null);
let asked = false;
/** All of it at once: one after the other would be as many waits. */
const fetchLater = () => {
  if (asked) return;
  asked = true;
  Promise.all([import("./hang.js"), import("./acts.js"), import("./meeting.js"), import("./score.js"), import("./ask.js"), import("./lead.js")])
    .then((all) => { later.value = Object.assign({}, ...all); }, () => { asked = false; });
};
const AHEAD_MS = 1500;

/** @param {{props: Props}} of */
const Wall = ({ props }) => {
  const { t, act, me, own, room, options, ended, hold } = props;
  const [col, setCol] = useState(() => first(room, titles(room, t).length, ended));
  const [passed, pass] = useState(false);
  const draft = useRef(/** @type {any} */ (null));
  const { phase } = room;
  const quiet = phase === "quiet";
  const Part = later.value;
  const heads = titles(room, t);
  const writes = !ended && me.role !== "screen";
  const ours = mine(room, own, me.id);
  const left = options.votes - Object.values((own && own.dots) || {}).reduce((n, d) => n + Number(d), 0);
  const met = ((own && own.cans) || []).concat((own && own.able) || []).filter((/** @type {any} */ one) => one.theirs || one.words && one.mine);
  useEffect(() => {
    if (!quiet) return fetchLater();
    const timer = setTimeout(fetchLater, AHEAD_MS);
    return () => clearTimeout(timer);
  }, [quiet, props.away]);
  /** What would be lost if the room moved on: a note under the pen, else words of somebody one has met. @param {any} paper */
  const keep = (paper) => {
    draft.current = paper && paper.text ? paper : null;
    if (!hold) return;
    const found = met.map((/** @type {any} */ one) => one.theirs || one.words).join("\n");
    if (draft.current) hold(quiet ? { name: "", args: null, words: line(paper) } : { name: "add", args: { ...paper, col }, words: line(paper) });
    else hold(found ? { name: "", args: null, words: found } : null);
  };
  useEffect(() => keep(draft.current), [quiet, col, met.length]);
  /** @param {any} paper */
  const send = (paper) => {
    keep(null);
    const note = { ...paper, col };
    act(quiet ? "write" : "add", note, (/** @type {any} */ tree) => {
      const part = tree.own[me.id] || {};
      return quiet ? [[`own/${me.id}/held`, [...(part.held || []), note]], ["room/count", (tree.room.count || 0) + 1]]
        : [[`room/notes/${tree.room.notes.length}`, note], [`own/${me.id}/notes`, [...(part.notes || []), tree.room.notes.length]]];
    });
  };
  // One thing at a time: what was begun stays under the pen meanwhile.
  const busy = !quiet && (room.asked !== undefined || (phase === "score" && own && own.hand));
  const board = Part ? html`<${Part.Board} props=${props} Part=${Part} heads=${heads} col=${col} onCol=${setCol} ours=${ours} left=${left} />` : html`<p role="status">${t("page.waiting")}</p>`;
  const lead = Part && writes ? html`<${Part.Lead} key="lead" props=${props} />` : null;
  if (quiet && ended) return html`<div class="body"><p>${t("closed")}</p></div>`;
  const how = options.signed ? t("lead.signed") : quiet && !options.can && !options.score ? t("unsigned.how") : t("unsigned.plain");
  return html`<div class="body wall">
    ${quiet && html`<p role="status">${t("lead")}</p>`}
    ${quiet && own && own.held && own.held.length > 0 && html`<${Held} props=${props} heads=${heads} />`}
    ${!quiet && Part && room.asked !== undefined && stands(room.notes[room.asked] || { text: "" }) && html`<${Part.Asked} props=${props} key=${`q${room.asked}`} ours=${ours} />`}
    ${!quiet && Part && options.can && html`<${Part.Meetings} props=${props} />`}
    ${!quiet && Part && (phase === "score" || phase === "top") && html`<${Part.Scoring} props=${props} key="score" />`}
    ${!quiet && lead}
    ${!quiet && !busy && writes && room.notes.length > 4 && html`<button type="button" class="btn plain" onClick=${() => { const pen = document.getElementById("note"); if (pen) pen.focus(); }}>${t("write.go")}</button>`}
    ${options.votes > 0 && !room.dots && phase === "shown" && writes && !busy && html`<p class="small"><b>${t("dots.left", { count: left })}</b> ${t("dots.how")}</p>`}
    ${quiet ? null : busy || phase === "top" ? html`<details class="rest"><summary>${t("all.notes", { count: piles(room.notes).length })}</summary>${board}</details>` : board}
    ${writes && passed && html`<p>${t("passed")} <button type="button" class="btn plain" onClick=${() => pass(false)}>${t("after")}</button></p>`}
    ${writes && html`<div key="write" hidden=${passed || busy}><${Write} id="note" t=${t} label=${t("write")} word=${quiet ? t("send") : t("pin")} heads=${heads} col=${col} onCol=${setCol} tags=${options.columns === "offers"}
      signed=${options.signed} onType=${keep} onSend=${send}>${quiet && !(own && own.held && own.held.length) && html`<button type="button" class="btn plain" onClick=${() => { pass(true); keep(null); }}>${t("pass")}</button>`}</${Write}></div>`}
    ${writes && !busy && html`<p class="small soft">${how}${quiet ? ` ${t("come", { count: room.count || 0 })}` : ""}</p>`}
    ${quiet && lead}
  </div>`;
};

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t(`ask.${options.columns}`);

/** @param {Props} props */
const view = (props) => html`<${Wall} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
const say = ({ room, own, t }, before) => {
  const was = before && before.room;
  if (room.phase === "quiet") return was && (was.count || 0) < (room.count || 0) ? t("come", { count: room.count }) : "";
  if (!was || was.phase !== room.phase) {
    if (room.phase === "score") return own && own.hand ? t("score.lead") : "";
    if (room.phase === "top") return ranked(room).length ? t("top.first", { text: ranked(room)[0].text }) : t("top.none");
    return t("all.notes", { count: piles(room.notes).length });
  }
  const able = (/** @type {any} */ part, /** @type {string} */ key) => ((part && part[key]) || []).filter((/** @type {any} */ one) => (key === "able" ? one.on : one.theirs)).length;
  if (able(own, "cans") > able(before.own, "cans")) return t("yes.said");
  if (able(own, "able") > able(before.own, "able")) return t("somebody");
  if (room.asked !== undefined && room.asked !== was.asked) return t("asked", { text: room.notes[room.asked].text });
  if (room.dots && !was.dots) return t("result.said");
  const fresh = room.notes.slice(was.notes.length).filter((/** @type {any} */ note) => stands(note));
  return fresh.length ? t("new", { count: fresh.length, text: fresh[fresh.length - 1].text }) : "";
};

export default { id: "wall", head, view, say, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
