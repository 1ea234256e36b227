// The start page: a title, perhaps a language and some cards, and the room is open.
import { choice } from "../keep.js";

/** @typedef {{room: string, join_url: string, host_url: string}} Made */

const KEPT = "jam:made";

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/** What the form asks for. @param {FormData} form */
export const wish = (form) => ({
  title: String(form.get("title") || "").trim(),
  lang: String(form.get("lang") || "en"),
  plan: form.getAll("card").map(String),
});

/** The links of the room just made outlast a reload of this tab, and no more. @param {(Made & {title: string})|null} [made] */
function kept(made) {
  try {
    if (made) sessionStorage.setItem(KEPT, JSON.stringify(made));
    else if (made === null) sessionStorage.removeItem(KEPT);
    return JSON.parse(sessionStorage.getItem(KEPT) || "null");
  } catch (_) {
    return made || null;
  }
}

/** @param {Made & {title: string}} made */
const show = (made) => import("./made.js").then((screen) => screen.show(made, () => {
  kept(null);
  location.reload();
}));

/** @param {{hash: string, go: string}} jam */
export function begin(jam) {
  const before = kept();
  if (before) return void show(before);
  const form = /** @type {HTMLFormElement} */ (part("make"));
  const note = /** @type {HTMLElement} */ (form.querySelector(".note"));
  const press = /** @type {HTMLElement} */ (form.querySelector("[data-busy] span"));
  const title = /** @type {HTMLInputElement} */ (part("title"));
  title.value = title.value || sessionStorage.getItem("jam:typed") || "";
  sessionStorage.removeItem("jam:typed");
  const word = press.dataset.word || "";
  let busy = false;
  const make = () => {
    if (busy) return;
    busy = true;
    note.hidden = true;
    const asked = wish(new FormData(form));
    fetch("/api/rooms", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked) })
      .then((answer) => answer.json().then((body) => (answer.ok ? body : Promise.reject(body))))
      .then((/** @type {Made} */ made) => {
        choice(`link:${made.room}`, made.join_url.split("#")[1]);
        kept({ ...made, title: asked.title });
        return show({ ...made, title: asked.title });
      })
      .catch((no) => {
        note.hidden = false;
        note.textContent = no && no.code === "many_rooms" ? form.dataset.many || "" : form.dataset.failed || "";
      })
      .then(() => {
        busy = false;
        press.textContent = word;
      });
  };
  form.addEventListener("submit", make);
  if (jam.go === "make") make();
}
