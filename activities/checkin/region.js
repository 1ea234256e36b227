// Where a dot lies, in words. Twin of regions.py: tests/vectors/regions.json holds both to the same.

/** The first box that holds the dot: left, top, right, bottom, in hundredths. @type {{[shape: string]: [string, number, number, number, number][]}} */
export const REGIONS = {
  sea: [["island", 60, 34, 92, 55], ["boat", 14, 40, 42, 63], ["sky", 0, 0, 100, 39], ["shore", 0, 81, 100, 100], ["water", 0, 0, 100, 100]],
  hill: [["top", 33, 12, 67, 36], ["river", 0, 86, 100, 100], ["slope", 20, 37, 80, 64], ["sky", 0, 0, 100, 54], ["foot", 0, 0, 100, 100]],
  city: [["roofs", 0, 21, 100, 40], ["sky", 0, 0, 100, 20], ["street", 0, 85, 100, 100], ["park", 60, 60, 100, 84], ["houses", 0, 0, 100, 100]],
  table: [["bread", 38, 38, 62, 62], ["head", 20, 0, 80, 19], ["near", 20, 81, 80, 100], ["table", 20, 20, 80, 80], ["door", 0, 0, 100, 100]],
};
export const SIDES = ["first", "toward", "middle", "beyond", "second"];
/** Where a dot goes whose owner chooses a place in words: where nothing else lies over it. @type {{[region: string]: [number, number]}} */
const MIDDLES = {
  "sea.sky": [50, 18], "sea.island": [76, 45], "sea.boat": [28, 52], "sea.water": [50, 70], "sea.shore": [50, 90],
  "hill.top": [50, 24], "hill.slope": [50, 50], "hill.foot": [50, 75], "hill.river": [50, 93], "hill.sky": [16, 20],
  "city.sky": [50, 10], "city.roofs": [50, 30], "city.houses": [32, 62], "city.park": [80, 72], "city.street": [50, 92],
  "table.bread": [50, 50], "table.table": [30, 30], "table.head": [50, 10], "table.near": [50, 90], "table.door": [10, 50],
};

/** @param {string} shape @param {number} x @param {number} y @returns {string} */
export const region = (shape, x, y) => {
  const found = REGIONS[shape].find(([, left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom);
  return found ? found[0] : "";
};

/** @param {number} x */
export const side = (x) => SIDES[Math.min(4, Math.floor(x / 20))];

/** A place within a region. @param {string} shape @param {string} name @returns {{x: number, y: number}} */
export const middle = (shape, name) => {
  const [x, y] = MIDDLES[`${shape}.${name}`];
  return { x, y };
};

/** How many dots lie in each place that has some, from the top down. @param {string} shape @param {readonly {x: number, y: number}[]} dots
 * @returns {[string, number][]} */
export const told = (shape, dots) => {
  const all = dots.map(({ x, y }) => region(shape, x, y));
  const down = REGIONS[shape].slice().sort(([a], [b]) => middle(shape, a).y - middle(shape, b).y);
  return /** @type {[string, number][]} */ (down.map(([name]) => [name, all.filter((one) => one === name).length])).filter(([, n]) => n);
};

/** How many stand in each fifth of a line. @param {readonly {x: number}[]} dots */
export const fifths = (dots) => SIDES.map((name) => dots.filter(({ x }) => side(x) === name).length);
