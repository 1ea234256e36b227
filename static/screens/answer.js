// What an answer of the room has to say to whoever acted.

/**
 * What was judged at its place in the log and came to nothing, where the kind has a sentence for that. The rest is over before anybody
 * could read it: a card that has closed, a phase that has gone by.
 * @param {{outcome: string, code?: string}} answer @param {{[key: string]: string}|undefined} words of the kind @returns {string} a key of them, or ""
 */
export const reason = ({ outcome, code }, words) => (outcome === "noop" && code && words && words[`refused.${code}`] ? `refused.${code}` : "");
