// The last beat together: count in, all press, and one chord of everybody's key sounds on each phone at the same moment.
import { html, useEffect, useState } from "../../static/ui.js";
import { usePulse } from "../../static/parts/pulse.js";
import { ring } from "../../static/parts/chord.js";
import { audible, open, sounds } from "../../static/parts/sound.js";
import { Beats } from "./beats.js";
import { Flower } from "./flower.js";
import { BEATS, BEAT_MS, LEAD_MS } from "./place.js";

/** @typedef {any} Props what the shell hands to a kind */
/** What has sounded on this page: nothing sounds twice because it is drawn again. */
const heard = { chord: 0, count: 0, late: 0 };
const STALE_MS = 2000;

/** Sound what the room says, at its log time. @param {Props} props */
export const useChord = ({ room, now }) => {
  const { chord, at, phase, pressed } = room;
  useEffect(() => {
    if (!chord || heard.chord === chord.at || chord.at - now() < -STALE_MS) return;
    heard.chord = chord.at;
    ring(chord.notes, chord.at - now(), 5);
  }, [chord && chord.at]);
  useEffect(() => {
    // Soft knocks for whoever does not look at the screen.
    if (phase !== "run" || heard.count === at || at - now() < 0 || at - now() > LEAD_MS + STALE_MS) return;
    heard.count = at;
    for (let beat = BEATS; beat >= 0; beat -= 1) ring([beat ? 0 : 2], at - beat * BEAT_MS - now(), 0.3);
  }, [at, phase]);
  useEffect(() => {
    const late = pressed.filter((/** @type {any} */ key) => key[2]);
    if (chord && late.length > heard.late && chord.at < now()) ring([late[late.length - 1][0]], 0, 1.5);
    heard.late = late.length;
  }, [pressed.length, chord && chord.at]);
};

/** @param {{props: Props}} of */
export const Chord = ({ props }) => {
  const { t, act, me, own, room, now, ended } = props;
  const [tried, attempt] = useState(false);
  useChord(props);
  usePulse(() => (room.phase === "run" ? Math.max(0, room.at - now()) : room.chord ? Math.max(0, room.chord.at - now()) : 0), [room.phase, room.at, room.chord]);
  const key = own && own.key !== undefined ? own.key : 2;
  const mine = own && own.pressed !== undefined;
  const plays = me.role !== "screen" && !ended;
  const count = room.pressed.filter((/** @type {any} */ one) => one[0] >= 0).length;
  const run = room.phase === "run";
  const here = run && now() >= room.at;
  const rung = Boolean(room.chord) && now() >= room.chord.at;
  const press = () => {
    open();
    ring([key], 0, 1.2);
    act("press", {}, (/** @type {any} */ tree) => [[`room/pressed/${tree.room.pressed.length}`, [key, (me.ink || 0) % 12, run ? 0 : 1]], [`own/${me.id}/pressed`, tree.room.pressed.length]]);
  };
  const line = ended ? t("twin", { count }) : run ? (here ? t("chord.now") : t("chord.count")) : room.phase === "ready" ? t("chord.ready")
    : rung ? t("chord.rung", { count }) : room.chord ? t("chord.soon") : t("chord.over");
  return html`<div class=${run ? "body tg tg-keys run" : "body tg tg-keys"}><${Flower} pressed=${room.phase === "ready" && plays ? [[key, (me.ink || 0) % 12, 0]] : room.pressed}
      label=${room.phase === "ready" && plays ? t("chord.mine") : t("twin", { count })} rung=${rung} />
    <div class="tg-line" role="status"><h2>${line}</h2></div>
    ${run ? html`<${Beats} rest=${() => room.at - now()} of=${[room.at]} label=${t("count")} />` : null}
    ${plays && room.phase !== "ready" ? html`<button type="button" class="btn xl ink2 tg-press" disabled=${mine} onClick=${press}>${mine ? t("press.mine") : run ? t("press") : t("press.late")}</button>` : null}
    ${plays && room.phase === "ready" ? html`<button type="button" class="btn plain" onClick=${() => { open(); attempt(true); setTimeout(() => ring([key], 0, 1.5), 60); }}>${t("try")}</button>` : null}
    ${plays && (tried || mine) && !audible.value ? html`<p class="small soft">${sounds.value ? t("silent") : t("silent.off")}</p>` : null}
    ${me.role === "host" && !ended && !run ? html`<button type="button" class=${room.phase === "ready" ? "btn xl ink2" : "btn plain"} onClick=${() => act("begin", {})}>${room.phase === "ready" ? t("begin.chord") : t("again")}</button>` : null}</div>`;
};
