/** What freehand.js of this folder offers: the outline of a stroke from the points of a finger or pen. */
export type Point = [x: number, y: number, pressure?: number];
export interface End { cap?: boolean; taper?: number | boolean; easing?: (distance: number) => number }
export interface StrokeOptions {
  size?: number; thinning?: number; smoothing?: number; streamline?: number; simulatePressure?: boolean;
  easing?: (pressure: number) => number; start?: End; end?: End; last?: boolean;
}
export function getStroke(points: Point[], options?: StrokeOptions): [number, number][];
