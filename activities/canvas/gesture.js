// Fingers, pens and mice on the stage, told as what they mean: draw, pinch, look. One finger draws,
// two move the page; while a pen is at work, hands resting on the glass do nothing.

/** A hand that is this young or short has not drawn yet when the second finger comes. */
const YOUNG = 260;
/** A touch this wide (CSS pixels) is a palm. */
const PALM = 70;
const PEN_REST = 1200;

/**
 * @typedef {{ x: number, y: number, p: number }} Spot stage pixels and pressure, 0-15
 * @typedef {object} Meaning
 * @property {(at: Spot, kind: string) => boolean} down a stroke begins; false when it may not
 * @property {(spots: Spot[]) => void} move
 * @property {() => void} up
 * @property {() => void} cancel the stroke was none
 * @property {() => number} travelled CSS pixels of the stroke so far
 * @property {(from: { x: number, y: number, gap: number }, to: { x: number, y: number, gap: number }) => void} pinch
 * @property {(at: { x: number, y: number }, factor: number) => boolean} wheel false when there is nowhere to go
 * @property {(at: { x: number, y: number } | null) => void} hover where the hand is
 */

/** @param {HTMLElement} el @param {Meaning} tell @param {() => number} now @returns {() => void} stop */
export function listen(el, tell, now) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  let drawing = -1, began = 0, panning = -1, penAt = -Infinity;
  /** @type {{ x: number, y: number, gap: number } | null} */
  let grip = null;

  /** @param {PointerEvent | WheelEvent} e */
  const at = (e) => {
    const box = el.getBoundingClientRect();
    const p = "pressure" in e ? Math.round(Math.max(0, Math.min(1, e.pressure)) * 15) : 8;
    return { x: e.clientX - box.left, y: e.clientY - box.top, p };
  };
  const held = () => {
    const [a, b] = [...fingers.values()];
    if (!b) return { x: a.x, y: a.y, gap: 1 };
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, gap: Math.hypot(a.x - b.x, a.y - b.y) };
  };

  /** @param {PointerEvent} e */
  const down = (e) => {
    const target = /** @type {Element} */ (e.target);
    if (target.closest && target.closest("button, .cv-sheet")) return;
    const touch = e.pointerType === "touch";
    if (e.pointerType === "pen") penAt = now();
    if (touch && (Math.max(e.width || 0, e.height || 0) > PALM || now() - penAt < PEN_REST)) return;
    if (e.pointerType === "mouse" && e.button === 1) {
      e.preventDefault();
      panning = e.pointerId;
      fingers.set(e.pointerId, at(e));
      grip = held();
    } else if (e.pointerType === "mouse" && e.button !== 0) return;
    else if (touch && fingers.size) {
      if (fingers.size > 1) return;
      if (drawing !== -1) {
        if (now() - began < YOUNG || tell.travelled() < 12) tell.cancel();
        else tell.up();
        drawing = -1;
      }
      fingers.set(e.pointerId, at(e));
      grip = held();
    } else if (drawing === -1 && panning === -1) {
      if (touch) fingers.set(e.pointerId, at(e));
      began = now();
      if (tell.down(at(e), e.pointerType)) drawing = e.pointerId;
      else if (panning === -1) {
        // who may not draw moves the page with one finger
        panning = e.pointerId;
        fingers.set(e.pointerId, at(e));
        grip = held();
      }
    }
    try {
      el.setPointerCapture(e.pointerId);
    } catch (error) {
      // the finger has left already; its pointerup follows all the same
    }
  };

  /** @param {PointerEvent} e */
  const move = (e) => {
    if (e.pointerType === "pen") penAt = now();
    if (fingers.has(e.pointerId)) fingers.set(e.pointerId, at(e));
    if (grip && fingers.has(e.pointerId)) {
      const to = held();
      tell.pinch(grip, to);
      grip = to;
    } else if (e.pointerId === drawing) {
      const all = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
      tell.move((all.length ? all : [e]).map(at));
    } else if (e.pointerType !== "touch" && drawing === -1) tell.hover(at(e));
  };

  /** @param {PointerEvent} e */
  const up = (e) => {
    const was = fingers.delete(e.pointerId);
    if (e.pointerId === panning) panning = -1;
    if (e.pointerId === drawing) {
      drawing = -1;
      if (e.type === "pointercancel") tell.cancel();
      else tell.up();
    }
    if (was) grip = null;
    if (e.pointerType === "touch" && !fingers.size) tell.hover(null);
  };

  /** @param {WheelEvent} e */
  const wheel = (e) => {
    const lines = e.deltaMode === 1 ? 16 : 1;
    const factor = Math.exp(-Math.max(-120, Math.min(120, e.deltaY * lines)) * (e.ctrlKey ? 0.01 : 0.003));
    if (tell.wheel(at(e), factor)) e.preventDefault();
  };
  const leave = () => tell.hover(null);

  el.addEventListener("pointerdown", down);
  el.addEventListener("pointermove", move);
  el.addEventListener("pointerup", up);
  el.addEventListener("pointercancel", up);
  el.addEventListener("pointerleave", leave);
  el.addEventListener("wheel", wheel, { passive: false });
  return () => {
    el.removeEventListener("pointerdown", down);
    el.removeEventListener("pointermove", move);
    el.removeEventListener("pointerup", up);
    el.removeEventListener("pointercancel", up);
    el.removeEventListener("pointerleave", leave);
    el.removeEventListener("wheel", wheel);
  };
}
