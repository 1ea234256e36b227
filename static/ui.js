// The one door to the view library: our own files import from here and never from vendor/.
// What is not listed here is not used, so the library can be changed in one place.
export {
  html, h, render, Fragment,
  useState, useEffect, useLayoutEffect, useRef, useMemo, useErrorBoundary,
  signal, computed, effect, batch, untracked,
} from "./vendor/ui.js";

/** @typedef {import("./vendor/ui.js").VNode} VNode */
/** @typedef {import("./vendor/ui.js").Child} Child */
/**
 * @template T
 * @typedef {import("./vendor/ui.js").Signal<T>} Signal
 */
/**
 * @template T
 * @typedef {import("./vendor/ui.js").ReadonlySignal<T>} ReadonlySignal
 */
