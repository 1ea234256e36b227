// `node packed.mjs ROOT PACKED MODULE...`: every packed module parses, and names the same exports as the one it was made of.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";

const [root, packed, ...modules] = process.argv.slice(2);

/** @param {string} file */
const tree = (file) => parse(readFileSync(file, "utf8"), { ecmaVersion: 2020, sourceType: "module" });

/** The names that a pattern binds. */
const bound = (node) => (node.type === "Identifier" ? [node.name] : node.properties.map((p) => p.key.name));

/** What a module exports, by name. @param {string} file */
function exported(file) {
  const names = new Set();
  for (const node of tree(file).body) {
    if (node.type === "ExportDefaultDeclaration") names.add("default");
    if (node.type !== "ExportNamedDeclaration") continue;
    for (const one of node.specifiers) names.add(one.exported.name);
    if (!node.declaration) continue;
    if (node.declaration.id) names.add(node.declaration.id.name);
    for (const one of node.declaration.declarations || []) for (const name of bound(one.id)) names.add(name);
  }
  return names;
}

let faults = 0;
for (const path of modules) {
  try {
    const after = exported(join(packed, path));
    for (const name of exported(join(root, path))) {
      if (after.has(name)) continue;
      console.log(`${path} no longer gives ${name}`);
      faults += 1;
    }
  } catch (error) {
    console.log(`${path}: ${error.message}`);
    faults += 1;
  }
}
process.exit(faults ? 1 : 0);
