// What one makes in a step: a line, a drawing or its words, pictures. What is half done is kept as it comes, so that the clock takes
// nothing away. And a page of one's own, for whoever sits out or has the room to themselves.
import { html, useEffect, useRef, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { Pad } from "../../static/parts/pad.js";
import { leftOf } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Choose } from "./picture.js";
import { Piece } from "./piece.js";
import { ALT, DRAFT_MS, dueIn, LAST_MS, nameOf, SOON_MS, TEXT } from "./told.js";

/** @typedef {import("./told.js").Props} Props */

/**
 * Text that is kept while it is written: at most every two seconds, and just before the clock rings.
 * @param {Props} props @param {number} step @param {string} first @returns {[string, (text: string) => void, () => void]} the text, what sets it, and what forgets that it has to go out
 */
const useDraft = (props, step, first) => {
  const { act, now, room, hold } = props;
  const [text, set] = useState(first);
  const out = useRef({ text: first, sent: first, at: -Infinity, timer: /** @type {any} */ (0) });
  const send = () => {
    const mine = out.current;
    clearTimeout(mine.timer);
    mine.timer = 0;
    if (mine.text === mine.sent || !fits(mine.text, TEXT)) return;
    mine.sent = mine.text;
    mine.at = now();
    act("draft", { step, text: mine.text.trim() });
  };
  const done = () => {
    clearTimeout(out.current.timer);
    out.current.timer = 0;
    out.current.sent = out.current.text;
    if (hold) hold(null);
  };
  useEffect(() => () => clearTimeout(out.current.timer), []);
  const left = leftOf(room.clock, now());
  usePulse(() => (room.clock && room.clock.left === undefined ? Math.max(0, leftOf(room.clock, now()) - LAST_MS) : 0), [room.clock]);
  useEffect(() => { if (step >= 0 && left && left <= LAST_MS) send(); });
  return [text, (next) => {
    const mine = out.current;
    mine.text = next;
    set(next);
    if (hold) hold(next.trim() ? { name: "", args: null, words: next.trim() } : null);
    const short = step >= 0 && leftOf(room.clock, now()) <= DRAFT_MS;
    if (!mine.timer) mine.timer = setTimeout(send, short ? SOON_MS : Math.max(SOON_MS, dueIn(mine.at, now())));
  }, done];
};

/** Strokes, each kept as it comes. @param {Props} props @param {number} step @param {string} at */
const strokes = ({ act, me }, step, at) => ({
  /** @param {any[]} mark */
  mark: (mark) => act("stroke", { step, ink: mark[0], width: mark[1], shape: mark[2], points: mark[3] }, (/** @type {any} */ tree) => {
    const own = (tree.own && tree.own[me.id]) || {};
    const marks = (own[at] && own[at].m) || [];
    return [marks.length ? [`own/${me.id}/${at}/m/${marks.length}`, mark] : [`own/${me.id}/${at}/m`, [mark]]];
  }),
  undo: () => act("unstroke", { step }, (/** @type {any} */ tree) => {
    const own = (tree.own && tree.own[me.id]) || {};
    const marks = (own[at] && own[at].m) || [];
    return marks.length ? [[`own/${me.id}/${at}/m/${marks.length - 1}`]] : [];
  }),
});

/** What the line is called that one writes. @param {Props} props @returns {string} */
const asked = ({ own, options, people, t }) => {
  const { do: what, from, to } = own.job;
  if (what === "thank") return t("do.thank", { name: nameOf(to, people) });
  if (from && (from.m || from.x)) return from.m ? t("do.guess") : t("do.read");
  if (from) return t("do.next");
  return options.form === "placed" ? t("do.place") : t("do.write");
};

/** @param {{props: Props}} of drawn anew for each step */
export const Job = ({ props }) => {
  const { t, act, me, own, room, options } = props;
  const { step } = room;
  const { job } = own;
  const mine = own.mine || {};
  const [text, type, sent] = useDraft(props, step, mine.t || "");
  const [named, sign] = useState(Boolean(mine.n));
  const [instead, swap] = useState(false);
  const draws = job.do === "draw", tells = job.do === "pick";
  const marks = mine.m || [], pics = mine.x || [];
  const pad = strokes(props, step, "mine");
  const limit = draws && marks.length ? ALT : TEXT;
  const ready = fits(text, limit) && Boolean(tells ? pics.length : draws && marks.length ? true : points(text));
  const go = () => {
    if (!ready) return;
    sent();
    const args = { step, text: tells ? "" : text.trim(), ...(options.named ? { named } : {}) };
    act("hand", args, (/** @type {any} */ tree) => {
      const before = (tree.own && tree.own[me.id] && tree.own[me.id].mine) || {};
      return [[`own/${me.id}/mine`, { ...before, t: args.text, n: named, done: true }], ["room/count", (tree.room.count || 0) + 1]];
    });
  };
  const pass = () => {
    sent();
    act("pass_", {}, () => [[`own/${me.id}/mine`, { ...mine, done: true, pass: true }]]);
  };
  /** @param {number[]} next */
  const choose = (next) => act("pick", { step, pics: next }, () => [[`own/${me.id}/mine/x`, next]]);
  const field = (/** @type {string} */ label, /** @type {number} */ most, /** @type {number} */ lines) => html`<${Field} id="rg-text" label=${label}
    value=${text} max=${most} lines=${lines} t=${t} onInput=${type} onEnter=${go} />`;
  return html`
    ${job.from ? html`<div class="rg-from"><p class="small"><b>${draws ? t("do.draw") : tells ? t("do.pick") : t("from")}</b></p><${Piece} piece=${job.from} t=${t} /></div>` : null}
    ${tells ? html`${job.from ? null : html`<p>${t("do.pick0")}</p>`}<${Choose} value=${pics} t=${t} onChange=${choose} />`
    : draws && !instead ? html`<${Pad} marks=${marks} ink=${me.ink || 0} label=${t("pad")} t=${t} onMark=${pad.mark} onUndo=${pad.undo} />
      ${marks.length ? field(t("alt"), ALT, 1) : html`<button type="button" class="btn plain" onClick=${() => swap(true)}>${t("instead")}</button>`}`
    : html`${field(draws ? t("do.words") : asked(props), TEXT, 2)}
      ${draws ? html`<button type="button" class="btn plain" onClick=${() => swap(false)}>${t("draw.it")}</button>` : null}`}
    ${options.named ? html`<label class="tickbox"><input type="checkbox" checked=${named} onChange=${() => sign(!named)} /><span>${t("named")}</span></label>` : null}
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${t("hand")}</button>
      <button type="button" class="btn plain" onClick=${pass}>${t("pass")}</button></div>`;
};

/** A page of one's own: nobody else sees it, and it goes nowhere. @param {{props: Props}} of */
export const Page = ({ props }) => {
  const { t, me, own, options } = props;
  const page = (own && own.page) || {};
  const [text, type] = useDraft(props, -1, page.t || "");
  const pad = strokes(props, -1, "page");
  const draws = options.form === "telephone" || options.form === "story";
  return html`<section class="rg-own"><h2>${t("page")}</h2><p class="small soft">${t("page.how")}</p>
    <${Field} id="rg-page" label=${t("page.text")} value=${text} max=${TEXT} lines=${2} t=${t} onInput=${type} />
    ${draws ? html`<${Pad} marks=${page.m || []} ink=${me.ink || 0} label=${t("pad")} t=${t} onMark=${pad.mark} onUndo=${pad.undo} id="pad-own" />` : null}</section>`;
};
