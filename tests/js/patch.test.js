import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PatchError, apply, get } from "../../static/patch.js";
import { coalesce } from "./fake-server.js";

const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

/** Freezes all the way down, so that a write to a shared part raises. */
export function freeze(v) {
  if (typeof v === "object" && v !== null) Object.values(v).forEach(freeze), Object.freeze(v);
  return v;
}

for (const { name, state, changes, want, error } of vectors("patch")) {
  test(`client-patch-vectors: ${name}`, () => {
    const before = JSON.stringify(state);
    freeze(state);
    freeze(changes);
    if (error) assert.throws(() => apply(state, changes), (e) => e instanceof PatchError && e.code === error);
    else assert.deepEqual(apply(state, changes), want);
    assert.equal(JSON.stringify(state), before);
    assert.equal({}.polluted, undefined);
  });
}

test("client-patch-shared: what no change touches is the same object, what changes is not", () => {
  const tree = freeze({ a: { x: { deep: 1 }, y: { deep: 2 } }, l: [{ k: 1 }, { k: 2 }], z: {} });
  const next = apply(tree, [["a/x/deep", 9], ["l/1/k", 5], ["z/missing"], ["l/7"]]);
  assert.notEqual(next.a, tree.a);
  assert.equal(next.a.y, tree.a.y);
  assert.equal(next.l[0], tree.l[0]);
  assert.notEqual(next.l[1], tree.l[1]);
  assert.equal(next.z, tree.z);
  assert.equal(apply(tree, []), tree);
  assert.equal(apply(tree, [["z/missing"]]), tree);
});

test("client-patch-shared: a value on the wire is never written to", () => {
  const value = freeze({ b: [1] });
  assert.deepEqual(apply({}, [["a", value], ["a/b/1", 2], ["a/c", 3]]), { a: { b: [1, 2], c: 3 } });
});

test("client-patch-none: a refused batch leaves nothing behind", () => {
  const tree = freeze({ a: { n: 1 } });
  assert.throws(() => apply(tree, [["a/n", 2], ["b", 1], ["a/n/x", 1]]), PatchError);
  assert.deepEqual(tree, { a: { n: 1 } });
});

test("client-patch-get: reads own keys and indices, and nothing that is inherited", () => {
  const tree = { a: { b: [10, { c: null }] } };
  assert.equal(get(tree, ""), tree);
  assert.equal(get(tree, "a/b/0"), 10);
  assert.equal(get(tree, "a/b/1/c"), null);
  for (const path of ["a/x", "a/b/2", "a/b/length", "a/toString", "__proto__", "a/b/0/x", "x/y/z"]) {
    assert.equal(get(tree, path), undefined, path);
  }
});

for (const { name, state, changes, most } of vectors("coalesce")) {
  test(`client-coalesce-law: ${name}`, () => {
    const fewer = coalesce(changes);
    assert.deepEqual(apply(state, fewer), apply(state, changes));
    assert.ok(fewer.length <= most, `${fewer.length} of at most ${most}`);
  });
}
