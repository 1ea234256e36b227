// The room itself: colour bar, news, masthead, the running activity, and around it what everyone can do.
import { html, useEffect, useLayoutEffect, useRef } from "../ui.js";
import { Inks } from "../parts/inks.js";
import { Mast, TopLine } from "../parts/mast.js";
import { Sums } from "../parts/reactions.js";
import { Tape } from "../parts/tape.js";
import { Away } from "./away.js";
import { Bar } from "./bar.js";
import { Stage, again, resolved, staged, titleOf } from "./kind.js";
import { hush, news, sums } from "./news.js";
import { hosting, line, me, meet, now, people, running, wide } from "./session.js";
import { Later, sheet } from "./sheets.js";
import { t } from "./tongue.js";

/** The strip of news. It never covers a control and takes no room. */
const Strip = () => {
  const item = news.value;
  return html`<div class="status">${item && html`<p class="cut enter" key=${item.text}>${item.text}
    ${item.word && html`<button type="button" class="btn plain" onClick=${() => { if (item.run) item.run(); hush(item); }}>${item.word}</button>`}</p>`}</div>`;
};

/** While the line is away nobody else can be seen, and the colour bar says so. */
const Bars = () => {
  const all = people.value;
  if (line.value.state !== "lost") return html`<${Inks} people=${all} />`;
  const self = me.value && me.value.id;
  const far = Object.fromEntries(Object.keys(all).map((id) => [id, id === self ? all[id] : { ...all[id], here: false }]));
  return html`<${Inks} people=${far} />`;
};

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
  useLayoutEffect(() => {
    // Whoever was inside the last activity is taken along; whoever was elsewhere stays there.
    if (old.current && old.current !== run.g && document.activeElement === document.body) {
      const head = document.getElementById("head");
      if (head) head.focus();
    }
    old.current = run.g;
  }, [run.g, ready]);
  return html`<${Columns}>${title === null ? html`<${TopLine} tag=${tag} tape=${tape} />` : html`<${Mast} kind=${run.kind} tag=${tag} title=${title} tape=${tape} />`}
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

/** The whole room. */
export const Room = () => {
  const run = running.value;
  const kind = run ? run.kind : "room";
  const title = (meet.value && meet.value.title) || t("start.untitled");
  const room = /** @type {HTMLElement} */ (document.getElementById("room"));
  useLayoutEffect(() => { room.className = `room live k-${kind}`; }, [kind]);
  useEffect(() => { document.title = `${title} · Jam Room`; }, [title]);
  return html`<a class="btn skip" href="#main" onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      const head = document.getElementById("head") || document.getElementById("main");
      if (head) head.focus();
    }}>${t("page.skip")}</a>
    <${Bars} /><${Strip} />
    ${run ? html`<${Activity} run=${run} />` : html`<${Columns}>
      <${Mast} kind="room" tag=${hosting.value ? t("host.hosting") : "Jam Room"} title=${title} /><${Later} name="waiting" /></${Columns}>`}
    <div class="dock"><${Sums} sums=${sums.value} /><${Away} /><${Bar} /></div><${Over} />`;
};
