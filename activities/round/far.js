// A round on a big screen: whose turn it is, as large as it goes, who comes after, and the move, the title or the orchestra.
import { html } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Move } from "../../static/parts/moves.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Reel } from "../../static/parts/reel.js";
import { Who } from "../../static/parts/who.js";
import { after, danced, mine, order, place, span, standing, texts, untilMove, whose } from "./order.js";
import { nameOf } from "./view.js";

export { say } from "./view.js";

/* keys: in.* move.* */

/** So many shapes stand at its foot; of a larger round those to come. */
const MOST = 22;
/** So many of an orchestra stand beside whose turn it is. */
const PLAY = 4;
/** A text of more characters takes the place of what is beside it. */
const LONG = 80;

/** @param {any} props */
const Far = ({ props }) => {
  const { t, room, people, options, now } = props;
  const { form } = options;
  usePulse(() => untilMove(room, now()), [room.n, room.move, room.clock && room.clock.left, room.clock && room.clock.ms]);
  const tiles = standing(room.brought), said = standing(room.said);
  if (room.phase === "gather") {
    return tiles.length ? html`<${Reel} name="far-round" items=${tiles.map((one) => html`<p dir="auto"><b>${one.text}</b></p>`)} />`
      : html`<p class="far-in">${t(`in.${form}`, { time: span(options.seconds, t) })}</p>`;
  }
  if (room.phase === "done") {
    return html`<p class="big far-over">${t("over")}</p>${said.length ? html`<${Reel} name="far-round" items=${said.map((one) => html`<p dir="auto">${one.text}</p>`)} />` : null}`;
  }
  const who = whose(room), then = after(room), { moves, step } = danced(room, now());
  const move = form === "lead" ? room.move : form === "chain" && step >= 0 ? moves[step].text : "";
  const text = texts(room).slice(-1)[0], title = form === "teach" ? mine(room, who) : null;
  const lit = tiles.filter((one) => one.on);
  const long = Boolean(text) && [...text.text].length > LONG;
  return html`<div class=${move ? "far-turn tight moves" : long ? "far-turn tight long" : form === "conduct" ? "far-turn tight" : "far-turn"}><div class="far-who"><span>${people[who] ? html`<${Who} ...${people[who]} />` : null}</span><div><p><b>${t("now")}</b></p><p class="big"><bdi>${nameOf(props, who)}</bdi></p></div></div>
    ${move ? html`<div class="far-move"><${Move} id=${move} /><p class="big">${t(`move.${move}`)}</p></div>` : null}
    ${title ? html`<p class="big far-title" dir="auto">${title.text}</p>` : null}${text ? html`<p class="far-text" dir="auto">${text.text}</p>` : null}
    ${form === "conduct" ? html`<ul class="far-tiles">${(lit.length ? lit : tiles).slice(0, PLAY).map((one) => html`<li key=${one.i} class=${one.on ? "on" : null} dir="auto">${one.text}</li>`)}</ul>` : null}
    <div class="far-soon"><${ClockTape} clock=${room.clock} now=${now} t=${t} /><p class="far-then">${then ? t("next", { name: nameOf(props, then) }) : t("next.none")}</p></div></div>
    <div class="far-order" aria-hidden="true">${order(room).filter((id) => order(room).length <= MOST || place(room, id)).slice(0, MOST).map((id) => (people[id] ? html`<span key=${id} class=${place(room, id) ? null : "had"}><${Who} ...${people[id]} away=${place(room, id) === 0} /></span>` : null))}</div>`;
};

/** @param {any} props */
export default (props) => html`<${Far} props=${props} />`;
