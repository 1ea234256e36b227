// What an invitation says and which addresses may stand in it. Pure: pages and tests give it what it needs.

/** @typedef {import("../words.js").Words} Words */
/** @typedef {{base: string, local: boolean, lan: string[]}} Reach */
/** @typedef {{from: string[], far: boolean}} Ways addresses to invite with, the best first; `far`: people anywhere can open them */

/** Names that every computer has for itself. @param {string} origin */
export function own(origin) {
  const name = origin.replace(/^\w+:\/\//, "").replace(/:\d+$/, "").toLowerCase();
  return name === "localhost" || /\.localhost$/.test(name) || /^127\./.test(name) || name === "[::1]" || name === "0.0.0.0";
}

/**
 * Where others can open this room. No address at all: only this computer can. An address that is nobody else's is never among them.
 * @param {Reach|null} reach what the server says, null when it did not @param {string} origin of this page @returns {Ways}
 */
export function ways(reach, origin) {
  const { base = "", lan = [] } = reach || {};
  if (base && !own(base)) return { from: [base.replace(/\/$/, "")], far: true };
  const near = lan.filter((one) => !own(one));
  // Whoever reads this page under a name that is not the computer's own shows that the name can be reached.
  const from = own(origin) ? near : [origin, ...near.filter((one) => one !== origin)];
  return { from, far: !own(origin) && /^https:/.test(origin) };
}

/** @param {string} origin @param {string} room @param {string} cap */
export const linkTo = (origin, room, cap) => `${origin}/r/${room}#${cap}`;

/** "GMT+1", in the words of the language. @param {string} lang @param {number} ms @param {string} [zone] */
export function zoneText(lang, ms, zone) {
  const how = /** @type {Intl.DateTimeFormatOptions} */ ({ hour: "numeric", timeZoneName: "short", timeZone: zone });
  const part = new Intl.DateTimeFormat(lang === "ar" ? "ar-u-nu-latn" : lang, how).formatToParts(ms).find((one) => one.type === "timeZoneName");
  return part ? part.value : "";
}

/** The hour with its zone: whoever reads it may live in another. @param {Words} words @param {number} start @param {string} [zone] */
export const whenText = (words, start, zone) => `${words.when(start, zone)} (${zoneText(words.lang, start, zone)})`;

/**
 * The invitation in words, its link on a line of its own, so that it can be tapped wherever it lands.
 * @param {Words} words @param {{title: string, link: string, start: number|null, minutes: number, zone?: string}} of
 */
export function invitationText(words, { title, link, start, minutes, zone }) {
  const { t } = words;
  const first = start === null ? t("invite.open", { title })
    : minutes ? t("invite.1", { title, when: whenText(words, start, zone), length: words.span(minutes * 60000) })
      : t("invite.when", { title, when: whenText(words, start, zone) });
  return `${first}\n${t("invite.2")}\n${t("invite.3", { link: "" }).trim()}\n${link}`;
}
