// What is kept of a room, as the server tells it: everybody with a seat may read it, during the jam and after its end, without a line.
import { signal } from "../ui.js";
import { handOver } from "../parts/keep.js";
import { current, me, meet, people, state } from "./session.js";
import { t, table, words } from "./tongue.js";
import { album } from "./watch.js";
import { MOST, share, zineFile } from "./zine.js";

/** @typedef {import("../types.js").Past} Past */
/** @typedef {{g: number, kind: string, title: string, tables: number, rows: number, lines: number, pictures: number}} Part */
/** @typedef {{meet: any, past: {[g: string]: {room: any}}, parts: Part[],
 *   names?: {[member: string]: string}, left_out?: number[]}} Kept `names`: those that their owners have ticked */

/** The last answer of the server. */
export const kept = signal(/** @type {Kept|null} */ (null));

/** Who asks, in a header. */
const bearer = () => ({ Authorization: `Bearer ${current().keep.self().token || ""}` });
/** @param {string} path */
const address = (path) => `/api/rooms/${current().room}${path}`;

/** @returns {Promise<Kept>} throws the status when the server does not tell */
export async function fetchKept() {
  const answer = await fetch(address(`/kept?lang=${words.value.lang}`), { headers: bearer() });
  if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
  const told = await answer.json();
  kept.value = told;
  // What this page has not seen itself, it has from there.
  for (const g of Object.keys(told.past)) if (!album.has(Number(g))) album.set(Number(g), { room: told.past[g].room, own: undefined, host: undefined });
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

/**
 * One page of the zine for each thing that was made. @param {(past: Past) => string} title
 * @returns {Promise<(import("./zine.js").Page & {g: number, kind: string})[]>}
 */
export async function leaves(title) {
  const all = pasts().filter((past) => album.has(past.g));
  const made = await Promise.all(all.map(async (past) => {
    const { room } = album.get(past.g) || { room: null };
    const { lang } = words.value;
    if (!room || !/^[a-z][a-z0-9]{1,23}$/.test(past.kind)) return null;
    const [{ default: kind }, own] = await Promise.all([import(`../../activities/${past.kind}/view.js`), table(`../../activities/${past.kind}/lang/${lang}.json`)]);
    if (!kind.leaf) return null;
    const { default: leaf } = await kind.leaf();
    const { svg, lines } = leaf({ room, options: past.options || {}, t: words.value.with([[lang, own]]).t, names: ticked(), most: share(all.length) });
    const [p, q] = inks(past.kind);
    return svg || lines.length ? { g: past.g, kind: past.kind, title: title(past), tag: t(`kind.${past.kind}`), p, q, svg, lines } : null;
  }));
  return /** @type {any} */ (made.filter(Boolean));
}

/** All of it as one file. @param {(past: Past) => string} title */
export async function zine(title) {
  const pages = await leaves(title);
  const room = /** @type {any} */ (meet.value);
  const { lang, dir } = words.value;
  const text = zineFile({ lang, dir, title: room.title || t("start.untitled"), day: words.value.date(room.ended ? room.ended.at : Date.now()),
    thanks: t("zine.thanks"), note: t("zine.note"), pages });
  const blob = new Blob([text], { type: "text/html" });
  if (blob.size > MOST) throw new Error("large");
  handOver(blob, "jam.html");
}
