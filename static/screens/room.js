// The page of a room: its door (static/door.js says who comes in, and how), then the room itself.
import { html, render } from "../ui.js";
import { choice, createKeep } from "../keep.js";
import { createDoor } from "../door.js";
import { listen } from "../parts/sound.js";
import { secretOf } from "./address.js";
import { watch as watchLine } from "./drift.js";
import { Room } from "./frame.js";
import { fetchKind, pause } from "./kind.js";
import { react, tell } from "./news.js";
import { current, hosting, line, me, meet, open, plan, running, wide } from "./session.js";
import { fetchAhead, signs, style } from "./sheets.js";
import { speak, speakOn, t } from "./tongue.js";

/* keys: refused.* react.love react.bravo react.ha react.yes react.wow react.with */
/** @typedef {import("../types.js").Happening} Happening */

const WORDS = ["react.love", "react.bravo", "react.ha", "react.yes", "react.wow", "react.with"];
/** Answers that need no sentence: the page shows by itself what has come of it. */
const SILENT = ["outbox", "ended", "removed", "closed", "locked", "full"];
/** What is on now has the line to itself first. */
const AHEAD_MS = 3000;
/** A greeting that does not come is no reason to wait outside. */
const GREET_MS = 4000;
/** The door opens later, by itself: locked, full. */
const SHUT = [4030, 4031];
/** Views inside messengers, where a page may lack something. */
const INSIDE = /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Telegram|\bLine\//;

const id = decodeURIComponent(location.pathname.split("/")[2] || "");
const keep = createKeep(id);
const door = createDoor(keep, {
  hash: () => location.hash,
  entry: () => (history.state && history.state.cap) || "",
  put: (hash, cap) => history.replaceState({ ...history.state, cap }, "", location.pathname + location.search + hash),
});
/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/** @type {import("../app.js").Jam} */
let boot;
let coming = false;
/** Somebody who has not been here before. */
let fresh = false;
/** What is drawn over the form, "" for nothing yet. */
let shown = "";

/** Shows one of the page's own parts. @param {string} name */
function turnTo(name) {
  for (const one of ["door", "nokey", "gone"]) part(one).hidden = one !== name;
}

/** @param {any} View @param {number} code */
function put(View, code) {
  const room = part("room");
  if (!room.hasAttribute("data-drawn")) room.textContent = "";
  room.setAttribute("data-drawn", "");
  render(html`<${View} code=${code} />`, room);
  const head = document.getElementById("head");
  if (shown !== "room") room.className = "room";
  if (head && (shown !== "room" || fresh)) head.focus();
}

/** A screen that is seldom needed. @param {string} name @param {() => Promise<any>} get @param {number} [code] */
function later(name, get, code = 0) {
  shown = name;
  Promise.all([get(), speakOn(), style()]).then(([View]) => { if (shown === name) put(View, code); }, boot.again);
}

const gone = () => import("./gone.js").then((m) => m.Gone);

/** @param {import("../app.js").Jam} jam */
export function begin(jam) {
  boot = jam;
  const speaking = speak(document.documentElement.lang);
  signs("signs");
  listen(); // the tap that joins lets the page sound, too
  const form = part("join"), name = /** @type {HTMLInputElement} */ (part("name"));
  const self = keep.self();
  const own = jam.typed || self.name || choice("name");
  if (own && name.value === name.defaultValue) name.value = own;
  const over = !part("gone").hidden;
  const enter = () => {
    if (coming) return;
    coming = true;
    const wish = name.value.trim();
    const { lang } = document.documentElement;
    const { token, cap = "" } = keep.self();
    keep.be(wish ? { name: wish, lang } : { lang });
    if (wish && wish !== name.defaultValue) choice("name", wish);
    choice("left", null);
    fresh = !token && !cap.startsWith("p.");
    if (fresh) import("./hello.js").catch(() => {});
    speaking.then(come, jam.again);
  };
  /** What the address and this device say, at first and after each change. */
  const settle = () => {
    if (coming || shown) return;
    const left = choice("left") === id;
    const way = door.arrive({ ended: over, left, made: Boolean(choice(`link:${id}`)) });
    const back = over && Boolean(keep.self().token) && (way === "enter" || way === "ended");
    turnTo(way === "ended" || back ? "gone" : way === "nokey" ? way : "door");
    if (way === "ended") speaking.then(() => byway((ways) => ways.next()), () => {});
    if (back) return void speaking.then(() => revisit(way === "enter"), jam.again);
    if (way === "nokey") cutShort();
    if (way === "removed") speaking.then(() => later(way, gone, 4503), jam.again);
    if (way === "ask") return void Promise.all([import("./keyed.js"), speaking.then(speakOn), style()]).then(([m]) => m.ask(form, door, enter), jam.again);
    const { token, name: known } = keep.self();
    part("inapp").hidden = !INSIDE.test(navigator.userAgent) || !secretOf(location.hash);
    if (way === "enter") {
      // Nobody who is known here is asked for a name again.
      form.hidden = true;
      speaking.then(() => { part("hello").textContent = t("line.finding"); }, () => {});
      return enter();
    }
    if (token && known) speaking.then(() => { part("hello").textContent = t("join.again", { name: known }); }, () => {});
    if (way === "form" && jam.go === "join") enter();
  };
  let cut = false;
  /** Without a whole link: it can be pasted, or somebody inside says a code. */
  const cutShort = () => {
    if (cut) return;
    cut = true;
    byway((ways) => ways.paste(id, (cap) => {
      door.paste(cap);
      settle();
      if (!part("door").hidden) name.focus();
    }, boot.again, boot.go === "paste"));
  };
  form.addEventListener("submit", () => { if (!form.classList.contains("asked")) enter(); });
  others(form, name);
  addEventListener("hashchange", () => {
    // A link followed in this tab, or the answer to a knock: the page begins anew with it.
    if (!secretOf(location.hash)) return;
    jam.keep();
    location.reload();
  });
  settle();
}

/** Another suggestion with each tap. @param {HTMLElement} form @param {HTMLInputElement} name */
function others(form, name) {
  const names = JSON.parse(form.dataset.more || "[]");
  const other = part("other");
  other.hidden = !names.length;
  let at = 0;
  other.addEventListener("click", () => { name.value = names[at++ % names.length]; });
}

/** A way that few come by, with its own code. @param {(ways: typeof import("./byways.js")) => void} go */
const byway = (go) => { import("./byways.js").then(go, boot.again); };

/** Over, and this device was there: what was made can be read without a line. @param {boolean} now without being asked */
function revisit(now) {
  const look = () => later("end", () => import("./end.js").then((m) => m.revisit(id, keep)));
  if (now) look();
  else byway((ways) => ways.offer(look));
}

/** In. From here on the page is the room. */
async function come() {
  await open(id, hear, keep);
  watchLine();
  let greeted = !fresh;
  const go = () => {
    greeted = true;
    draw();
  };
  function draw() {
    const { state, code } = line.value;
    const inside = meet.value && me.value;
    if (!inside && shown !== "shut" && document.getElementById("off")) part("off").hidden = state !== "lost" || SHUT.includes(code);
    const ended = meet.value && meet.value.ended;
    if (hosting.value) greeted = true;
    const now = ended ? "end" : state === "away" ? "gone" : inside ? (greeted ? "room" : "hello")
      : state === "lost" && SHUT.includes(code) ? "shut" : shown;
    if (now === shown || !now) return;
    if (now === "room") {
      shown = now;
      put(Room, code);
      fresh = false;
    } else if (now === "end") later(now, () => import("./end.js").then((m) => m.End));
    else if (now === "hello") greet(go);
    else later(now, gone, code);
  }
  meet.subscribe(draw);
  line.subscribe(draw);
  me.subscribe((self) => {
    if (self) keep.be({ role: self.role });
    draw();
  });
  /** The next card's code comes while nobody waits for it. */
  const ahead = () => {
    const next = meet.value && plan.value[meet.value.at + 1];
    if (next) fetchKind(/** @type {any} */ (next));
    fetchAhead(hosting.value, wide.value);
    import("./follow.js").then((m) => m.follow(id), () => {});
  };
  const idle = /** @type {any} */ (window).requestIdleCallback || ((/** @type {() => void} */ fn) => setTimeout(fn, 1500));
  let last = -2;
  meet.subscribe((now) => {
    if (!now || now.at === last || !me.value) return;
    last = now.at;
    setTimeout(() => idle(ahead), AHEAD_MS + pause);
  });
}

/** The first screen of somebody new; the running activity is fetched behind it. @param {() => void} go */
function greet(go) {
  shown = "hello";
  const late = setTimeout(go, GREET_MS);
  if (running.value) fetchKind(running.value);
  import("./hello.js").then((m) => {
    clearTimeout(late);
    if (shown === "hello") put(() => m.Hello({ go }), 0);
  }, () => { clearTimeout(late); go(); });
}

/** @param {Happening} what */
function hear(what) {
  if (what.type === "welcome") door.welcomed();
  else if (what.type === "gone" && what.code === 4503) door.removed();
  else if (what.type === "react") react(what.counts, WORDS.map((key) => t(key)));
  else if ((what.type === "refused" || what.type === "err") && !SILENT.includes(what.code)) refused(what);
}

/** Why something did not go, in a sentence. @param {{code: string, args?: any}} no */
const refused = ({ code, args }) => speakOn().then(() => tell(t(`refused.${code}`, args)), () => {});

/** Out of the room; the link still works. @param {boolean} forget everything about me on this device */
export function leave(forget) {
  const { link } = current();
  link.leave();
  if (forget) {
    keep.forget();
    choice(`link:${id}`, null);
    choice("name", null);
    choice("left", null);
    history.replaceState(null, "");
    import("./rooms.js").then((m) => m.forgetRoom(id), () => {}).then(() => { location.href = "/"; });
  } else {
    choice("left", id);
    location.reload();
  }
}
