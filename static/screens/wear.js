// A page keeps the sheets of all kinds that it has shown; one is on only while its kind is on the page, so that their names cannot meet.

/** @type {{[kind: string]: HTMLLinkElement[]}} */
const sheets = {};
/** How often a kind stands on the page. @type {{[kind: string]: number}} */
const worn = {};

const dress = () => {
  for (const kind of Object.keys(sheets)) for (const { sheet } of sheets[kind]) if (sheet) sheet.disabled = !worn[kind];
};

/** Fetch a sheet of a kind. A style that does not come is no reason to wait long. @param {string} kind @param {string} href */
export const hang = (kind, href) => new Promise((done) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  link.onload = link.onerror = () => {
    dress();
    done(0);
  };
  setTimeout(done, 3000);
  document.head.appendChild(link);
  (sheets[kind] = sheets[kind] || []).push(link);
});

/** This kind is on the page, until the returned function is called. @param {string} kind */
export const wear = (kind) => {
  worn[kind] = (worn[kind] || 0) + 1;
  dress();
  return () => {
    worn[kind] -= 1;
    dress();
  };
};
