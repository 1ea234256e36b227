// Who may do what to whom, and what stands beside a name: pure, so that a table can say what it should be.

/** @typedef {import("../types.js").Person} Person */
/** @typedef {import("../types.js").Meet} Meet */
/** @typedef {{[id: string]: Person}} People */
/** @typedef {{who: string, me: string, people: People, meet: Partial<Meet>, undone?: boolean, mute?: boolean, voice?: boolean}} Case
 *   `undone`: can what this person did be put back? `mute`: is this person hidden from my side line? `voice`: is there sound here? */

/** Holds the key of the room: nobody can take the role away. @param {Person|null|undefined} person */
export const keyed = (person) => Boolean(person && person.role === "host" && !person.made && !person.acting);
/** A host of their own right, not only for as long as no host is here. @param {Person|null|undefined} person */
export const lasting = (person) => Boolean(person && person.role === "host" && !person.acting);

/**
 * What can be done to a person by whoever looks, in the order in which it stands: first what helps, then what protects.
 * @param {Case} of @returns {string[]}
 */
export function may({ who, me, people, meet, undone = false, mute = false, voice = false }) {
  const person = people[who], self = people[me];
  if (!person || !self || who === me) return [];
  const shut = person.shut || {};
  const screen = person.role === "screen", host = person.role === "host";
  const own = screen ? [] : [mute ? "mute.off" : "mute.on"];
  if (self.role !== "host") return person.out ? [] : own;
  const back = undone ? "redo" : "undo";
  if (person.out) return [back];
  if (screen) return ["remove"];
  const can = [];
  if (person.hand !== undefined) can.push("word");
  // Who is asked to speak may be heard again, too.
  const sounds = voice && person.here && !person.hall;
  if (sounds) can.push("speak");
  if (person.here && meet.baton !== who) can.push("pass");
  if (!host && (person.here || meet.standin === who)) can.push(meet.standin === who ? "standin.off" : "standin.on");
  // Whoever only stands in takes no host's role and asks none to leave.
  const firm = !lasting(person) || (!keyed(person) && lasting(self));
  if (firm) can.push(lasting(person) ? "host.off" : "host.on");
  if (sounds) can.push(meet.music === who ? "music.off" : "music.on");
  can.push(...own);
  // Hosts are never kept out; what was closed before somebody became one can be opened again.
  if (!host || shut.line) can.push(shut.line ? "line.on" : "line.off");
  if (!host || shut.work) can.push(shut.work ? "work.on" : "work.off");
  if (voice ? !host || shut.voice : shut.voice) can.push(shut.voice ? "voice.on" : "voice.off");
  can.push(back);
  if (firm) can.push("remove");
  return can;
}

/** What is there to read beside a name, the most telling first. @param {Omit<Case, "undone">} of @param {boolean} resting @returns {string[]} */
export function marks({ who, me, people, meet, mute = false }, resting) {
  const person = people[who];
  const out = [];
  if (who === me) out.push("you");
  if (person.out) return ["out"];
  if (person.role === "screen") out.push("screen");
  else if (meet.baton === who) out.push("leads");
  else if (person.role === "host") out.push(person.made ? "cohost" : "host");
  else if (meet.standin === who) out.push("standin");
  if (person.hall) out.push("hall");
  if (!person.here) out.push("away");
  else if (resting) out.push("resting");
  if (mute) out.push("hidden");
  if (person.shut && person.shut.voice) out.push("hushed");
  if (meet.music === who) out.push("music");
  return out;
}

/** Who is here and who was, each in its order. Whoever was asked to leave is shown to hosts alone. @param {string[]} ids @param {People} people @param {boolean} host */
export const halves = (ids, people, host) => ({
  here: ids.filter((id) => people[id].here && !people[id].out),
  was: ids.filter((id) => !people[id].here || people[id].out).filter((id) => host || !people[id].out),
});

/** Who could lead: hosts first, then the stand-in, then whoever is here. @param {People} people @param {string} me @param {string|null|undefined} standin */
export const heirs = (people, me, standin) => {
  /** @param {string} id */
  const rank = (id) => (people[id].role === "host" ? 0 : id === standin ? 1 : 2);
  return Object.keys(people).filter((id) => id !== me && people[id].here && !people[id].out && people[id].role !== "screen")
    .sort((a, b) => rank(a) - rank(b));
};

/** Has a host been here, who left the lead to nobody? Before the first one has come there is nothing to take over. @param {People} people */
export const deserted = (people) => Object.keys(people).some((id) => keyed(people[id]) && !people[id].out);

/**
 * What there is to say when the lead moves, and what one can do about it.
 * @param {{was: string|null|undefined, now: string|null|undefined, acted: boolean, led?: boolean, me: string, people: People}} of
 *   `acted`: was the one before only standing in? `led`: has anybody led before, as far as this page knows?
 * @returns {{say: "you"|"back"|"passed"|"away"|"other"|"", can: "lead"|"take"|""}}
 */
export function lead({ was, now, acted, led = Boolean(was), me, people }) {
  const self = people[me], next = now ? people[now] : null;
  if (now === undefined || !self || self.role === "screen") return { say: "", can: "" };
  if (!next) {
    return deserted(people) ? { say: "away", can: lasting(self) ? "take" : "lead" } : { say: "", can: "" };
  }
  const moved = was !== undefined && was !== now;
  // A host who is back is told to everyone in the same words, themselves included.
  if (moved && was && acted && lasting(next)) return { say: "back", can: "" };
  if (now === me) return { say: moved ? "you" : "", can: "" };
  const can = lasting(self) && next.acting ? "take" : "";
  // The first host of all takes nothing over.
  return { say: moved && led ? "passed" : can ? "other" : "", can };
}
