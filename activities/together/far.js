// Together on the big screen: the picture of the chord, or the line that is sung, as large as it goes.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Beats } from "./beats.js";
import { useChord } from "./chord.js";
import { Flower } from "./flower.js";
import { echoOf, passed, place } from "./place.js";
import { useSung } from "./sing.js";

/** @typedef {any} Props */
/** @param {{props: Props}} of */
const Chord = ({ props }) => {
  const { t, room, now } = props;
  useChord(props);
  usePulse(() => (room.phase === "run" ? Math.max(0, room.at - now()) : room.chord ? Math.max(0, room.chord.at - now()) : 0), [room.phase, room.at, room.chord]);
  const count = room.pressed.filter((/** @type {any} */ one) => one[0] >= 0).length;
  const run = room.phase === "run";
  const rung = Boolean(room.chord) && now() >= room.chord.at;
  return html`<div class="far-tg"><${Flower} pressed=${room.pressed} label=${t("twin", { count })} rung=${rung} />
    <div class="far-say"><p class="big">${run ? (now() >= room.at ? t("chord.now") : t("chord.count")) : room.phase === "ready" ? t("chord.ready.far") : rung ? t("chord.rung", { count }) : t("chord.over")}</p>
      ${run ? html`<${Beats} rest=${() => room.at - now()} of=${[room.at]} label=${t("count")} />` : null}</div></div>`;
};

/** @param {{props: Props}} of */
const Sing = ({ props }) => {
  const { t, room, options, now, people } = props;
  const { tongue, song } = useSung(props);
  const run = room.phase === "run" && room.clock;
  const still = !run || room.clock.left !== undefined;
  usePulse(() => (still ? 0 : place(room, now()).left), [room.clock, room.beat]);
  const lines = song ? song.lines : [];
  const echo = options.form === "echo";
  if (!run) return html`<div class="far-tg far-sing"><p class="big" dir="auto" lang=${tongue}>${song && song.title ? song.title : t(`head.${options.form}`)}</p>
    <p>${room.phase === "done" ? t("sing.over") : echo ? t("echo.how") : t("sing.how")}</p></div>`;
  const { at } = place(room, now());
  const { line: turn, yours } = echoOf(at);
  const line = echo ? turn : Math.max(0, at);
  return html`<div class=${echo && yours ? "far-tg far-sing yours" : "far-tg far-sing"}>
    ${at < 0 ? html`<${Beats} rest=${() => -passed(room.clock, now())} of=${[room.clock]} still=${still} label=${t("count")} />`
    : echo ? html`<p class="far-turn"><${Icon} id=${yours ? "u-say" : "u-note"} /><b>${yours ? t("echo.yours") : t("echo.listen")}</b></p>` : null}
    <p class=${[...(lines[line] || "")].length > 40 ? "big long" : "big"} key=${line} dir="auto" lang=${room.words.length ? null : tongue}>${lines[line] || "…"}</p>
    ${echo ? null : html`<p class="far-next" dir="auto" lang=${room.words.length ? null : tongue}>${lines[line + 1] || ""}</p>`}
    <p class="far-foot">${room.hearts ? html`<span><${Icon} id="u-heart" /><b>${room.hearts}</b></span>` : null}
      ${room.leader && people[room.leader] ? html`<span>${t("lead.by")} <bdi translate="no">${people[room.leader].name}</bdi></span>` : null}</p></div>`;
};

/* keys: head.* */
/** @param {Props} props */
export default (props) => (props.options.form === "chord" ? html`<${Chord} props=${props} />` : html`<${Sing} props=${props} />`);
