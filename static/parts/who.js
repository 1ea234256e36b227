// A person: ink, cut shape and initial together, so that colour is never the only mark.
import { html } from "../ui.js";

/** @typedef {{name: string, ink: number, shape: number, here?: boolean, role?: string, hand?: number, out?: boolean}} Person */

const SHAPES = ["", " b", " c", " d"];

/** The first letter of a name, as it would stand on a badge. @param {string} name */
export const initial = (name) => ([...name.trim()][0] || "·").toLocaleUpperCase();

/** Silent: the name stands beside it. @param {{name: string, ink: number, shape: number, away?: boolean}} props */
export const Who = ({ name, ink, shape, away = false }) => html`
  <span class=${`who${SHAPES[shape % 4] || ""}${away ? " away" : ""}`} style=${{ "--c": `var(--f${ink % 12})` }}
    aria-hidden="true">${initial(name)}</span>`;
