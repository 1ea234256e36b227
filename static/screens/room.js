// The door of a room: what the address and this device know decides who comes in, and how. Then the room itself.
import { html, render } from "../ui.js";
import { choice, createKeep } from "../keep.js";
import { roomOf, secretOf } from "./address.js";
import { watch as watchLine } from "./drift.js";
import { Room } from "./frame.js";
import { fetchKind } from "./kind.js";
import { react, tell } from "./news.js";
import { current, hosting, line, me, meet, open, plan, wide } from "./session.js";
import { fetchAhead } from "./sheets.js";
import { speak, speakOn, t } from "./tongue.js";
import { watch } from "./watch.js";

/* keys: refused.* react.love react.bravo react.ha react.yes react.wow react.with */
/** @typedef {import("../types.js").Happening} Happening */

const WORDS = ["react.love", "react.bravo", "react.ha", "react.yes", "react.wow", "react.with"];
/** Answers that need no sentence: the page shows by itself what has come of it. */
const SILENT = ["outbox", "ended", "removed", "closed"];
/** What is on now has the line to itself first. */
const AHEAD_MS = 3000;

const id = decodeURIComponent(location.pathname.split("/")[2] || "");
const keep = createKeep(id);
/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/** @param {string} cap */
function remember(cap) {
  // The host's device knows the join link, too, if it was made here: it can be shown on.
  const had = keep.self().cap || "";
  if (had.startsWith("j.") && cap.startsWith("h.")) choice(`link:${id}`, had);
  keep.be({ cap });
}

/** Shows one of the page's own parts. @param {"door"|"nokey"|"gone"} name */
function turnTo(name) {
  for (const one of ["door", "nokey", "gone"]) part(one).hidden = one !== name;
}

/** @param {{hash: string, go: string}} jam */
export function begin(jam) {
  const speaking = speak(document.documentElement.lang);
  const form = part("join"), name = /** @type {HTMLInputElement} */ (part("name"));
  const cap = secretOf(jam.hash);
  if (cap) remember(cap);
  const self = keep.self();
  const typed = sessionStorage.getItem("jam:typed");
  if (typed) name.value = typed;
  else if (self.name || choice("name")) name.value = self.name || choice("name");
  sessionStorage.removeItem("jam:typed");
  const enter = () => {
    const wish = name.value.trim();
    const { lang } = document.documentElement;
    keep.be(wish ? { name: wish, lang } : { lang });
    if (wish && wish !== name.defaultValue) choice("name", wish);
    choice("left", null);
    speaking.then(come, () => setTimeout(() => location.reload(), 3000));
  };
  form.addEventListener("submit", enter);
  others(form, name);
  paste();
  addEventListener("hashchange", () => {
    const secret = secretOf(location.hash);
    if (!secret) return;
    remember(secret);
    turnTo("door");
  });
  if (self.token && choice("left") !== id) {
    // Nobody who is known here is asked for a name again.
    form.hidden = true;
    speaking.then(() => { part("hello").textContent = t("line.finding"); }, () => {});
    return enter();
  }
  if (part("gone").hidden && !self.token && !self.cap) return turnTo("nokey");
  if (self.token && self.name) speaking.then(() => { part("hello").textContent = t("join.again", { name: self.name }); });
  if (jam.go === "join") enter();
}

/** Another suggestion with each tap. @param {HTMLElement} form @param {HTMLInputElement} name */
function others(form, name) {
  const names = JSON.parse(form.dataset.more || "[]");
  const other = part("other");
  other.hidden = !names.length;
  let at = 0;
  other.addEventListener("click", () => { name.value = names[at++ % names.length]; });
}

/** A link that lost its end can be pasted whole. */
function paste() {
  const form = part("paste"), field = /** @type {HTMLInputElement} */ (part("link"));
  form.addEventListener("submit", () => {
    const note = /** @type {HTMLElement} */ (form.querySelector(".note"));
    const there = roomOf(field.value);
    const secret = secretOf(field.value);
    if (secret && (!there || there === id)) {
      remember(secret);
      turnTo("door");
      part("name").focus();
    } else if (secret && there) location.href = `/r/${there}#${secret}`;
    else {
      note.hidden = false;
      note.textContent = form.dataset.failed || "";
    }
  });
}

/** In. From here on the page is the room. */
async function come() {
  await open(id, hear);
  const room = part("room");
  watchLine();
  watch();
  /** What is drawn now. @type {any} */
  let shown = null;
  let drawn = false;
  function draw() {
    const { state, code } = line.value;
    const ended = meet.value && meet.value.ended;
    const next = ended ? "end" : state === "away" ? "gone" : meet.value && me.value ? "room" : shown;
    if (next === shown || !next) return;
    shown = next;
    const put = (/** @type {any} */ View) => {
      if (shown !== next) return;
      if (!drawn) room.textContent = "";
      drawn = true;
      render(html`<${View} code=${code} />`, room);
      if (next !== "room") {
        room.className = "room";
        const head = document.getElementById("head");
        if (head) head.focus();
      }
    };
    if (next === "room") put(Room);
    else if (next === "end") Promise.all([import("./end.js"), speakOn()]).then(([m]) => put(m.End));
    else Promise.all([import("./gone.js"), speakOn()]).then(([m]) => put(m.Gone));
  }
  meet.subscribe(draw);
  line.subscribe(draw);
  /** The next card's code comes while nobody waits for it. */
  const ahead = () => {
    const next = meet.value && plan.value[meet.value.at + 1];
    if (next) fetchKind(/** @type {any} */ (next).kind);
    fetchAhead(hosting.value, wide.value);
  };
  const idle = /** @type {any} */ (window).requestIdleCallback || ((/** @type {() => void} */ fn) => setTimeout(fn, 1500));
  let last = -2;
  meet.subscribe((now) => {
    if (!now || now.at === last || !me.value) return;
    last = now.at;
    setTimeout(() => idle(ahead), AHEAD_MS);
  });
}

/** @param {Happening} what */
function hear(what) {
  if (what.type === "welcome") {
    // The address bar gives its secret up only now that the room has let us in.
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  } else if (what.type === "react") react(what.counts, WORDS.map((key) => t(key)));
  else if (what.type === "refused" && !SILENT.includes(what.code)) {
    refused(what);
  } else if (what.type === "err") refused(what);
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
    location.href = "/";
  } else {
    choice("left", id);
    location.reload();
  }
}
