// Kinds of activity, loaded when one is opened: code, style and words from the kind's own folder. And the ready cards.
import { html, signal, useEffect, useLayoutEffect, useMemo, useRef } from "../ui.js";
import { reason } from "./answer.js";
import { createHold } from "./grace.js";
import { said, say, tell } from "./news.js";
import { current, light, line, me, people, state, waiting, wide } from "./session.js";
import { style } from "./sheets.js";
import { table, words } from "./tongue.js";
import { hang, wear } from "./wear.js";

/* keys: kind.* refused.* */
/** @typedef {import("../types.js").Running} Running */
/** @typedef {{id: string, title: string, prompt: string, say: string, kind: string, minutes: number, size: [number, number],
 *   energy: string, seated: boolean, pick?: string, choose?: boolean, options?: any, span: [number, number], purpose: string[], swap: string, risk?: string}} Card */
/** @typedef {{id: string, title: string, prompt: string, deck?: string[]}} Brief */
/** @typedef {{cards: Card[], start: string[], decks: {[name: string]: string[]}}} Library */
/** @typedef {{id: string, head?: (props: any) => string|null, view?: (props: any) => any,
 *   start?: (el: HTMLElement, props: any) => {update(props: any): void, stop(): void}, say?: (props: any, before: any) => string, revision?: number,
 *   ahead?: (options: any) => void}} Kind `ahead`: fetches what this form of it takes */

/** What is unfinished, or was in the activity before: the shell offers to send it. */
export const hand = createHold();
/** Rises when somebody asks to be shown the whole. */
export const home = signal(0);

/** For so long what is on has the line to itself: half the time in which the page itself came. */
export const pause = Math.min(10000, performance.now() / 2);

/** What has been loaded; a kind that did not come is null until it is asked for again. */
const kinds = signal(/** @type {{[id: string]: Kind|null}} */ ({}));
const tables = signal(/** @type {{[at: string]: any}} */ ({}));
/** @type {Set<string>} */
const asked = new Set();
/** The words each kind was drawn with last. @type {{[kind: string]: [lang: string, table: any]}} */
const spoken = {};

/** @param {string} kind */
const folder = (kind) => new URL(`../../activities/${kind}/`, import.meta.url).href;

/** The kind's style, before its first picture; and, for one that rooms seldom begin with, the signs that are not there from the start: a little
 * later, so that on a slow line the kind can ask for what it takes. @param {string} kind */
const dressed = (kind) => Promise.all([hang(kind, `${folder(kind)}style.css`), (document.body.dataset.kinds || "").split(" ").includes(kind) ? 0
  : new Promise((done) => setTimeout(done, pause / 8)).then(style)]);

/** Fetch a kind with what this form of it takes, its words, and what runs in its teams, unless they are here or under way. @param {{kind: string, options?: any}} of */
export function fetchKind({ kind, options = {} }) {
  if (!/^[a-z][a-z0-9]{1,23}$/.test(kind)) return;
  const { lang } = words.value;
  fetchTable(`${kind}/${lang}`, `../../activities/${kind}/lang/${lang}.json`);
  if (asked.has(kind)) return;
  asked.add(kind);
  const view = import(`../../activities/${kind}/view.js`);
  view.then((module) => { if (module.default.ahead) module.default.ahead(options); }, () => {});
  if (options.inside) setTimeout(() => fetchKind({ kind: options.inside, options: options.inside_options }), pause / 3);
  Promise.all([view, dressed(kind)]).then(
    ([module]) => { kinds.value = { ...kinds.value, [kind]: module.default }; },
    () => {
      asked.delete(kind);
      kinds.value = { ...kinds.value, [kind]: null };
    },
  );
}

/** @param {string} at @param {string} path */
function fetchTable(at, path) {
  if (asked.has(at)) return;
  asked.add(at);
  table(path).then((found) => { tables.value = { ...tables.value, [at]: found }; }, () => asked.delete(at));
}

/** The ready cards in the language of the page, with all there is to know of them. @returns {Library|null} */
export function library() {
  const at = `cards/${words.value.lang}.full`;
  fetchTable(at, `../../${at}.json`);
  return tables.value[at] || null;
}

/** @typedef {[title: string, prompt: string, place: number, deck: string]} Told what a card is called and asks, and which prompt of which deck
 *   that is (-1: of none) */
/** Where a card is told of: those that rooms begin with come first, all others on demand. @param {string} card @returns {{[id: string]: Told}|null} */
function titles(card) {
  const soon = told("");
  return !soon || soon[card] ? soon : told(".more");
}

/** @param {string} part @returns {{[id: string]: Told}|null} */
function told(part) {
  const at = `cards/${words.value.lang}${part}`;
  fetchTable(at, `../../${at}.json`);
  return tables.value[at] || null;
}

/** All prompts of a deck, once they have come. @param {string} name @returns {string[]|null} */
function deck(name) {
  const at = `cards/${words.value.lang}.${name}`;
  fetchTable(at, `../../${at}.json`);
  return tables.value[at] || null;
}

/** A card with the prompt that its options choose. Its deck is fetched when somebody looks at it. @param {{card: string|null, options?: any}} of @returns {Brief|null} */
export function resolved({ card, options }) {
  const all = card ? titles(card) : null;
  if (!card || !all || !all[card]) return null;
  const [title, own, place, name] = all[card];
  const wish = place >= 0 && options && typeof options.prompt === "number" ? options.prompt : place;
  // Only a prompt that the host has picked needs the whole deck.
  const list = wish === place ? null : deck(name);
  return { id: card, title, prompt: wish === place ? own : (list && list[wish % list.length]) || "", get deck() { return (name && deck(name)) || undefined; } };
}

/** A text with its two ends, "question | one | other", in a line. @param {string} [text] */
const bare = (text = "") => (text.split(" | ").length > 2 ? text.slice(0, text.indexOf(" | ")) : text.replace(" | ", " – "));

/** What an activity is called in lists. @param {{card: string|null, kind?: string, options?: any}} of */
export function titleOf(of) {
  const card = resolved(of);
  if (of.card && !titles(of.card)) return "…";
  return (of.options && bare(of.options.text)) || (card && card.title) || (of.kind && words.value.t(`kind.${of.kind}`)) || "…";
}

/** No tap is dead: what came to nothing is told. @param {any} answer @param {[lang: string, table: any]|undefined} own @param {any} t */
const heard = (answer, own, t) => {
  const key = reason(answer, own && own[1]);
  if (key) tell(t(key, answer.args));
  return answer;
};

/** At which revision of its kind something was opened. @param {{kind: string, revs?: {[kind: string]: number}}} of @param {string} [inside] */
export const revisionOf = ({ kind, revs }, inside = kind) => (revs && revs[inside]) || 1;

/**
 * A running or past activity with all it needs to be drawn, or why it cannot be yet. What runs in a team has a stage of its own
 * inside the outer one's: `inner`.
 * @param {Running|import("../types.js").Past|import("../types.js").Inside} run @param {{room: any, own: any, host: any}|null} [album] what was kept of a past one
 * @param {any} [other] what is otherwise with this stage
 * @returns {{kind: Kind|null, ready: boolean, failed: boolean, props: any}}
 */
export function staged(run, album = null, other = {}) {
  const kind = kinds.value[run.kind] || null;
  const revision = revisionOf(run);
  // A page that is older than what was opened does not guess: it is loaded anew.
  const old = kind !== null && (kind.revision || 1) < revision;
  const lang = words.value.lang;
  const at = `${run.kind}/${lang}`;
  fetchKind(run);
  // After a change of language the activity stays as it is, in its old words, until the new ones have come.
  if (tables.value[at]) spoken[run.kind] = [lang, tables.value[at]];
  const own = spoken[run.kind];
  const now = state.value;
  const self = me.value;
  const more = useMemo(() => words.value.with(own ? [own] : []), [words.value, own]);
  const tree = album || { room: now && now.room, own: now && self && now.own && now.own[self.id], host: now && now.host };
  const { store, clock } = current();
  const person = self && people.value[self.id];
  const team = !album && self && tree.room && tree.room.team ? tree.room.team[self.id] : "";
  const ours = team && /** @type {Running} */ (run).in;
  /** @type {(name: string, args: any, guess: any) => Promise<any>} */
  const act = other.act || ((name, args, guess) => (album ? Promise.resolve({ outcome: "refused", code: "closed" }) : store.act(`${run.kind}.${name}`, args, guess, run.g)));
  const props = {
    ...tree, me: { id: self && self.id, name: person && person.name, ink: person && person.ink, role: self && self.role },
    people: people.value, options: run.options || {}, revision, card: resolved(/** @type {Running} */ (run)), lang, dir: words.value.dir,
    wide: wide.value, far: false, ended: album !== null, light: light.value, waiting: waiting.value,
    away: line.value.state === "lost", now: clock.now, t: more.t,
    lives: (!album && now && now.live) || {}, said: said.value, home: home.value,
    live: album ? () => {} : store.live,
    hold: (/** @type {import("./grace.js").Piece|null} */ piece) => { if (!album) hand.hold(run.kind, run.g, piece); },
    team: team && now && now.team ? now.team[team] : undefined,
    inner: ours && ours[team] ? nested({ run: { ...ours[team], revs: run.revs }, team }) : null,
    // Something that was made in a team, to be looked at again.
    look: (/** @type {import("../types.js").Inside} */ made, /** @type {any} */ room, far = false) => nested({ run: { options: (/** @type {Running} */ (run).inner || {})[made.kind], revs: run.revs, ...made }, room, far }),
    ...other,
    act: (/** @type {string} */ name, /** @type {any} */ args, /** @type {any} */ guess) => act(name, args, guess).then((/** @type {any} */ answer) => heard(answer, own, more.t)),
  };
  return { kind, ready: Boolean(kind && !old && own && tree.room), failed: old || kinds.value[run.kind] === null, props };
}

const inner = signal(/** @type {any} */ (null));
/** What runs in a team, or ran there: few pages have that. @param {any} of */
const nested = (of) => {
  if (!inner.value) import("./nest.js").then((m) => { inner.value = m.Inner; }, () => {});
  return inner.value && html`<${inner.value} key=${of.run.g} ...${of} />`;
};

/** Ask again for a kind that did not come, or that is too old. @param {string} kind */
export function again(kind) {
  const { [kind]: old, ...rest } = kinds.value;
  if (old) return void location.reload();
  kinds.value = rest;
}

/** The sheet of a kind is on before what stands after this measures itself. @param {{id: string}} of */
const Worn = ({ id }) => {
  useLayoutEffect(() => wear(id), [id]);
  return null;
};

/** The kind's own part of the page: its view, then whatever it draws without waiting for a view. @param {{stage: any, id: string}} of */
export const Stage = ({ stage: { kind, props }, id }) => {
  const el = useRef(/** @type {HTMLElement|null} */ (null));
  const run = useRef(/** @type {any} */ (null));
  const before = useRef(/** @type {any} */ (null));
  // What had the focus and stands here no more leaves it to what stands here now, not to the top of the page.
  const held = Boolean(el.current && el.current.contains(document.activeElement));
  useLayoutEffect(() => {
    if (!held || !el.current || document.activeElement !== document.body) return;
    el.current.tabIndex = -1;
    el.current.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (kind.start && el.current) run.current = kind.start(el.current, props);
    return () => { if (run.current) run.current.stop(); };
  }, [kind]);
  useLayoutEffect(() => { if (run.current && before.current) run.current.update(props); });
  useEffect(() => {
    if (kind.say && !props.ended && (!before.current || before.current.room !== props.room)) say(kind.say(props, before.current));
    before.current = props;
  });
  return html`<div class="mid enter" id=${id} ref=${el}><${Worn} id=${kind.id} />${kind.view ? kind.view(props) : null}</div>`;
};
