// Choices and small games. Each form comes when it is opened: one does not fetch a game that nobody plays.
import { html, signal } from "../../static/ui.js";
import { gist, title } from "./told.js";

/* keys: ask.* refused.full refused.three_lines refused.been refused.nobody_up refused.told refused.yours refused.again */
/** @typedef {any} Props what the shell hands to a kind */

/** @type {{[form: string]: () => Promise<{Form: any}>}} */
const FORMS = { choose: () => import("./choose.js"), three: () => import("./three.js"), count: () => import("./count.js") };

const parts = signal(/** @type {{[form: string]: any}} */ ({}));
/** @type {Set<string>} */
const fetched = new Set();

/** The part that draws this form, once it is here. @param {string} form */
const part = (form) => {
  const name = FORMS[form] ? form : "choose";
  if (!fetched.has(name)) {
    fetched.add(name);
    FORMS[name]().then(({ Form }) => { parts.value = { ...parts.value, [name]: Form }; }, () => { fetched.delete(name); });
  }
  return parts.value[name];
};

/** @param {{props: Props}} of */
const Quiz = ({ props }) => {
  const Form = part(props.options.form);
  return Form ? html`<${Form} props=${props} />` : html`<div class="body"><p role="status">${props.t("page.waiting")}</p></div>`;
};

/** @param {Props} props */
const view = (props) => html`<${Quiz} props=${props} />`;

/** One sentence for what has just happened. @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  const { t, room, people, options } = props;
  const old = before ? before.room : {};
  if (options.form === "count") {
    if (room.phase === "done" && old.phase === "count") return t("count.done", { count: room.n });
    if (room.two && !old.two) return t("count.two");
    return before && room.n > old.n ? String(room.n) : "";
  }
  if (options.form === "three") {
    const { up } = room;
    const name = up && people[up.who] ? people[up.who].name : "";
    if (up && up.wish !== undefined) return old.up && old.up.wish !== undefined ? "" : t("three.was", { wish: up.lines[up.wish] });
    if (up && (!old.up || old.up.who !== up.who)) return t("three.up", { name });
    return "";
  }
  if (room.phase === "shown") return old.phase === "shown" ? "" : gist(props);
  if (before && old.round !== room.round) return title(props);
  return before && (old.count || 0) < (room.count || 0) ? t("come", { count: room.count }) : "";
};

export default { id: "quiz", head: title, view, say, ahead: (/** @type {any} */ { form }) => { part(form); }, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
