// Rules DO1 to DO6 (tests/RULES.md): joining cannot fail. The real door and the real keep, in browsers and with a server that are played.
import assert from "node:assert/strict";
import test from "node:test";
import { createDoor, decide } from "../../static/door.js";
import { createKeep, loose } from "../../static/keep.js";
import { linkIn, once, secretOf } from "../../static/screens/address.js";
import { box } from "./world.js";

const JOIN = "j." + "a".repeat(22), HOST = "h." + "b".repeat(43), PASS = "p." + "c".repeat(22), WAY = "o." + "d".repeat(22);
const HOW = { wish: "host" };

/** Small, seeded, the same everywhere. */
function chance(seed) {
  let s = seed >>> 0;
  return (n) => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** What the room's own door does with a greeting (server/room/door.py). */
function createServer() {
  const seats = new Map(), spent = new Map();
  const opens = new Map([[JOIN, { role: "member" }], [HOST, { role: "host" }]]);
  let made = 0;
  const server = {
    seats, opens, wrong: 0,
    greet({ token, cap, as, cid }) {
      // The page that spent it may show it once more: its welcome may have been lost.
      const before = cap && spent.get(cap);
      const key = cap && (opens.get(cap) || (before && before.cid === cid ? before.key : undefined));
      const pass = key && key.seat;
      let seat = pass || (token && seats.get(token));
      if (!seat && !(key && key.role)) {
        server.wrong += 1;
        return { close: 4501 };
      }
      const role = as === "member" ? "member" : (key && key.role) || "member";
      let brought;
      if (!seat || pass) brought = `token${made += 1}`;
      seat = seat || { member: `m${made}`, role };
      if (role === "host") seat.role = "host";
      if (brought) seats.set(brought, seat);
      if (key && once(cap)) {
        opens.delete(cap);
        spent.set(cap, { cid, key: { seat } });
      }
      return { token: brought, me: { member: seat.member, role: seat.role } };
    },
  };
  return server;
}

/** One tab's history: what is in the address bar, and what each place remembers. */
function createHistory(hash) {
  const entries = [{ hash, state: null }];
  let at = 0;
  return {
    entries,
    get at() { return entries[at]; },
    get state() { return entries[at].state; },
    replaceState(state) { entries[at] = { ...entries[at], state: JSON.parse(JSON.stringify(state)) }; },
    go(to) { entries.splice(at += 1, Infinity, { hash: to, state: null }); },
    back() { at = Math.max(0, at - 1); },
  };
}

let pages = 0;

function createBrowser() {
  return { long: box(), blocked: false, tabs: [] };
}

/** @param {any} bad what this client does wrong on purpose */
function createTab(browser, server, hash, bad = {}) {
  const history = createHistory(hash);
  const tab = { browser, history, session: box(), inside: false, way: "", keep: null, door: null, opened: secretOf(hash), tried: 0 };
  const place = {
    hash: () => history.at.hash,
    entry: () => (history.state && history.state.cap) || "",
    put: (to, cap) => {
      history.replaceState({ ...history.state, cap });
      history.at.hash = to;
    },
  };
  const boxes = () => (browser.blocked ? { long: loose("localStorage", history), tab: loose("sessionStorage", history) } : { long: browser.long, tab: tab.session });
  const left = (is) => {
    const { long } = tab.boxes;
    if (is === undefined) return long.getItem("left") === "1";
    if (is) long.setItem("left", "1");
    else long.removeItem("left");
    return is;
  };
  Object.assign(tab, {
    /** The page is loaded and its script arrives. */
    load(pressed = false) {
      tab.inside = false;
      tab.cid = pages += 1;
      tab.boxes = boxes();
      tab.keep = createKeep("ROOM", tab.boxes);
      if (bad.hoards) tab.keep.spend = () => { tab.keep.fresh = false; };
      tab.door = createDoor(tab.keep, place);
      tab.arrive(pressed);
    },
    arrive(pressed = false) {
      if (bad.early) place.put("", place.entry());
      tab.way = tab.door.arrive({ left: left() });
      if (tab.way === "enter" || (tab.way === "form" && pressed)) tab.press(bad.fate && bad.fate());
    },
    /** Join; what comes of the greeting: it never arrives, its answer is lost, or all is well. */
    press(fate = "arrives") {
      if (tab.way === "ask") {
        if (HOW.wish !== "host") tab.door.takePart();
      } else if (tab.way !== "form" && tab.way !== "enter") return;
      left(false);
      const { token, cap, as } = tab.keep.self();
      const hello = { ...(token && { token }), ...(cap && (tab.keep.fresh || !token) && { cap }), as, cid: tab.cid };
      assert.ok(hello.token || hello.cap, "a greeting without anything");
      tab.tried += 1;
      if (fate === "never") return;
      const answer = server.greet(hello);
      if (fate === "lost") return;
      if (answer.close) {
        tab.way = "gone";
        return;
      }
      tab.keep.be({ member: answer.me.member, ...(answer.token && { token: answer.token }) });
      tab.keep.fresh = false;
      tab.door.welcomed();
      tab.keep.be({ role: answer.me.role });
      tab.inside = true;
      tab.role = answer.me.role;
    },
    leave() {
      if (!tab.inside) return;
      left(true);
      tab.load();
    },
    language(pressed) {
      if (tab.inside) return; // the room changes its language without a new page
      history.go(bad.language ? "" : history.at.hash);
      tab.load(pressed);
    },
    back() {
      history.back();
      tab.load();
    },
    paste(text) {
      const found = linkIn(text);
      tab.door.paste(found.cap);
      tab.arrive();
    },
  });
  tab.load();
  return tab;
}

/** One life of one person with one link. Returns what went wrong. */
function live(seed, bad) {
  const any = chance(seed);
  const faults = [];
  const server = createServer();
  const link = any(4) ? JOIN : HOST;
  const wish = link === HOST ? ["host", "member"][any(2)] : "member";
  HOW.wish = wish;
  const browser = createBrowser();
  let tab = createTab(browser, server, "#" + link, bad);
  const check = (what) => {
    if (server.wrong) faults.push(`${what}: a wrong try`);
    if (tab.inside && secretOf(tab.history.at.hash)) faults.push(`${what}: inside, and the secret is in the address`);
    if (!tab.inside && tab.way === "form" && link === JOIN && !secretOf(tab.history.at.hash)) faults.push(`${what}: a form whose address opens nothing`);
    if (tab.inside && wish === "member" && tab.role === "host") faults.push(`${what}: a host against their wish`);
  };
  const steps = {
    open: () => { tab = createTab(browser, server, "#" + link, bad); },
    follow: () => {
      tab.history.go("#" + link);
      tab.load();
    },
    reload: () => tab.load(),
    early: () => tab.load(true),
    back: () => tab.back(),
    language: () => tab.language(Boolean(any(2))),
    killed: () => { // the browser brings it back, with or without what the tab had kept
      if (any(2)) tab.session = box();
      tab.load();
    },
    cleared: () => {
      browser.long = box();
      tab.session = box();
      tab.load();
    },
    blocked: () => {
      browser.blocked = !browser.blocked;
      tab.load();
    },
    press: () => tab.press(["arrives", "arrives", "lost", "never"][any(4)]),
    leave: () => tab.leave(),
    copied: () => {
      const shown = tab.history.at.hash;
      const other = createTab(createBrowser(), server, shown, bad);
      if (!secretOf(shown)) {
        if (other.way !== "nokey" || other.tried) faults.push("copied: an address without its key was tried");
        other.paste(`Come! https://jam.example/r/0123456789#${link} see you`);
      }
      other.press();
      if (!other.inside) faults.push(`copied: outside, ${other.way}`);
    },
  };
  const names = Object.keys(steps);
  for (let i = 3 + any(9); i > 0; i -= 1) {
    const name = names[any(names.length)];
    steps[name]();
    check(name);
  }
  tab.press();
  // The host's key is kept by nobody but the tab: when that is gone as well, the link is at hand.
  if (!tab.inside && tab.way === "nokey" && link === HOST) {
    tab.paste("#" + link);
    tab.press();
  }
  check("end");
  if (!tab.inside) faults.push(`outside at the end: ${tab.way}`);
  return faults;
}

/** One life with ways that open once: one's own place on another device, or what a host's answer at the door brought. */
function brief(seed, bad) {
  const any = chance(seed), faults = [], server = createServer();
  HOW.wish = "host";
  const own = any(2), seat = { member: "m-mine", role: ["host", "member"][any(2)] };
  const browser = createBrowser(), links = [];
  const client = { ...bad, fate: () => ["arrives", "arrives", "lost", "never"][any(4)] };
  const give = () => {
    const link = (own ? "p." : "o.") + String(links.length).padStart(22, "a");
    server.opens.set(link, own ? { seat } : { role: "member" });
    links.push(link);
    return link;
  };
  let tab = createTab(browser, server, "#" + give(), client), mine = "";
  const holds = (text) => links.some((link) => text.includes(link));
  const who = () => server.seats.get(tab.keep.self().token).member;
  const check = (what) => {
    if (!browser.blocked && holds(browser.long.text())) faults.push(`${what}: other tabs can read it`);
    if (!tab.inside) return;
    if (holds((browser.blocked ? "" : tab.session.text()) + JSON.stringify(tab.history.at))) faults.push(`${what}: inside, and it is kept`);
    if (mine && who() !== mine) faults.push(`${what}: another person`);
    if (own && (who() !== seat.member || tab.role !== seat.role)) faults.push(`${what}: not one's own seat`);
    mine = who();
  };
  /** What must lead whoever is in back in, and shows nothing that is spent. */
  const steadily = (name, step) => {
    const { inside, history } = tab, wrong = server.wrong, places = history.entries.length;
    step();
    // Where the browser keeps nothing, the place in the history does: another one knows nothing.
    const strange = browser.blocked && history.entries.length > places;
    if (strange) mine = "";
    if (!inside || strange) return;
    tab.press();
    if (!tab.inside) faults.push(`${name}: outside, ${tab.way}`);
    if (server.wrong > wrong) faults.push(`${name}: what was spent was shown`);
  };
  const steps = {
    reload: () => steadily("reload", () => tab.load()),
    early: () => steadily("early", () => tab.load(true)),
    language: () => steadily("language", () => tab.language(Boolean(any(2)))),
    leave: () => steadily("leave", () => tab.leave()),
    again: () => tab.press(client.fate()), // the line tries once more by itself
    spent: () => steadily("spent", () => { // an old message is tapped once more
      tab.history.go("#" + links[any(links.length)]);
      tab.load();
    }),
    another: () => steadily("another", () => {
      tab.history.go("#" + give());
      tab.load();
    }),
    twin: () => { // of a device that keeps nothing the other tab knows nothing
      if (!browser.blocked) steadily("twin", () => { tab = createTab(browser, server, "", client); });
    },
    blocked: () => {
      browser.blocked = !browser.blocked;
      mine = "";
      tab.history.go("");
      tab.load();
    },
    cleared: () => {
      browser.long = box();
      tab.session = box();
      mine = "";
      tab.history.go("");
      tab.load();
    },
    copied: () => {
      if (!tab.inside) return;
      const other = createTab(createBrowser(), server, tab.history.at.hash, bad);
      if (other.way !== "nokey" || other.tried) faults.push("copied: the address opens something");
    },
  };
  const names = Object.keys(steps);
  for (let i = 3 + any(9); i > 0; i -= 1) {
    const name = names[any(names.length)];
    steps[name]();
    check(name);
  }
  tab.press();
  if (!tab.inside) {
    // Spent on the way, or wiped from the device: whoever asks for another one is in.
    const seen = server.wrong;
    tab = createTab(browser, server, "#" + give(), bad);
    tab.press();
    if (server.wrong > seen) faults.push("end: a wrong try");
  }
  check("end");
  if (!tab.inside) faults.push(`outside at the end: ${tab.way}`);
  return faults;
}

const lives = (bad, one = live) => {
  const found = [];
  for (let seed = 1; seed <= 1000; seed += 1) {
    const faults = one(seed, bad);
    if (faults.length) found.push(`seed ${seed}: ${faults.join("; ")}`);
  }
  return found;
};

test("DO1 a thousand ways to the door, and nobody with a link stays outside or makes a wrong try", () => {
  assert.deepEqual(lives({}).slice(0, 5), []);
});

test("DO1 a client that drops the secret before the welcome is found out", () => {
  assert.ok(lives({ early: true }).length > 100);
});

test("DO1 language links that lose the fragment are found out", () => {
  assert.ok(lives({ language: true }).length > 10);
});

test("DO2 what opens once is kept in the tab until the welcome, shown on to nobody, and worth nothing later", () => {
  for (const cap of [PASS, WAY]) {
    const server = createServer();
    const seat = { member: "m9", role: "host" };
    server.opens.set(cap, cap === PASS ? { seat } : { role: "member" });
    const browser = createBrowser();
    HOW.wish = "host";
    const tab = createTab(browser, server, "#" + cap);
    assert.ok(tab.inside, "nothing to ask");
    assert.equal(tab.keep.join, "");
    assert.doesNotMatch(browser.long.text() + tab.session.text() + JSON.stringify(tab.history.entries), /[po]\.(c|d){22}/);
    assert.equal(tab.role, cap === PASS ? "host" : "member");
    tab.load();
    assert.ok(tab.inside, "by the token from now on");
    assert.equal(server.wrong, 0);
  }
  // Before the welcome a reload still comes in, and another tab of the device knows nothing of it.
  const browser = createBrowser(), server = createServer();
  server.opens.set(WAY, { role: "member" });
  const keep = createKeep("ROOM", { long: browser.long, tab: box() });
  keep.be({ cap: WAY });
  assert.equal(createKeep("ROOM", { long: browser.long, tab: box() }).self().cap, undefined);
});

test("DO14 a thousand lives with ways that open once: in again by oneself, as the same person, and nothing is shown twice or kept", () => {
  assert.deepEqual(lives({}, brief).slice(0, 5), []);
});

test("DO14 a client that hoards what is spent, and one that drops it before the welcome, are found out", () => {
  assert.ok(lives({ hoards: true }, brief).length > 100);
  assert.ok(lives({ early: true }, brief).length > 100);
});

test("DO3 a host's link asks: a new device, a device with a seat; not the host's own, nor where the room was made", () => {
  const seen = (more, kept = {}) => decide({ hash: "#" + HOST, entry: "", kept, fresh: false, ...more });
  assert.equal(seen({}), "ask");
  assert.equal(seen({}, { token: "t", role: "member" }), "ask");
  assert.equal(seen({ made: true }, { token: "t", role: "member" }), "ask");
  assert.equal(seen({ made: true }), "form");
  assert.equal(seen({}, { token: "t", role: "host" }), "enter");
  for (const wish of ["host", "member"]) {
    for (const before of [false, true]) {
      HOW.wish = wish;
      const server = createServer(), browser = createBrowser();
      if (before) createTab(browser, server, "#" + JOIN).press();
      const tab = createTab(browser, server, "#" + HOST);
      assert.deepEqual([tab.way, tab.inside], ["ask", false]);
      tab.press();
      assert.deepEqual([tab.inside, tab.role], [true, wish]);
      tab.load();
      assert.deepEqual([tab.inside, tab.role], [true, wish], "and stays so");
      if (wish === "member") assert.doesNotMatch(tab.session.text() + browser.long.text(), /h\.b/, "the key is not kept");
    }
  }
});

test("DO4 without its key an address asks for it and tries nothing; a jam that is over says so", () => {
  const at = (hash, kept = {}, more = {}) => decide({ hash, entry: "", kept, fresh: false, ...more });
  for (const hash of ["", "#", "#j.cut", "#x." + "a".repeat(22)]) assert.equal(at(hash), "nokey", hash);
  assert.equal(at("#" + JOIN, {}, { ended: true }), "ended");
  assert.equal(at("", { token: "t" }, { ended: true }), "enter");
  assert.equal(at("", { token: "t" }, { ended: true, left: true }), "ended");
  assert.equal(at("#" + PASS, {}, { ended: true }), "enter");
});

test("DO5 whoever was removed is not sent in again by their own device, until another link is followed", () => {
  const browser = createBrowser(), server = createServer();
  HOW.wish = "member";
  const tab = createTab(browser, server, "#" + JOIN);
  tab.press();
  tab.door.removed();
  for (const hash of ["", "#" + JOIN]) {
    const again = createTab(browser, server, hash);
    assert.deepEqual([again.way, again.tried], ["removed", 0]);
  }
  const other = "j." + "z".repeat(22);
  server.opens.set(other, { role: "member" });
  const back = createTab(browser, server, "#" + other);
  assert.equal(back.way, "form");
  back.press();
  assert.ok(back.inside);
});

test("DO6 a link is found in what people paste: whole, its end alone, the message around it", () => {
  const link = `https://jam.example/r/0123456789?lang=fr#${JOIN}`;
  for (const text of [link, ` ${link}\n`, `Salut ! Viens : ${link}. À tantôt`, `<${link}>`, `_${link}_`]) {
    assert.deepEqual(linkIn(text), { room: "0123456789", cap: JOIN }, text);
  }
  for (const text of ["#" + JOIN, JOIN, ` #${JOIN} and more`]) assert.deepEqual(linkIn(text), { room: "", cap: JOIN }, text);
  for (const text of ["", "nonsense", "https://jam.example/r/0123456789", "https://jam.example/r/0123456789#j.cut", "#j.cut"]) assert.equal(linkIn(text), null, text);
});
