// The colour bar on top of every screen is the room: one strip of ink a person, thin while their line is away.
import { html } from "../ui.js";

/** @typedef {import("./who.js").Person} Person */

/** @param {{people: Record<string, Person>}} props */
export const Inks = ({ people }) => html`
  <div class="inks" aria-hidden="true">${Object.keys(people).filter((id) => people[id].role !== "screen" && !people[id].out).map((id) => html`
    <i key=${id} class=${people[id].here === false ? "away" : null} style=${{ "--c": `var(--f${people[id].ink % 12})` }}></i>`)}</div>`;
