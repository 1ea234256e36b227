// The one polite live region of a page. At most one announcement in three seconds; what comes in between is summed up.

/** How many sentences one announcement may hold: more would talk over the person. */
const MOST = 3;

/**
 * What is said of the sentences that have gathered: each once, the newest ones when there are many.
 * @param {readonly string[]} waiting
 */
export const sumUp = (waiting) => [...new Set(waiting.filter(Boolean))].slice(-MOST).join(" ");

/**
 * @param {{textContent: string | null}} el an element with role="status" that is in the page from the start
 * @param {{wait?: number, now?: () => number, later?: (run: () => void, ms: number) => unknown}} [how] clock and timer, for tests
 * @returns {{say(text: string): void}}
 */
export const makeLive = (el, { wait = 3000, now = Date.now, later = (run, ms) => setTimeout(run, ms) } = {}) => {
  /** @type {string[]} */
  let waiting = [];
  let last = -Infinity;
  let due = false;
  const flush = () => {
    due = false;
    const text = sumUp(waiting);
    waiting = [];
    last = now();
    // The same sentence twice is read again only if the text changes: a no-break space makes it new.
    el.textContent = text === el.textContent ? `${text}\u00a0` : text;
  };
  return {
    say(text) {
      if (!text) return;
      waiting.push(text);
      if (due) return;
      due = true;
      const rest = last + wait - now();
      if (rest <= 0) flush();
      else later(flush, rest);
    },
  };
};
