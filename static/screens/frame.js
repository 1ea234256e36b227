// The room itself: colour bar, news, masthead, the running activity, and around it what everyone can do.
import { html, signal, useEffect, useLayoutEffect, useRef } from "../ui.js";
import { Inks } from "../parts/inks.js";
import { Mast, TopLine } from "../parts/mast.js";
import { Tape } from "../parts/tape.js";
import { Away } from "./away.js";
import { Bar } from "./bar.js";
import { Stage, again, pause, resolved, staged, titleOf } from "./kind.js";
import { hush, news, offer } from "./news.js";
import { hosting, line, me, meet, now, people, running, wide } from "./session.js";
import { Later, sheet, show } from "./sheets.js";
import { t } from "./tongue.js";

/** Is the first picture there, with what it fetches itself? What is wanted after it is fetched then: watching, what has been said, reactions. */
const settled = signal(false);
const settle = () => { setTimeout(() => { settled.value = true; }, pause); };

/** @param {{item: import("./news.js").News}} of */
const Note = ({ item }) => {
  const also = item.also;
  return html`<p class="cut enter"><span>${item.text}</span>
    ${item.word && html`<button type="button" class="btn plain" onClick=${() => { if (item.run) item.run(); hush(item); }}>${item.word}</button>`}
    ${also && html`<button type="button" class="btn plain" onClick=${() => { also.run(); hush(item); }}>${also.word}</button>`}</p>`;
};

/** The strip of news. It never covers a control and takes no room. */
const Strip = () => html`<div class="status">${[offer.value, news.value].map((item) => item && html`<${Note} key=${item.text} item=${item} />`)}</div>`;

/** While the line is away nobody else can be seen, and the colour bar says so. */
const Bars = () => {
  const all = people.value;
  const self = me.value && me.value.id;
  const far = line.value.state !== "lost" ? all : Object.fromEntries(Object.keys(all).map((id) => [id, id === self ? all[id] : { ...all[id], here: false }]));
  // A shortcut for whoever finds it; people have a button of their own.
  return html`<div class="strips" onClick=${() => show("people")}><${Inks} people=${far} /></div>`;
};

/** On a host's phone the plan is behind the name of what is on. */
const toPlan = () => (hosting.value && !wide.value ? () => show("cards") : null);

/** What a host has said to everyone. @param {{top?: boolean}} of */
const Said = ({ top = false }) => (meet.value && meet.value.say ? html`<div class=${top ? "said top" : "said"}><${Later} name="said" /></div>` : null);

/** @param {{run: import("../types.js").Running}} of */
const Activity = ({ run }) => {
  const stage = staged(run);
  const old = useRef(0);
  const { kind, ready, failed, props } = stage;
  const card = resolved(run);
  const title = ready && kind && kind.head ? kind.head(props) : (card && (card.prompt || card.title)) || titleOf(run);
  const name = t(`kind.${run.kind}`);
  const tag = card && card.title !== title ? card.title : name;
  const tape = html`<${Tape} ends=${run.ends} from=${run.opened} now=${now} t=${t} />`;
  useEffect(() => { if (ready) settle(); }, [ready]);
  useLayoutEffect(() => {
    // Whoever was inside the last activity is taken along; whoever was elsewhere stays there.
    if (old.current && old.current !== run.g && document.activeElement === document.body) {
      const head = document.getElementById("head");
      if (head) head.focus();
    }
    old.current = run.g;
  }, [run.g, ready]);
  return html`<${Columns}>${title === null ? html`<${TopLine} tag=${tag} tape=${tape} onTag=${toPlan()} />`
    : html`<${Mast} kind=${run.kind} tag=${tag} title=${title} tape=${tape} onTag=${toPlan()} />`}<${Said} top=${title === null} />
    ${ready ? html`<${Stage} key=${run.g} stage=${stage} id="act" />` : html`<div class="mid"><div class="body">
      <p role="status">${failed ? t("page.kind.failed") : t("page.waiting")}</p>
      ${failed && html`<p><button type="button" class="btn plain" onClick=${() => again(run.kind)}>${t("page.again")}</button></p>`}</div></div>`}</${Columns}>`;
};

/** One column on a phone, three on a desk. @param {{children: any}} of */
const Columns = ({ children }) => {
  const sides = wide.value;
  return html`<div class="deskrow">${sides && html`<aside class="side" key="left" aria-label=${t("host.plan")}><${Later} name="left" /></aside>`}
    <main class="mid" id="main" tabindex="-1" key="mid">${children}</main>
    ${sides && html`<aside class="side" key="right" aria-label=${t("bar.people")}><${Later} name="right" /></aside>`}</div>`;
};

/** What is open over the page, if anything. */
const Over = () => (sheet.value ? html`<${Later} key=${sheet.value} name=${sheet.value} />` : null);

/** What a host reads over the name of the room: the lead may be with somebody else. */
const leading = () => {
  const { baton: who } = /** @type {any} */ (meet.value), other = who && me.value && who !== me.value.id && people.value[who];
  return other ? t("lead.other", { name: other.name }) : t("host.hosting");
};

/** The whole room. */
export const Room = () => {
  const run = running.value;
  const kind = run ? run.kind : "room";
  const title = (meet.value && meet.value.title) || t("start.untitled");
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  useLayoutEffect(() => { room.className = `room live k-${kind}`; }, [kind]);
  useEffect(() => { document.title = `${title} · Jam Room`; }, [title]);
  useEffect(() => { if (!run) settle(); }, [!run]);
  return html`<a class="btn skip" href="#main" onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      const head = document.getElementById("head") || document.getElementById("main");
      if (head) head.focus();
    }}>${t("page.skip")}</a>
    <${Bars} /><${Strip} />
    ${run ? html`<${Activity} run=${run} />` : html`<${Columns}>
      <${Mast} kind="room" tag=${hosting.value ? leading() : "Jam Room"} title=${title} onTag=${toPlan()} /><${Said} />
      <${Later} name="waiting" /></${Columns}>`}
    <div class="dock">${settled.value && html`<${Later} name="round" />`}<${Away} /><${Bar} /></div><${Over} />`;
};
