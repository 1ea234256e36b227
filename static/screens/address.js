// What a link says: the room in its path, the secret behind its #.

const SECRET = /^#([jh]\.[\w-]{20,64})$/;
const ROOM = /\/r\/([0-9a-z]{10})(?:[?#]|$)/i;

/** The secret of an address, a fragment or a pasted link, with its letter; "" if there is none. @param {string} text */
export const secretOf = (text) => {
  const at = text.trim().indexOf("#");
  const found = at < 0 ? null : SECRET.exec(text.trim().slice(at));
  return found ? found[1] : "";
};

/** The room of a pasted link, "" if it names none. @param {string} text */
export const roomOf = (text) => {
  const found = ROOM.exec(text.trim());
  return found ? found[1] : "";
};
