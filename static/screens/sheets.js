// Parts of the page that are not there at once: fetched when first asked for, and ahead of that as soon as the page is idle.
import { html, signal } from "../ui.js";
import { speakOn } from "./tongue.js";

/** The sheet that is open, "" for none. */
export const sheet = signal("");

/** @type {{[name: string]: () => Promise<any>}} */
const code = {
  people: () => import("./people.js").then((m) => m.People),
  more: () => import("./more.js").then((m) => m.More),
  cards: () => import("./cards.js").then((m) => m.Cards),
  timer: () => import("./timer.js").then((m) => m.Timer),
  waiting: () => import("./waiting.js").then((m) => m.Waiting),
  invite: () => import("./invite.js").then((m) => m.Invite),
  left: () => import("./desk.js").then((m) => m.Left),
  right: () => import("./desk.js").then((m) => m.Right),
};

/** What is here. */
const parts = signal(/** @type {{[name: string]: any}} */ ({}));
/** @type {Set<string>} */
const asked = new Set();

/** @type {Promise<unknown>|null} */
let styled = null;
/** How these parts look, fetched once with the first of them. A style that does not come is no reason to wait long. */
const style = () => (styled = styled || new Promise((done) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../../later.css", import.meta.url).href;
  link.onload = link.onerror = done;
  setTimeout(done, 3000);
  document.head.appendChild(link);
}));

/** @param {string} name */
function get(name) {
  if (asked.has(name)) return;
  asked.add(name);
  Promise.all([code[name](), speakOn(), style()]).then(([part]) => { parts.value = { ...parts.value, [name]: part }; }, () => asked.delete(name));
}

/** A part by its name, drawn as soon as its code is here. @param {{name: string}} of */
export const Later = ({ name }) => {
  get(name);
  const Part = parts.value[name];
  return Part ? html`<${Part} />` : null;
};

/** @param {string} name */
export const show = (name) => { sheet.value = name; };
export const hide = () => { sheet.value = ""; };

/** @param {boolean} host @param {boolean} wide */
export const fetchAhead = (host, wide) => ["people", "more", ...(host ? ["cards", "timer", "invite"] : []), ...(wide ? ["left"] : [])].forEach(get);
