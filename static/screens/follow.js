// What this device remembers of the room it is in, and what a person should hear of without looking for it: somebody at the
// door, a question to everyone. Comes when the page is idle.
import { effect } from "../ui.js";
import { choice } from "../keep.js";
import { answer, answered, remembered } from "./agree.js";
import { knocking } from "./porch.js";
import { noteKey } from "./key.js";
import { hush, tell } from "./news.js";
import { remember } from "./rooms.js";
import { act, current, hosting, me, meet } from "./session.js";
import { sheet } from "./sheets.js";
import { speakOn, t } from "./tongue.js";

/** The room on this device's list; which link is known here, and how often it had been made anew by then. @param {string} room @param {number} at */
function note(room, at) {
  const of = meet.value, self = me.value;
  if (!of || !self || self.role === "screen") return;
  const person = of.people[self.id];
  const own = self.role === "host" && !(person && person.acting);
  remember({ room, title: of.title, host: own, at, starts: of.starts || [], minutes: of.minutes || 0, over: Boolean(of.ended) });
  if (own) noteKey();
  const cap = current().keep.self().cap || "";
  const join = cap.startsWith("j.") ? cap : choice(`link:${room}`) || "";
  const known = choice(`way:${room}`);
  if (join && !(known && known[0] === join)) choice(`way:${room}`, [join, of.links ? of.links.join : 0]);
}

/** Who has come to the door is told to hosts once. */
function listen() {
  /** @type {Set<string>} */
  const told = new Set();
  /** @type {{id: string, item: import("./news.js").News}|null} */
  let strip = null;
  effect(() => {
    const all = hosting.value ? knocking() : [];
    if (strip && !all.some(([id]) => id === /** @type {any} */ (strip).id)) {
      hush(strip.item);
      strip = null;
    }
    const next = all.find(([id]) => !told.has(id));
    if (!next) return;
    const [id, name] = next;
    told.add(id);
    // Whoever has the door before their eyes sees it there.
    if (sheet.peek() === "invite") return;
    const item = { text: t("door.knock", { name }), word: t("door.let"), run: () => { act("let", { knock: id, in: true }); },
      also: { word: t("door.not"), run: () => { act("let", { knock: id, in: false }); } } };
    strip = { id, item };
    Promise.resolve().then(() => tell(item, 0));
  });
}

/** The question to everyone is told once, and forgotten with the question. */
function wonder() {
  let told = false;
  effect(() => {
    const of = meet.value;
    if (!of) return;
    if (!of.keep) {
      told = false;
      if (answered() !== null) Promise.resolve().then(() => remembered(null));
    } else if (!told) {
      told = true;
      if (answered() === null && !hosting.value) {
        Promise.resolve().then(() => tell({
          text: t("agree.ask"), word: t("agree.yes"), run: () => { answer(true); }, also: { word: t("agree.no"), run: () => { answer(false); } },
        }, 0));
      }
    }
  });
}

let followed = false;

/** @param {string} room */
export async function follow(room) {
  if (followed) return;
  followed = true;
  const at = Date.now();
  effect(() => note(room, at));
  await speakOn();
  listen();
  wonder();
}
