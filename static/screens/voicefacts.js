// What there is to show and to say of voices: pure, so that a table can say what it should be.

/** @typedef {import("../types.js").Person} Person */
/** @typedef {{[id: string]: Person}} People */
/** @typedef {{[member: string]: {mic?: boolean, voice?: boolean, speaks?: boolean}}} Live */
/** @typedef {"off"|"joining"|"on"|"blocked"|"away"|"busy"} Where */

/** How often the ear is told who speaks; and after so much silence the same voice is news again. */
export const QUIET_MS = 5000;
export const ANEW_MS = 30000;

/**
 * What stands above the bar; "" is nothing. @param {{there: number|undefined, hall: boolean, listen: boolean|null, state: Where, put: boolean}} of
 *   `listen`: can this device hear, null while that is not known; `put`: the offer has been put away
 * @returns {""|"hall"|"offer"|"joining"|"on"|"blocked"|"away"|"busy"}
 */
export function stage({ there, hall, listen, state, put }) {
  if (there !== 1) return "";
  if (hall) return "hall";
  if (!listen) return "";
  return state !== "off" ? state : put ? "" : "offer";
}

/**
 * What keeps a microphone closed, "" for nothing: a host has closed this one, or all of them, or what is on gives the word to others.
 * @param {{self: Person|null, all: boolean, mic: string}} of @returns {""|"host"|"all"|"card"}
 */
export function closedBy({ self, all, mic }) {
  if (self && self.shut && self.shut.voice) return "host";
  if (all && self && self.role !== "host") return "all";
  return mic === "muted" ? "card" : "";
}

/** Who can be heard at this moment, in the order of the room. @param {Live} live @param {People} people */
export const talking = (live, people) => Object.keys(people).filter((id) => people[id].here && !people[id].out && Boolean(live[id] && live[id].speaks));

/** What stands beside a name, as to voice. @param {Live} live @param {Person|undefined} person @param {string} id @returns {""|"speaks"|"mic"|"ear"} */
export function sign(live, person, id) {
  const { mic = false, voice = false, speaks = false } = live[id] || {};
  if (!person || !person.here || person.out || person.hall) return "";
  return speaks ? "speaks" : mic ? "mic" : voice ? "ear" : "";
}

/** The strips of the colour bar in their order, and which of them stick out. @param {People} people @param {readonly string[]} talks */
export const tabs = (people, talks) => Object.keys(people).filter((id) => people[id].role !== "screen" && !people[id].out)
  .map((id) => ({ id, ink: people[id].ink % 12, on: talks.includes(id) }));

/**
 * Tells who speaks without chatter: only who is new since it was last told, and only every few seconds. @param {number} [wait] @param {number} [anew]
 */
export function createHerald(wait = QUIET_MS, anew = ANEW_MS) {
  /** @type {readonly string[]} */
  let told = [];
  let last = -Infinity, silent = -Infinity, waits = false;
  return {
    /** @param {readonly string[]} ids who speaks now, oneself left out @param {number} now @returns {readonly string[]} whom to tell of, [] for nobody yet */
    look(ids, now) {
      waits = false;
      if (!ids.length) {
        if (silent === Infinity) silent = now;
        return [];
      }
      if (now - silent >= anew) told = [];
      silent = Infinity;
      if (ids.every((id) => told.includes(id))) return [];
      if (now - last < wait) {
        waits = true;
        return [];
      }
      last = now;
      told = ids;
      return ids;
    },
    /** When to look again, Infinity: when something changes. */
    get due() { return waits ? last + wait : Infinity; },
  };
}

/** Megabytes as one says them: whole ones, below three with a half. @param {number} bytes */
export const megabytes = (bytes) => (bytes < 3e6 ? Math.max(0.5, Math.round(bytes / 5e5) / 2) : Math.round(bytes / 1e6));

/** May the space bar speak from here? Not where it has work of its own: in a field, on a button, on a drawing. @param {{target: any, defaultPrevented?: boolean,
 *   altKey?: boolean, ctrlKey?: boolean, metaKey?: boolean, shiftKey?: boolean}} event */
export const spare = ({ target, defaultPrevented = false, altKey = false, ctrlKey = false, metaKey = false, shiftKey = false }) =>
  !defaultPrevented && !altKey && !ctrlKey && !metaKey && !shiftKey && !(target && target.tabIndex >= 0) && !(target && target.isContentEditable);

/** The button that helps out of what the self-check found, "" where there is none. @type {{[cause: string]: ""|"speak"|"hand"|"again"|"devices"}} */
export const WAYS_OUT = { ok: "", muted: "speak", host: "hand", refused: "again", nomic: "again", quiet: "devices", network: "again", away: "", hall: "" };
