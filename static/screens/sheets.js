// Parts of the page that are not there at once: fetched when first asked for, and ahead of that as soon as the page is idle.
import { html, signal } from "../ui.js";
import { speakOn } from "./tongue.js";

/** The sheet that is open, "" for none. */
export const sheet = signal("");

/** @type {{[name: string]: () => Promise<any>}} */
const code = {
  people: () => import("./people.js").then((m) => m.People),
  more: () => import("./more.js").then((m) => m.More),
  person: () => import("./person.js").then((m) => m.Person),
  trouble: () => import("./trouble.js").then((m) => m.Trouble),
  leave: () => import("./handover.js").then((m) => m.Leave),
  ending: () => import("./ending.js").then((m) => m.Ending),
  cards: () => import("./cards.js").then((m) => m.Cards),
  guide: () => import("./guide.js").then((m) => m.Guide),
  plan: () => import("./planner.js").then((m) => m.Planner),
  timer: () => import("./timer.js").then((m) => m.Timer),
  waiting: () => import("./waiting.js").then((m) => m.Waiting),
  invite: () => import("./invite.js").then((m) => m.Inviting),
  way: () => import("./invite.js").then((m) => m.Invite),
  key: () => import("./key.js").then((m) => m.Key),
  dates: () => import("./datesheet.js").then((m) => m.DateSheet),
  kept: () => import("./kept.js").then((m) => m.Kept),
  left: () => import("./desk.js").then((m) => m.Left),
  right: () => import("./desk.js").then((m) => m.Right),
  dock: () => import("./dock.js").then((m) => m.Dock),
  round: () => import("./round.js").then((m) => m.Round),
  tray: () => import("./round.js").then((m) => m.Tray),
  said: () => import("./round.js").then((m) => m.Standing),
  say: () => import("./say.js").then((m) => m.Say),
  line: () => import("./line.js").then((m) => m.Line),
  lost: () => import("./lost.js").then((m) => m.Lost),
  call: () => import("./call.js").then((m) => m.Call),
  device: () => import("./device.js").then((m) => m.Device),
  voices: () => import("./voicesheet.js").then((m) => m.Voices),
};

/** @param {string} name */
export const has = (name) => name in code;

/** What is here. */
const parts = signal(/** @type {{[name: string]: any}} */ ({}));
/** @type {Set<string>} */
const asked = new Set();

/**
 * Pictures of the sprite, into the page: "signs" for the first screens, "later" for the others. Read as a document, which is no way in
 * for a script: the policy has nothing against it. The page of the big screen has them all from the start. @param {string} name
 */
export const signs = (name) => new Promise((done) => {
  if (document.body.dataset.signs) return done(0);
  const ask = new XMLHttpRequest();
  ask.open("GET", new URL(`../../${name}.svg`, import.meta.url).href);
  ask.responseType = "document";
  ask.onloadend = () => {
    if (ask.responseXML) document.body.insertBefore(ask.responseXML.documentElement, document.body.firstChild);
    done(0);
  };
  ask.send();
});

/** @type {Promise<unknown>|null} */
let styled = null;
/** How these parts look, and their signs: fetched once with the first of them. What does not come is no reason to wait long. */
export const style = () => (styled = styled || new Promise((done) => {
  const drawn = signs("later");
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../../later.css", import.meta.url).href;
  link.onload = link.onerror = () => drawn.then(done);
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
export const fetchAhead = (host, wide) => ["people", "more", ...(host ? ["cards", "timer", "invite", "person", "trouble"] : []), ...(wide ? ["left"] : [])].forEach(get);
