"""Small screens, large letters, no movement."""

import pytest

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.tour import evening, walk

# What sticks out at the side, what is cut off, and what is too small for a thumb.
FIT = """(least) => {
  const out = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) out.push(`the page is ${root.scrollWidth} wide on ${root.clientWidth}`);
  const name = (el) => `${el.localName}.${el.className && el.className.baseVal === undefined ? el.className : ""} "${(el.textContent || "").trim().slice(0, 30)}"`;
  const hidden = (el) => el.closest(".hide, .skip, .veil, [hidden], svg, [aria-hidden=true]") || !el.getClientRects().length;
  for (const el of document.querySelectorAll("body *")) {
    if (hidden(el)) continue;
    const style = getComputedStyle(el);
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const box = el.getBoundingClientRect();
    if (own && (box.left < -1 || box.right > innerWidth + 1)) out.push(`sticks out: ${name(el)} ${box.left}..${box.right}`);
    const clips = style.overflowX !== "visible" && style.overflowX !== "auto" && style.overflowX !== "scroll";
    if (own && clips && el.scrollWidth > el.clientWidth + 1 && el.localName !== "input") out.push(`cut off: ${name(el)}`);
    if (!own || el.localName === "option") continue;
    const range = document.createRange();
    range.selectNodeContents(el);
    const text = range.getBoundingClientRect();
    const frame = el.closest("button, a.btn, .strip, .cut");
    if (frame && (text.right > frame.getBoundingClientRect().right + 3 || text.left < frame.getBoundingClientRect().left - 3)) {
      out.push(`runs over: ${name(el)}`);
    }
  }
  for (const el of document.querySelectorAll("button, a.btn, input:not([type=checkbox]), select, textarea")) {
    if (hidden(el)) continue;
    const { width, height } = el.getBoundingClientRect();
    if (Math.min(width, height) < least) out.push(`small: ${name(el)} ${Math.round(width)} x ${Math.round(height)}`);
  }
  return [...new Set(out)];
}"""  # noqa: E501
MOVES = """() => document.getAnimations().filter((a) => a.playState === "running")
  .map((a) => `${a.animationName || a.transitionProperty} on ${a.effect.target.className}`)"""


@pytest.mark.timeout(240)
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_b51_b52_all_fits_and_stands_still(
    phone: Open, house: House, crowd: Crowd, lang: str
) -> None:
    """B51: at 320 px, also with 200 % text, all fits and nothing is cut off; targets are 44 px.

    B52: with reduced motion nothing moves on any screen.
    """
    night = evening(house, crowd, "Cuisine de rue du jeudi")
    # Stillness, or what slides in would be measured on its way.
    guest, host = (phone(lang, reduced_motion="reduce") for _ in range(2))
    found = []
    for screen in walk(guest, night, host):
        one = host if screen.startswith("host") else guest
        found += [f"{screen}: {what}" for what in one.page.evaluate(FIT, 44)]
        found += [f"{screen} moves: {what}" for what in one.page.evaluate(MOVES)]
        one.page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"{screen} at 200 %: {what}" for what in one.page.evaluate(FIT, 44)]
        one.page.evaluate("document.documentElement.style.fontSize = ''")
    assert not found, "\n".join(found)
