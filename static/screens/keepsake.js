// What is kept of a room, as the server tells it: everybody with a seat may read it, during the jam and after its end, without a line.
import { effect, signal } from "../ui.js";
import { handOver } from "../parts/keep.js";
import { resolved, revisionOf, titleOf } from "./kind.js";
import { current, me, meet, people, running, state } from "./session.js";
import { t, table, words } from "./tongue.js";
import { album } from "./watch.js";
import { MOST, weight, within, zineFile } from "./zine.js";

/** @typedef {import("../types.js").Past} Past */
/** @typedef {{g: number, kind: string, title: string, tables: number, rows: number, lines: number, pictures: number}} Part */
/** @typedef {{meet: any, past: {[g: string]: {room: any}}, parts: Part[],
 *   marks?: {[g: string]: string}, names?: {[member: string]: string}, left_out?: number[], nowhere?: number[]}} Kept `names`: those that their owners have ticked;
 *   `nowhere`: what is in nobody's copy */
/** @typedef {import("./zine.js").Page & {g: number, kind: string}} Made one page of the zine */
/** @typedef {{g: number, kind: string, card: string|null, options: any, inner?: any, out?: boolean, revs?: {[kind: string]: number}}} Ran */

/** The last answer of the server. */
export const kept = signal(/** @type {Kept|null} */ (null));

/** Who asks, in a header. */
const bearer = () => ({ Authorization: `Bearer ${current().keep.self().token || ""}` });
/** @param {string} path */
const address = (path) => `/api/rooms/${current().room}${path}`;

/** What this page has of the past, as the server told it: a mark of each. @type {Map<string, string>} */
const marks = new Map();

/** @returns {Promise<Kept>} throws the status when the server does not tell */
export async function fetchKept() {
  const answer = await fetch(address(`/kept?lang=${words.value.lang}&have=${Array.from(marks, ([g, mark]) => `${g}-${mark}`).join(".")}`), { headers: bearer() });
  if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
  const told = await answer.json();
  kept.value = told;
  // What was written when it closed, this page has not seen itself.
  for (const g of Object.keys(told.past)) {
    album.set(Number(g), { ...(album.get(Number(g)) || { own: undefined, host: undefined }), room: told.past[g].room });
    if (told.marks && told.marks[g]) marks.set(g, told.marks[g]);
  }
  return told;
}

/** The room as it was left, where there is no line to it any more. @param {Kept} told */
export function settle(told) {
  const { member = "", role = "member" } = current().keep.self();
  me.value = { id: member, role: role === "host" ? "host" : "member" };
  const empty = { people: {}, plan: [], at: -1, now: null, line: {}, shut: {}, say: null, paper: {}, starts: [], minutes: 0, keep: null };
  state.value = /** @type {any} */ ({ meet: { ...empty, ...told.meet }, room: {}, own: {}, live: {} });
}

/** Am I one of its hosts? */
export const isHost = () => Boolean(me.value && me.value.role === "host");

/** What was opened and may be shown again, each once. @returns {Past[]} */
export const pasts = () => ((meet.value && meet.value.past) || []).filter((/** @type {any} */ past) => !("again" in past));

/** The server's own copies. @param {"md"|"zip"} form */
export async function fetchCopy(form) {
  const day = encodeURIComponent(words.value.date(Date.now()));
  const answer = await fetch(address(`/harvest.${form}?lang=${words.value.lang}&day=${day}`), { headers: bearer() });
  if (!answer.ok) throw new Error(String(answer.status));
  handOver(await answer.blob(), `jam.${form}`);
}

/** Gone now, for everyone. */
export async function erase() {
  const answer = await fetch(address(""), { method: "DELETE", headers: bearer() });
  if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
}

/** Names that may stand beside what their owners gave: as the room has them now, or as it had them when it was left. */
const ticked = () => {
  const all = people.value;
  if (!Object.keys(all).length) return (kept.value && kept.value.names) || {};
  return Object.fromEntries(Object.keys(all).filter((id) => all[id].named).map((id) => [id, all[id].name]));
};

/** @param {string} kind @returns {[p: string, q: string]} its inks, as the page prints them */
function inks(kind) {
  const el = document.createElement("i");
  el.className = `hide k-${kind}`;
  document.body.appendChild(el);
  const style = getComputedStyle(el);
  const found = /** @type {[string, string]} */ ([style.getPropertyValue("--p").trim(), style.getPropertyValue("--q").trim()]);
  el.remove();
  return found;
}

const WAIT_MS = 4000;
/** A card with its words: they come a moment after the card. @param {Ran} ran @returns {Promise<any>} null for none */
const cardOf = (ran) => (ran.card ? new Promise((done) => {
  let over = () => {};
  const end = (/** @type {any} */ card) => {
    clearTimeout(late);
    done(card);
    Promise.resolve().then(() => over());
  };
  const late = setTimeout(() => end(resolved(ran)), WAIT_MS);
  over = effect(() => {
    const card = resolved(ran);
    if (card && card.prompt) end(card);
  });
}) : Promise.resolve(null));

/** What was asked, where something was; else what it is called. @param {Ran} ran */
export const asked = (ran) => {
  const card = resolved(ran);
  return (ran.options && ran.options.text) || (card && card.prompt) || titleOf(ran);
};

/** How a kind makes its page, with its words; null if it makes none. @param {string} kind @returns {Promise<((props: any) => import("./zine.js").Leaf)|null>} */
async function maker(kind) {
  if (!/^[a-z][a-z0-9]{1,23}$/.test(kind)) return null;
  const { lang } = words.value;
  const [{ default: view }, own] = await Promise.all([import(`../../activities/${kind}/view.js`), table(`../../activities/${kind}/lang/${lang}.json`)]);
  if (!view.leaf) return null;
  const { default: leaf } = await view.leaf();
  const told = words.value.with([[lang, own]]).t;
  return (props) => leaf({ ...props, t: told });
}

/** Is it in nobody's copy? @param {Ran} ran */
export const nowhere = (ran) => Boolean(ran.out || (kept.value && (kept.value.nowhere || []).includes(ran.g)));

/** All that was opened, what runs with it. @returns {Ran[]} */
export const ran = () => /** @type {any} */ ([...pasts(), ...(running.value ? [running.value] : [])]);

/** One page of the zine, or null where nothing was made. @param {Ran} one @returns {Promise<Made|null>} */
async function page(one) {
  const { room } = album.get(one.g) || { room: null };
  const inside = one.options && one.options.inside;
  const [make, inner, card] = await Promise.all([maker(one.kind), inside ? maker(inside).catch(() => null) : null, cardOf(one)]);
  if (!room || !make) return null;
  const props = { room, options: one.options || {}, revision: revisionOf(one), card, names: ticked(),
    inside: inner && ((/** @type {any} */ more) => inner({ card: null, names: {}, revision: revisionOf(one, inside), ...more, options: (one.inner || {})[inside] || one.options.inside_options || {} })) };
  const leaf = make({ ...props, most: MOST });
  const { svg, lines } = leaf;
  const large = !svg && Boolean(make({ ...props, most: Infinity }).svg);
  const [p, q] = inks(one.kind);
  return svg || lines.length || large ? { g: one.g, kind: one.kind, title: asked(one), tag: t(`kind.${one.kind}`), p, q, ...leaf, large,
    again: (most) => make({ ...props, most }) } : null;
}

/** One page of the zine for each thing that was made and is in copies, one after the other: on a thin line the first is there soon.
 * @param {(made: Made[], n: number, of: number) => void} [told] as each is there: `n` of so many, some of which are nothing @returns {Promise<Made[]>} */
export async function leaves(told) {
  if (!kept.value) await fetchKept();
  /** @type {Made[]} */
  let made = [];
  const all = ran().filter((one) => album.has(one.g) && !nowhere(one));
  for (let i = 0; i < all.length; i += 1) {
    if (told) told(made, i + 1, all.length);
    const one = await page(all[i]).catch(() => null);
    if (one) made = [...made, one];
  }
  return made;
}

/** These pages as they stand in a file, no larger than a file may be. @param {readonly Made[]} pages */
const bound = (pages) => {
  const room = /** @type {any} */ (meet.value);
  const { lang, dir } = words.value;
  return zineFile(within({ lang, dir, title: room.title || t("start.untitled"), day: words.value.date(room.ended ? room.ended.at : Date.now()),
    thanks: t("zine.thanks"), note: t("zine.note"), large: t("zine.large"), short: t("zine.more"), pages: [...pages] }));
};

/** How large their file is, in words. @param {readonly Made[]} pages */
export const told = (pages) => t("keep.size", { size: Math.max(0.1, Math.ceil(weight(bound(pages)) / 1048576 * 10) / 10) });

/** These pages as one file. @param {readonly Made[]} pages */
export async function zine(pages) {
  handOver(new Blob([bound(pages)], { type: "text/html" }), "jam.html");
}
