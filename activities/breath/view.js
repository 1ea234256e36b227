// Breath: a circle to breathe with, a shared quiet, or a floor for one song. Each can make it slower, still, or step out; nobody is told.
import { html, useEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { stayAwake } from "../../static/parts/awake.js";
import { ClockTape, leftOf } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { knock } from "../../static/parts/sound.js";
import { BEAT, CYCLE, lights, passed } from "./beat.js";
import { Circle, Floor, Lights, Words } from "./picture.js";

/* keys: ask.* in.* begin.* over.* say.* pace.* */
/** @typedef {any} Props what the shell hands to a kind */

const PACES = ["with", "slow", "quick", "still"];

/** Does this person want stillness? */
const calm = () => matchMedia("(prefers-reduced-motion:reduce)").matches;

/** The room gets dark around the quiet; its sheets and controls stay where they are. @param {boolean} dark */
export const useDark = (dark) => {
  const el = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const room = dark && el.current ? /** @type {HTMLElement | null} */ (el.current.closest(".room")) : null;
    if (!room) return undefined;
    room.setAttribute("data-hush", "");
    return () => room.removeAttribute("data-hush");
  }, [dark]);
  return el;
};

/** What a host has. @param {{props: Props}} of */
const Lead = ({ props: { t, act, room, options } }) => {
  /** @param {string} word @param {() => void} run */
  const plain = (word, run) => html`<button type="button" class="btn plain" onClick=${run}>${word}</button>`;
  if (room.phase !== "run") {
    return html`<button type="button" class="btn xl ink2" onClick=${() => act("begin")}>${room.phase === "over" ? t("again") : t(`begin.${options.form}`)}</button>`;
  }
  const still = room.clock && room.clock.left !== undefined;
  return html`<div class="row wrap lead">${plain(still ? t("pause.off") : t("pause"), () => act("pause", { on: !still }))}
    ${plain(t("longer"), () => act("longer"))}${plain(t("finish"), () => act("finish"))}</div>`;
};

/** One's own way of being in it. @param {{t: any, value: string, names: readonly string[], onPick: (name: string) => void}} of */
const Paces = ({ t, value, names, onPick }) => html`<div class="row wrap paces" role="group" aria-label=${t("pace")}>${names.map((name) => html`
  <button key=${name} type="button" class="btn plain" aria-pressed=${name === value ? "true" : "false"} onClick=${() => onPick(name)}>${t(`pace.${name}`)}</button>`)}</div>`;

/** @param {{props: Props}} of */
const Circled = ({ props }) => {
  const { t, room, options, now } = props;
  const { clock } = room;
  const [pace, set] = useState({ name: "with", since: 0 });
  const cycle = pace.name === "slow" ? 14000 : pace.name === "quick" ? 7000 : CYCLE[/** @type {"slow"} */ (options.pace)] || CYCLE.even;
  const on = room.phase === "run";
  const stands = !on || pace.name === "still" || Boolean(clock && clock.left !== undefined);
  const at = useMemo(() => () => (!on ? 0 : pace.name === "with" ? passed(clock, now()) : now() - pace.since), [on, clock, pace, now]);
  return html`${calm() ? (on ? html`<${Words} at=${at} cycle=${cycle} stands=${stands} t=${t} />` : null) : null}
    <${Circle} key=${`${pace.name}${pace.since}${clock ? clock.at : ""}${stands}`} ms=${at()} cycle=${cycle} still=${stands || calm()} label=${t("circle", { count: Math.round(cycle / 1000) })} />
    ${on ? html`<${Paces} t=${t} value=${pace.name} names=${PACES} onPick=${(/** @type {string} */ name) => set({ name, since: now() })} />` : null}`;
};

/** @param {{props: Props}} of */
const Floored = ({ props }) => {
  const { t, room, own, me, act, options, now } = props;
  const { clock } = room;
  const [held, hold] = useState(calm());
  const on = room.phase === "run";
  const mine = Boolean(own && own.dance);
  const stands = Boolean(clock && clock.left !== undefined);
  const at = useMemo(() => () => passed(clock, now()), [clock, now]);
  return html`${on ? html`<${Floor} at=${at} beat=${BEAT[/** @type {"slow"} */ (options.pace)] || BEAT.even} still=${held} stands=${stands} label=${t("floor")} go=${stands ? t("rests") : t("dance.now")} />` : null}
    ${on ? html`<button type="button" class="btn xl" aria-pressed=${mine ? "true" : "false"} onClick=${() => act("dance", { on: !mine }, (/** @type {any} */ tree) => [
    mine ? [`own/${me.id}/dance`] : [`own/${me.id}/dance`, true], ["room/dancing", tree.room.dancing + (mine ? -1 : 1)]])}>${mine ? t("dance.off") : t("dance.on")}</button>` : null}
    ${on ? html`<p class="big dancers" role="status">${t("dancing", { count: room.dancing })}</p>` : null}
    ${on ? html`<button type="button" class="btn plain" aria-pressed=${held ? "true" : "false"} onClick=${() => hold(!held)}>${t("hold")}</button>` : null}`;
};

/** @param {{props: Props}} of */
const Breath = ({ props }) => {
  const { t, room, me, people, options, now, ended } = props;
  const { form } = options;
  const [out, step] = useState(false);
  const on = room.phase === "run" && !ended;
  const stands = Boolean(room.clock && room.clock.left !== undefined);
  const hush = on && form === "quiet" && !out;
  const el = useDark(hush);
  const was = useRef(on);
  usePulse(() => (on && !stands ? leftOf(room.clock, now()) : 0), [on, room.clock]);
  useEffect(() => {
    if (was.current && !on && room.phase === "over") knock();
    was.current = on;
    if (on) return undefined;
    step(false);
    return undefined;
  }, [on]);
  useEffect(() => (on && !stands ? stayAwake(() => {}) : undefined), [on, stands]);
  const lead = me.role === "host" && !ended ? html`<${Lead} props=${props} />` : null;
  if (ended) return html`<div class="body" ref=${el}><p>${t(`over.${form}`)}</p></div>`;
  if (out) {
    return html`<div class="body" ref=${el}><p role="status">${t("out")}</p><button type="button" class="btn plain" onClick=${() => step(false)}>${t("out.not")}</button>${lead}</div>`;
  }
  return html`<div class=${hush ? "body hush" : "body"} ref=${el}>
    ${room.phase === "over" ? html`<p class="big after" role="status">${t(`over.${form}`)}</p>` : on ? null : html`<p>${t(`in.${form}`)}</p>`}
    ${form === "circle" ? html`<${Circled} props=${props} />` : form === "floor" ? html`<${Floored} props=${props} />`
    : html`<${Lights} people=${people} label=${t("here", { count: lights(people).length })} />${on ? html`<p class="soft">${t("quiet")}</p>` : null}`}
    ${on ? html`<div><${ClockTape} clock=${room.clock} now=${now} t=${t} />${stands ? html`<p role="status">${t("rests")}</p>` : null}</div>` : null}
    ${lead}${on ? html`<button type="button" class="btn plain" onClick=${() => step(true)}>${t("step.out")}</button>` : null}</div>`;
};

/** @param {Props} props */
const head = ({ t, options, card }) => options.text || (card && card.prompt) || t(`ask.${options.form}`);

/** @param {Props} props */
const view = (props) => html`<${Breath} props=${props} />`;

/** @param {Props} props @param {Props | null} before */
export const say = (props, before) => {
  const { t, room, options } = props;
  if (room.phase === "run" && (!before || before.room.phase !== "run")) return t(`say.${options.form}`);
  if (room.phase === "over" && before && before.room.phase === "run") return t(`over.${options.form}`);
  if (room.phase !== "run" || !before) return "";
  const stands = Boolean(room.clock.left !== undefined), stood = Boolean(before.room.clock && before.room.clock.left !== undefined);
  return stands === stood ? "" : stands ? t("rests") : t("goes");
};

export default { id: "breath", head, view, say, far: () => import("./far.js") };
