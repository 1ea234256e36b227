// What goes on by itself while there is sound in the room: who speaks is told, what hosts decide is told, and the space bar speaks.
import { effect, html, render, untracked } from "../ui.js";
import { say, tell } from "./news.js";
import { me, line, meet, people } from "./session.js";
import { sheet } from "./sheets.js";
import { t, words } from "./tongue.js";
import { createHerald, spare, tabs } from "./voicefacts.js";
import { Heard, Line } from "./voiceline.js";
import { answer, asked, closed, ear, known, linger, look, note, place, shown, space, speaking, voice } from "./voiceway.js";

/* keys: voice.closed.* voice.listening voice.blocked voice.away voice.busy voice.joining voice.out */
const HINT_MS = 20000;
/** What the ear is told of the way there. @type {{[at: string]: string}} */
const SAID = { joining: "voice.joining", on: "voice.listening", blocked: "voice.blocked", away: "voice.away", busy: "voice.busy" };

const self = () => (me.value ? me.value.id : "");

/** Who speaks, for the ear: now and then, and only who is new. */
function herald() {
  const teller = createHerald();
  /** @type {any} */
  let timer = 0;
  const tick = () => {
    clearTimeout(timer);
    const at = performance.now();
    const ids = teller.look(speaking.peek().filter((id) => id !== self()), at);
    if (ids.length && ear.peek() && place.peek() === "on") say(t("voice.speaks", { names: words.value.list(ids.map((id) => people.value[id].name)) }));
    if (teller.due < Infinity) timer = setTimeout(() => untracked(tick), Math.max(0, teller.due - at));
  };
  effect(() => {
    if (speaking.value && words.value) untracked(tick);
  });
}

/** What hosts and cards decide about one's own microphone, and where the call is. */
function tellings() {
  let was = "", at = "";
  effect(() => {
    const why = closed.value, on = place.value === "on";
    untracked(() => {
      // Before one is there it is no news.
      if (why !== was && on) tell(t(why ? `voice.closed.${why}` : "voice.freed"));
      was = why;
    });
  });
  effect(() => {
    const now = place.value;
    untracked(() => {
      if (now !== at && SAID[now]) say(t(SAID[now]));
      else if (at === "on" && (now === "offer" || now === "")) say(t("voice.out"));
      at = now;
    });
  });
}

/** The microphone: open once, it is known here; spoken into while it is closed, it says so now and then. */
function microphone() {
  let hinted = -Infinity, before = "off";
  effect(() => {
    const engine = voice.value;
    if (!engine) return;
    const mic = engine.mic.value;
    if (mic === "on") untracked(() => { if (!known.value) note(known, "spoke", true); });
    // Who speaks already need not be asked.
    if (mic === "on" && asked.value) untracked(answer);
    if (mic === "refused" && before !== mic) untracked(() => { if (sheet.value !== "voices") tell(t("mic.refused")); });
    before = mic;
    if (!engine.unheard.value) return;
    const at = performance.now();
    if (at - hinted < HINT_MS) return;
    hinted = at;
    untracked(() => say(t("voice.unheard")));
  });
}

/** The music place has come to this person by a host's hand. */
function music() {
  /** @type {string|null|undefined} */
  let was;
  effect(() => {
    const now = (meet.value && meet.value.music) || null;
    untracked(() => {
      if (was !== undefined && now !== was && now === self() && sheet.value !== "voices") tell(t("voice.music.yours"));
      else if (was !== undefined && now && now !== was && now !== self() && people.value[now] && place.value === "on") say(t("voice.music.with", { name: people.value[now].name }));
      was = now;
    });
  });
}

/** Held, the space bar speaks, wherever it has no work of its own. */
function bar() {
  let down = false;
  /** @param {boolean} is */
  const hold = (is) => {
    down = is;
    if (voice.value) voice.value.hold(is);
  };
  addEventListener("keydown", (event) => {
    if (event.key !== " " || place.peek() !== "on" || !space.peek() || !known.peek() || !spare(event)) return;
    event.preventDefault();
    if (!event.repeat && !down) hold(true);
  });
  addEventListener("keyup", (event) => { if (event.key === " " && down) hold(false); });
  // Whoever goes to another window has let go.
  addEventListener("blur", () => { if (down) hold(false); });
}

/** Strips of the colour bar stick out while their people speak. */
const Tabs = () => {
  const talks = shown.value;
  if (!talks.length || line.value.state === "lost") return null;
  return html`<div class="sticks" aria-hidden="true">${tabs(people.value, talks).map(({ id, ink, on }) => html`
    <i key=${id} style=${{ "--c": on ? `var(--f${ink})` : "transparent" }}></i>`)}</div>`;
};

const Over = () => html`<${Tabs} /><${Heard} />`;

let begun = false;

/** @returns the line above the bar */
export function begin() {
  look();
  if (!begun) {
    begun = true;
    effect(() => { if (line.value.state === "open") look(); });
    effect(linger);
    herald();
    tellings();
    microphone();
    music();
    bar();
    render(html`<${Over} />`, document.body.appendChild(document.createElement("div")));
  }
  return Line;
}
