// "Nobody hears me": looks for the cause for five seconds, from the nearest to the farthest, and names it.
import { VOICE } from "./level.js";

/** @typedef {"ok"|"muted"|"host"|"refused"|"nomic"|"quiet"|"network"|"away"|"hall"} Cause */
/** What is so at this moment. `sent`: packets so far; `lost`: the part of them that did not arrive, as the other end says.
 * @typedef {{hall: boolean, state: string, mic: string, nomic: boolean, speaks: boolean, level: number, sent: number, lost: number}} Facts */

export const CHECK_MS = 5000, LOOK_MS = 250;
const SPOKEN = 3; // looks with a voice in them, after which it was no cough
const FEW = 5, MANY = 0.3;

/** What can be said without listening; "" where one has to listen. @param {Facts} now @returns {Cause|""} */
export function plain({ hall, state, mic, nomic }) {
  if (hall) return "hall";
  if (state === "away" || state === "busy") return "away";
  if (state === "blocked") return "network";
  if (nomic) return "nomic";
  if (mic === "refused") return "refused";
  if (mic === "muted") return "host";
  return mic === "on" && state === "on" ? "" : "muted";
}

/** @param {() => Promise<Facts>} look @param {(fn: () => void, ms: number) => any} later @param {() => number} now @returns {Promise<Cause>} */
export async function check(look, later, now) {
  const end = now() + CHECK_MS;
  const first = await look();
  let facts = first, spoken = 0;
  for (;;) {
    // Joining takes a moment: that is no cause before the end.
    const cause = facts.state === "joining" ? "" : plain(facts);
    if (cause) return cause;
    if (facts.speaks) return "ok"; // the room itself says that one is heard
    if (facts.level >= VOICE) spoken += 1;
    if (now() >= end) break;
    await new Promise((done) => later(() => done(undefined), LOOK_MS));
    facts = await look();
  }
  if (facts.state === "joining") return "network";
  if (spoken < SPOKEN) return "quiet";
  return facts.sent - first.sent < FEW || facts.lost >= MANY ? "network" : "ok";
}
