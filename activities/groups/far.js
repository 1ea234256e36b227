// Groups on a big screen: clusters of cut paper people while they are out, then what they brought.
import { html } from "../../static/ui.js";
import { ClockTape } from "../../static/parts/clock.js";
import { Reel } from "../../static/parts/reel.js";
import { Who } from "../../static/parts/who.js";
import { Made } from "./home.js";
import { brought, groups, made, named } from "./told.js";

/** @param {any} props */
const Out = ({ props }) => {
  const { t, room, people, lang, now } = props;
  const list = groups(room.team);
  return html`<div class="far-groups"><div class="gf-top"><p class="grow">${t("far.next")}</p><${ClockTape} clock=${room.clock} now=${now} t=${t} /></div>
    ${room.said ? html`<p class="gf-told" dir="auto">${room.said.text}</p>` : null}
    <${Reel} name="far-teams" items=${list.map(([, who]) => html`<div class="far-team"><div class="g-faces">${who.map((id) => people[id] && html`<${Who} key=${id} ...${people[id]} away=${!people[id].here} />`)}</div>
      <b translate="no">${named(who, people, lang)}</b></div>`)} /></div>`;
};

/** @param {any} props */
const Back = ({ props }) => {
  const { t, room } = props;
  const seen = made(room).length;
  // A host who leads past what was made has read the lines.
  const led = seen > 0 && made(room).some(({ i }) => i === room.walk);
  const lines = led ? [] : brought(room);
  return html`<div class="far-groups">${seen && !lines.length ? null : html`<p class="big far-back">${lines.length ? t("lines") : t("back")}</p>`}
    ${lines.length ? html`<${Reel} name="gf-list" items=${lines.map((/** @type {any} */ { text }) => html`<p class="grow" dir="auto"><b>${text}</b></p>`)} />`
    : seen ? html`<${Made} props=${props} />` : null}</div>`;
};

/** @param {any} props */
export default (props) => {
  const { t, room, now } = props;
  if (room.phase === "out") return html`<${Out} props=${props} />`;
  if (room.phase === "home") return html`<${Back} props=${props} />`;
  return html`<div class="far-groups far-mid"><p class="big far-off">${room.phase === "solo" ? t("far.solo") : t("far.soon")}</p>
    ${room.phase === "solo" ? html`<p class="gf-top"><${ClockTape} clock=${room.clock} now=${now} t=${t} /></p>` : null}</div>`;
};
