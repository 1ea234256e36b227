"""A walk past every screen, for whoever has to look at all of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import expect

from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, Room
from tests.browser.ink import encode, street
from tests.browser.phone import Phone

WORDS = ("à plat", "ready!", "على مهل", "hopeful", "con ganas", "with coffee", "foggy, here")
ICONS = ("sun", "fair", "cloud", "fog", "rain", "storm")
NAMES = ("Amina", "Tomás", "ليلى", "Noé", "Bea", "Ines", "Mésange bleue")
SONGS = (("Ya Rayah", "Rachid Taha"), ("Sinnerman", "Nina Simone"), ("On lâche rien", "HK"))
PLAN = ["weather", "street", "song-play"]


class Evening(NamedTuple):
    """A room with people in it who play along."""

    house: House
    room: Room
    host: Bot
    bots: list[Bot]


def evening(house: House, crowd: Crowd, title: str = "Thursday street kitchen") -> Evening:
    """A room with a host and seven guests."""
    room = house.room(title, plan=PLAN)
    host = crowd.come(house, room, "Amina H.", host=True)
    return Evening(house, room, host, [crowd.come(house, room, name) for name in NAMES])


def check_in(night: Evening) -> None:
    """The guests say how they are."""
    for i, bot in enumerate(night.bots):
        bot.do("checkin.choose", icon=ICONS[i % 6], word=WORDS[i])


def draw(night: Evening) -> int:
    """A street of many hands; comes back with how many marks it has."""
    marks = 0
    for i, strokes in enumerate(street()):
        bot = night.bots[i % len(night.bots)]
        for ink, width, points in strokes:
            marks += 1
            args = {"group": marks, "ink": ink, "width": width, "points": encode(points)}
            assert bot.do("canvas.mark", shape="free", **args) == "ok"
    for i, bot in enumerate(night.bots[:4]):
        bot.live("cursor", x=2300 * (i + 1) - 900, y=1500 + 900 * (i % 3))
    return marks


def sing(night: Evening) -> None:
    """Songs, hearts, and one that plays."""
    for bot, (title, who) in zip(night.bots, SONGS, strict=False):
        bot.do("prompt.add", title=title, who=who)
    for bot in night.bots[:4]:
        bot.do("prompt.heart", i=1, on=True)
    night.host.do("prompt.play", i=0)


def walk(guest: Phone, night: Evening, host: Phone | None = None) -> Iterator[str]:
    """Lead a guest, and perhaps a host, past the screens; each stop has a name."""
    house, room = night.house, night.room
    guest.open("/")
    guest.tells("start.title")
    yield "start"
    with guest.watch.forgiving("status 404", "Failed to load resource"):
        guest.open("/r/0123456789#j.0123456789012345678901")
        guest.tells("wrong.title")
        yield "wrong"
    guest.open(f"/r/{room.id}")
    guest.tells("nokey.title")
    yield "nokey"
    guest.open(room.join)
    guest.tells("join.ask")
    yield "join"
    guest.join(room.join, "Guest")
    if host:
        host.join(room.host, "Second host")
    yield "waiting"
    yield from _sheets(guest, ("people", "more"))
    if host:
        yield from _sheets(host, ("cards",) if host.wide else ("cards", "timer"), "host")
    night.host.do("room.next")
    guest.kind("checkin")
    yield "checkin"
    check_in(night)
    night.bots[1].do("room.hand", up=True)
    night.host.do("checkin.show")
    expect(guest.page.locator("svg.sky")).to_be_visible()
    yield "checkin-shown"
    night.host.do("room.next")
    guest.kind("canvas")
    guest.marks(draw(night))
    yield "canvas"
    for tool in ("list", "more", "stamp"):
        guest.tool(tool)
        expect(guest.sheet).to_be_visible()
        yield f"canvas-{tool}"
        guest.close()
    if host:
        host.kind("canvas")
        yield "host-canvas"
    night.host.do("room.next")
    guest.kind("prompt")
    sing(night)
    expect(guest.page.locator(".cut.now")).to_be_visible()
    yield "prompt"
    if host:
        yield "host-prompt"
    night.host.do("room.end", erase=False)
    guest.tells("end.title")
    yield "end"
    assert house


def _sheets(phone: Phone, names: tuple[str, ...], who: str = "sheet") -> Iterator[str]:
    keys: dict[str, Callable[[], str]] = {
        "people": lambda: "bar.people",
        "more": lambda: "bar.more",
        "timer": lambda: "bar.timer",
        "cards": lambda: "bar.plan",
    }
    for name in names:
        phone.sheet_of(keys[name]())
        yield f"{who}-{name}"
        phone.close()
