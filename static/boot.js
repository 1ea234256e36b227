// Runs before any module and keeps what must not be lost until they arrive: the secret in the address, a press, the theme.
(function (/** @type {any} */ d, /** @type {any} */ w) {
  var jam = w.jam = { hash: location.hash, go: "" };
  try {
    var theme = JSON.parse(localStorage.getItem("jam:my:theme") || "null");
    if (theme) d.documentElement.dataset.theme = theme;
  } catch (_) {}
  d.addEventListener("submit", function (/** @type {any} */ e) {
    e.preventDefault();
    var b = e.target.querySelector("[data-busy] span");
    if (!b) return; // a form of a later screen, which looks after itself
    jam.go = e.target.id;
    b.textContent = b.parentNode.dataset.busy;
  });
  d.addEventListener("click", function (/** @type {any} */ e) {
    if (e.target.hreflang) e.target.hash = jam.hash;
  });
})(document, window);
