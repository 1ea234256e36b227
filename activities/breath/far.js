// Breath on a big screen: the circle, the lights or the floor, as large as it goes.
import { html, useMemo } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { BEAT, CYCLE, lights, passed } from "./beat.js";
import { Circle, Floor, Lights, Words } from "./picture.js";
import { useDark } from "./view.js";

export { say } from "./view.js";

/* keys: in.* over.* */

/** @param {any} props */
const Far = ({ props }) => {
  const { t, room, options, people, now } = props;
  const { form, pace } = options, { clock } = room;
  const on = room.phase === "run", stands = Boolean(clock && clock.left !== undefined);
  const el = useDark(on && form === "quiet");
  const calm = matchMedia("(prefers-reduced-motion:reduce)").matches;
  const at = useMemo(() => () => (on ? passed(clock, now()) : 0), [on, clock, now]);
  const cycle = CYCLE[/** @type {"slow"} */ (pace)] || CYCLE.even;
  const line = room.phase === "over" ? t(`over.${form}`) : on ? (stands ? t("rests") : form === "quiet" ? t("quiet") : "") : t(`in.${form}`);
  return html`<div class=${on && form === "quiet" ? "far-breath dark" : "far-breath"} ref=${el}>
    ${form === "circle" ? html`${calm && on ? html`<${Words} at=${at} cycle=${cycle} stands=${stands} t=${t} />` : null}
      <${Circle} key=${`${clock ? clock.at : ""}${on}${stands}`} ms=${at()} cycle=${cycle} still=${!on || stands || calm} label=${t("circle", { count: Math.round(cycle / 1000) })} />`
    : form === "floor" ? html`${on ? html`<${Floor} at=${at} beat=${BEAT[/** @type {"slow"} */ (pace)] || BEAT.even} still=${calm} stands=${stands} label=${t("floor")} go=${t("dance.now")} />` : null}
      ${room.phase !== "over" && (on || room.dancing) ? html`<p class="big">${t("dancing", { count: room.dancing })}</p>` : null}`
    : html`<${Lights} people=${people} label=${t("here", { count: lights(people).length })} />`}
    ${line ? html`<p class="far-line">${line}</p>` : null}${on ? html`<${ClockTape} clock=${clock} now=${now} t=${t} />` : null}</div>`;
};

/** @param {any} props */
export default (props) => html`<${Far} props=${props} />`;
