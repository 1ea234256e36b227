// Where the page lies on the screen. All of it is arithmetic, so that tests can hold it.
import { HIGH, WIDE } from "../../static/parts/stroke.js";

/** The page is 10000 x 7500 units, the last one included. */
export const PAGE = { w: WIDE + 1, h: HIGH + 1 };
export const CLOSEST = 12;
const MARGIN = 8;

/**
 * `k` is CSS pixels for one page unit, `x` and `y` where the page's corner lies on the stage.
 * @typedef {{ k: number, x: number, y: number }} Camera
 * @typedef {{ w: number, h: number }} Size
 */

/** The whole page, as large as it goes, in the middle. @param {Size} stage @returns {Camera} */
export function fit(stage) {
  const room = { w: Math.max(1, stage.w - MARGIN), h: Math.max(1, stage.h - MARGIN) };
  const k = Math.min(room.w / PAGE.w, room.h / PAGE.h);
  return { k, x: (stage.w - PAGE.w * k) / 2, y: (stage.h - PAGE.h * k) / 2 };
}

/**
 * No nearer than CLOSEST, no farther than the whole page, and the page never leaves the stage.
 * @param {Camera} camera @param {Size} stage @returns {Camera}
 */
export function clamp(camera, stage) {
  const home = fit(stage);
  const k = Math.max(home.k, Math.min(home.k * CLOSEST, camera.k));
  return { k, x: axis(camera.x, PAGE.w * k, stage.w), y: axis(camera.y, PAGE.h * k, stage.h) };
}

/** @param {number} at @param {number} page @param {number} stage */
function axis(at, page, stage) {
  if (page <= stage - MARGIN + 0.01) return (stage - page) / 2;
  const half = MARGIN / 2;
  return Math.max(stage - page - half, Math.min(half, at));
}

/**
 * Nearer by a factor, with one place of the stage (a finger, the wheel) staying where it is.
 * @param {Camera} camera @param {Size} stage @param {number} factor
 * @param {{ x: number, y: number }} [around] in stage pixels; its middle when missing
 */
export function zoom(camera, stage, factor, around = { x: stage.w / 2, y: stage.h / 2 }) {
  const home = fit(stage);
  const k = Math.max(home.k, Math.min(home.k * CLOSEST, camera.k * factor));
  const by = k / camera.k;
  return clamp(
    { k, x: around.x - (around.x - camera.x) * by, y: around.y - (around.y - camera.y) * by },
    stage,
  );
}

/**
 * Two fingers: the page follows both.
 * @param {Camera} camera @param {Size} stage
 * @param {{ x: number, y: number, gap: number }} from middle of the fingers and their distance
 * @param {{ x: number, y: number, gap: number }} to
 */
export function pinch(camera, stage, from, to) {
  const near = zoom(camera, stage, to.gap / Math.max(1, from.gap), from);
  return clamp({ k: near.k, x: near.x + to.x - from.x, y: near.y + to.y - from.y }, stage);
}

/** @param {Camera} camera @param {{ x: number, y: number }} at stage pixels */
export function toPage(camera, at) {
  return {
    x: Math.max(0, Math.min(WIDE, (at.x - camera.x) / camera.k)),
    y: Math.max(0, Math.min(HIGH, (at.y - camera.y) / camera.k)),
  };
}

/** @param {Camera} camera @param {{ x: number, y: number }} at page units */
export function toStage(camera, at) {
  return { x: at.x * camera.k + camera.x, y: at.y * camera.k + camera.y };
}

/**
 * The part of the page that the stage shows, as [left, top, right, bottom] in page units.
 * @param {Camera} camera @param {Size} stage @returns {[number, number, number, number]}
 */
export function seen(camera, stage) {
  const a = toPage(camera, { x: 0, y: 0 }), b = toPage(camera, { x: stage.w, y: stage.h });
  return [a.x, a.y, b.x, b.y];
}

/**
 * The camera that brings a place into view, for the keyboard pen; the same one when it is in view.
 * @param {Camera} camera @param {Size} stage @param {{ x: number, y: number }} at page units
 */
export function follow(camera, stage, at) {
  const spot = toStage(camera, at);
  const edge = Math.min(48, stage.w / 4, stage.h / 4);
  const dx = Math.max(edge - spot.x, 0) - Math.max(spot.x - (stage.w - edge), 0);
  const dy = Math.max(edge - spot.y, 0) - Math.max(spot.y - (stage.h - edge), 0);
  return dx || dy ? clamp({ k: camera.k, x: camera.x + dx, y: camera.y + dy }, stage) : camera;
}
