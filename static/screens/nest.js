// A kind inside a team of another one: its stage on the page of the kind around it.
import { html } from "../ui.js";
import { below, mates, mount } from "./below.js";
import { Stage, again, hand, staged } from "./kind.js";
import { current, me, people, state } from "./session.js";
import { words } from "./tongue.js";

/* keys: kind.* */
/**
 * What is otherwise inside a team: its tree, its people, and that everybody there leads. What is unfinished ends with it: its words
 * are kept, and nothing can be sent. @param {import("../types.js").Inside} run @param {string} team
 */
function inside(run, team) {
  const tree = state.value;
  const self = me.value;
  if (!tree || !self) return null;
  const { id } = self;
  const { room, own, host, live } = below(tree, team, id);
  const person = people.value[id] || {};
  const outer = tree.meet.now;
  const { store } = current();
  return staged(run, { room, own: own[id], host }, {
    ended: false, me: { id, name: person.name, ink: person.ink, role: "host" }, people: mates(people.value, tree.room.team || {}, team), lives: live,
    act: (/** @type {string} */ name, /** @type {any} */ args, /** @type {any} */ guess) => store.act(`${run.kind}.${name}`, args, mount(guess, team, id), run.g),
    live: store.live,
    hold: (/** @type {import("./grace.js").Piece|null} */ piece) => {
      if (outer) hand.hold(outer.kind, outer.g, piece && { name: "", args: null, words: piece.words });
    },
  });
}

/** What runs in a team, or ran there (`room`), on the page of the kind around it. @param {{run: import("../types.js").Inside, team?: string, room?: any, far?: boolean}} of */
export const Inner = ({ run, team = "", room, far = false }) => {
  const stage = room ? staged(run, { room, own: undefined, host: undefined }, { far }) : inside(run, team);
  const { t } = words.value;
  const asks = run.options && run.options.text;
  if (!stage) return null;
  return html`<section class=${`inner k-${run.kind}`} aria-label=${t(`kind.${run.kind}`)}>${asks ? html`<h2 dir="auto">${asks}</h2>` : null}
    ${stage.ready ? html`<${Stage} stage=${stage} id=${`in-${run.g}`} />` : html`<p role="status">${stage.failed ? t("page.kind.failed") : t("page.waiting")}</p>
      ${stage.failed ? html`<p><button type="button" class="btn plain" onClick=${() => again(run.kind)}>${t("page.again")}</button></p>` : null}`}</section>`;
};
