// Groups: everybody is moved into pairs, threes or fours, and comes back. Before it: what will happen, and a way to stay.
// A group is what nearly everybody comes to; the hosts' side of it, and what was brought back, come later.
import { html, useRef, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { late } from "../../static/parts/late.js";
import { Group } from "./group.js";
import { Alone, Note } from "./note.js";
import { brought, mates, named, prompt, span, talk, there } from "./told.js";

/* keys: ask.* part.* me.* it.* refused.too_few refused.rounds_over refused.no_group refused.in_no_group refused.talk_full refused.listening refused.page_full refused.no_line */
/** @typedef {any} Props what the shell hands to a kind */

/** @param {{props: Props}} of */
const wait = ({ props: { t } }) => html`<p role="status">${t("page.waiting")}</p>`;
const Over = late(() => import("./over.js").then((m) => m.Over), () => null);
const Home = late(() => import("./home.js").then((m) => m.Home), wait);
const Step = late(() => import("./step.js").then((m) => m.Step), wait);

/** Not this one, and back again. @param {Props} props @param {boolean} on */
const sit = ({ act, me }, on) => act("sit", { on }, () => [on ? [`own/${me.id}/out`, true] : [`own/${me.id}/out`]]);

/** The way in and the way past, of one size. @param {{label: string, words: [string, string], value: boolean, onPick: (on: boolean) => void}} of */
const Two = ({ label, words, value, onPick }) => html`<div class="g-two" role="group" aria-label=${label}>${words.map((word, i) => html`<button key=${i} type="button"
  class="btn plain" aria-pressed=${String(value === Boolean(i))} onClick=${() => { if (value !== Boolean(i)) onPick(Boolean(i)); }}>${word}</button>`)}</div>`;

/** Who stays has the same question before them. @param {{props: Props}} of */
const Stay = ({ props }) => html`<p role="status">${props.t("sat")}</p><${Alone} props=${props} />
  <button type="button" class="btn plain" onClick=${() => sit(props, false)}>${props.t("unsit")}</button>`;

/** @param {{props: Props}} of */
const Gather = ({ props }) => {
  const { t, act, own, me, options } = props;
  const { form, size, inside } = options;
  const mine = own || {};
  const host = me.role === "host";
  const two = form === "partners" && size === 2;
  const lead = form === "partners" ? (two ? "lead.two" : "lead.more") : `lead.${form}`;
  const part = (/** @type {boolean} */ on) => act("take_part", { on }, () => [on ? [`own/${me.id}/with`, true] : [`own/${me.id}/with`]]);
  const begin = two ? t("begin.two") : form === "merge" ? t("begin.merge") : form === "buddy" ? t("begin.buddy") : t("begin.more");
  if (me.role === "screen") return html`<p>${t("far.soon")}</p>`;
  return html`<p class="g-lead">${t(lead, { time: span(props) })}</p>
    ${host ? html`<${Two} label=${t("with.in")} words=${[t("with.out"), t("with.in")]} value=${Boolean(mine.with)} onPick=${part} /><p role="status">${there(props) < 2 ? t("refused.too_few") : mine.with ? t("with.how") : t("stay.how")}</p>`
    : html`<${Two} label=${t("sit")} words=${[t("come"), t("sit")]} value=${Boolean(mine.out)} onPick=${(/** @type {boolean} */ on) => sit(props, on)} />`}
    ${mine.out ? html`<p role="status">${t("sat")}</p><${Alone} props=${props} />` : html`
      ${form === "buddy" ? html`<${Step} props=${props} />` : null}
      <p class="small soft">${t("moved")} ${form === "merge" || form === "buddy" ? null : inside && options.shown ? t("shown") : t("ours")}</p>`}
    ${host ? html`<button type="button" class="btn xl ink2" onClick=${() => act("begin")}>${begin}</button>` : null}`;
};

/** One, of one-two-four-all: for everybody, whoever comes along later and whoever does not. @param {{props: Props}} of */
const Solo = ({ props }) => {
  const { t, act, own, me, room, now } = props;
  const mine = own || {};
  return html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />
    ${mine.out ? html`<${Stay} props=${props} />` : html`<${Note} props=${props} id="solo" label=${t("solo")} hint=${t("solo.how")} value=${mine.note || ""} max=${240}
      send=${(/** @type {string} */ text) => act("note", { text }, () => [text ? [`own/${me.id}/note`, text] : [`own/${me.id}/note`]])} />
      ${me.role === "host" ? null : html`<button type="button" class="btn plain" onClick=${() => sit(props, true)}>${t("sit")}</button>`}`}`;
};

/** While the others are out. @param {{props: Props}} of */
const Beside = ({ props }) => {
  const { t, own, me, room, now } = props;
  if (me.role === "host" || me.role === "screen") return null;
  return html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />
    ${own && own.out ? html`<${Stay} props=${props} />` : html`<p role="status">${t("late")}</p><${Alone} props=${props} />`}`;
};

/** @param {{props: Props}} of */
const Groups = ({ props }) => {
  const { room, me, ended } = props;
  // What was begun in a group is still there when everybody is back.
  const draft = useRef("");
  const [, again] = useState(0);
  const t = (room.team || {})[me.id];
  const inside = room.phase === "out" && t;
  const host = me.role === "host" && !ended;
  if (ended || room.phase === "home") return html`<div class="body"><${Home} props=${props} draft=${draft.current} onDraft=${() => { draft.current = ""; again((n) => n + 1); }} /></div>`;
  return html`<div class="body">${room.phase === "gather" ? html`<${Gather} props=${props} />` : room.phase === "solo" ? html`<${Solo} props=${props} />`
    : inside ? html`<${Group} key=${t} props=${props} onType=${(/** @type {string} */ text) => { draft.current = text; }} onSit=${() => sit(props, true)} />`
      : html`<${Beside} props=${props} />`}
    ${host && room.phase !== "gather" ? html`<${Over} props=${props} />` : null}</div>`;
};

/** @param {Props} props */
const view = (props) => html`<${Groups} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
const say = (props, before) => {
  const { room, me, people, lang, t, own, team } = props;
  const mine = (room.team || {})[me.id];
  if (room.phase === "out" && mine) {
    const names = named(mates(props), people, lang);
    const earlier = before && named(mates(before), people, lang);
    if (!before || before.room.phase !== "out" || names !== earlier) return names ? t("you.with", { names }) : t("you.alone");
    const lines = talk(own, team), old = talk(before.own, before.team);
    const last = lines[lines.length - 1];
    return lines.length > old.length && last.by !== me.id && people[last.by] ? `${people[last.by].name}: ${last.text}` : "";
  }
  if (room.phase === "home" && before && before.room.phase !== "home") return `${t("back")} ${brought(room).map((/** @type {any} */ { text }) => text).join(". ")}`.trim();
  return "";
};

export default { id: "groups", head: prompt, view, say, far: () => import("./far.js"), leaf: () => import("./leaf.js") };
