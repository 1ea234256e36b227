"""What the journey of the first hour does over and over, and the pictures of its stops."""

import os
from itertools import count
from pathlib import Path

from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.old import MISSING
from tests.browser.phone import Phone
from tests.browser.test_people import fits

SHOTS = os.environ.get("JAM_SHOTS", "")

# A sheet is measured once it has come to rest.
STILL = """() => Promise.all(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < 2000)
  .map((one) => one.finished.catch(() => {}))).then(() => true)"""


class Album:
    """A picture of each stop, where somebody wants to look at them."""

    def __init__(self) -> None:
        self._at = count(1)

    def stop(self, name: str, *phones: Phone) -> None:
        """All of these screens can be read and reached, and are kept if wanted."""
        at = next(self._at)
        for i, phone in enumerate(phones):
            phone.page.evaluate(STILL)
            if phone.page.viewport_size == PHONE:
                fits(phone)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                file = f"{at:02}-{name}-{i}{phone.lang}.png"
                phone.page.screenshot(path=str(Path(SHOTS) / file))


def old_indeed(phone: Phone) -> None:
    """What an old phone lacks is lacking: else the journey would prove less than it says."""
    lacks = ",".join(f"typeof ({name}) === 'undefined'" for name in MISSING)
    assert phone.page.evaluate(f"[{lacks}]") == [True] * len(MISSING)


def early(guest: Phone, address: str, name: str) -> None:
    """Pressed before the first module is there; nothing more is done."""
    held: list[Route] = []
    shut = True

    def road(route: Route) -> None:
        if shut:
            held.append(route)
        else:
            route.continue_()

    guest.page.route("**/app.js", road)
    guest.page.goto(address, wait_until="commit")
    guest.page.fill("#name", name)
    press = guest.page.locator("#join button.btn.xl")
    press.click()
    expect(press).to_have_text(guest.t("join.entering"))
    assert held, "the script was there before the press"
    shut = False
    for route in held:
        route.continue_()


def answer(phone: Phone, icon: str, word: str) -> None:
    """A weather and a word."""
    phone.page.get_by_role("radio", name=phone.t(f"checkin:i.{icon}"), exact=True).click()
    phone.page.fill("#word", word)
    phone.tap("checkin:send.weather")


def song(phone: Phone, title: str) -> None:
    phone.page.fill("#add-title", title)
    phone.tap("prompt:add")


def me(phone: Phone, name: str) -> str:
    """The place of this person in the room."""
    return next(str(at) for at, person in phone.people.items() if person["name"] == name)


def said(phone: Phone) -> Locator:
    return phone.page.locator(".said bdi")
