// Holds the client to its oldest browsers with the feature data of MDN (@mdn/browser-compat-data).
// `node floor.mjs FILE...` prints one line for each use of what one of them lacks, and leaves with 1 if there is any.
//
// A script may use what is newer once it has looked for it: a name that the file tests somewhere (in a condition, after
// typeof, before && or ?, with ?.) is taken as thought of. A style may where what is lost is a nicety: FINE says which.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "acorn";
import * as css from "css-tree";

const bcd = createRequire(import.meta.url)("@mdn/browser-compat-data");
const FLOOR = { safari: "13.1", safari_ios: "13.4", chrome: "80", chrome_android: "80", firefox: "78" };

/** What these browsers may do without, and what people then see. */
const FINE = new Map(Object.entries({
  "css.properties.color-scheme": "form fields stay light; our own colours do not depend on it",
  "css.properties.cursor": "where there is no mouse there is no pointer",
  "css.properties.resize": "a field that stays as tall as it is",
  "css.properties.tap-highlight-color": "the browser shows a tap in its own way",
  "css.properties.touch-callout": "a menu of the browser may come up under a long finger",
  "css.properties.overflow-wrap.anywhere": "a rule of its own before it says word-break: break-word",
  "css.properties.text-size-adjust": "text as large as the browser makes it",
  "css.properties.forced-color-adjust": "those browsers have no forced colours",
  "css.at-rules.media.forced-colors": "those browsers have no forced colours",
  "css.at-rules.media.prefers-contrast": "the usual contrast is enough by itself",
  "css.selectors.focus-visible": "a rule of its own beside :focus",
  "css.properties.overscroll-behavior": "the page below may scroll along",
  "css.properties.overscroll-behavior-y": "the page below may scroll along",
  "css.properties.text-wrap": "lines break as they come",
  "css.properties.text-wrap-style": "lines break as they come",
  "css.properties.text-underline-offset": "the line stands where the browser puts it",
  "css.properties.text-decoration-thickness": "the line is as thick as the browser makes it",
  "css.properties.touch-action.pinch-zoom": "the gesture code handles two fingers itself",
  "css.properties.accent-color": "the browser's own tick",
  "css.properties.scrollbar-width": "a common scroll bar",
  "css.properties.scrollbar-gutter": "the page may move by a scroll bar",
}));

/** The same of scripts: what is reached only after something else was found. */
const AFTER = new Set(["pipeThrough", "createPolicy", "createScriptURL"]);

const parts = (version) => String(version).replace("≤", "").split(".").map(Number);
const older = (a, b) => {
  const [x, y] = [parts(a), parts(b)];
  for (let i = 0; i < 2; i += 1) if ((x[i] || 0) !== (y[i] || 0)) return (x[i] || 0) < (y[i] || 0);
  return false;
};

/** The browsers of the floor that lack it; `name` is how it is written here, for prefixes. */
function lacking(compat, name = "") {
  if (!compat || !compat.support) return [];
  return Object.keys(FLOOR).filter((browser) => {
    const told = compat.support[browser];
    return ![].concat(told || []).some((one) => {
      if (!one.version_added || one.version_added === "preview" || one.flags) return false;
      if (one.version_removed && !older(FLOOR[browser], one.version_removed)) return false;
      if (one.prefix ? !name.startsWith(one.prefix) : one.alternative_name && one.alternative_name !== name) return false;
      return !older(FLOOR[browser], one.version_added);
    });
  });
}

// ---- styles

const bare = (name) => name.replace(/^-(?:webkit|moz|ms|o)-/, "");

/** Classes that are grids somewhere: they may have gaps anywhere. */
const grids = new Set();
const classes = (rule) => css.generate(rule.prelude).split(",").map((one) => (/\.([\w-]+)[^ .>+~]*$/.exec(one) || [])[1]).filter(Boolean);
const isGrid = (rule) => rule.block.children.toArray().some((one) => one.type === "Declaration"
  && ((one.property === "display" && /grid/.test(css.generate(one.value))) || one.property.startsWith("grid-")));

function* stylish(text) {
  const faults = [];
  const look = (path, found, name, node) => {
    const lack = lacking(found && found.__compat, name);
    if (lack.length && !fine(path)) faults.push([node.loc.start.line, `${name} (${lack.join(", ")})`]);
  };
  const fine = (path) => FINE.has(path) || FINE.has(path.split(".").slice(0, 3).join("."));
  const prefixed = new Set();
  let escape = 0;
  const tree = css.parse(text, { positions: true });
  css.walk(tree, {
    enter(node) {
      // What stands in @supports is not read by whoever cannot do it.
      if (node.type === "Atrule" && node.name === "supports") escape += 1;
      if (escape) return;
      if (node.type === "Atrule") {
        look(`css.at-rules.${node.name}`, bcd.css["at-rules"][node.name], `@${node.name}`, node);
        if (!bcd.css["at-rules"][node.name] && !/^-/.test(node.name)) faults.push([node.loc.start.line, `@${node.name} is unknown`]);
      } else if (node.type === "Feature") {
        look(`css.at-rules.media.${node.name}`, bcd.css["at-rules"].media[node.name], node.name, node);
      } else if (node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector") {
        look(`css.selectors.${node.name}`, bcd.css.selectors[bare(node.name)], node.name, node);
      } else if (node.type === "NestingSelector") {
        faults.push([node.loc.start.line, "a rule inside a rule"]);
      } else if (node.type === "Declaration" && !node.property.startsWith("--")) {
        const { property } = node;
        // Beside the same with a prefix, which is read where this one is not.
        if (prefixed.has(property)) return;
        const known = bcd.css.properties[bare(property)] || bcd.css.properties[property];
        look(`css.properties.${bare(property)}`, known, property, node);
        css.walk(node.value, (part) => {
          if (part.type === "Identifier" && known && known[part.name]) look(`css.properties.${property}.${part.name}`, known[part.name], part.name, node);
          if (part.type === "Function") {
            const type = bcd.css.types[part.name] || (bcd.css.types.color && bcd.css.types.color[part.name]) || bcd.css.types["filter-function"][part.name];
            look(`css.types.${part.name}`, type, `${part.name}()`, node);
          }
          if (part.type === "Dimension") {
            const unit = bcd.css.types.length[part.unit] || bcd.css.types.length[`viewport_percentage_units_${/^[sld]v/.test(part.unit) ? "dynamic" : ""}`];
            look(`css.types.length.${part.unit}`, unit, part.unit, node);
          }
        });
      } else if (node.type === "Rule" && node.block) {
        node.block.children.forEach((one) => { if (one.type === "Declaration" && bare(one.property) !== one.property) prefixed.add(bare(one.property)); });
        // A gap between flexible boxes is read and ignored: the boxes would touch.
        const said = node.block.children.toArray().filter((one) => one.type === "Declaration");
        const gap = said.find((one) => /^(?:row-|column-)?gap$/.test(one.property));
        const grid = isGrid(node) || classes(node).every((name) => grids.has(name));
        if (gap && !grid) faults.push([gap.loc.start.line, "gap outside a grid"]);
      }
    },
    leave(node) {
      if (node.type === "Rule") prefixed.clear();
      if (node.type === "Atrule" && node.name === "supports") escape -= 1;
    },
  });
  yield* faults;
}

// ---- scripts

const { api } = bcd;
const { builtins } = bcd.javascript;
/** Interfaces and objects of the language by the names of their members. */
const members = new Map();
for (const [owner, table] of [...Object.entries(api), ...Object.entries(builtins), ...Object.entries(builtins.Intl)]) {
  for (const [name, one] of Object.entries(table)) {
    if (name === "__compat" || !one.__compat) continue;
    const key = name.replace(/_static$/, "");
    if (!members.has(key)) members.set(key, []);
    members.get(key).push([owner, one.__compat]);
  }
}
/** Objects that are always what they are called. */
const ONES = { navigator: "Navigator", document: "Document", window: "Window", location: "Location", history: "History", crypto: "Crypto",
  performance: "Performance", screen: "Screen", localStorage: "Storage", sessionStorage: "Storage" };

function* walk(node, above) {
  if (!node || typeof node.type !== "string") return;
  yield [node, above];
  for (const key of Object.keys(node)) {
    for (const one of [].concat(node[key])) if (one && typeof one.type === "string") yield* walk(one, [node, ...above]);
  }
}

/** Every name that the file looks for before it uses it. */
function asked(tree) {
  const names = new Set();
  const note = (node) => {
    for (const [one] of walk(node, [])) {
      if (one.type === "Identifier") names.add(one.name);
      if (one.type === "Literal" && typeof one.value === "string") names.add(one.value);
    }
  };
  for (const [node] of walk(tree, [])) {
    if (node.type === "IfStatement" || node.type === "ConditionalExpression") note(node.test);
    if (node.type === "LogicalExpression") note(node.left);
    if (node.type === "UnaryExpression" && ["typeof", "!"].includes(node.operator)) note(node.argument);
    if (node.type === "BinaryExpression" && node.operator === "in") note(node);
    if (node.type === "MemberExpression" && node.optional) note(node.object);
    if (node.type === "CallExpression" && node.optional) note(node.callee);
  }
  return names;
}

/** Methods that these files have themselves, whoever else has them. */
function methods(tree) {
  const names = [];
  for (const [node] of walk(tree, [])) {
    if (node.type === "Property" || node.type === "MethodDefinition") names.push(node.key.name);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") names.push(node.left.property.name);
  }
  return names;
}

function* scripted(tree, theirs) {
  const guards = asked(tree);
  const own = new Set();
  for (const [node] of walk(tree, [])) {
    if (node.type === "VariableDeclarator" || node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
      if (node.id) for (const [one] of walk(node.id, [])) if (one.type === "Identifier") own.add(one.name);
    }
    for (const param of node.params || []) for (const [one] of walk(param, [])) if (one.type === "Identifier") own.add(one.name);
    if (/^Import.*Specifier$/.test(node.type)) own.add(node.local.name);
  }
  for (const [node, [parent]] of walk(tree, [])) {
    const line = node.loc && node.loc.start.line;
    if (node.type === "Identifier" && !own.has(node.name) && !guards.has(node.name)) {
      const within = parent && ((parent.type === "MemberExpression" && parent.property === node && !parent.computed)
        || (parent.type === "Property" && parent.key === node && !parent.shorthand) || parent.type === "MethodDefinition");
      const found = api[node.name] || api[`${node.name}`] || builtins[node.name] || (api.Window && api.Window[node.name]);
      const lack = within ? [] : lacking(found && found.__compat);
      if (lack.length) yield [line, `${node.name} (${lack.join(", ")})`];
    }
    if (node.type !== "MemberExpression" || node.computed || guards.has(node.property.name)) continue;
    const { name } = node.property;
    const called = parent && parent.type === "CallExpression" && parent.callee === node;
    const deeper = parent && parent.type === "MemberExpression" && parent.object === node && !parent.optional;
    const root = node.object.type === "Identifier" && !own.has(node.object.name) ? node.object.name : "";
    const table = api[ONES[root]] || api[root] || builtins[root];
    const exact = table && (table[name] || table[`${name}_static`]);
    if (exact) {
      const lack = called || deeper ? lacking(exact.__compat) : [];
      if (lack.length) yield [line, `${root}.${name} (${lack.join(", ")})`];
    } else if (called && members.has(name) && !theirs.has(name) && !AFTER.has(name)) {
      // Whose method it is cannot be seen here: it is a fault only where nobody has it.
      const lacks = members.get(name).map(([, compat]) => lacking(compat));
      if (lacks.every((lack) => lack.length)) yield [line, `.${name}() (${lacks[0].join(", ")})`];
    }
  }
}

const files = process.argv.slice(2).map((file) => {
  const text = readFileSync(file, "utf8");
  return { file, text, tree: file.endsWith(".css") ? null : parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true }) };
});
for (const { text, tree } of files) {
  if (!tree) css.walk(css.parse(text), { visit: "Rule", enter: (rule) => { if (isGrid(rule)) classes(rule).forEach((name) => grids.add(name)); } });
}
// The view library's signals have methods of their own.
const theirs = new Set(["subscribe", ...files.flatMap(({ tree }) => (tree ? methods(tree) : []))]);
let wrong = 0;
for (const { file, text, tree } of files) {
  for (const [line, what] of tree ? scripted(tree, theirs) : stylish(text)) {
    wrong += 1;
    console.log(`${file}:${line}: ${what}`);
  }
}
process.exitCode = wrong ? 1 : 0;
