// Choices and games on a big screen: what there is to choose, how it fell, who is up, how far we have counted.
import { html } from "../../static/ui.js";
import { Dots } from "./choose.js";
import { choices, gist, length } from "./told.js";

/** @param {any} props */
const Choose = ({ props }) => {
  const { t, room, options } = props;
  const line = options.form === "spectrum";
  const shown = room.phase === "shown";
  const sums = room.sums || [];
  if (line && shown) return html`<div class="qf-line"><${Dots} props=${props} /><p class="qf-gist">${gist(props)}</p></div>`;
  if (shown || room.sums) {
    return html`<ul class=${choices(props).length > 5 ? "qf-bars many" : "qf-bars"}>${choices(props).map((choice, i) => html`<li key=${i}><p><bdi>${choice}</bdi> <b class="big">${sums[i] || 0}</b></p>
      ${sums[i] ? html`<i class=${i % 2 ? "odd" : null} style=${{ "--w": `${length(sums[i], sums)}%` }}></i>` : html`<i class="none"></i>`}</li>`)}</ul>`;
  }
  const full = choices(props).length > 4;
  return html`<div class=${full ? "qf-ask full" : "qf-ask"}>${line ? html`<p class="qf-ends"><b dir="auto">${choices(props)[0]}</b><b dir="auto">${choices(props)[1]}</b></p>`
    : html`<ul class=${full ? "qf-list many two" : "qf-list"}>${choices(props).map((choice, i) => html`<li key=${i} dir="auto">${choice}</li>`)}</ul>`}
    <p class="qf-come"><b class="big">${t("come", { count: room.count || 0 })}</b></p>${full ? null : html`<p>${t("far.choose")}</p>`}</div>`;
};

/** @param {any} props */
const Three = ({ props }) => {
  const { t, room, people } = props;
  const { up } = room;
  if (!up) {
    const told = (room.told || []).filter((/** @type {any} */ one) => one.who).slice(-4);
    return html`<div class="qf-ask"><p class="qf-come"><b class="big">${room.phase === "write" ? t("three.come", { count: room.count }) : room.count ? t("three.between") : t("three.over")}</b></p>
      ${room.phase === "write" ? html`<p>${t("far.three")}</p>` : null}<ul class="qf-list many">${told.map((/** @type {any} */ one, /** @type {number} */ i) => html`<li key=${i} dir="auto">${one.wish}</li>`)}</ul></div>`;
  }
  const known = up.wish !== undefined;
  const long = up.lines.some((/** @type {string} */ line) => [...line].length > 60);
  return html`<div class="qf-up"><p class="big qf-name"><bdi translate="no">${people[up.who] ? people[up.who].name : ""}</bdi></p>
    <ul class=${long ? "qf-list many" : "qf-list"}>${up.lines.map((/** @type {string} */ line, /** @type {number} */ i) => html`<li key=${i} dir="auto" class=${known && i === up.wish ? "wish" : known ? "plain" : null}>${line}${known ? html` <b>${up.sums[i]}</b>` : null}</li>`)}</ul>
    <p>${known ? t("three.known") : t("guesses", { count: up.count })}</p></div>`;
};

/** @param {any} props */
const Count = ({ props }) => {
  const { t, room, options } = props;
  return html`<div class=${room.phase === "done" ? "qf-num done" : "qf-num"}><p class="big" key=${room.n}>${room.n}</p>
    <p>${room.phase === "done" ? t("count.done", { count: room.n }) : room.two ? t("count.two") : t("count.on", { goal: options.goal })}</p>
    ${room.best ? html`<p>${t("count.best", { count: room.best })}</p>` : null}</div>`;
};

/** @param {any} props */
export default (props) => (props.options.form === "count" ? html`<${Count} props=${props} />` : props.options.form === "three" ? html`<${Three} props=${props} />` : html`<${Choose} props=${props} />`);
