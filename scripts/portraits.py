"""Portraits: each kind of activity in all its states, on phones, on a desk and on a big screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, expect

from scripts.faces import FACES, Face
from scripts.scenes import ME, Company, alone, lonely
from scripts.sheets import sheet
from tests.browser.conftest import Folk
from tests.browser.house import House, Room
from tests.browser.loop import Loop
from tests.browser.phone import Phone

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 820}
WALL = {"width": 1280, "height": 720}
WIDE = 540
"""How wide a desk and a big screen stand on a sheet."""
LIVE = frozenset({"steps", "breath", "together", "round", "groups"})
"""Kinds that are at their fullest before anything is shown."""
LATE = ("Jeanne", "Moussa", "Chloé", "Idris", "Inès", "Hugo", "Fatou", "Elio")
STATES = (
    "nobody yet", "alone", "one person", "30 people", "shown", "who comes late", "ended",
)  # fmt: skip


def taken(phone: Phone) -> Image.Image:
    """What this page shows, once it has come to rest."""
    phone.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 250)))"
    )
    return Image.open(BytesIO(phone.page.screenshot())).convert("RGB")


def narrowed(image: Image.Image) -> Image.Image:
    """A wide screen, as large as it stands on a sheet."""
    size = (WIDE, image.height * WIDE // image.width)
    return image.resize(size, Image.Resampling.LANCZOS)


class Portraits:
    """One kind. `rows` and `wide` are what has been photographed; `faults` what went wrong."""

    def __init__(self, kind: str, folk: Folk, house: House, loop: Loop) -> None:
        self.kind, self.house = kind, house
        self.rows: list[tuple[str, list[tuple[str, Image.Image]]]] = []
        self.wide: list[tuple[str, list[tuple[str, Image.Image]]]] = []
        self.faults: list[str] = []
        self.places: list[int] = []
        """Which of all that ran a row shows."""
        self.ran = 0
        room = house.room("Cuisine de rue du jeudi", "fr", ["weather"])
        self.room: Room = room
        dark = {"color_scheme": "dark"}
        self.desk = folk.person(house.url, DESK, "ar", **dark).join(room.host, "أمينة")
        self.mine = folk.person(house.url, PHONE, "fr").join(room.join, ME)
        self.other = folk.person(house.url, PHONE, "ar", **dark).join(room.join, "سلمى")
        self.wall = folk.person(house.url, WALL, "ar", **dark)
        self.wall.open(f"{house.url}/r/{room.id}/screen#{room.join_secret}")
        self.late = folk.person(house.url, PHONE, "fr")
        # A host who has opened a room to see it, and nobody has come yet.
        by_oneself = house.room("Cuisine de rue du jeudi", "fr", ["weather"])
        self.solo = folk.person(house.url, PHONE, "fr").join(by_oneself.host, ME)
        self.company = Company(loop, house, room)

    def take(self, face: Face) -> None:
        """A form, from nobody yet to who comes late."""
        company, mine = self.company, self.mine
        company.open(face.opens)
        self.ran += 1
        company.until(lambda: mine.state("meet", "now", "g") == company.now["g"], "follow")
        self.rest(mine)
        row = [taken(mine)]
        lonely(self.solo, face.opens, face.full)
        self.rest(self.solo)
        row.append(taken(self.solo))
        alone(mine, company)
        # As after a reload: what a field holds is then what the room knows.
        mine.page.wait_for_timeout(500)
        mine.page.reload()
        mine.inside()
        self.rest(mine)
        mine.page.wait_for_timeout(1500)
        row.append(taken(mine))
        company.follow(face.full)
        row.append(taken(mine))
        if self.kind in LIVE:
            self.widely(face)
        company.follow(face.shown)
        row.append(taken(mine))
        if self.kind not in LIVE:
            self.widely(face)
        self.new()
        row.append(taken(self.late))
        self.rows.append((face.name, list(zip(STATES, row, strict=False))))
        self.places.append(self.ran - 1)

    def rest(self, phone: Phone) -> None:
        """Until the kind is there with all that it fetches."""
        expect(phone.page.locator(f"#room.k-{self.kind} .mid > *").first).to_be_visible()
        phone.page.wait_for_load_state("networkidle")
        phone.page.wait_for_timeout(500)

    def widely(self, face: Face) -> None:
        """The same on a phone by night, on a desk and on the big screen."""
        small, desk, wall = (taken(phone) for phone in (self.other, self.desk, self.wall))
        wide = [("phone", small), ("desk", narrowed(desk)), ("big screen", narrowed(wall))]
        self.wide.append((face.name, wide))

    def new(self) -> None:
        """Somebody comes who has never been here."""
        late = self.late
        late.context.clear_cookies()
        if late.page.url.startswith("http"):
            late.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            late.page.evaluate("localStorage.setItem('jam:my:worker', 'false')")
        late.join(self.room.join, LATE[len(self.rows)])
        self.rest(late)

    def end(self) -> None:
        """Everything once more, from the page of the end."""
        self.company.ask("room.end", erase=False)
        page = self.mine.page
        expect(page.locator("main.end")).to_be_visible()
        page.wait_for_timeout(600)
        items = page.locator("ul.kept > li")
        for i, (_, row) in zip(self.places, self.rows, strict=True):
            item = items.nth(i)
            again = item.locator("button[aria-expanded]").first
            if again.count():
                again.click()
                page.wait_for_timeout(400)
            item.evaluate("(el) => el.scrollIntoView({ block: 'start' })")
            row.append((STATES[-1], taken(self.mine)))
            if again.count():
                again.click()


@contextmanager
def looked(kind: str, folk: Folk, house: House, loop: Loop) -> Iterator[Portraits]:
    """A room for this kind, which is left again."""
    portraits = Portraits(kind, folk, house, loop)
    yield portraits
    portraits.company.go()


def portray(
    kind: str, only: str, browser: Browser, house: House, out: Path
) -> tuple[dict[str, Image.Image], list[str]]:
    """Both sheets of a kind. Comes back with its phones, and with what went wrong."""
    folk, loop = Folk(browser, motion=False), Loop()
    with looked(kind, folk, house, loop) as of:
        for face in FACES[kind]:
            if only and face.name != only:
                continue
            try:
                of.take(face)
            except (RuntimeError, AssertionError, Error, KeyError) as fault:
                of.faults.append(f"{kind} {face.name}: {type(fault).__name__} {fault}")
        if of.rows:
            of.end()
            sheet(of.rows, out / f"{kind}.png")
            sheet(of.wide, out / f"{kind}-wide.png")
        faults = of.faults
        phones = {f"{name}: {state}": image for name, row in of.rows for state, image in row}
    try:
        folk.go()
    except AssertionError as fault:
        faults.append(f"{kind}: {fault}")
    loop.close()
    return phones, faults
