// Together: a chord of everybody's key, a song line by line, lines to echo. Each form comes when it is opened.
import { html, signal, useEffect } from "../../static/ui.js";

/* keys: head.* refused.pressed refused.chord_full refused.many_lines refused.led refused.no_line refused.hearts_full */
/** @typedef {any} Props what the shell hands to a kind */

/** @type {import("../../static/ui.js").Signal<{[name: string]: any}>} */
const forms = signal({});

/** @param {any} options */
const nameOf = ({ form }) => (form === "chord" ? "Chord" : "Sing");
/** Fetch this form, unless it is here. @param {any} options */
const ahead = (options) => {
  const name = nameOf(options);
  if (forms.value[name]) return;
  // Side by side: one after the other would be as many waits.
  Promise.all([name === "Chord" ? import("./chord.js") : import("./sing.js"), import("./place.js"), import("./beats.js"), import("../../static/parts/pulse.js")])
    .then(([module]) => { forms.value = { ...forms.value, ...module }; }, () => {});
  if (name === "Sing" && typeof document !== "undefined") fetch(new URL(`./songs/${document.documentElement.lang}.json`, import.meta.url).href).catch(() => {});
};

/** @param {{props: Props}} of */
const Together = ({ props }) => {
  const name = nameOf(props.options);
  useEffect(() => ahead(props.options), [name]);
  const Form = forms.value[name];
  return Form ? html`<${Form} props=${props} />` : html`<div class="body"><p>${props.t("page.waiting")}</p></div>`;
};

/** @param {Props} props */
const view = (props) => html`<${Together} props=${props} />`;

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t(`head.${options.form}`);

/** Lines are told where they stand; here is what people bring about. @param {Props} props @param {Props | null} before */
const say = ({ t, room, options, people }, before) => {
  if (!before) return "";
  const was = before.room;
  if (was.phase !== room.phase) return room.phase === "run" ? (options.form === "chord" ? t("chord.count") : t("soon")) : room.phase === "done" && options.form !== "chord" ? t("sing.over") : "";
  if (room.leader && was.leader !== room.leader && people[room.leader]) return t("lead.told", { name: people[room.leader].name });
  return was.hearts < room.hearts && room.hearts % 5 === 0 ? t("hearts.told", { count: room.hearts }) : "";
};

export default { id: "together", head, view, say, ahead, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
