// The sheet of voices: one's own microphone, how the sound comes and goes, what to do when nobody hears one, and where one's voice goes.
import { html, useEffect, useRef, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { Sheet } from "../parts/sheet.js";
import { VOICE } from "../voice/level.js";
import { me, meet, people } from "./session.js";
import { hide } from "./sheets.js";
import { t } from "./tongue.js";
import { Check } from "./voicecheck.js";
import { megabytes } from "./voicefacts.js";
import { closed, ear, known, note, place, put, putAway, seen, space, voice } from "./voiceway.js";

/* keys: voice.closed.* voice.tier.* voice.blocked voice.away voice.busy voice.joining voice.listening */
/** @typedef {import("./voiceway.js").Voice} Voice */

const STEPS = 20;

/** How loud one is: a strip of paper that grows, and a sentence for the ear. @param {{engine: Voice}} of */
const Level = ({ engine }) => {
  const [yes, heard] = useState(false);
  const now = engine.level.value;
  useEffect(() => { if (now >= VOICE) heard(true); }, [now >= VOICE]);
  return html`<div class="level"><p class="label" id="voice-level">${t("voice.level")}</p>
    <span class="reach" aria-hidden="true"><i style=${{ "--at": `${Math.round(Math.min(1, now) * STEPS) * (100 / STEPS)}%` }}></i></span>
    <p class="small" role="status">${t(yes ? "voice.level.yes" : "voice.level.no")}</p></div>`;
};

/** @param {{on: boolean, icon: string, word: string, how?: string, run: () => void}} of */
const Switch = ({ on, icon, word, how = "", run }) => html`<button type="button" class="folk" aria-pressed=${String(on)} onClick=${run}><${Icon} id=${icon} />
  <span class="grow"><b>${word}</b>${how && html`<span class="small soft">${how}</span>`}</span>
  <span class=${on ? "box on" : "box"} aria-hidden="true">${on && html`<${Icon} id="u-tick" size=${20} />`}</span></button>`;

/** The microphone: tried first where nobody hears it, then open or closed. @param {{engine: Voice}} of */
const Microphone = ({ engine }) => {
  const [trying, set] = useState(false);
  const stop = useRef(/** @type {(() => void)|null} */ (null));
  const gone = useRef(false);
  const end = () => {
    if (stop.current) stop.current();
    stop.current = null;
    if (!gone.current) set(false);
  };
  useEffect(() => () => { gone.current = true; end(); }, []);
  const mic = engine.mic.value, on = mic === "on", why = closed.value;
  const begin = () => {
    set(true);
    engine.test().then((over) => {
      stop.current = over;
      if (gone.current || engine.mic.peek() === "refused") end();
    }, end);
  };
  const speak = () => {
    engine.speak().then(end, end);
  };
  if (!engine.can.speak) return html`<p>${t(engine.can.why === "plain" ? "voice.plain" : "voice.nomic")}</p>`;
  const open = html`<button type="button" class="btn ink2 xl" onClick=${speak}><${Icon} id="u-mic" size=${30} /><span>${t("voice.speak")}</span></button>`;
  return html`<div class="own">
    ${why ? html`<p class="cut">${t(`voice.closed.${why}`)}</p>` : null}
    ${mic === "refused" ? html`<p>${t("mic.refused")}</p><p class="small soft">${t("mic.how")}</p>` : mic === "asking" ? html`<p role="status">${t("voice.asking")}</p>` : null}
    ${on || (trying && mic !== "asking" && mic !== "refused") ? html`<${Level} engine=${engine} />` : null}
    ${on ? html`<button type="button" class="btn xl mic on" aria-pressed="true" onClick=${() => engine.mute()}><${Icon} id="u-mic" size=${30} /><span>${t("voice.hush")}</span></button>
      <p class="small">${t("voice.heard")}</p>`
    : trying ? html`${why ? null : open}<p class="small">${t("voice.try.how")}</p><button type="button" class="btn plain" onClick=${end}>${t("voice.later")}</button>`
    : html`${known.value && !why && mic !== "refused" ? open : null}
      <button type="button" class=${known.value ? "btn plain" : "btn ink2 xl"} onClick=${begin}><${Icon} id="u-mic" size=${known.value ? 24 : 30} /><span>${t(mic === "refused" ? "page.again" : "voice.try")}</span></button>`}</div>`;
};

/** @param {{engine: Voice}} of */
const Devices = ({ engine }) => {
  const all = engine.devices.value;
  if (all.length < 2) return null;
  return html`<div><label for="voice-device">${t("voice.device")}</label>
    <select class="field" id="voice-device" onChange=${(/** @type {any} */ event) => { engine.choose(event.currentTarget.value).catch(() => {}); }}>
    ${all.map(({ id, label }, i) => html`<option key=${id} value=${id} selected=${id === engine.device.value}>${label || t("voice.device.n", { n: i + 1 })}</option>`)}</select></div>`;
};

/** One person at a time; whoever has it gives it back. @param {{engine: Voice}} of */
const Music = ({ engine }) => {
  const whose = (meet.value && meet.value.music) || "", self = me.value ? me.value.id : "";
  if (whose && whose !== self && people.value[whose]) return html`<p class="row"><${Icon} id="u-note" /><span class="grow">${t("voice.music.with", { name: people.value[whose].name })}</span></p>`;
  if (!engine.can.speak) return null;
  return html`<${Switch} on=${whose === self && Boolean(self)} icon="u-note" word=${t("voice.music")} how=${t("voice.music.how")} run=${() => { engine.setMusic(whose !== self).catch(() => {}); }} />`;
};

/** @param {{engine: Voice}} of */
const Data = ({ engine }) => {
  const thin = engine.tier.value === "thin", hour = engine.meter.value.perHour;
  return html`<section class="group" aria-labelledby="voice-data"><h3 id="voice-data">${t("voice.sound")}</h3>
    <div class="row wrap" role="group" aria-labelledby="voice-data">${["auto", "thin"].map((one) => html`<button key=${one} type="button" class="btn plain"
      aria-pressed=${String((one === "thin") === thin)} onClick=${() => engine.setTier(/** @type {any} */ (one))}>${t(`voice.tier.${one}`)}</button>`)}</div>
    ${!thin && engine.thin.value ? html`<p class="small">${t("voice.thin")}</p>` : null}
    ${hour > 0 ? html`<p class="small">${t("voice.meter", { size: megabytes(hour) })}</p>` : null}</section>`;
};

const Where = () => html`<section class="group" aria-labelledby="voice-where"><h3 id="voice-where">${t("voice.where")}</h3>
  <p class="small">${t("voice.where.how")}</p><p class="small soft">${t("voice.where.limits")}</p></section>`;

/** Where the call is, and the way in or on. @param {{engine: Voice}} of */
const Call = ({ engine }) => {
  const at = engine.state.value;
  const listen = () => { engine.listen().catch(() => {}); };
  if (at === "off") return html`<button type="button" class=${known.value ? "btn ink2 xl" : "btn plain"} onClick=${listen}><${Icon} id="u-ear" size=${known.value ? 30 : 24} /><span>${t("voice.listen")}</span></button>`;
  if (at === "joining") return html`<div><p role="status">${t("voice.joining")}</p><span class="reach eight" aria-hidden="true"><i></i></span></div>`;
  if (at === "blocked") return html`<div><p>${t("voice.blocked")}</p><p class="small soft">${t("voice.blocked.how")}</p><div class="acts"><button type="button" class="btn plain" onClick=${listen}>${t("page.again")}</button></div></div>`;
  if (at === "away" || at === "busy") return html`<p>${t(`voice.${at}`)}</p>`;
  return html`<p class="row"><${Icon} id="u-ear" /><span class="grow">${t("voice.listening")}</span></p>`;
};

/** Is there likely to be a space bar? A phone has none. */
const keys = () => matchMedia("(pointer: fine)").matches;

/** @param {{engine: Voice}} of */
const All = ({ engine }) => {
  useEffect(() => {
    note(seen, "seen", true);
    // Whoever comes here by the drawer wants it back.
    if (put.value) putAway(false);
  }, []);
  const on = engine.state.value === "on";
  return html`<${Call} engine=${engine} /><${Microphone} engine=${engine} /><${Devices} engine=${engine} />
    ${on && engine.can.speak && known.value ? html`<${Check} />` : null}
    <div><ul class="ways">${known.value || (meet.value && meet.value.music) ? html`<li><${Music} engine=${engine} /></li>` : null}
      ${engine.can.speak && known.value ? html`<li>${keys() ? html`<${Switch} on=${space.value} icon="u-mic" word=${t("voice.space")} how=${t("voice.hold")} run=${() => note(space, "space", !space.value)} />`
    : html`<p class="soft">${t("voice.hold")}</p>`}</li>` : null}
      <li><${Switch} on=${ear.value} icon="u-say" word=${t("voice.ear")} how=${t("voice.ear.how")} run=${() => note(ear, "ear", !ear.value)} /></li></ul></div>
    <${Data} engine=${engine} /><${Where} />
    ${engine.state.value !== "off" ? html`<div class="acts"><button type="button" class="btn plain" onClick=${() => { engine.leave(); hide(); }}><${Icon} id="u-door" /> ${t("voice.leave")}</button></div>` : null}`;
};

/** The button that opened it may have become another one. */
function close() {
  hide();
  setTimeout(() => {
    const next = /** @type {HTMLElement|null} */ (document.querySelector(".voices button"));
    if (next && document.activeElement === document.body) next.focus();
  });
}

export const Voices = () => {
  const engine = voice.value, at = place.value;
  return html`<${Sheet} title=${t("voice.title")} closeLabel=${t("page.close")} onClose=${close}>
    ${at === "hall" ? html`<p>${t("voice.hall")}</p>`
    : engine && engine.can.listen ? html`<${All} engine=${engine} />` : html`<p>${t(engine ? "voice.missing" : "page.waiting")}</p>`}
  </${Sheet}>`;
};
