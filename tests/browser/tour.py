"""A walk past every screen, for whoever has to look at all of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import expect

from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, Room
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


def draw(night: Evening) -> None:
    """Shapes of many hands."""
    shapes = ("house", "tree", "sun", "flower", "bird", "boat", "fish")
    for i, bot in enumerate(night.bots):
        # A stamp of three strokes somewhere on the page; what it shows is of no matter here.
        points = f"D{'Q' if i % 2 else 'g'}{chr(69 + i)}yByB.yByBxByB"
        bot.do("canvas.mark", group=1, ink=i, width=1, shape=shapes[i], points=points)
        bot.live("cursor", x=900 * (i + 1), y=700 * (i + 1))


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
    draw(night)
    guest.marks(len(night.bots))
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
        "cards": lambda: "open.title" if phone.wide else "bar.plan",
    }
    for name in names:
        phone.sheet_of(keys[name]())
        yield f"{who}-{name}"
        phone.close()
