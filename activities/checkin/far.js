// The check-in on a big screen: what can be sent, while answers come; then the whole sky, its words large enough for the last row.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { MOODS, WEATHER, symbol } from "./ask.js";
import { Picture } from "./picture.js";
import { seen as moving } from "./crowd.js";
import { head as call, say as countSay } from "./count.js";
import { Battery, Strips, both, say as dialSay, head as dialHead } from "./dial.js";
import { Scene, head as dotsHead, list as places, say as dotsSay } from "./dots.js";
import { standing } from "./gist.js";
import { useLater } from "./later.js";
import { Pile, head as lineHead, say as lineSay } from "./line.js";
import { LIFT, gist, guessWidth, layout } from "./sky.js";

/* keys: i.* mostly.* alone.* */
/** @typedef {any} Props what the shell hands to a kind */
/** Letters of 13 units are this part of the screen's shorter side. */
const PART = 0.042, LETTER = 13;
const MOST = 40, TURN_MS = 12000;

/**
 * Answers in skies that are full and no fuller: the first that fit, then the next. @param {readonly any[]} list
 * @param {number} width @param {number} height @param {import("./sky.js").Measure} [measure] @returns {any[][]}
 */
export const skies = (list, width, height, measure = guessWidth) => {
  const pages = [];
  for (let from = 0; from < list.length;) {
    let n = Math.min(MOST, list.length - from);
    while (n > 1 && layout(list.slice(from, from + n), width, height, measure).height > height) n -= 1;
    pages.push(list.slice(from, from + n));
    from += n;
  }
  return pages.length ? pages : [[]];
};

/** @param {any} props */
const shown = ({ room }) => room.phase === "shown";
/** What stands in the picture. @param {any} props @returns {any[]} */
const seen = ({ room }) => (room.answers || []).filter((/** @type {any} */ answer) => answer.icon && !answer.off);

/** The picture in a line: "Mostly bright, one storm." @param {any} props */
const headline = (props) => {
  const { t } = props;
  const { main, rest } = gist(seen(props));
  return rest ? t("then", { main: t(`mostly.${main}`), rest: t(`alone.${rest}`) }) : t("plain", { main: t(`mostly.${main}`) });
};

/** @param {any} props */
const Collect = ({ props }) => {
  const { t, room, options } = props;
  const mood = options.icons === "mood";
  return html`<div class="far-ask"><ul class=${mood ? "night" : null}>${(mood ? MOODS : WEATHER).map((icon) => html`<li key=${icon}><${Icon} id=${symbol(icon)} /><b>${t(`i.${icon}`)}</b></li>`)}</ul>
    <p class="far-count big">${t("come", { count: room.count || 0 })}</p></div>`;
};

/** @param {any} props */
const Shown = ({ props }) => {
  const { t, room, options } = props;
  const el = useRef(/** @type {HTMLElement | null} */ (null));
  const [size, set] = useState({ w: 560, h: 300 });
  const [at, go] = useState(0);
  const mood = options.icons === "mood";
  useLayoutEffect(() => {
    const measure = () => {
      if (!el.current) return;
      const { clientWidth, clientHeight } = el.current;
      const unit = PART * Math.min(innerWidth, innerHeight) / LETTER;
      set({ w: Math.max(240, Math.round(clientWidth / unit)), h: Math.max(160, Math.round(clientHeight / unit)) });
    };
    measure();
    const watch = new ResizeObserver(measure);
    if (el.current) watch.observe(el.current);
    return () => watch.disconnect();
  }, []);
  const list = useMemo(() => seen(props), [room.answers]);
  const pages = useMemo(() => skies(list, size.w, size.h - LIFT), [list, size.w, size.h]);
  useEffect(() => {
    if (pages.length < 2) return undefined;
    const timer = setInterval(() => go((n) => n + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages.length]);
  const page = pages[at % pages.length];
  return html`<div class="far-sky" ref=${el}><${Picture} key=${`${size.w}x${size.h}`} list=${page} mood=${mood} wide=${true} size=${size} label=${t("alt", { count: list.length, list: "" })} />
    <div class="far-gist"><p class="big">${headline(props)}</p>${list.length ? html`<p>${options.named ? t("welcome") : mood ? t("welcome.mood") : t("welcome.weather")}</p>` : html`<p>${t("empty")}</p>`}</div></div>`;
};

/** A picture with dots: what has come, or how many have. @param {{props: Props}} of */
const Dots = ({ props }) => {
  const { t, room, lives } = props;
  const held = room.phase === "collect";
  const dots = useMemo(() => (held ? [] : moving(room.dots, room.phase === "move" ? lives : {}, "", -1).filter(({ x, off }) => x >= 0 && !off)), [room.dots, room.phase, lives]);
  const said = dots.length ? places(props, dots) : t("dots.n", { count: 0 });
  return html`<div class="far-dots"><${Scene} props=${props} dots=${dots} label=${said} go=${!held && !props.light} />
    <div><p class="big">${held ? t("come", { count: room.count || 0 }) : room.phase === "shown" ? (dots.length ? t("dots.shown") : t("empty")) : t("dots.n", { count: dots.length })}</p>
      ${held ? html`<p>${props.options.named ? t("lead.named") : t("dots.lead")}</p>` : html`<p>${said}</p>${room.phase === "shown" ? html`<p>${t("dots.welcome")}</p>` : room.phase === "still" ? html`<${Why} props=${props} />` : html`<p>${props.options.named ? t("move.named") : t("move.lead")}</p>`}`}</div></div>`;
};

/** Whoever would like to say why: the first ones. @param {{props: Props}} of */
const Why = ({ props: { t, room, people } }) => {
  const who = room.why.filter((/** @type {string} */ id) => people[id]).slice(0, 3);
  return who.length ? html`<ol class="far-why">${who.map((/** @type {string} */ id) => html`<li key=${id}><bdi translate="no">${people[id].name}</bdi></li>`)}</ol>` : html`<p>${t("still.lead")}</p>`;
};

/** @param {{props: Props}} of */
const Line = ({ props }) => {
  const { t, room, lives } = props;
  const still = room.phase === "still";
  const dots = useMemo(() => moving(room.dots, still ? {} : lives, "", -1), [room.dots, still, lives]);
  return html`<div class="far-line"><${Pile} props=${props} dots=${dots} rows=${innerWidth * 2 < innerHeight * 3 ? 6 : 8} />${still ? html`<${Why} props=${props} />` : html`<p>${t("dots.n", { count: standing({ room: { dots } }).length })} ${props.options.named ? t("move.named") : t("move.lead")}</p>`}</div>`;
};

/** @param {{props: Props}} of */
const Dial = ({ props }) => {
  const { t, room } = props;
  if (room.phase === "shown") return html`<div class="far-dial"><${Strips} props=${props} /></div>`;
  const [low, high] = both(props);
  return html`<div class="far-ask"><${Battery} n=${10} /><p class="far-count big">${t("come", { count: room.count || 0 })}</p><p class="ck-ends"><b>0 · <bdi>${low}</bdi></b><b>10 · <bdi>${high}</bdi></b></p></div>`;
};

/** @param {{props: Props}} of */
const Count = ({ props }) => html`<div class="far-n"><p class="big" key=${props.room.count}>${props.room.count}</p><p>${props.t("count.n", { count: props.room.count })}</p></div>`;

/** @type {{[form: string]: {view: any, head: (props: Props) => string, say: (props: Props, before: Props|null) => string}}} */
const FORMS = {
  dots: { view: Dots, head: dotsHead, say: dotsSay }, line: { view: Line, head: lineHead, say: lineSay },
  dial: { view: Dial, head: dialHead, say: dialSay }, count: { view: Count, head: call, say: countSay },
};

/** With all the words there are. @param {{props: Props}} of */
const Page = ({ props: bare }) => {
  const props = useLater(bare);
  if (!props) return html`<p class="h-wait">${bare.t("page.waiting")}</p>`;
  const form = FORMS[props.options.form];
  return form ? html`<${form.view} props=${props} />` : shown(props) ? html`<${Shown} props=${props} />` : html`<${Collect} props=${props} />`;
};

/** For the ear. @param {Props} props @param {Props|null} before */
export const say = (props, before) => (FORMS[props.options.form] ? FORMS[props.options.form].say(props, before)
  : shown(props) ? (before && shown(before) ? "" : headline(props))
    : before && (before.room.count || 0) < (props.room.count || 0) ? props.t("come", { count: props.room.count }) : "");

/** @param {Props} props */
export default (props) => html`<${Page} props=${props} />`;
