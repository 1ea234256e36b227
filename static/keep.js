// What stays on this device: who one is in a room, and actions that are under way. Everything works without storage, too.

/** @typedef {import("./types.js").Keep} Keep */
/** @typedef {Pick<Storage, "getItem"|"setItem"|"removeItem"|"key"|"length">} Box */
/** @typedef {Pick<LockManager, "request">} Locks */

const PATIENCE_MS = 2000;

/** Actions under way come and go too fast for the history, which browsers let change only so often. */
const FLEETING = /:(op:|tab$)/;

/** Where the browser keeps nothing for us: a box that lasts as long as the page, and through reloads in its place in the history.
 * @param {string} name @param {any} [history] @returns {Box} */
export function loose(name, history = /** @type {any} */ (globalThis).history) {
  const before = history && history.state && history.state[name];
  /** @type {Map<string, string>} */
  const map = new Map(Object.entries(before || {}));
  /** @param {string} k */
  const put = (k) => {
    if (!history || FLEETING.test(k)) return;
    const kept = Object.fromEntries([...map].filter(([key]) => !FLEETING.test(key)));
    try {
      history.replaceState({ ...history.state, [name]: kept }, "");
    } catch (_) {
      // Once more with the next change.
    }
  };
  return {
    getItem: (k) => (map.has(k) ? /** @type {string} */ (map.get(k)) : null),
    setItem: (k, v) => { map.set(k, v); put(k); },
    removeItem: (k) => { if (map.delete(k)) put(k); },
    key: (i) => Array.from(map.keys())[i] || null,
    get length() { return map.size; },
  };
}

/** @type {{[name: string]: Box}} */
const loosely = {};

/** The storage of that name, or where the browser has closed it one box for the whole page. @param {"localStorage"|"sessionStorage"} name @returns {Box} */
export function boxOf(name) {
  try {
    const box = /** @type {any} */ (globalThis)[name];
    box.setItem("jam:?", "1");
    box.removeItem("jam:?");
    return box;
  } catch (_) {
    return loosely[name] || (loosely[name] = loose(name));
  }
}

/** @param {Box} box @param {string} key @returns {any} */
function read(box, key) {
  try {
    return JSON.parse(box.getItem(key) || "null");
  } catch (_) {
    return null;
  }
}

/** A full storage keeps less; the page goes on. @param {Box} box @param {string} key @param {unknown} value */
function write(box, key, value) {
  try {
    box.setItem(key, JSON.stringify(value));
  } catch (_) {
    box.removeItem(key);
  }
}

/** @param {Box} box @param {string} start */
const keys = (box, start) => Array.from({ length: box.length }, (_, i) => box.key(i) || "").filter((k) => k.startsWith(start));

/** @param {Box} box @param {string} start */
const wipe = (box, start) => keys(box, start).forEach((k) => box.removeItem(k));

/**
 * What is kept of one room. `self` outlives the tab (who I am here: token, member, role, name, lang and the join secret, so that
 * anyone can show the link on); every other secret and actions under way live with the tab.
 * @param {string} room @param {{long?: Box, tab?: Box}} [boxes] @returns {Keep}
 */
export function createKeep(room, { long = boxOf("localStorage"), tab = boxOf("sessionStorage") } = {}) {
  const me = "jam:" + room, under = me + ":op:", first = me + ":tab", secret = me + ":cap", wish = me + ":as", news = me + ":new";
  return {
    get fresh() {
      return tab.getItem(news) !== null;
    },
    set fresh(is) {
      if (is) write(tab, news, 1);
      else tab.removeItem(news);
    },
    /** The way in for others; "" where only another one is known. */
    get join() {
      return (read(long, me) || {}).cap || "";
    },
    self() {
      const { token, member, role, name, lang, cap, removed } = read(long, me) || {};
      const self = { token, member, role, name, lang, cap: read(tab, secret) || cap, as: read(tab, wish) || undefined, removed };
      return JSON.parse(JSON.stringify(self)); // without what is undefined
    },
    /** A part set to the empty text is forgotten. */
    be(part) {
      const { cap, as, ...rest } = part;
      const next = { ...(read(long, me) || {}), ...rest };
      if (as) write(tab, wish, as);
      else if (as === "" || cap) tab.removeItem(wish);
      if (cap !== undefined) {
        this.fresh = cap !== "";
        // Whoever holds the token is known as host already: the host secret need not lie on a shared phone. And what opens once
        // is worth nothing later.
        if (cap && !cap.startsWith("j.")) write(tab, secret, cap);
        else {
          next.cap = cap;
          tab.removeItem(secret);
        }
      }
      for (const k of Object.keys(next)) if (!next[k]) delete next[k];
      if (Object.keys(next).length) write(long, me, next);
      else long.removeItem(me);
    },
    /** The tab's own secret has done its work, or is not wanted. */
    spend() {
      tab.removeItem(secret);
      tab.removeItem(wish);
      this.fresh = false;
    },
    under: () => read(tab, first),
    /** Taken out, so that a tab cloned from this one starts with a name of its own. */
    take() {
      const head = read(tab, first);
      const ops = keys(tab, under).map((k) => read(tab, k)).filter(Boolean);
      tab.removeItem(first);
      wipe(tab, under);
      if (!head || !ops.length) return null;
      ops.sort((a, b) => a.id - b.id);
      return { head, ops };
    },
    head(head) {
      if (head) write(tab, first, head);
      else tab.removeItem(first);
    },
    put: (op) => write(tab, under + op.id, op),
    drop: (id) => tab.removeItem(under + id),
    forget() {
      long.removeItem(me);
      wipe(tab, me + ":");
    },
  };
}

/**
 * Tabs tell themselves apart by a lock on the name that their actions go out under: a tab cloned in the moment when one is
 * under way finds that name, too, and must leave both to the tab that lives. Browsers and plain http without locks change
 * nothing.
 * @param {Keep} keep @param {Locks|undefined} locks @param {number} [patience] a page reloaded may take a moment to go, ms
 */
export function createClaim(keep, locks, patience = PATIENCE_MS) {
  let asked = false;
  /** @param {string} cid @returns {Promise<boolean>} false: another tab has it */
  const hold = (cid) => new Promise((done) => {
    if (!locks) return done(true);
    asked = true;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    const locked = () => {
      clearTimeout(timer);
      done(true);
      return new Promise(() => {}); // until the page is gone
    };
    // Whatever else goes wrong with locks must cost nobody an action.
    locks.request("jam:" + cid, { signal: stop.signal }, locked).catch(() => done(!stop.signal.aborted));
  });
  return {
    /** To be awaited before anything is taken up again. */
    async start() {
      const head = keep.under();
      if (!head || await hold(head.cid)) return;
      asked = false;
      keep.take();
    },
    /** When something is under way: the name is ours as long as this page lives. */
    hold() {
      const head = asked ? null : keep.under();
      if (head) hold(head.cid);
    },
  };
}

/** Forget me on this device: every room, every choice. @param {{long?: Box, tab?: Box}} [boxes] */
export function forgetAll({ long = boxOf("localStorage"), tab = boxOf("sessionStorage") } = {}) {
  wipe(long, "jam:");
  wipe(tab, "jam:");
}

/**
 * A choice that holds in all rooms on this device (name, lang, theme, motion): read it, or write it with a value.
 * @param {string} name @param {unknown} [value] @param {Box} [box] @returns {any}
 */
export function choice(name, value, box = boxOf("localStorage")) {
  const key = "jam:my:" + name;
  if (value === undefined) return read(box, key);
  if (value === null) box.removeItem(key);
  else write(box, key, value);
  return value;
}
