// A host's link on a device that is no host's yet: as host, or to take part? Both doors are equally large.
import { html, render } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { t } from "./tongue.js";

/**
 * The question stands where the form's one button was.
 * @param {HTMLElement} form @param {ReturnType<typeof import("../door.js").createDoor>} door @param {() => void} enter
 */
export function ask(form, door, enter) {
  const title = /** @type {HTMLElement} */ (document.getElementById("hello"));
  const press = /** @type {HTMLElement} */ (form.querySelector("[data-busy]"));
  const word = /** @type {HTMLElement} */ (press.firstElementChild);
  word.textContent = word.dataset.word || "";
  title.textContent = t("ask.title");
  form.classList.add("asked");
  press.hidden = true;
  const box = /** @type {HTMLElement} */ (form.querySelector(".two") || document.createElement("div"));
  box.className = "two";
  form.insertBefore(box, press);
  /** @param {boolean} host */
  const as = (host) => {
    if (!host) door.takePart();
    render(null, box);
    press.hidden = false;
    word.textContent = press.dataset.busy || "";
    enter();
  };
  render(html`<p class="small">${t("ask.how")}</p>
    <p><button type="button" class="btn xl" onClick=${() => as(false)}>${t("ask.member")}</button></p>
    <p><button type="button" class="btn xl ink2" onClick=${() => as(true)}><${Icon} id="u-key" size=${30} /><span>${t("ask.host")}</span></button></p>`, box);
}
