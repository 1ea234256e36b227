"""An old phone: what Safari 13.1, Chrome 80 or Firefox 78 lack is taken away before the page loads.

The engine under it is still a new one, so this finds calls of what is missing, not old behaviour;
tests/js/floor.mjs finds the rest in the sources.
"""

from typing import Final

OLD: Final = """(() => {
  const drop = (where, names) => names.forEach((name) => delete where[name]);
  drop(Navigator.prototype, ["locks", "wakeLock", "clipboard", "serviceWorker", "share", "canShare",
    "userAgentData", "storage"]);
  drop(Crypto.prototype, ["subtle", "randomUUID"]);
  drop(HTMLElement.prototype, ["popover", "showPopover", "hidePopover", "togglePopover", "inert"]);
  drop(Element.prototype, ["replaceChildren", "checkVisibility", "setHTMLUnsafe"]);
  drop(Document.prototype, ["startViewTransition", "replaceChildren"]);
  drop(DocumentFragment.prototype, ["replaceChildren"]);
  drop(HTMLDialogElement.prototype, ["show", "showModal"]);
  drop(window, ["DecompressionStream", "CompressionStream", "structuredClone", "reportError",
    "ClipboardItem", "BroadcastChannel", "WeakRef", "FinalizationRegistry", "AggregateError",
    "requestIdleCallback", "cancelIdleCallback", "trustedTypes", "TrustedTypePolicy", "scheduler",
    "navigation"]);
  drop(Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced",
    "with"]);
  drop(String.prototype, ["at", "replaceAll", "isWellFormed", "toWellFormed"]);
  drop(Object, ["hasOwn", "groupBy"]);
  drop(Promise, ["any", "withResolvers", "try"]);
  drop(Intl, ["ListFormat", "DisplayNames", "Segmenter", "DurationFormat"]);
  drop(Blob.prototype, ["stream", "text", "arrayBuffer"]);
  // These are inherited there: nobody else may lose them.
  for (const name of ["addEventListener", "removeEventListener"]) {
    Object.defineProperty(MediaQueryList.prototype, name, { value: undefined });
  }
  drop(AbortSignal, ["timeout", "any"]);
  window.jamOld = true;
})();"""


MISSING: Final = (
    "navigator.locks",
    "crypto.subtle",
    "crypto.randomUUID",
    "document.body.showPopover",
    "document.createElement('dialog').showModal",
    "window.DecompressionStream",
    "navigator.wakeLock",
    "navigator.clipboard",
    "navigator.serviceWorker",
)
"""What must not be there; a test that asked for an old phone and did not get one is no test."""
