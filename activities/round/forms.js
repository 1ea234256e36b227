// What some rounds have beside a voice: slots to teach in, moves to lead with, a chain that grows, tiles for an orchestra.
import { html, useState } from "../../static/ui.js";
import { Field, fits, points } from "../../static/parts/field.js";
import { IDS, Move } from "../../static/parts/moves.js";
import { usePulse } from "../../static/parts/pulse.js";
import { Who } from "../../static/parts/who.js";
import { danced, mine, standing, untilMove, whose } from "./order.js";

/* keys: bring.* brought.* move.* */

/** What I bring: a title, or a thing that sounds. @param {{props: any, most: number}} of */
const Bring = ({ props, most }) => {
  const { t, act, room, me, options } = props;
  const had = mine(room, me.id);
  const [text, put] = useState(had ? had.text : "");
  const [open, show] = useState(false);
  const ready = points(text) > 0 && fits(text, most) && (!had || had.text !== text.trim());
  const go = () => {
    if (!ready) return;
    act("bring", { text: text.trim() });
    show(false);
  };
  // While the round goes on, it takes no room from whoever has the turn.
  if (room.phase === "run" && !open) {
    return html`<button type="button" class="btn plain" onClick=${() => show(true)}>${had ? t("bring.change.it", { text: had.text }) : t("bring.too")}</button>`;
  }
  return html`<div class="writes"><${Field} id="bring" label=${t(`bring.${options.form}`)} value=${text} max=${most} t=${t} onInput=${put} onEnter=${go} />
    <div class="row"><button type="button" class="btn grow" disabled=${!ready} onClick=${go}>${had ? t("bring.change") : t("bring.send")}</button>
      ${had ? html`<button type="button" class="btn plain" onClick=${() => { put(""); act("bring", { text: "" }); }}>${t("bring.back")}</button>` : null}</div></div>`;
};

/** A move, large, with its word and how it goes seated. @param {{t: any, id: string, size?: number}} of */
export const Large = ({ t, id, size = 220 }) => html`<figure class="move-now" key=${id}><${Move} id=${id} size=${size} />
  <figcaption><b>${t(`move.${id}`)}</b><span class="small">${t("seated", { how: t(`move.${id}.seated`) })}</span></figcaption></figure>`;

/** Sixteen moves to choose one from. @param {{props: any, label: string}} of */
const Choose = ({ props, label }) => {
  const { t, act, room } = props;
  return html`<p><b>${label}</b></p><div class="picks moves" role="group" aria-label=${label}>${IDS.map((id) => html`<button key=${id} type="button" class="btn pick"
    aria-pressed=${room.move === id ? "true" : "false"} onClick=${() => act("show", { move: id }, () => [["room/move", id]])}><${Move} id=${id} size=${56} />${t(`move.${id}`)}</button>`)}</div>`;
};

/** The chain: while it is danced, the move that is on; else all of it, small. @param {{props: any}} of */
export const Chain = ({ props }) => {
  const { t, room, now } = props;
  usePulse(() => untilMove(room, now()), [room.n, room.move, room.clock && room.clock.left, room.clock && room.clock.ms]);
  const { moves, step } = danced(room, now());
  if (step >= 0) {
    return html`<div><p><b>${t("chain.go")}</b> <span class="small">${t("chain.step", { n: step + 1, count: moves.length })}</span></p><${Large} t=${t} id=${moves[step].text} /></div>`;
  }
  return moves.length ? html`<ol class="chain" aria-label=${t("chain")}>${moves.map((one) => html`<li key=${one.i}><${Move} id=${one.text} size=${56} label=${t(`move.${one.text}`)} /></li>`)}</ol>` : null;
};

/** @param {{props: any, my: boolean}} of */
const Tiles = ({ props, my }) => {
  const { t, act, room, people, options } = props;
  const tiles = standing(room.brought);
  if (!tiles.length) return null;
  /** @param {any} one */
  const inside = (one) => html`${people[one.by] ? html`<${Who} ...${people[one.by]} />` : null}<span dir="auto">${one.text}</span>`;
  return html`<div><h2 class="label">${t(`brought.${options.form}`)}</h2><ul class="tiles">${tiles.map((one) => html`<li key=${one.i}>${my
    ? html`<button type="button" class="tile" aria-pressed=${one.on ? "true" : "false"}
      onClick=${() => act("light", { i: one.i, on: !one.on }, () => [[`room/brought/${one.i}/on`, !one.on]])}>${inside(one)}</button>`
    : html`<span class=${one.on ? "tile on" : "tile"}>${inside(one)}${one.on ? html`<span class="hide">${t("plays")}</span>` : null}</span>`}</li>`)}</ul></div>`;
};

/** @param {{props: any}} of */
export const Form = ({ props }) => {
  const { t, act, room, own, me, options, ended } = props;
  const { form } = options;
  const on = room.phase === "run" && !ended;
  const my = on && whose(room) === me.id;
  const sees = me.role !== "screen" && !ended;
  const out = Boolean(own && own.out);
  if (form === "lead") {
    if (!on) return null;
    return html`${room.move ? html`<${Large} t=${t} id=${room.move} />` : my ? null : html`<p role="status">${t("lead.wait")}</p>`}
      ${my ? html`<${Choose} props=${props} label=${t("lead.pick")} />` : null}`;
  }
  if (form === "chain") {
    return html`<${Chain} props=${props} />${my && !room.move ? html`<${Choose} props=${props} label=${t("chain.pick")} />` : null}`;
  }
  const had = mine(room, me.id);
  if (form === "conduct") {
    return html`${on && had && had.on && !my ? html`<p class="big lit" role="status">${t("play")}</p>` : null}
      ${my ? html`<p><b>${t("conduct")}</b></p>` : null}<${Tiles} props=${props} my=${my} />${sees && !my ? html`<${Bring} key=${had ? had.i : -1} props=${props} most=${40} />` : null}`;
  }
  const title = on && mine(room, whose(room));
  const asked = own && own.wish === room.n;
  return html`${title ? html`<p class="big slot" dir="auto">${title.text}</p>` : null}
    ${on && (my || !sees) ? html`<p role="status">${t("more.count", { count: room.more })}</p>` : null}
    ${on && sees && !my ? html`<button type="button" class="btn ink2 more" disabled=${asked} onClick=${() => act("wish", {}, (/** @type {any} */ tree) => [[`own/${me.id}/wish`, room.n], ["room/more", tree.room.more + 1]])}>${t("more")}</button>
      <p class="small soft">${t("more.count", { count: room.more })}</p>` : null}
    ${sees && !my && !out ? html`<${Bring} key=${had ? had.i : -1} props=${props} most=${60} />` : null}${on ? null : html`<${Tiles} props=${props} my=${false} />`}`;
};
