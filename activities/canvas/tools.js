// The drawing tools: five in the row under the page, all of them where there is room, and sheets
// for the rest. Each names itself, and is found by `data-tool`.
import { html } from "../../static/ui.js";
import { Icon } from "../../static/parts/icon.js";
import { outline, STAMPS } from "./stamps.js";
import { INKS } from "./twin.js";

/** @typedef {import("./hand.js").Tool} Tool */
/** @typedef {(key: string, args?: Record<string, unknown>) => string} T */

/* keys: width.* i.* shape.* */

/** One button of the row. @param {{ id: string, icon: string, label: string, on: () => void, pressed?: boolean | null, off?: boolean }} props */
export const Button = ({ id, icon, label, on, pressed = null, off = false }) => html`
  <button type="button" class="tool" data-tool=${id} aria-label=${label} title=${label} disabled=${off}
    aria-pressed=${pressed === null ? null : String(pressed)} onClick=${on}><${Icon} id=${icon} size=${24} /></button>`;

/** A dot of ink with its number. @param {{ ink: number }} props */
export const Dot = ({ ink }) => html`<span class="who b" style=${{ "--c": `var(--f${ink})` }} aria-hidden="true">${ink + 1}</span>`;

/** The line a width draws. @param {{ width: number }} props */
const Width = ({ width }) => html`<svg width="28" height="24" viewBox="0 0 28 24" aria-hidden="true"><path class="cv-width"
  d="M4 14Q10 4 15 12T24 10" stroke-width=${[1.5, 3, 5.5, 9][width]} /></svg>`;

/** A stamp as it will lie on the page. @param {{ shape: string, size?: number }} props */
export const Stamp = ({ shape, size = 44 }) => html`<svg width=${size} height=${size} viewBox="-6 -6 112 112" aria-hidden="true"><path class="cv-stamp"
  d=${outline(shape).map((p, i) => `${i && !p.lift ? "L" : "M"}${p.x} ${p.y}`).join("")} /></svg>`;

/** @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void, label?: string }} props */
export const Widths = ({ t, tool, set }) => html`<div class="cv-widths" role="group" aria-label=${t("tool.width")}>${[0, 1, 2, 3].map((width) => html`
  <button key=${width} type="button" class="tool" data-tool=${`width-${width}`} aria-pressed=${String(tool.width === width)}
    aria-label=${t(`width.${width}`)} title=${t(`width.${width}`)} onClick=${() => set({ width })}><${Width} width=${width} /></button>`)}</div>`;

/** @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void }} props */
export const Dots = ({ t, tool, set }) => html`<div class="cv-dots" role="group" aria-label=${t("tool.colours")}>${INKS.map((name, ink) => html`
  <button key=${ink} type="button" class="tool" data-tool=${`ink-${ink}`} aria-pressed=${String(tool.ink === ink)} aria-label=${`${t(`i.${name}`)} ${ink + 1}`}
    title=${t(`i.${name}`)} onClick=${() => set({ ink, mode: tool.mode === "erase" ? "pen" : tool.mode })}><${Dot} ink=${ink} /></button>`)}</div>`;

/**
 * The row under the page.
 * @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void, open: (sheet: string) => void, undo: () => void, redo: () => void,
 *   canUndo: boolean, canRedo: boolean, broad: boolean, off: boolean }} props
 */
export const Tools = ({ t, tool, set, open, undo, redo, canUndo, canRedo, broad, off }) => html`
  <div class="tools cv-tools" role="group" aria-label=${t("tools")}>
    <${Button} id="pen" icon="u-pen" label=${t("tool.pen")} pressed=${tool.mode === "pen"} off=${off} on=${() => set({ mode: "pen" })} />
    ${broad ? null : html`<button type="button" class="tool" data-tool="colour" aria-haspopup="dialog" disabled=${off}
      aria-label=${`${t("tool.colour", { ink: t(`i.${INKS[tool.ink]}`) })} ${tool.ink + 1}`} onClick=${() => open("inks")}><${Dot} ink=${tool.ink} /></button>`}
    <${Button} id="erase" icon="u-erase" label=${t("tool.eraser")} pressed=${tool.mode === "erase"} off=${off} on=${() => set({ mode: "erase" })} />
    <${Button} id="stamp" icon="u-stamp" label=${t("tool.stamps")} pressed=${tool.mode === "stamp"} off=${off} on=${() => open("stamps")} />
    <${Button} id="undo" icon="u-undo" label=${t("tool.undo")} off=${!canUndo} on=${undo} />
    ${broad ? html`<${Button} id="redo" icon="u-redo" label=${t("tool.redo")} off=${!canRedo} on=${redo} />
      <${Widths} t=${t} tool=${tool} set=${set} /><${Dots} t=${t} tool=${tool} set=${set} />` : null}
  </div>`;

/** The inks by name, and the widths. @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void, done: () => void }} props */
export const Inks = ({ t, tool, set, done }) => html`
  <div class="cv-inks" role="group" aria-label=${t("tool.colours")}>${INKS.map((name, ink) => html`
    <button key=${ink} type="button" class="tool cv-ink" data-tool=${`ink-${ink}`} aria-pressed=${String(tool.ink === ink)}
      onClick=${() => { set({ ink, mode: tool.mode === "erase" ? "pen" : tool.mode }); done(); }}><${Dot} ink=${ink} /><span>${t(`i.${name}`)}</span></button>`)}</div>
  <p class="label">${t("tool.width")}</p><${Widths} t=${t} tool=${tool} set=${set} />`;

/** Twelve stamps: choose one, then tap the page. @param {{ t: T, tool: Tool, set: (more: Partial<Tool>) => void, done: () => void }} props */
export const Stamps = ({ t, tool, set, done }) => html`<p>${t("stamps.how")}</p>
  <div class="cv-stamps" role="group" aria-label=${t("tool.stamps")}>${STAMPS.map((shape) => html`
    <button key=${shape} type="button" class="tool cv-ink" data-tool=${`stamp-${shape}`} aria-pressed=${String(tool.mode === "stamp" && tool.stamp === shape)}
      onClick=${() => { set({ mode: "stamp", stamp: shape }); done(); }}><${Stamp} shape=${shape} /><span>${t(`shape.${shape}`)}</span></button>`)}</div>`;
