// The ways past the form of a room's page that few people come by: a link cut short, a jam that is over.
import { boxOf, choice } from "../keep.js";
import { linkIn } from "./address.js";
import { speakOn, t, words } from "./tongue.js";

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/**
 * A link that lost its end can be pasted whole, with the message around it or only its end; without one somebody inside can say a code.
 * @param {string} room @param {(cap: string) => void} found @param {() => void} again @param {boolean} pressed before this was here
 */
export function paste(room, found, again, pressed) {
  const form = part("paste"), field = /** @type {HTMLInputElement} */ (part("link"));
  const open = () => {
    const note = /** @type {HTMLElement} */ (form.querySelector(".note"));
    const press = /** @type {HTMLElement} */ (form.querySelector("[data-word]"));
    press.textContent = press.dataset.word || "";
    const link = linkIn(field.value);
    note.hidden = Boolean(link);
    if (!link) note.textContent = form.dataset.failed || "";
    else if (link.room && link.room !== room) location.href = `/r/${link.room}#${link.cap}`;
    else found(link.cap);
  };
  form.addEventListener("submit", open);
  if (pressed) open();
  const box = /** @type {HTMLDetailsElement} */ (part("knock"));
  const knock = () => {
    const el = /** @type {HTMLElement} */ (box.lastElementChild);
    const { lang } = document.documentElement;
    if (!el.firstChild) import("./knock.js").then((m) => m.mountKnock(el, { lang }), again);
  };
  box.addEventListener("toggle", knock);
  if (box.open) knock();
  // Whoever has knocked waits on, also after a reload.
  box.open = box.open || Boolean(choice("knock", undefined, boxOf("sessionStorage")));
}

/** What was made can be read without a line by whoever was there. @param {() => void} look */
export function offer(look) {
  const ways = part("gone").querySelector("p:last-child");
  if (!ways) return look();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn ink2";
  button.onclick = look;
  ways.insertBefore(button, ways.firstChild);
  speakOn().then(() => { button.textContent = t("end.again"); }, () => {});
}

/** The jam is over; its host may have left the next date. */
export function next() {
  const at = Number(part("gone").dataset.next);
  const text = part("gone").querySelector("p");
  if (at > Date.now() && text) speakOn().then(() => { text.textContent = t("room.ended", { date: words.value.when(at) }); }, () => {});
}
