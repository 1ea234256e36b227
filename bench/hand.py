"""A hand on a phone: it does, one after the other, what the card that is on offers a person."""

from __future__ import annotations

import json
from typing import Any, Final

from playwright.sync_api import CDPSession, Locator, TimeoutError

from tests.browser.phone import Phone

WRITES: Final = {
    "en": ("with coffee", "a kite over the roofs", "soup for all"),
    "fr": ("à petits pas", "du pain chaud pour tout le monde", "un vélo sous la pluie"),
    "es": ("con ganas", "sopa para todo el barrio", "una bici bajo la lluvia"),
    "pt": ("que bom", "sopa para a rua toda", "uma bicicleta na chuva"),
    "ar": ("على مهل", "شاي بالنعناع للجميع", "شمس بعد المطر"),
}
WAITS_MS = 500
"""So long after a tap something must have happened."""
WAVE: Final = ((0.3, 0.45), (0.4, 0.3), (0.5, 0.5), (0.6, 0.35), (0.7, 0.5))
FIELDS: Final = "textarea.field:not([readonly]), input.field"
OFFERS: Final = (
    (".cv-doorlist .btn", "press", 1),
    (".picks .btn.pick", "press", 3),
    (".qz-wish", "press", 1),
    ("label:has(input[type=radio]:not(:checked))", "press", 1),
    (".pad-paper svg[tabindex], #cv-page", "draw", 3),
    (FIELDS, "write", 4),
    (".btn.grow, .row > .btn:not(.plain):only-child", "press", 7),
    (".ck-field .ck-spot, .ck-field svg", "tap", 1),
    (".ck-range, .cv-year", "slide", 2),
    (".rg-keys .tool", "press", 2),
    (".tg-heart, .hearts[aria-pressed=false]", "press", 2),
    (".qz-tap", "press", 20),
    (".qz-one", "press", 2),
    (".st-forms .btn[aria-pressed=false], .paces .btn[aria-pressed=false]", "press", 1),
    ("button.tile[aria-pressed=false]", "press", 2),
    (".btn:not(.plain):not(.pick):not(.qz-one):not([aria-pressed=true])", "press", 6),
)
"""What a person would do first, and how often: where it is, and how it is done."""
CHANGES = """() => {
  window.changes = window.changes || { n: 0 };
  if (!window.changes.eye) {
    window.changes.eye = new MutationObserver(() => { window.changes.n += 1; });
    window.changes.eye.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true,
    });
  }
  return window.changes.n;
}"""


class Hand:
    """One person's finger. ``taps`` is how often it did something; ``did``, what the page then
    asked the room for and was given; ``faults``, what came to nothing."""

    def __init__(self, phone: Phone, cdp: CDPSession) -> None:
        self.phone = phone
        self.taps = 0
        self.did: list[str] = []
        self.faults: list[str] = []
        self._asked: dict[int, str] = {}
        self._used: dict[str, int] = {}
        self._written = 0
        cdp.on("Network.webSocketFrameSent", self._sent)
        cdp.on("Network.webSocketFrameReceived", self._heard)

    def _sent(self, told: dict[str, Any]) -> None:
        frame = json.loads(told["response"]["payloadData"])
        if frame["t"] == "op":
            self._asked[frame["n"]] = frame["do"].partition(".")[2]

    def _heard(self, told: dict[str, Any]) -> None:
        text = told["response"]["payloadData"]
        frame = json.loads(text) if text.startswith("{") else {}
        for n, outcome, *more in frame.get("r", ()) if frame.get("t") == "ack" else ():
            what = self._asked.pop(n, "")
            if outcome == "ok":
                self.did.append(what)
            elif what:
                self.faults.append(f"{what}: {outcome} {more[1] if len(more) > 1 else ''}")

    def fresh(self) -> None:
        """Another card: everything can be done again."""
        self.taps, self.did, self.faults, self._used = 0, [], [], {}

    def _there(self, where: str, most: int) -> Locator | None:
        if self._used.get(where, 0) >= most:
            return None
        page = self.phone.page
        sheet = page.locator(".sheet")
        for one in (sheet if sheet.count() else page.locator("#room .mid")).locator(where).all():
            if one.is_visible() and one.is_enabled():
                if where == FIELDS and one.input_value():
                    continue
                return one
        return None

    def turn(self) -> str:
        """Do one thing; what it was, or "" where there is nothing to do but look."""
        for where, how, most in OFFERS:
            found = self._there(where, most)
            if found is None:
                continue
            self._used[where] = self._used.get(where, 0) + 1
            self.taps += 1
            before = self.phone.page.evaluate(CHANGES), len(self._asked) + len(self.did)
            try:
                getattr(self, f"_{how}")(found)
            except TimeoutError as no:
                self.faults.append(f"{how} {where}: {str(no).splitlines()[0]}")
            self.phone.page.wait_for_timeout(WAITS_MS)
            after = self.phone.page.evaluate(CHANGES), len(self._asked) + len(self.did)
            if before == after:
                self.faults.append(f"{how} {where}: nothing happened")
            return how
        return ""

    def _press(self, found: Locator) -> None:
        found.click()

    def _tap(self, found: Locator) -> None:
        box = found.bounding_box()
        assert box
        found.click(position={"x": box["width"] * 0.4, "y": box["height"] * 0.5})

    def _slide(self, found: Locator) -> None:
        found.press("ArrowRight")

    def _write(self, found: Locator) -> None:
        lines = WRITES[self.phone.lang]
        found.fill(lines[self._written % len(lines)])
        self._written += 1

    def _draw(self, found: Locator) -> None:
        found.scroll_into_view_if_needed()
        box = found.bounding_box()
        assert box
        mouse = self.phone.page.mouse
        lower = 0.12 * (self._written % 3)
        self._written += 1
        spots = [
            (box["x"] + x * box["width"], box["y"] + (y + lower) * box["height"]) for x, y in WAVE
        ]
        mouse.move(*spots[0])
        mouse.down()
        for spot in spots[1:]:
            mouse.move(*spot, steps=6)
        mouse.up()
