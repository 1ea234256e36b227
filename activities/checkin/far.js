// The check-in on a big screen: what can be sent, while answers come; then the whole sky, its words large enough for the last row.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { MOODS, WEATHER, symbol } from "./ask.js";
import { Picture } from "./picture.js";
import { LIFT, gist, guessWidth, layout } from "./sky.js";

/* keys: i.* mostly.* alone.* */
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

/** For the ear. @param {any} props @param {any} before */
export const say = (props, before) => (shown(props) ? (before && shown(before) ? "" : headline(props))
  : before && (before.room.count || 0) < (props.room.count || 0) ? props.t("come", { count: props.room.count }) : "");

/** @param {any} props */
export default (props) => (shown(props) ? html`<${Shown} props=${props} />` : html`<${Collect} props=${props} />`);
