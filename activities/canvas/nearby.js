// Whether the others' hands are on the page, and one's own on theirs: with few people and room on the screen by themselves, else
// only where somebody wants it. Strokes under way are another matter: those are the drawing.

/** With more people than this the hands are off until somebody wants them; so they are on screens narrower than this, in CSS pixels. */
export const MANY = 12;
export const SMALL = 600;

/** May hands be seen here at all? @param {{ options: any, light: boolean }} props */
export const open = ({ options, light }) => !light && options.cursors !== false;

/**
 * @param {{ options: any, light: boolean, people: Record<string, { here?: boolean, role?: string }> }} props
 * @param {boolean | null} wish what was chosen on this device; null: nothing
 * @param {boolean} small is the screen a small one?
 */
export function hands(props, wish, small) {
  if (!open(props)) return false;
  if (wish !== null) return wish;
  const { people } = props;
  return !small && Object.keys(people).filter((id) => people[id].here && people[id].role !== "screen").length <= MANY;
}
