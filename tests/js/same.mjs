// Reads pairs of files from the input, `before TAB after`, and says where their syntax trees differ.
// Text in backquotes may lose what stands before a line's first letter, but only where it is markup.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

/** @param {string} file */
const tree = (file) => {
  const text = readFileSync(file, "utf8");
  try {
    return parse(text, { ecmaVersion: 2020, sourceType: "module" });
  } catch {
    return parse(text, { ecmaVersion: 2020, sourceType: "script" });
  }
};

const PLACES = new Set(["start", "end", "loc", "range"]);
const flat = (text) => text.replace(/\n[ \t]+/g, "\n").replace(/[ \t]+\n/g, "\n");

/** The first difference of two nodes, or "". */
function difference(a, b, markup) {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b ? "" : `${a} is not ${b}`;
  if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b) ? "" : "another pattern";
  if (a.type === "TemplateElement" && b.type === "TemplateElement") {
    if (a.value.raw === b.value.raw) return "";
    return markup && flat(a.value.raw) === flat(b.value.raw) ? "" : `text in backquotes: ${a.value.raw.slice(0, 60)}`;
  }
  const inside = a.type === "TaggedTemplateExpression" ? a.tag.name === "html" : a.type === "TemplateLiteral" && markup;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (PLACES.has(key)) continue;
    const found = difference(a[key], b[key], inside || (Array.isArray(a) && markup));
    if (found) return found;
  }
  return "";
}

let faults = 0;
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [before, after] = line.split("\t");
  const found = difference(tree(before), tree(after), false);
  if (!found) continue;
  console.log(`${before}: ${found}`);
  faults += 1;
}
process.exit(faults ? 1 : 0);
