// What a line and a live picture share: a name beside my dot, the host who lets all stand still, and those who would like to say why.
import { html, useEffect, useRef } from "../../static/ui.js";
import { Who } from "../../static/parts/who.js";

/** @typedef {any} Props what the shell hands to a kind */

/**
 * Where my dot is while I drag it, told to all; and that it rests. What was under way when all had to stand still is taken back once dots
 * may move again: until then nothing of the kind is passed on. @param {Props} props
 * @returns {{drag: (value: {i: number, x: number, y?: number}) => void, rest: () => void}}
 */
export const useDrag = ({ live, room }) => {
  const told = useRef(false);
  const rest = () => {
    if (told.current) live("dot", null);
    told.current = false;
  };
  useEffect(() => { if (room.phase === "move") rest(); }, [room.phase]);
  return {
    drag: (value) => {
      told.current = true;
      live("dot", value);
    },
    rest,
  };
};

/** @param {{t: (key: string) => string, on: boolean, onTick: () => void}} of */
export const Tick = ({ t, on, onTick }) => html`<label class="tickbox"><input type="checkbox" checked=${on} onChange=${onTick} /><span>${t("named")}</span></label>`;

/** @param {{props: Props}} of */
export const Freeze = ({ props: { t, act, me, room, ended } }) => {
  const still = room.phase === "still";
  return me.role === "host" && !ended ? html`<button type="button" class="btn xl ink2" onClick=${() => act("freeze", { on: !still })}>${still ? t("line.go") : t("line.freeze")}</button>` : null;
};

/** Volunteers, in the order in which they came forward. @param {{props: Props}} of */
export const Why = ({ props }) => {
  const { t, act, me, room, people, ended } = props;
  if (room.phase !== "still") return null;
  const who = (room.why || []).filter((/** @type {string} */ id) => people[id]);
  const mine = who.includes(me.id);
  const plays = !ended && me.role !== "screen";
  const guess = (/** @type {any} */ tree) => [["room/why", mine ? tree.room.why.filter((/** @type {string} */ id) => id !== me.id) : [...tree.room.why, me.id]]];
  return html`${plays ? html`<div class="row wrap"><button type="button" class="btn" aria-pressed=${mine ? "true" : "false"} onClick=${() => act("why", { on: !mine }, guess)}>${mine ? t("why.down") : t("why.up")}</button></div>` : null}
    ${who.length ? html`<div><h2 class="ck-small">${t("why.order")}</h2><ol class="ck-why">${who.map((/** @type {string} */ id) => html`<li key=${id} class="row"><${Who} ...${people[id]} /><span class="grow" translate="no"><bdi>${people[id].name}</bdi></span>
      ${plays && me.role === "host" ? html`<button type="button" class="btn plain" onClick=${() => act("heard", { who: id })}>${t("why.heard", { name: people[id].name })}</button>` : null}</li>`)}</ol></div>` : null}`;
};
