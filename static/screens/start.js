// The start page: a title, perhaps a date, a language and some cards, and the room is open. Below: rooms of this device, a code.
import { boxOf, choice } from "../keep.js";

/** @typedef {{room: string, join_url: string, host_url: string}} Answer */
/** @typedef {import("./made.js").Made} Made */

const KEPT = "jam:made", FILLED = "jam:filled";

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

const LEAST_MINUTES = 10, MOST_MINUTES = 120;

/**
 * What the form asks for, its dates aside: a plan made to measure, one of the collection, one that came with the link, or a few cards.
 * @param {FormData} form @param {{minutes?: number, steps?: any[]}} [more] `minutes` of a date, which then are the plan's, too
 */
export function wish(form, { minutes = 0, steps } = {}) {
  const asked = { title: String(form.get("title") || "").trim(), lang: String(form.get("lang") || "en") };
  const mood = String(form.get("mood") || "");
  if (mood === "link" && steps) return { ...asked, plan: steps };
  if (mood.startsWith("plan:")) return { ...asked, plan: mood.slice(5) };
  if (!mood || mood === "cards") return asked;
  const long = Math.max(LEAST_MINUTES, Math.min(MOST_MINUTES, minutes || Number(form.get("long"))));
  return { ...asked, wish: { minutes: long, size: Number(form.get("size")), mood } };
}

/** The links of the room just made outlast a reload of this tab, and no more. @param {Made|null} [made] @returns {Made|null} */
function kept(made) {
  try {
    if (made) sessionStorage.setItem(KEPT, JSON.stringify(made));
    else if (made === null) sessionStorage.removeItem(KEPT);
    const had = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    return had && { lang: document.documentElement.lang, starts: [], minutes: 0, ...had };
  } catch (_) {
    return made || null;
  }
}

/** @param {Made} made */
const show = (made) => import("./made.js").then((screen) => screen.present(made, () => {
  kept(null);
  location.reload();
}));

/** When: nothing, dates, or the sentence that says what cannot be read. @param {HTMLFormElement} form */
async function when(form) {
  const read = new FormData(form);
  if (!read.get("date") && !read.get("time")) return { starts: [], minutes: 0, note: "" };
  const [{ whenOf }, fields] = await Promise.all([import("./dates.js"), import("./when.js")]);
  const { starts, minutes, wrong } = whenOf(fields.typed(form), Date.now());
  if (!wrong) return { starts, minutes, note: "" };
  await fields.ready();
  return { starts, minutes, note: fields.wrongly(wrong) };
}

/** What was filled in comes along to the page in another language. (Its title does so in the tab's own name: boot.js.)
 * @param {HTMLFormElement} form */
function carry(form) {
  const box = boxOf("sessionStorage");
  /** @type {any[]} */
  const fields = Array.from(form.elements).filter((/** @type {any} */ field) => field.name && field.name !== "title" && field.name !== "lang");
  const folds = Array.from(form.querySelectorAll("details"));
  const key = (/** @type {any} */ field) => (field.type === "checkbox" ? `${field.name} ${field.value}` : field.name);
  try {
    const had = JSON.parse(box.getItem(FILLED) || "null");
    box.removeItem(FILLED);
    if (had) {
      for (const field of fields) if (key(field) in had.fields) [field.value, field.checked] = had.fields[key(field)];
      folds.forEach((fold, i) => { fold.open = had.open[i]; });
    }
  } catch (_) { /* the fields stay as they are */ }
  document.addEventListener("click", (event) => {
    if (!(/** @type {any} */ (event.target)).hreflang) return;
    const all = Object.fromEntries(fields.map((field) => [key(field), [field.value, field.checked]]));
    try {
      box.setItem(FILLED, JSON.stringify({ fields: all, open: folds.map((fold) => fold.open) }));
    } catch (_) { /* then they are filled in again */ }
  });
}

/** A fold fetches what is in it when it is opened first. @param {string} name @param {(fold: HTMLElement) => void} fetch */
function unfolds(name, fetch) {
  const fold = /** @type {HTMLDetailsElement} */ (part(name));
  let done = false;
  const look = () => {
    if (done || !fold.open) return;
    done = true;
    fetch(fold);
  };
  fold.addEventListener("toggle", look);
  look();
}

/** @param {{hash: string, go: string, typed: string}} jam */
export function begin(jam) {
  const before = kept();
  if (before) return void show(before);
  const form = /** @type {HTMLFormElement} */ (part("make"));
  const note = /** @type {HTMLElement} */ (form.querySelector(".note"));
  const press = /** @type {HTMLElement} */ (form.querySelector("[data-busy] span"));
  const word = press.dataset.word || "";
  let busy = false;
  /** @type {any[]|undefined} */
  let linked;
  const mood = /** @type {HTMLSelectElement} */ (part("mood"));
  // A plan of the collection has its own length and size.
  const measure = () => { part("measure").hidden = !/^[a-z]+$/.test(mood.value) || mood.value === "cards" || mood.value === "link"; };
  mood.addEventListener("change", measure);
  /** @param {string} text */
  const say = (text) => {
    note.hidden = !text;
    note.textContent = text;
  };
  const send = async () => {
    const dated = await when(form);
    if (dated.note) {
      /** @type {HTMLDetailsElement} */ (part("when")).open = true;
      return say(dated.note);
    }
    const { starts, minutes } = dated;
    const asked = { ...wish(new FormData(form), { minutes, steps: linked }), ...(starts.length ? { starts, minutes } : {}) };
    const answer = await fetch("/api/rooms", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) });
    const body = await answer.json();
    if (!answer.ok) throw body;
    const { room, join_url, host_url } = /** @type {Answer} */ (body);
    const { title, lang } = asked;
    choice(`link:${room}`, join_url.split("#")[1]);
    const made = { room, title, lang, starts, minutes, join_url, host_url };
    kept(made);
    const { remember } = await import("./rooms.js");
    remember({ room, title, host: true, at: Date.now(), starts, minutes });
    await show(made);
  };
  const make = () => {
    if (busy) return;
    busy = true;
    say("");
    send().catch((no) => say((no && no.code === "many_rooms" ? form.dataset.many : form.dataset.failed) || "")).then(() => {
      busy = false;
      jam.go = ""; // carried out: the page in another language does not press it once more
      press.textContent = word;
    });
  };
  form.addEventListener("submit", make);
  const title = /** @type {HTMLInputElement} */ (part("title"));
  title.value = title.value || jam.typed;
  carry(form);
  measure();
  if (jam.hash.startsWith("#plan.")) import("./planlink.js").then((link) => link.take(jam.hash, mood)).then((steps) => {
    linked = steps;
    measure();
  }, () => {});
  unfolds("when", () => import("./when.js").then((fields) => fields.wire(form)));
  unfolds("code", (fold) => import("./knock.js").then((knock) => knock.mountKnock(/** @type {HTMLElement} */ (fold.querySelector("div")), { lang: document.documentElement.lang })));
  if (choice("rooms")) import("./roomlist.js").then((screen) => screen.list(part("rooms")));
  if (jam.go === "make") make();
}
