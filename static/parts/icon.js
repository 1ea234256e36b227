// A symbol of the sprite that every page carries (static/sprite.svg). Its inks come from the page's classes.
//
// Kinds      k-checkin k-canvas k-prompt k-words k-wall k-groups k-beats k-breath k-round k-steps k-together k-ring k-quiz
// Weather    w-sun w-fair w-cloud w-fog w-rain w-storm      (they stand on sky or midnight)
// Moods      m-bright m-calm m-tired m-tender m-stirred m-heavy      (on sky or midnight)
// Reactions  r-love r-clap r-laugh r-yes r-wow r-with
// Signs      u-hand u-react u-line u-more u-people u-timer u-say u-next u-pen u-erase u-undo u-redo u-stamp u-fit u-heart u-tick
//            u-pass u-share u-copy u-link u-key u-qr u-lang u-close u-plus u-minus u-eye u-hide u-download u-theme u-lock u-door
//            u-end u-play u-stop u-note u-light u-list u-screen u-grid u-mic u-hush u-ear
// Scenes     s-start (start page) s-door (join) s-boat (line away)      Wordmarks  mark (310 x 41) markblock (163 x 97)
import { html } from "../ui.js";

/** Signs that point the reading way turn round in right-to-left pages. */
const TURNS = new Set(["u-next", "u-pass", "u-say", "u-list"]);

/**
 * Silent without a label (the word stands beside it); with one it is a picture that is read out.
 * @param {{id: string, size?: number, wide?: number, label?: string}} props
 */
export const Icon = ({ id, size = 24, wide = size, label = "" }) => html`
  <svg width=${wide} height=${size} class=${TURNS.has(id) ? "flip" : null} focusable="false"
    role=${label ? "img" : null} aria-label=${label || null} aria-hidden=${label ? null : "true"}><use href=${`#${id}`} /></svg>`;
