// RO10: moves that fit their bytes and have words; whose turn it is, told once; a chain danced by the room's clock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { IDS, MOVES } from "../../static/parts/moves.js";
import { after, danced, mine, place, span, standing, texts, untilMove, whose } from "../../activities/round/order.js";
import leaf, { cards } from "../../activities/round/leaf.js";
import round from "../../activities/round/view.js";

const t = (key, args = {}) => `${key}${Object.keys(args).length ? JSON.stringify(args) : ""}`;
const people = { a: { name: "Ana" }, b: { name: "Bo" }, c: { name: "Cy" } };
const running = (more = {}) => ({ phase: "run", turn: { order: ["a", "b", "c"], at: 1 }, n: 2, said: [], brought: [], chain: [], move: "", more: 0, clock: { at: 1000, ms: 60000 }, ...more });
const props = (room, more = {}) => ({ room, people, me: { id: "a" }, options: { form: "say", text: "", seconds: 60 }, card: null, t, ...more });
const words = (lang) => JSON.parse(readFileSync(new URL(`../../static/lang/${lang}.json`, import.meta.url), "utf8"));

test("RO10: sixteen moves, each at most 436 bytes of closed shapes in the kind's inks, each with its words", () => {
  assert.deepEqual(IDS, ["rub", "snap", "pat", "stomp", "clap", "sway", "reach", "roll", "wave", "nod", "turn", "shake", "breathe", "stretch", "wiggle", "rest"]);
  const rules = readFileSync(new URL("../../activities/round/moving.py", import.meta.url), "utf8");
  for (const id of IDS) {
    assert.ok(rules.includes(`"${id}"`), id);
    const drawn = MOVES[id].map(([ink, d]) => `<path class="${ink}" d="${d}"/>`).join("");
    assert.ok(MOVES[id].reduce((sum, [ink, d]) => sum + ink.length + d.length + 8, 0) <= 436, `${id} ${drawn.length}`);
    for (const [ink, d] of MOVES[id]) {
      assert.match(ink, /^[pqk]( x)?$/);
      assert.match(d, /^(M[\d .aMz-]+z)+$/);
    }
    for (const lang of ["en", "fr", "es", "pt", "ar"]) assert.ok(words(lang)[`move.${id}`] && words(lang)[`move.${id}.seated`], `${lang} ${id}`);
  }
});

test("RO10: who is on, who comes after, who has been", () => {
  const room = running();
  assert.deepEqual([whose(room), after(room)], ["b", "c"]);
  assert.deepEqual(["a", "b", "c", "z"].map((id) => place(room, id)), [0, 1, 2, -1]);
  const over = running({ turn: { order: ["a"], at: 1 } });
  assert.deepEqual([whose(over), after(over), place(over, "a"), whose({}), after({ turn: null })], ["", "", 0, "", ""]);
  assert.deepEqual(standing([{ by: "", text: "" }, { by: "a", text: "x" }]), [{ by: "a", text: "x", i: 1 }]);
  assert.deepEqual(standing(undefined), []);
  const said = [{ by: "b", text: "of before", n: 1 }, { by: "a", text: "late", n: 2 }, { by: "b", text: "now", n: 2 }];
  assert.deepEqual(texts(running({ said })).map((one) => one.text), ["now"]);
  assert.equal(mine({ brought: [{ by: "a", text: "" }, { by: "b", text: "pot" }] }, "a"), undefined);
});

test("RO10: a chain is danced move by move, stands while the clock does, and is over with its last move", () => {
  const chain = Array.from({ length: 14 }, (_, i) => ({ by: "a", text: IDS[i] }));
  const room = running({ chain, move: "stretch", clock: { at: 0, ms: 26000 } });
  assert.deepEqual([0, 1999, 2000, 23999, 24000, 99999].map((now) => danced(room, now).step), [0, 0, 1, 11, -1, -1]);
  assert.equal(danced(room, 0).moves[0].text, IDS[2], "the last twelve");
  assert.deepEqual([0, 1500, 26000].map((now) => untilMove(room, now)), [2000, 500, 0]);
  const still = { ...room, clock: { at: 0, ms: 26000, left: 22500 } };
  assert.deepEqual([danced(still, 99999).step, untilMove(still, 5)], [1, 0]);
  assert.equal(danced(running({ chain }), 0).step, -1, "nobody has added one yet");
});

test("RO10: a change of turn is one sentence, with whoever comes after", () => {
  const room = running();
  const before = props(running({ turn: { order: ["a", "b", "c"], at: 0 }, n: 1 }));
  assert.equal(round.say(props(room), before), 'say.now{"name":"Bo"} say.next{"name":"Cy"}');
  assert.equal(round.say(props(room, { me: { id: "b" } }), before), 'say.mine say.next{"name":"Cy"}');
  assert.equal(round.say(props(room, { me: { id: "c" } }), null), 'say.now{"name":"Bo"} say.next.me');
  assert.equal(round.say(props(room), props(room)), "");
  const said = [{ by: "b", text: "rain", n: 2 }];
  assert.equal(round.say(props(running({ said })), props(room)), 'wrote{"name":"Bo","text":"rain"}');
  assert.equal(round.say(props(running({ said }), { me: { id: "b" } }), props(room)), "", "one knows what one wrote");
  assert.equal(round.say(props(running({ move: "clap" })), props(room)), 'leads{"name":"Bo","move":"move.clap"}');
  assert.equal(round.say(props({ ...room, phase: "done" }), props(room)), "over");
  assert.equal(round.say(props({ ...room, phase: "gather" }), null), "");
  assert.deepEqual([span(60, t), span(90, t), span(15, t)], ['min{"count":1}', 'sec{"count":90}', 'sec{"count":15}']);
});

test("RO10: the zine has the chain as a picture that stands alone, and names of nobody who did not tick it", () => {
  const page = leaf({ room: running({ chain: [{ by: "a", text: "clap" }], said: [{ by: "b", text: "hi" }], brought: [{ by: "", text: "" }] }), t, names: { a: "Ana" }, most: 9999 });
  assert.deepEqual(page.lines, [{ text: "hi", by: "" }, { text: "move.clap" }]);
  assert.match(page.svg, /^<svg xmlns/);
  assert.ok(!/class|style|href/.test(page.svg));
  assert.equal(leaf({ room: running({ chain: [{ by: "a", text: "clap" }] }), t, names: {}, most: 9 }).svg, "");
  assert.equal(cards(IDS).match(/<g /g).length, 16);
});
