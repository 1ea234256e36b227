// Steps on the big screen: the picture of this moment as large as it goes, one for each section of a wave, and what comes next.
import { html } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Reel } from "../../static/parts/reel.js";
import { nameOf, read, storyOf, tapeOf } from "./guide.js";
import { Picture } from "./pictures.js";

/* keys: close.* ask.* */
/** @param {{id: string}} of */
const Pic = ({ id }) => html`<span class="far-pic"><${Picture} id=${id} size=${100} /></span>`;

/** @param {{props: any}} of */
const Run = ({ props }) => {
  const { t, room, options } = props;
  usePulse(() => (room.clock && room.clock.left === undefined ? read(props, 0).left : 0), [room.clock, room.steps, room.sections]);
  const first = read(props, 0);
  if (first.own) return html`<div class="far-st"><${Reel} name="far-steps" items=${room.steps.map((/** @type {any} */ [id], /** @type {number} */ i) => html`<${Pic} id=${id} /><b class="grow" dir="auto">${nameOf(props, i)}</b>`)} /></div>`;
  if (first.at < 0) return html`<div class="far-st"><div class="far-one"><${Pic} id=${room.steps[0][0]} /><p class="big">${t("soon")}</p></div></div>`;
  const all = Array.from({ length: room.sections || 1 }, (_, section) => read(props, section));
  const one = all.length === 1;
  return html`<div class=${options.sequence === "blue" ? "far-st far-blue" : "far-st"}><div class=${one ? "far-one" : "far-wave"}>${all.map((it, i) => {
    const over = it.step >= it.many, wait = it.step < 0;
    return html`<div key=${i} class=${over || wait ? "dim" : null}>${one ? null : html`<p class="far-n">${t("wave.n", { n: i + 1 })}</p>`}
      <${Pic} key=${it.step} id=${over || wait ? "rest" : room.steps[it.step][0]} /><p class="big" dir="auto">${wait ? t("wave.wait") : over ? t("wave.over") : nameOf(props, it.step)}</p>
      ${one && !over && storyOf(props, it.step) ? html`<p class="far-more">${storyOf(props, it.step)}</p>` : null}</div>`;
  })}</div>
    ${options.sequence === "blue" && first.step < first.many ? html`<p class="far-found">${t("found.count", { count: room.found[first.step] || 0 })}</p>` : null}
    <p class="far-next"><${ClockTape} clock=${tapeOf(props, first)} now=${props.now} t=${t} />${one && options.sequence !== "blue" && first.next < first.many ? html`<span dir="auto">${t("next.far", { step: nameOf(props, first.next) })}</span>` : null}</p></div>`;
};

/** @param {any} props */
export default (props) => {
  const { room, t, options } = props;
  if (room.phase === "run") return html`<${Run} props=${props} />`;
  const shared = (room.shared || []).filter((/** @type {any} */ one) => one.text && !one.off);
  if (room.phase === "shown" && shared.length) return html`<${Reel} name="far-lines" items=${shared.map((/** @type {any} */ { text }) => html`<p class="grow" dir="auto"><b>${text}</b></p>`)} />`;
  const ready = room.phase === "ready";
  return html`<div class="far-st"><div class="far-one"><${Pic} id=${ready && room.steps.length ? room.steps[0][0] : "rest"} /><p class="big">${ready ? t(`ask.${options.sequence}`) : t(`close.${options.sequence}`)}</p></div></div>`;
};
