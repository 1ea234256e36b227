// The drawing in words, and a small form that draws from words: a shape, a colour, a place.
import { html, useState } from "../../static/ui.js";
import { NINTHS, STAMPS, line, spot, stamp } from "./stamps.js";
import { INKS, list, ninthOf, sentence } from "./twin.js";

/** @typedef {import("./twin.js").T} T */
/** @typedef {import("./book.js").Entry} Entry */
/** @typedef {import("./hand.js").Tool} Tool */

/* keys: shape.* place.* i.* width.* panel.count */

/** So many lines at first, and so many more each time. */
const LINES = 40;

/**
 * A labelled choice. `wide` for words that half a phone is too narrow for.
 * @param {{ id: string, label: string, value: string, options: [string, string][], on: (value: string) => void, wide?: boolean }} props
 */
const Choice = ({ id, label, value, options, on, wide = false }) => html`<div class=${wide ? "wide" : ""}><label for=${id}>${label}</label>
  <select class="field" id=${id} value=${value} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ e) => on(e.currentTarget.value)}>
    ${options.map(([key, word]) => html`<option key=${key} value=${key} selected=${key === value}>${word}</option>`)}</select></div>`;

/**
 * The form. `put` makes the mark; `where` says how many marks lie in a ninth, so that nothing lies
 * exactly on another thing.
 * @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void, put: (shape: string, points: string) => void, undo: () => void,
 *   canUndo: boolean, many: (ninth: string) => number }} props
 */
const Form = ({ t, tool, set, put, undo, canUndo, many }) => {
  const [shape, setShape] = useState("house");
  const [from, setFrom] = useState("c");
  const [to, setTo] = useState("e");
  const [said, say] = useState("");
  const places = /** @type {[string, string][]} */ (NINTHS.map((ninth) => [ninth, t(`place.${ninth}`)]));
  const shapes = /** @type {[string, string][]} */ ([...STAMPS, "line"].map((name) => [name, t(`shape.${name}`)]));
  const ink = t(`i.${INKS[tool.ink]}`);
  const go = (/** @type {Event} */ e) => {
    e.preventDefault();
    const words = { ink, shape: t(`shape.${shape}`), place: t(`place.${from}`), from: t(`place.${from}`), to: t(`place.${to}`) };
    if (shape === "line") put("line", line(from, to));
    else put(shape, stamp(shape, spot(from, many(from))));
    say(t(shape === "line" && from !== to ? "panel.drawn" : "panel.placed", words));
  };
  return html`<form id="cv-form" class="cv-form" onSubmit=${go}>
    <${Choice} id="cv-shape" label=${t("panel.shape")} value=${shape} options=${shapes} on=${setShape} />
    <${Choice} id="cv-ink" label=${t("panel.ink")} value=${String(tool.ink)} on=${(/** @type {string} */ v) => set({ ink: Number(v) })}
      options=${INKS.map((name, i) => [String(i), t(`i.${name}`)])} />
    <${Choice} wide id="cv-from" label=${t(shape === "line" ? "panel.from" : "panel.where")} value=${from} options=${places} on=${setFrom} />
    ${shape === "line" ? html`<${Choice} wide id="cv-to" label=${t("panel.to")} value=${to} options=${places} on=${setTo} />` : null}
    <${Choice} wide id="cv-width" label=${t("tool.width")} value=${String(tool.width)} on=${(/** @type {string} */ v) => set({ width: Number(v) })}
      options=${[0, 1, 2, 3].map((i) => [String(i), t(`width.${i}`)])} />
    <div class="cv-go"><button type="submit" class="btn" data-tool="put">${t("panel.put")}</button>
      <button type="button" class="btn plain" data-tool="undo-list" disabled=${!canUndo} onClick=${() => { undo(); say(t("panel.undone")); }}>${t("tool.undo")}</button></div>
    <p id="cv-said" role="status">${said}</p>
  </form>`;
};

/**
 * @param {{ t: T, said?: string, people: Record<string, { name: string }>, entries: readonly Entry[], may: boolean, tool: Tool,
 *   set: (more: Partial<Tool>) => void, put: (shape: string, points: string) => void, undo: () => void, canUndo: boolean }} props
 */
export const Panel = ({ t, said = "", people, entries, may, ...rest }) => {
  const [most, more] = useState(LINES);
  const { items, marks, told } = list(entries, most);
  const many = (/** @type {string} */ ninth) => {
    let n = 0;
    for (const entry of entries) {
      if (!entry.shown || entry.mark[4] < 2 || !entry.box) continue;
      const [l, top, r, b] = entry.box;
      if (ninthOf({ x: (l + r) / 2, y: (top + b) / 2 }) === ninth) n++;
    }
    return n;
  };
  return html`${said && html`<p><bdi dir="auto">${said}</bdi></p>`}${may ? html`<${Form} t=${t} many=${many} ...${rest} />` : null}
    <p id="cv-count"><b>${t("panel.count", { count: marks })}</b>${marks > told ? html` ${t("panel.earlier", { count: marks - told })}` : null}</p>
    ${marks > told ? html`<button type="button" class="btn plain" data-tool="earlier" onClick=${() => more(most + LINES)}>${t("panel.more")}</button>` : null}
    <ol id="cv-twin" class="cv-twin" aria-label=${t("panel.list")}>${items.map((item, i) => html`<li key=${i}>${sentence(item, people, t)}</li>`)}</ol>`;
};
