// The paper everyone shares: the page, the tools around it, its twin in words. Fetched when one is opened.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../../static/ui.js";
import { choice } from "../../static/keep.js";
import { dress, late } from "../../static/parts/late.js";
import { SMALL, hands, open as near } from "./nearby.js";
import { Studio } from "./studio.js";
import { Button, Inks, Stamps, Tools } from "./tools.js";

export { say } from "./twin.js";

/** @typedef {import("./hand.js").Tool} Tool */

/* keys: place.* */

/** From this width on the row under the page holds every tool. */
const BROAD = 728;
const SIDE = "jam.canvas.side";

/** So long after the first picture the rest is fetched: it must be there in a tunnel, too. */
const AHEAD_MS = 4000;
/** What makes a file of it. */
const files = () => import("./export.js");
const over = () => import("./over.js").then((module) => module.Over);
const Over = late(over, () => null);

const Doors = late(() => Promise.all([import("./doors.js"), dress(new URL("./modes.css", import.meta.url).href)]).then(([module]) => module.Doors), () => null);

const side = () => {
  try {
    return localStorage.getItem(SIDE) === "start" ? "start" : "end";
  } catch (error) {
    return "end";
  }
};

/** @param {any} props */
export const Canvas = (props) => {
  const { t, room, own, me, far } = props;
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const studio = useRef(/** @type {Studio | null} */ (null));
  const [tool, setTool] = useState(/** @type {Tool} */ ({ mode: "pen", ink: ((me && me.ink) || 0) % 12, width: 1, stamp: "house" }));
  const [sheet, open] = useState("");
  const [broad, setBroad] = useState(false);
  const [hand, setHand] = useState(side);
  const [small, setSmall] = useState(innerWidth < SMALL);
  const [wish, setWish] = useState(/** @type {boolean | null} */ (choice("cursors")));
  const [status, setStatus] = useState("");
  const [, again] = useState(0);
  const set = (/** @type {Partial<Tool>} */ more) => setTool((now) => ({ ...now, ...more }));
  const words = useRef(t);
  words.current = t;

  useLayoutEffect(() => {
    const el = /** @type {HTMLElement} */ (root.current);
    const part = (/** @type {string} */ id) => /** @type {any} */ (el.querySelector(id));
    const speak = (/** @type {string} */ key, /** @type {any} */ args = {}) => {
      const { place, shape } = args;
      setStatus(words.current(key, { ...args, place: place && words.current(`place.${place}`), shape: shape && words.current(`shape.${shape}`) }));
    };
    const made = new Studio({ stage: part("#cv-page"), paper: part("#cv-paper"), live: part("#cv-live"), cursors: part("#cv-cursors"), cross: part("#cv-cross") }, props, speak);
    made.hand.onPending = () => again((n) => n + 1);
    studio.current = made;
    again((n) => n + 1);
    const widths = new ResizeObserver(() => {
      setBroad(el.clientWidth >= BROAD);
      setSmall(innerWidth < SMALL);
    });
    widths.observe(el);
    setBroad(el.clientWidth >= BROAD);
    return () => {
      widths.disconnect();
      made.stop();
      studio.current = null;
    };
  }, []);
  useEffect(() => {
    // Somebody asks to be shown the whole again.
    if (!props.home || !studio.current) return;
    open("");
    studio.current.surface.fit();
  }, [props.home]);
  useEffect(() => {
    const timer = setTimeout(() => Promise.all([over(), files()]).catch(() => {}), AHEAD_MS);
    return () => clearTimeout(timer);
  }, [props.away]);
  useEffect(() => {
    if (!status) return undefined;
    const timer = setTimeout(() => setStatus(""), 4000);
    return () => clearTimeout(timer);
  }, [status]);

  // The stage learns first, so that what is told in words below is what the page shows.
  const made = studio.current;
  const cursors = hands(props, wish, small);
  if (made) {
    made.hand.tool = tool;
    made.update({ ...props, cursors });
  }
  const can = Boolean(me) && me.role !== "screen" && !far && !props.ended;
  const may = can && !room.hidden[me.id] && (!room.lock || me.role === "host") && (!room.place || room.place[me.id] !== undefined);
  const way = made ? made.hand.pending : [];
  const canUndo = can && (way.length > 0 || mineAbove(room, me.id));
  const canRedo = may && Boolean(own && own.redo && own.redo.length);
  const undo = () => made && made.hand.undo();
  const redo = () => made && made.hand.redo();
  const turn = () => {
    const to = hand === "end" ? "start" : "end";
    setHand(to);
    try { localStorage.setItem(SIDE, to); } catch (error) { /* then it holds for this page */ }
  };
  const point = () => setWish(choice("cursors", !cursors));
  const close = () => open("");
  const kept = (/** @type {"svg" | "png"} */ form) => {
    files().then(({ keep }) => { if (made) keep(made.surface.book.entries, form, t("file")); }, () => {});
    close();
  };
  const onKey = (/** @type {KeyboardEvent} */ e) => {
    if (!made || !can || !made.keys.press(e)) return;
    e.preventDefault();
    e.stopPropagation();
  };
  const note = can && (room.hidden[me.id] || (room.lock && me.role !== "host")) ? t(room.hidden[me.id] ? "note.away" : "note.locked") : "";
  const entries = made && sheet === "list" ? [...made.surface.book.entries, ...way.map((one) => one.entry)] : [];

  return html`<section class="cv" ref=${root} data-side=${hand} data-broad=${String(broad)} data-far=${String(Boolean(far))}>
    <div class="cv-main">
      <div class="cv-look" role="group" aria-label=${t("look")}>
        ${far ? null : html`<${Button} id="more" icon="u-more" label=${t("sheet.more")} on=${() => open("more")} />
        <${Button} id="list" icon="u-list" label=${t("sheet.list")} on=${() => open("list")} />
        <${Button} id="minus" icon="u-minus" label=${t("look.minus")} on=${() => made && made.surface.zoom(1 / 1.5)} />
        <${Button} id="plus" icon="u-plus" label=${t("look.plus")} on=${() => made && made.surface.zoom(1.5)} />
        <${Button} id="fit" icon="u-fit" label=${t("look.fit")} on=${() => made && made.surface.fit()} />`}
      </div>
      <div class="cv-stage">
        <div id="cv-page" class="cv-page" dir="ltr" tabindex=${can ? 0 : null} role=${can ? "application" : "img"} aria-label=${t("page.label")}
          aria-describedby=${can ? "cv-how" : null} onKeyDown=${onKey} onBlur=${() => made && made.keys.leave()} data-mode=${tool.mode}>
          <canvas id="cv-paper"></canvas><canvas id="cv-live"></canvas>
          <div id="cv-cursors" aria-hidden="true"></div>
          <div id="cv-cross" class="cv-cross" aria-hidden="true" hidden></div>
        </div>
        <p id="cv-how" class="hide">${t("page.how")}</p>
        <p id="cv-status" class="cv-status" role="status">${status ? html`<span class="strip night">${status}</span>` : null}</p>
        ${note ? html`<p class="cv-note strip night" id="cv-note">${note}</p>` : null}
      </div>
    </div>
    ${room.doors && made ? html`<${Doors} props=${props} studio=${made} />` : null}
    ${can ? html`<${Tools} t=${t} tool=${tool} set=${set} open=${open} undo=${undo} redo=${redo} canUndo=${canUndo} canRedo=${canRedo} broad=${broad} off=${!may} />` : null}
    ${sheet ? html`<${Over} which=${sheet} t=${t} close=${close}
      more=${{ props, redo, canRedo, keep: kept, turn, may, cursors: near(props) ? cursors : null, point }}
      list=${{ said: props.said, people: props.people, entries, may, tool, set, undo, canUndo,
    put: (/** @type {string} */ shape, /** @type {string} */ points) => made && made.hand.put(shape, made.hand.fit ? made.hand.fit(points) : points) }}>
      ${sheet === "inks" ? html`<${Inks} t=${t} tool=${tool} set=${set} done=${close} />` : html`<${Stamps} t=${t} tool=${tool} set=${set} done=${close} />`}<//>` : null}
  </section>`;
};

/** Whether something of mine lies on this sheet. @param {any} room @param {string} me */
function mineAbove(room, me) {
  for (let i = room.marks.length - 1; i >= room.clear; i--) if (room.marks[i][0] === me && !room.marks[i][6]) return true;
  return false;
}
