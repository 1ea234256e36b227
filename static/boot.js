// Runs before any module and keeps what must not be lost until they arrive: the secret in the address, a press, what was typed, the theme.
(function (/** @type {any} */ d, /** @type {any} */ w) {
  // Pressed and typed on the page before: the tab's own name brings it, also where the browser keeps nothing for us.
  var was = /^jam:(\w*):(.*)/.exec(w.name) || ["", "", ""];
  var jam = w.jam = { hash: location.hash, go: was[1], typed: was[2], keep: keep, again: again };
  w.name = "";
  try {
    var theme = JSON.parse(localStorage.getItem("jam:my:theme") || "null");
    if (theme) d.documentElement.dataset.theme = theme;
  } catch (_) {}
  function keep() {
    var f = d.querySelector("#name,#title");
    if (f) w.name = "jam:" + jam.go + ":" + (f.value === f.defaultValue ? jam.typed : f.value);
  }
  // What did not come through is asked for again by a new page: browsers remember that a module failed.
  function again() {
    (d.getElementById("off") || {}).hidden = false;
    setTimeout(function () {
      keep();
      fetch("").then(function () { location.reload(); }, again);
    }, 3000);
  }
  d.addEventListener("error", function (/** @type {any} */ e) {
    if (e.target.type === "module") again();
  }, true);
  d.addEventListener("submit", function (/** @type {any} */ e) {
    e.preventDefault();
    var b = e.target.querySelector("[data-busy] span");
    if (!b) return; // a form of a later screen, which looks after itself
    jam.go = e.target.id;
    b.textContent = b.parentNode.dataset.busy;
  });
  d.addEventListener("click", function (/** @type {any} */ e) {
    if (!e.target.hreflang) return;
    keep();
    e.target.hash = location.hash;
  });
})(document, window);
