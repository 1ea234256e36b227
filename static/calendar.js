// A file for calendars (RFC 5545) from the dates of a room: made in the browser, so that the link goes to nobody else.

/** @typedef {{title: string, text: string, link: string, starts: readonly number[], minutes: number, uid: string, now: number}} Dates
 *   `text`: what stands in the notes, the link not among it; `uid`: random, the same for each file of this room; `now`: when the file is made, ms */

/** Octets of a line without its end, as the standard has it. */
const LINE = 75;
/** For a date without a length. */
const USUAL_MINUTES = 60;

/** @param {string} sign one code point */
const octets = (sign) => {
  const code = /** @type {number} */ (sign.codePointAt(0));
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** Text as the standard wants it: what has a meaning there is escaped, other control signs go. @param {string} text */
export const escape = (text) => text.replace(/\r\n?/g, "\n")
  .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
  .replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

/** One line in pieces of at most 75 octets, no letter cut in two. @param {string} line */
export const fold = (line) => {
  let out = "", used = 0;
  for (const sign of line) {
    const size = octets(sign);
    if (used + size > LINE) {
      out += "\r\n ";
      used = 1;
    }
    out += sign;
    used += size;
  }
  return out;
};

/** "20261126T183000Z" @param {number} ms */
export const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");

/** The whole file; one event for each date. @param {Dates} of */
export function calendar({ title, text, link, starts, minutes, uid, now }) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jam Room//Jam Room//EN", "CALSCALE:GREGORIAN"];
  starts.forEach((start, i) => lines.push(
    "BEGIN:VEVENT",
    `UID:${uid}-${i + 1}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + (minutes || USUAL_MINUTES) * 60000)}`,
    `SUMMARY:${escape(title)}`,
    `DESCRIPTION:${escape(`${text}\n${link}`)}`,
    `URL:${link.replace(/\s/g, "")}`,
    "END:VEVENT",
  ));
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}
