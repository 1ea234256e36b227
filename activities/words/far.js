// Words on a big screen: all of it as large as it goes, page after page; lines come one at a time, and fill it.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { TURN_MS, turn } from "../../static/parts/reel.js";
import { usePulse } from "../../static/parts/pulse.js";
import { fitting } from "../../static/screens/afar.js";
import { cloud, come, standing, step, untilLine } from "./told.js";

/** Steps of the letters, in hundredths of the screen's shorter side; the last is the smallest that a back row reads. */
const SIZES = [13, 11, 9.5, 8, 7, 6, 5.2, 4.4];

/** As large as all of it fits; where even the smallest letters are too many, in pages. @param {{items: any[], name: string}} of */
const Full = ({ items, name }) => {
  const el = useRef(/** @type {HTMLElement|null} */ (null));
  const [from, go] = useState(0);
  const [fits, set] = useState(Infinity);
  const first = from < items.length ? from : 0;
  useLayoutEffect(() => {
    const box = el.current;
    if (!box) return undefined;
    const measure = () => {
      const top = box.getBoundingClientRect().top;
      const ends = () => Array.from(box.children, (item) => item.getBoundingClientRect().bottom - top);
      for (const size of first ? SIZES.slice(-1) : SIZES) {
        box.style.fontSize = `${size}vmin`;
        if (Math.max(...ends(), 0) <= box.clientHeight && box.scrollWidth <= box.clientWidth + 1) return set(Infinity);
      }
      return set(fitting(ends(), box.clientHeight + 1));
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [items, first]);
  useEffect(() => {
    if (first + fits >= items.length && !first) return undefined;
    const timer = setTimeout(() => go(turn(items.length, fits, first)), TURN_MS);
    return () => clearTimeout(timer);
  }, [items, fits, first]);
  return html`<ul class=${`wf-full ${name}`} ref=${el}>${items.slice(first).map(({ cls, body }, i) => html`<li key=${first + i} class=${i < fits ? cls : `${cls} unseen`} dir="auto">${body}</li>`)}</ul>`;
};

/** @param {{props: any, list: readonly import("./told.js").Placed[]}} of */
const Line = ({ props: { room, now }, list }) => {
  const end = room.at + list.length * (room.pace || 4000);
  usePulse(() => untilLine(room, list.length, now()) || Math.max(0, end - now()), [room.at, list.length]);
  const items = useMemo(() => list.map(({ text }) => ({ cls: "", body: text })), [list]);
  if (now() >= end) return html`<${Full} key="all" name="wf-lines" items=${items} />`;
  const at = come(room, list.length, now());
  const { text } = list[at - 1];
  const { length } = [...text];
  return html`<p class=${`wf-line big enter l${length > 90 ? 2 : length > 36 ? 1 : 0}`} key=${at} dir="auto">${text}</p>`;
};

/** @param {any} props */
const Far = ({ props }) => {
  const { t, room, options, now } = props;
  const list = useMemo(() => standing(room), [room.words]);
  const items = useMemo(() => {
    if (options.show === "fall") return list.map(({ text }) => ({ cls: "", body: text }));
    const words = cloud(list);
    return words.map(({ text, n }) => ({ cls: `wd-${step(n, words[0].n, text)}`, body: html`<bdi>${text}</bdi>${n > 1 ? html`<b class="wd-n">${n}</b>` : null}` }));
  }, [list]);
  if (room.phase !== "shown") {
    return html`<div class="wf-wait"><p class="wf-count big">${t("come", { count: room.count || 0 })}</p><p>${t("lead.far")}</p>
      ${room.clock ? html`<${ClockTape} clock=${room.clock} now=${now} t=${t} />` : null}</div>`;
  }
  if (!list.length) return html`<p class="wf-none">${t("empty")}</p>`;
  if (options.show === "lines") return html`<${Line} props=${props} list=${list} />`;
  return html`<${Full} name=${options.show === "fall" ? "wf-fall" : "wf-cloud"} items=${items} />`;
};

/** @param {any} props */
export default (props) => html`<${Far} props=${props} />`;
