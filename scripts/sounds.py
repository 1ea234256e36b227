"""A room with voices, photographed: the line above the bar, the sheet, a desk where two speak."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Folk
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.sounding import Sound

HOUR = 13_800_000
"""Bytes of an hour, as the meter finds them where two or three speak."""


def voices(
    house: House,
    crowd: Crowd,
    browser: Browser,
    lang: str,
    names: list[str],
    take: Callable[[Phone, str], None],
    sizes: tuple[dict[str, int], dict[str, int]],
) -> None:
    """One moment of a check-in in which people talk; `names`: the host, oneself, and the others."""
    folk = Folk(browser)
    room = house.room("", lang, ["weather"])
    host, self, *others = names
    small, wide = sizes
    phone = folk.person(
        house.url, small, lang, device_scale_factor=1.5, has_touch=True, is_mobile=True
    )
    desk = folk.person(house.url, wide, lang)
    sounds = [Sound(one.page) for one in (phone, desk)]
    desk.join(room.host, host)
    bots = [crowd.come(house, room, name, lang) for name in others]
    phone.join(room.join, self)
    desk.next()
    for one, sound in zip((phone, desk), sounds, strict=True):
        one.kind("checkin")
        expect(one.page.locator(".voices")).to_be_visible()
        one.tap("voice.listen")
        sound.now(state="on", mic="on", level=0.6, meter={"up": 1, "down": 1, "perHour": HOUR})
        expect(one.sheet.locator(".level")).to_be_visible()
    take(phone, "voices-sheet")
    for one, sound in zip((phone, desk), sounds, strict=True):
        one.close()
        for bot in bots:
            sound.live(bot.member, voice=True)
        for bot in bots[:2]:
            sound.live(bot.member, mic=True, speaks=True)
        expect(one.page.locator(".talks")).to_be_visible()
        one.page.evaluate("scrollTo(0, 0)")
        take(one, "voices")
    folk.go()
