// What a link says: the room in its path, the secret behind its #. Its first letter tells what it opens: j the room, h the room as its
// host, p one's own seat once more, o the room once.

const SECRET = "(?:[jpo]\\.[\\w-]{22}|h\\.[\\w-]{43})";
const BEHIND = new RegExp(`#(${SECRET})`);
const LINK = new RegExp(`(?:/r/([0-9a-z]{10})(?:\\?[^\\s#]*)?#|#|^|\\s)(${SECRET})`);
const ROOM = /\/r\/([0-9a-z]{10})(?![0-9a-z])/i;

/** The secret of an address or its fragment, with its letter; "" if there is none or it was cut. @param {string} text */
export const secretOf = (text) => {
  const found = BEHIND.exec(text);
  return found ? found[1] : "";
};

/** The room of a link, "" if it names none. @param {string} text */
export const roomOf = (text) => {
  const found = ROOM.exec(text);
  return found ? found[1] : "";
};

/** The first whole link of a pasted text: a link, its end alone, or the message around it. @param {string} text @returns {{room: string, cap: string}|null} */
export const linkIn = (text) => {
  const found = LINK.exec(text);
  return found ? { room: found[1] || "", cap: found[2] } : null;
};

/** Opens once and is never kept or shown on. @param {string} cap */
export const once = (cap) => /^[po]\./.test(cap);
