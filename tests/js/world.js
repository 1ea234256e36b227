// Small stand-ins for what a browser gives.

/** A Storage as browsers have it, with a bound. */
export function box(most = Infinity) {
  const map = new Map();
  const size = () => [...map].reduce((n, [k, v]) => n + k.length + v.length, 0);
  return {
    getItem: (k) => (map.has(k) ? map.get(k) : null),
    setItem: (k, v) => {
      if (size() + k.length + String(v).length > most) throw new Error("QuotaExceededError");
      map.set(k, String(v));
    },
    removeItem: (k) => void map.delete(k),
    key: (i) => [...map.keys()][i] ?? null,
    get length() { return map.size; },
    /** What a tab cloned from this one finds. */
    clone: () => {
      const other = box(most);
      for (const [k, v] of map) other.setItem(k, v);
      return other;
    },
    text: () => JSON.stringify([...map]),
  };
}

/** Hand-driven time and timers. */
export function clockwork() {
  const timers = new Set();
  const world = {
    t: 1000,
    now: () => world.t,
    later: (fn, ms) => {
      const timer = { at: world.t + ms, fn };
      timers.add(timer);
      return timer;
    },
    never: (timer) => void timers.delete(timer),
    get waiting() { return timers.size; },
    /** Time goes on; what is due happens. */
    pass(ms) {
      const end = world.t + ms;
      for (;;) {
        const next = [...timers].filter((x) => x.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        world.t = Math.max(world.t, next.at);
        next.fn();
      }
      world.t = end;
    },
  };
  return world;
}

/** The locks of one browser: a name is held until its page is gone. Each page has a `request` of its own. */
export function lockroom() {
  const holders = new Map(), queue = [];
  const serve = () => {
    for (const one of [...queue]) {
      if (holders.has(one.name)) continue;
      queue.splice(queue.indexOf(one), 1);
      holders.set(one.name, one.page);
      one.run();
    }
  };
  return {
    holders,
    page() {
      const page = {
        request: (name, { signal }, run) => new Promise((_, fail) => {
          const one = { name, page, run };
          queue.push(one);
          signal.addEventListener("abort", () => {
            if (!queue.includes(one)) return;
            queue.splice(queue.indexOf(one), 1);
            fail(new Error("AbortError"));
          });
          Promise.resolve().then(serve);
        }),
        gone() {
          for (const [name, holder] of holders) if (holder === page) holders.delete(name);
          serve();
        },
      };
      return page;
    },
  };
}
