// One button for both: a short tap opens the microphone or closes it, a long press holds it open as long as it lasts.

export const LONG_MS = 300, CLICK_MS = 400;

/**
 * What a button does with its pointer; a tap comes by its own `click`, as keys and aids make it, too.
 * @param {{hold: (down: boolean) => void, later: (fn: () => void, ms: number) => any, never: (timer: any) => void}} of
 */
export function createPress({ hold, later, never }) {
  let timer = /** @type {any} */ (null);
  let holding = false, swallow = false;
  function up() {
    if (timer !== null) never(timer);
    timer = null;
    if (!holding) return;
    holding = false;
    swallow = true; // the click that comes of it, if one does
    later(() => { swallow = false; }, CLICK_MS);
    hold(false);
  }
  return {
    /** @param {{button?: number, pointerId?: number, currentTarget?: any}} e */
    onPointerDown({ button = 0, pointerId, currentTarget }) {
      if (button || timer !== null || holding) return;
      swallow = false;
      // A finger that slides off still holds.
      if (currentTarget && currentTarget.setPointerCapture && pointerId !== undefined) currentTarget.setPointerCapture(pointerId);
      timer = later(() => { timer = null; holding = true; hold(true); }, LONG_MS);
    },
    onPointerUp: up,
    onPointerCancel: up,
    /** A long finger would open the browser's own menu. @param {{preventDefault(): void}} e */
    onContextMenu: (e) => e.preventDefault(),
    /** May this click count? */
    get taps() {
      const was = swallow;
      swallow = false;
      return !was;
    },
  };
}
