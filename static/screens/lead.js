// Who leads: told to everyone when it moves, offered to everyone when nobody does, and given back with one tap.
// Fetched when the lead first moves, is vacant, or is with somebody who stands in.
import { untracked } from "../ui.js";
import { deserted, lead } from "./may.js";
import { offer, say as read, tell } from "./news.js";
import { act, me, meet, people } from "./session.js";
import { speakOn, t } from "./tongue.js";

/** @typedef {import("./news.js").News} News */
/** @typedef {{baton: string|null, standin: boolean, made: boolean}} Led who leads; am I the stand-in, am I a host by another one's word? */

/** An offer stays so long at the top of the page; after that it stands under People. */
const OFFER_MS = 60000;
/** Whoever leads from now on has time to read what there is to do. */
const YOURS_MS = 15000;

/** The holder told of last. @type {string|null|undefined} */
let told;
/** Whether they were only standing in. */
let acted = false;
/** Whether anybody led before. */
let led = false;
/** Names outlive a place in the list. @type {{[id: string]: string}} */
const names = {};
/** The offer on the page, if it is one of ours. @type {News|null} */
let ours = null;
/** @type {any} */
let timer = null;

/** @param {string|null|undefined} id */
const nameOf = (id) => (id && people.value[id] && people.value[id].name) || (id && names[id]) || "";

/* keys: lead.made lead.unmade lead.standin */
/** Takes our offer off the page, and nobody else's. */
function withdraw() {
  clearTimeout(timer);
  if (ours && offer.value === ours) offer.value = null;
  ours = null;
}

/** Somebody offers to lead, or takes the lead back. A second volunteer hears who was faster. */
function take() {
  withdraw();
  act("lead", {}).then(({ outcome }) => {
    const now = meet.value && meet.value.baton, self = me.value && me.value.id;
    // Judged at its place in the log: no refusal, but nothing came of it. After the sentence that the passing has.
    if (outcome !== "ok" && now && now !== self) setTimeout(() => tell(t("lead.late", { name: nameOf(now) })), 50);
  });
}

/** What is said of the lead, and what one can do about it. @param {string} say @param {string} now @param {string} before */
const words = (say, now, before) => (say === "you" ? t("lead.you") : say === "back" ? t("host.back", { name: now, standin: before })
  : say === "passed" ? t("baton.passed", { name: now }) : say === "away" ? t("host.away") : t("lead.other", { name: now }));

/** Look at who leads; anything new is told. @param {string|null|undefined} was the holder before, as far as the page knew until now */
function look(was) {
  const now = meet.value ? meet.value.baton : undefined;
  const all = people.value, self = me.value;
  if (!self || now === undefined) return;
  const first = told === undefined, from = first ? was : told;
  led = led || Boolean(from) || (now === null && deserted(all));
  const { say, can } = lead({ was: from, now, acted, led, me: self.id, people: all });
  const before = nameOf(from), name = nameOf(now);
  for (const id of Object.keys(all)) names[id] = all[id].name;
  const fresh = first || told !== now;
  told = now;
  acted = Boolean(now && all[now] && all[now].acting);
  if (!can || fresh) withdraw();
  if (!fresh || !say) return;
  speakOn().then(() => {
    if (told !== now) return;
    const text = words(say, name, before);
    if (!can) return tell(text, say === "you" ? YOURS_MS : undefined);
    read(text);
    ours = { text, word: can === "take" ? t("lead.take") : t("lead.can"), run: take, also: { word: t("page.close"), run: withdraw } };
    offer.value = ours;
    timer = setTimeout(withdraw, OFFER_MS);
  }, () => {});
}

/** A place that somebody else has given to this person, or taken back. @param {Led} was @param {Led} now */
function placed(was, now) {
  const key = was.made !== now.made ? (now.made ? "lead.made" : "lead.unmade") : was.standin !== now.standin && now.standin ? "lead.standin" : "";
  // Whoever stood in and is made a host goes on; whoever is removed has another page to read.
  if (key && me.value) speakOn().then(() => tell(t(key), YOURS_MS), () => {});
}

/** @param {Led|undefined} was as far as the page knew until now @param {Led} now */
export const follow = (was, now) => untracked(() => {
  if (was) placed(was, now);
  look(was && was.baton);
});
