// Parses the client's files as ES2020 and names newer things they use.
// `node syntax.mjs FILE...` prints one line per fault and leaves with 1 if there is any.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

// Methods that Safari 13.1, Chrome 80 or Firefox 78 do not have, whatever the object is called.
const METHODS = new Set([
  "at", "replaceAll", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced",
  "replaceChildren", "showModal", "showPopover", "hidePopover", "togglePopover", "requestVideoFrameCallback",
  "scheduler", "isWellFormed", "toWellFormed", "checkVisibility", "setHTML", "setHTMLUnsafe",
  "roundRect", "randomUUID", "throwIfAborted", "groupBy",
]);
// Static ones: the object counts as well.
const STATICS = new Set([
  "Object.hasOwn", "Object.groupBy", "Map.groupBy", "Promise.any", "Promise.withResolvers", "Promise.try",
  "AbortSignal.timeout", "AbortSignal.any", "Array.fromAsync", "URL.canParse", "Intl.Segmenter",
  "Intl.ListFormat", "Intl.DisplayNames", "Intl.DurationFormat", "crypto.randomUUID",
]);
// Globals: fine after `typeof X` or as a property, since that is how one looks for them.
const GLOBALS = new Set([
  "structuredClone", "DecompressionStream", "CompressionStream", "WeakRef", "FinalizationRegistry",
  "AggregateError", "Iterator", "scheduler", "CloseWatcher", "reportError",
]);
// Code and markup made of text: the page's policy blocks it, and so do we.
const HTML = new Set([
  "innerHTML", "outerHTML", "srcdoc", "insertAdjacentHTML", "createContextualFragment", "document.write",
]);

function* walk(node, parent) {
  if (!node || typeof node.type !== "string") return;
  yield [node, parent];
  for (const key of Object.keys(node)) {
    const child = node[key];
    for (const one of Array.isArray(child) ? child : [child]) {
      if (one && typeof one.type === "string") yield* walk(one, node);
    }
  }
}

function fault(node, parent) {
  if (node.type === "MemberExpression" && !node.computed) {
    const name = node.property.name;
    const whole = node.object.type === "Identifier" ? `${node.object.name}.${name}` : name;
    if (HTML.has(name) || HTML.has(whole)) return `${name} makes markup of text`;
    if (STATICS.has(whole)) return `${whole} is newer than the floor`;
    // Without `?.` a missing method throws; with it the author has thought of that.
    const called = parent && parent.type === "CallExpression" && parent.callee === node;
    if (METHODS.has(name) && called && !node.optional && !parent.optional) return `.${name}() is newer than the floor`;
  }
  if (node.type === "Identifier" && GLOBALS.has(node.name)) {
    const asked = parent && (parent.type === "UnaryExpression" || (parent.type === "MemberExpression" && parent.property === node)
      || (parent.type === "Property" && parent.key === node));
    if (!asked) return `${node.name} is newer than the floor`;
  }
  const calls = node.type === "CallExpression" || node.type === "NewExpression";
  if (calls && node.callee.type === "Identifier" && ["eval", "Function"].includes(node.callee.name)) {
    return `${node.callee.name}() makes code of text`;
  }
  if (node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") {
    if (node.source && !/^\.{1,2}\//.test(node.source.value)) return `"${node.source.value}" is no relative import`;
  }
  if (node.type === "ImportExpression" && node.source.type === "Literal" && !/^\.{1,2}\//.test(node.source.value)) {
    return `"${node.source.value}" is no relative import`;
  }
  return "";
}

/** A module, or else one of the small scripts that run before any module. */
function read(text) {
  try {
    return parse(text, { ecmaVersion: 2020, sourceType: "module", locations: true });
  } catch (error) {
    try {
      return parse(text, { ecmaVersion: 2020, sourceType: "script", locations: true });
    } catch {
      throw error;
    }
  }
}

let faults = 0;
for (const file of process.argv.slice(2)) {
  let tree;
  try {
    tree = read(readFileSync(file, "utf8"));
  } catch (error) {
    console.log(`${file}: not ES2020: ${error.message}`);
    faults += 1;
    continue;
  }
  // What others wrote is held to the syntax alone; tests/unit/test_vendor.py pins its bytes.
  if (file.includes("/vendor/")) continue;
  for (const [node, parent] of walk(tree, null)) {
    const what = fault(node, parent);
    if (!what) continue;
    console.log(`${file}:${node.loc.start.line}: ${what}`);
    faults += 1;
  }
}
process.exit(faults ? 1 : 0);
