// What stands on a note: its words, when and where, and who signed it. With the first picture, unlike what can be done with it.
import { html } from "../../static/ui.js";

/** The words of a note. @param {{note: import("./board.js").Note, people: any}} of */
export const Words = ({ note, people }) => {
  const name = note.by && people && people[note.by] && people[note.by].name;
  const tags = [note.when, note.where, note.more].filter(Boolean);
  return html`<span dir="auto">${note.text}</span>
    ${tags.length > 0 && html`<span class="small tagged">${tags.map((tag) => html`<bdi key=${tag}>${tag}</bdi>`)}</span>`}
    ${name && html`<bdi class="small by" translate="no">${name}</bdi>`}`;
};
