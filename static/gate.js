// Only browsers without modules run this: they get one honest sentence instead of a dead page.
document.addEventListener("DOMContentLoaded", function () {
  var old = document.getElementById("old");
  if (old) old.hidden = false;
});
