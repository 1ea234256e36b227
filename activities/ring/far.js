// A ring on a big screen: papers going round while they are made, then the way of each chain, large.
import { html, useEffect, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Reel } from "../../static/parts/reel.js";
import { Piece } from "./piece.js";
import { nameOf, placeOf, restOf, seen } from "./told.js";

/* keys: lead.* */
const SEATS = 10, TURN_MS = 12000;

/** Papers in a ring: as many filled as have been handed in, one place further with each step. @param {{step: number, count: number}} of */
const Papers = ({ step, count }) => html`<svg class="far-papers" viewBox="-100 -100 200 200" aria-hidden="true">${Array.from({ length: SEATS }, (_, i) => {
  const turn = (360 / SEATS) * (i + step / 2);
  const full = count >= SEATS || i < count;
  return html`<g key=${i} transform=${`rotate(${turn}) translate(0 -70) rotate(${i % 2 ? 7 : -6})`}>${full ? html`<path class="q x" d="M-15 -18 17 -20 19 22 -13 24z" />` : null}<path class="p" opacity=${full ? 1 : 0.35} d="M-18 -22 15 -23 16 19 -17 21z" />
    ${full ? html`<path class="k" d="M-11 -12 8 -13 8 -10 -11 -9zM-11 -4 5 -5 5 -2 -11 -1zM-11 4 9 3 9 6 -11 7z" />` : null}</g>`;
})}</svg>`;

/** @param {any} props */
const Passing = ({ t, room, now, options }) => html`<div class=${room.phase === "pass" ? "far-ring" : "far-ring rest"}><${Papers} step=${room.step} count=${room.phase === "done" ? SEATS : room.count || 0} />
  <div class="far-side">${room.phase === "pass" ? html`<p class="big far-step">${options.form === "thanks" ? t("step.thanks") : t("step", { n: room.step + 1, of: room.steps })}</p>
    <p class="far-tape"><${ClockTape} clock=${room.clock} now=${now} t=${t} /></p><p>${t("come", { count: room.count || 0 })}</p>`
    : html`<p class="far-lead">${room.phase === "done" ? t("done") : t(`lead.${options.form}`)}</p>`}</div></div>`;

/** @param {{props: any}} of */
const Replay = ({ props }) => {
  const { t, room, now, people } = props;
  usePulse(() => restOf(room, now()), [room.at, room.chains]);
  const { c, p } = placeOf(room, now());
  const chain = room.chains[c] || [];
  const piece = chain[p];
  return html`<div class="far-show" key=${`${c}.${p}`}>${piece && !piece.off ? html`<${Piece} piece=${piece} t=${t} people=${people} />` : html`<p>${t("off")}</p>`}</div>
    <p class="far-where">${t("chain", { n: c + 1, of: room.many || 1 })} · ${t("step", { n: p + 1, of: chain.length })}</p>`;
};

/** All have it on their own screens; here one chain stands after the other. @param {{props: any}} of */
const Turning = ({ props }) => {
  const { t, room, people } = props;
  const all = seen(room);
  const [at, go] = useState(0);
  useEffect(() => {
    if (all.length < 2) return undefined;
    const timer = setInterval(() => go((n) => n + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [all.length]);
  const c = at % all.length;
  return html`<div class="far-chain" key=${c}>${all[c].map((piece, i) => html`<div key=${i} class=${`of${Math.min(7, all[c].length)}`}><${Piece} piece=${piece} t=${t} people=${people} /></div>`)}</div>
    <p class="far-where">${t("chain", { n: c + 1, of: all.length })}</p>`;
};

/** @param {{props: any}} of */
const Lines = ({ props }) => {
  const { t, room, people } = props;
  const all = seen(room).map(([piece]) => piece);
  return html`<${Reel} name="far-lines" items=${all.map((one, i) => html`<div class=${`bow${i % 6}`}>${nameOf(one.to, people) ? html`<p class="far-to">${t("for.whom")} <bdi translate="no">${nameOf(one.to, people)}</bdi></p>` : null}
    <p dir="auto"><b>${one.t}</b></p>${nameOf(one.by, people) ? html`<p class="far-to"><bdi translate="no">${nameOf(one.by, people)}</bdi></p>` : null}</div>`)} />`;
};

/** @param {any} props */
export default (props) => {
  const { t, room, options } = props;
  if (room.phase === "shown") return html`<${Replay} props=${props} />`;
  if (room.phase !== "free") return html`<${Passing} ...${props} />`;
  if (room.private) return html`<div class="far-ring rest"><${Papers} step=${0} count=${SEATS} /><div class="far-side"><p class="far-lead">${t("got.all")}</p></div></div>`;
  if (!seen(room).length) return html`<p class="far-none">${t("none")}</p>`;
  return options.form === "thanks" || options.form === "placed" ? html`<${Lines} props=${props} />` : html`<${Turning} props=${props} />`;
};
