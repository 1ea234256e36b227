// A plan, or a card of one's own, as a small file that people hand on. What cannot be read is said with its line and field. Pure.

/** @typedef {import("./pace.js").Step} Step */
/** @typedef {{jam: "plan"|"card", v: 1, title: string, steps: any[]}} Leaflet a card stands in a plan of its own, which says that it is one */
/** @typedef {{line: number, field: string, code: string, args?: any}} Wrong what is not as it should be, and where */
/** @typedef {{title?: string, steps?: any[], card?: boolean, wrong?: Wrong}} Read `card`: to be put into the plan that is there */
/** @typedef {{[kind: string]: {options: {[name: string]: any}}}} Kinds the answer of /api/kinds: a JSON Schema for each option */

const MOST_STEPS = 40, MOST_MINUTES = 240, MOST_TITLE = 80;
/** A file that is longer is none of ours. */
export const MOST_SIGNS = 64000;

/** A plan as one hands it on: every step anew, wherever a room that runs it has come to. @param {any[]} steps */
export const anew = (steps) => steps.map(({ card, kind, options, minutes }) => (card ? { card, options: options || {}, minutes } : { kind, options: options || {}, minutes }));

/** One line a step, so that people can read it, and so that a line can be named. @param {string} title @param {any[]} steps @param {"plan"|"card"} [jam] */
export const written = (title, steps, jam = "plan") =>
  `{"jam": "${jam}", "v": 1, "title": ${JSON.stringify(title)}, "steps": [\n${steps.map((step) => `  ${JSON.stringify(step)}`).join(",\n")}\n]}\n`;

/** The line on which step `i` stands: the one that holds its opening brace. @param {string} text @param {number} i */
function lineOf(text, i) {
  let depth = 0, quoted = false, seen = -1, line = 1;
  for (let k = 0; k < text.length; k += 1) {
    const sign = text[k];
    if (sign === "\n") line += 1;
    if (quoted) {
      if (sign === "\\") k += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{" || sign === "[") {
      depth += 1;
      if (sign === "{" && depth === 3 && (seen += 1) === i) return line;
    } else if (sign === "}" || sign === "]") depth -= 1;
  }
  return 1;
}

/** The first line that cannot be read: the longest beginning of lines that could still become JSON ends before it. @param {string} text */
function brokenLine(text) {
  const lines = text.split("\n");
  const bare = (/** @type {string} */ part) => part.trim().replace(/,$/, "");
  for (let i = 0; i < lines.length; i += 1) {
    const part = bare(lines[i]);
    if (!part || /^[[\]{}]+$/.test(part) || /^\{"jam".*\[$/.test(part)) continue;
    try {
      JSON.parse(part);
    } catch (_) {
      return i + 1;
    }
  }
  return lines.length;
}

/** What is wrong with a value, by its schema; "" when nothing is. @param {any} value @param {any} schema @returns {{code: string, args?: any}|null} */
export function wrongBy(value, schema) {
  if (schema.anyOf) return schema.anyOf.some((/** @type {any} */ one) => !wrongBy(value, one)) ? null : wrongBy(value, schema.anyOf[0]);
  if (schema.enum) return schema.enum.includes(value) ? null : { code: "not_a_choice" };
  if (schema.type === "boolean") return typeof value === "boolean" ? null : { code: "not_a_choice" };
  if (schema.type === "null") return value === null ? null : { code: "not_a_choice" };
  if (schema.type === "integer") {
    const { minimum, maximum } = schema;
    return Number.isInteger(value) && value >= minimum && value <= maximum ? null : { code: "not_a_number", args: { min: minimum, max: maximum } };
  }
  if (schema.type === "string") {
    if (typeof value !== "string") return { code: "not_text" };
    return [...value].length > schema.maxLength ? { code: "too_long", args: { max: schema.maxLength } } : null;
  }
  if (schema.type === "array") {
    if (!Array.isArray(value) || value.length > schema.maxItems) return { code: "not_a_list", args: { max: schema.maxItems } };
    return value.map((one) => wrongBy(one, schema.items)).find(Boolean) || null;
  }
  return null;
}

/** @param {any} step @param {Set<string>} cards @param {Kinds} kinds @returns {{field: string, code: string, args?: any}|null} */
function wrongStep(step, cards, kinds) {
  if (!step || typeof step !== "object" || Array.isArray(step)) return { field: "steps", code: "unknown" };
  for (const key of Object.keys(step)) if (!["card", "kind", "options", "minutes"].includes(key)) return { field: key, code: "unknown" };
  const { card, kind, options = {}, minutes } = step;
  if (card === undefined && kind === undefined) return { field: "card", code: "missing" };
  if (card !== undefined && !cards.has(card)) return { field: "card", code: "no_card" };
  if (card === undefined && !Object.prototype.hasOwnProperty.call(kinds, kind)) return { field: "kind", code: "no_card" };
  const bad = minutes === undefined ? null : wrongBy(minutes, { type: "integer", minimum: 1, maximum: MOST_MINUTES });
  if (bad) return { field: "minutes", ...bad };
  if (!options || typeof options !== "object" || Array.isArray(options)) return { field: "options", code: "unknown" };
  if (card !== undefined) return null; // its kind's own options are judged by the room
  for (const name of Object.keys(options)) {
    const schema = kinds[kind].options[name];
    const wrong = schema ? wrongBy(options[name], schema) : { code: "unknown" };
    if (wrong) return { field: name, ...wrong };
  }
  return null;
}

/** @param {string} text @param {string[]} cards ids that are here @param {Kinds} kinds @returns {Read} */
export function read(text, cards, kinds) {
  if (text.length > MOST_SIGNS) return { wrong: { line: 1, field: "", code: "too_large" } };
  /** @type {any} */
  let whole;
  try {
    whole = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (_) {
    return { wrong: { line: brokenLine(text), field: "", code: "bad_frame" } };
  }
  if (!whole || !["plan", "card"].includes(whole.jam) || whole.v !== 1) return { wrong: { line: 1, field: "jam", code: "unknown" } };
  if (typeof whole.title !== "string" || [...whole.title].length > MOST_TITLE) return { wrong: { line: 1, field: "title", code: "too_long", args: { max: MOST_TITLE } } };
  if (!Array.isArray(whole.steps) || !whole.steps.length || whole.steps.length > MOST_STEPS) return { wrong: { line: 1, field: "steps", code: "not_a_list", args: { max: MOST_STEPS } } };
  const have = new Set(cards);
  for (let i = 0; i < whole.steps.length; i += 1) {
    const wrong = wrongStep(whole.steps[i], have, kinds);
    if (wrong) return { wrong: { line: lineOf(text, i), ...wrong } };
  }
  return whole.jam === "card" ? { title: whole.title, steps: whole.steps.slice(0, 1), card: true } : { title: whole.title, steps: whole.steps };
}

/** A leaflet as the end of an address, to be handed on as a link: plain letters in base 64. @param {string} text */
export const toFragment = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** What `toFragment` made; "" for anything else. @param {string} fragment */
export function fromFragment(fragment) {
  try {
    const bytes = Uint8Array.from(atob(fragment.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (_) {
    return "";
  }
}
