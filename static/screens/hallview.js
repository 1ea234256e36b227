// What the big screen draws: the colour bar, the activity or the way in, a sentence for everyone, and who is with us from elsewhere.
import { html, signal, useEffect, useLayoutEffect, useState } from "../ui.js";
import { Icon } from "../parts/icon.js";
import { REACTIONS } from "../parts/reactions.js";
import { Tape } from "../parts/tape.js";
import { Reel } from "../parts/reel.js";
import { Who } from "../parts/who.js";
import { elsewhere, farFirst, step, unled } from "./afar.js";
import { full, hint, nokey, recall } from "./hallstate.js";
import { Join } from "./halljoin.js";
import { Sound, silent, sounds } from "./hallsound.js";
import { Stage, again, library, resolved, staged, titleOf } from "./kind.js";
import { sums } from "./news.js";
import { hands, here, line, meet, now, people, running } from "./session.js";
import { t, words } from "./tongue.js";
import { speaking } from "./voiceway.js";
import { hang } from "./wear.js";

/* keys: voice.blocked voice.away voice.busy voice.locked kind.* ended.text ended.title hall.nokey link.closed link.wrong */
/** @typedef {import("../types.js").Running} Running */

const BLINK_MS = 1500, HOST_MS = 20000, AGAIN_MS = 15000;
/** How many names stand at the foot of the page; the rest is a number. */
const MOST = 5, HANDS = 2;
const LONG = 90;

/** Views for the big screen, by kind; null where a kind has none of its own. */
const fars = signal(/** @type {{[kind: string]: any}} */ ({}));
/** @type {Set<string>} */
const asked = new Set();

/**
 * The kind as the big screen shows it. @param {any} kind @returns {any} null until it is here
 */
function farOf(kind) {
  const { id } = kind;
  if (!kind.far) return kind;
  if (!asked.has(id)) {
    asked.add(id);
    Promise.all([kind.far(), hang(id, new URL(`../../activities/${id}/far.css`, import.meta.url).href)])
      .then(([m]) => ({ ...kind, ...(m.head ? { head: m.head } : {}), view: m.default, say: m.say || kind.say }), () => kind)
      .then((/** @type {any} */ far) => { fars.value = { ...fars.value, [id]: far }; });
  }
  return fars.value[id] || null;
}

/** True once something has been so for a while: what is over in a moment was nothing. @param {boolean} is @param {number} ms */
function useLasting(is, ms) {
  const [long, set] = useState(false);
  useEffect(() => {
    if (!is) return set(false);
    const timer = setTimeout(() => set(true), ms);
    return () => clearTimeout(timer);
  }, [is]);
  return is && long;
}

const Bar = () => {
  const all = people.value;
  const lost = line.value.state === "lost";
  return html`<div class="inks" aria-hidden="true">${farFirst(all).map((id) => html`
    <i key=${id} class=${lost || !all[id].here ? "away" : speaking.value.includes(id) ? "talk" : null} style=${{ "--c": `var(--f${all[id].ink % 12})` }}></i>`)}</div>`;
};

/** @param {{tag: string, title: string, kind: string, tape?: any}} of */
const Head = ({ tag, title, kind, tape = null }) => html`<header class="h-head"><p class="h-tag"><b class="grow"><bdi>${tag}</bdi></b>${tape}</p>
  <h1 class=${`h-${step(title)}`} id="head" dir="auto">${title}</h1>${kind === "room" ? null : html`<${Icon} id=${`k-${kind}`} />`}</header>`;

/** @param {{run: Running}} of */
const Activity = ({ run }) => {
  const { kind, ready, failed, props } = staged(run);
  const far = ready && kind ? farOf(kind) : null;
  const wide = innerWidth > innerHeight;
  const seen = { ...props, far: true, wide };
  const card = resolved(run);
  const title = far && far.head ? far.head(seen) : (card && (card.prompt || card.title)) || titleOf(run);
  const tag = card && card.title !== title ? card.title : t(`kind.${run.kind}`);
  const tape = html`<${Tape} ends=${run.ends} from=${run.opened} now=${now} t=${t} />`;
  useLayoutEffect(() => { full.value = title === null; });
  useEffect(() => {
    // Nobody is there to press a button.
    if (!failed) return undefined;
    const timer = setTimeout(() => again(run.kind), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [failed]);
  return html`<main class=${title === null ? "h-run h-full" : "h-run"} id="main" key=${run.g}>
    ${title === null ? null : html`<${Head} tag=${tag} title=${title} kind=${run.kind} tape=${tape} />`}
    ${far ? html`<${Stage} key=${`${run.g}${run.kind}`} stage=${{ kind: far, props: seen }} id="act" />` : html`<p class="h-wait">${t("page.waiting")}</p>`}</main>`;
};

/** Nothing runs: the way in is the biggest thing, and who is here. @param {{id: string}} of */
const Gathering = ({ id }) => {
  const room = /** @type {import("../types.js").Meet} */ (meet.value);
  const all = people.value;
  const ids = farFirst(all).filter((one) => all[one].here);
  const next = (room.starts || []).find((one) => one > Date.now());
  const title = room.title || t("start.untitled");
  return html`<main class="h-run h-gather" id="main"><${Head} tag="Jam Room" title=${title} kind="room" />
    <div class="h-mid">${next ? html`<p class="h-lead">${t("hall.starts", { when: words.value.when(next) })}</p>` : null}
      ${ids.length ? html`<p class="h-count">${t("people.here", { count: ids.length })}</p>` : null}
      <${Reel} name="h-crowd" items=${ids.map((one) => html`<${Who} ...${all[one]} /><bdi translate="no">${all[one].name}</bdi>`)} /></div>
    <${Join} id=${id} large=${true} /></main>`;
};

const Ended = () => {
  const { ended, past } = /** @type {import("../types.js").Meet} */ (meet.value);
  const kinds = [...new Set(past.map(({ kind }) => kind))].slice(0, 4);
  if (!ended) return null;
  return html`<main class="h-run h-end" id="main"><${Head} tag=${(meet.value && meet.value.title) || "Jam Room"} title=${ended.until ? t("end.title") : t("end.erased")} kind="room" />
    <div class="h-mid">${ended.until ? html`<p class="h-lead">${t("hall.kept", { until: words.value.when(ended.until) })}</p>` : null}
      ${ended.next ? html`<p class="h-lead">${t("end.again.on", { date: words.value.when(ended.next) })}</p>` : null}
      <div class="h-leaves" aria-hidden="true">${kinds.map((kind) => html`<span key=${kind} class=${`k-${kind}`}><${Icon} id=${`k-${kind}`} /></span>`)}</div></div></main>`;
};

/** No key: whoever set the screen up stands before it, so this part is for one person near by. @param {{onLink: (text: string) => boolean}} of */
const Calm = ({ onLink }) => {
  const [text, type] = useState("");
  const [wrong, set] = useState(false);
  const over = nokey.value === "ended.text";
  const go = () => set(!onLink(text));
  return html`<main class="h-calm" id="main"><${Icon} id="mark" size=${42} wide=${310} label="Jam Room" /><h1 id="head">${over ? t("ended.title") : t("hall.nokey.title")}</h1><p>${t(nokey.value)}</p>
    ${over ? null : html`<label for="link">${t("nokey.field")}</label><input class="field" id="link" dir="ltr" autocomplete="off" spellcheck="false" value=${text}
      onInput=${(/** @type {any} */ event) => type(event.currentTarget.value)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") go(); }} />
      ${wrong ? html`<p role="status">${t("hall.wrong")}</p>` : null}
      <p><button type="button" class="btn" onClick=${go}>${t("nokey.open")}</button></p>`}</main>`;
};

/** What a host says to everyone. */
const Say = () => {
  const said = meet.value && meet.value.say;
  const all = said && said.card ? library() : null;
  const card = all && said ? all.cards.find((one) => one.id === said.card) : null;
  const text = said ? said.text || (card && card.say) || "" : "";
  return text ? html`<div class="cut h-say" key=${said && said.at}><p class=${[...text].length > LONG ? "long" : null} dir="auto">${text}</p></div>` : null;
};

/** The last line: what is the matter, or who is with us without being seen. */
const Foot = () => {
  const all = people.value;
  const lost = useLasting(line.value.state === "lost", BLINK_MS);
  const led = useLasting(unled(all), HOST_MS);
  const run = running.value;
  const far = elsewhere(all);
  const up = hands.value.filter((id) => all[id]);
  const note = lost ? t("hall.lost") : led ? t("host.away") : silent.value ? t(silent.value) : hint.value && !run ? t("hall.hint") : "";
  const named = (/** @type {string[]} */ ids, /** @type {number} */ most) => html`${ids.slice(0, most).map((id) => html`<span class="h-one" key=${id}><span class=${speaking.value.includes(id) ? "reg" : null}><${Who} ...${all[id]} away=${!all[id].here} /></span><bdi translate="no">${all[id].name}</bdi></span>`)}
    ${ids.length > most ? html`<span class="h-one">${t("people.more", { count: ids.length - most })}</span>` : null}`;
  if (!run && !note && !far.length && !sounds.value && !sums.value.some((n) => n > 0)) return html`<${Sound} />`;
  return html`<footer class="h-foot"><div class="h-note" role="status">${note ? html`<span>${note}</span>`
    : html`${up.length ? html`<${Icon} id="u-hand" label=${t("hand.title")} />${named(up, HANDS)}` : null}
      ${far.length ? html`<b>${t("hall.elsewhere")}</b>${named(far, MOST)}` : run && !up.length ? html`<span>${t("people.here", { count: here.value.length })}</span>` : null}`}</div>
    ${sums.value.some((n) => n > 0) ? html`<div class="h-sum" aria-hidden="true">${sums.value.map((n, i) => (n > 0 ? html`<${Icon} key=${i} id=${REACTIONS[i][0]} /><b>${n}</b>` : null))}</div>` : null}
    ${full.value && run ? html`<${Tape} ends=${run.ends} from=${run.opened} now=${now} t=${t} />` : null}
    <${Sound} />${run ? html`<button type="button" class="btn h-way" aria-pressed=${String(recall.value)} onClick=${() => { recall.value = !recall.value; }}><${Icon} id="u-qr" /><span>${t("hall.way")}</span></button>` : null}</footer>`;
};

/** @param {{id: string, onLink: (text: string) => boolean}} of */
export const Hall = ({ id, onLink }) => {
  const run = running.value;
  const over = Boolean(meet.value && meet.value.ended);
  const kind = over || !run ? "room" : run.kind;
  const title = (meet.value && meet.value.title) || t("start.untitled");
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  useLayoutEffect(() => { room.className = `room hall k-${kind}`; }, [kind]);
  useEffect(() => { document.title = `${title} · Jam Room`; }, [title]);
  if (nokey.value && !over) return html`<${Calm} onLink=${onLink} />`;
  if (!meet.value) return html`<main class="h-calm" id="main"><${Icon} id="mark" size=${42} wide=${310} label="Jam Room" /><p>${t("line.finding")}</p></main>`;
  return html`<${Bar} />${over ? html`<${Ended} />` : run ? html`<${Activity} key=${run.g} run=${run} />` : html`<${Gathering} id=${id} />`}
    ${over ? null : html`<${Say} /><${Foot} />`}
    ${run && !over && recall.value ? html`<aside class="h-recall"><${Join} id=${id} /></aside>` : null}`;
};
