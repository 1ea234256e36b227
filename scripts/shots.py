"""Draw the pictures of docs/look: every screen that matters, and every kind of activity in all its
states, narrow and wide, by day and by night. `--only words` draws one kind, `--only voices` a room
with sound, `--only evening` the rest.

A real server, rooms full of people who play along, and Chromium on a phone, a desk, a big screen.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Error, expect, sync_playwright  # noqa: E402

from scripts.faces import FACES  # noqa: E402
from scripts.flat import flat  # noqa: E402
from scripts.portraits import portray  # noqa: E402
from scripts.sheets import index, six  # noqa: E402
from scripts.sounds import voices  # noqa: E402
from tests.browser.conftest import ARGS, Folk, chromium  # noqa: E402
from tests.browser.crowd import Bot, Crowd  # noqa: E402
from tests.browser.house import House, Room, free_port  # noqa: E402
from tests.browser.ink import encode, street  # noqa: E402
from tests.browser.phone import Phone  # noqa: E402

OUT = ROOT / "docs" / "look"
KINDS = OUT / "kinds"
PHONE = {"width": 320, "height": 660}
DESK = {"width": 1280, "height": 820}
WALL = {"width": 1280, "height": 720}
PLAN = ["weather", "street", "song-play", "breath", "keep"]
SCHEME = {"fr": "light", "ar": "dark"}

PEOPLE = {
    "fr": "Tomás ليلى Noé Bea Inès Moussa Chloé Anton Yuki Rosa Idris Jeanne",
    "ar": "ليلى Noé سامي مريم Tomás هدى يوسف Bea نور رامي زينة Anton",
}
HOSTS = {"fr": "Amina", "ar": "أمينة"}
GUESTS = {"fr": "Mésange bleue", "ar": "فاختة"}
TITLES = {"fr": "Cuisine de rue du jeudi", "ar": "مطبخ الشارع"}
SKY = {
    "fr": (
        ("fair", "à plat"), ("sun", "prête !"), ("storm", "sur les nerfs"), ("cloud", "على مهل"),
        ("sun", "avec café"), ("fair", "plein d’espoir"), ("fog", "dans le brouillard"),
        ("rain", "con ganas"), ("sun", ""), ("fair", "curieuse"), ("cloud", ""), ("sun", "enfin"),
    ),
    "ar": (
        ("fair", "على مهل"), ("sun", "جاهزة"), ("storm", "متوتر قليلًا"), ("cloud", "à plat"),
        ("sun", "مع قهوتي"), ("fair", "متفائلة"), ("fog", "ضباب هنا"), ("rain", "con ganas"),
        ("sun", ""), ("fair", "فضول"), ("cloud", ""), ("sun", "وصلت أخيرًا"),
    ),
}  # fmt: skip
MINE = {"fr": "les mains froides", "ar": "بردانة"}
SONGS = (
    ("Bella ciao", ""),
    ("Ya Rayah", "Rachid Taha"),
    ("Sinnerman", "Nina Simone"),
    ("On lâche rien", "HK"),
    ("نسم علينا الهوا", "فيروز"),
)


def keep(data: bytes, name: str) -> None:
    """One picture."""
    with Image.open(BytesIO(data)) as image:
        flat(image, 48, 22).save(OUT / f"{name}.png", optimize=True)


class Photographer:
    """Takes each screen: in French by day, in Arabic by night."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def take(self, phone: Phone, screen: str) -> None:
        width, scheme = phone.page.viewport_size["width"], SCHEME[self.lang]  # type: ignore[index]
        phone.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        phone.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))"
        )
        keep(phone.page.screenshot(), f"{screen}-{self.lang}-{width}")


@contextmanager
def studio(port: int) -> Iterator[tuple[House, Crowd, Browser]]:
    """Server, people and browser."""
    port = port or free_port()  # under a name of its own: this computer's would be no invitation
    house = House(
        port=port,
        url=f"http://jam.test:{port}",
        JAM_LIMIT_OPS_BURST="1000",
        JAM_LIMIT_RENAMES_PER_10S="100",
    )
    crowd = Crowd()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
            yield house, crowd, browser
            browser.close()
    finally:
        crowd.close()
        house.close()


def draw(bots: list[Bot]) -> int:
    """The street, by many hands."""
    marks = 0
    for i, strokes in enumerate(street()):
        for ink, width, points in strokes:
            marks += 1
            bots[i].do(
                "canvas.mark",
                group=marks,
                ink=ink,
                width=width,
                points=encode(points),
                shape="free",
            )
    return marks


def hands(bots: list[Bot]) -> None:
    """Where four of them are on the page."""
    for bot, (x, y) in zip(
        bots, ((3700, 5600), (5100, 1700), (9050, 3700), (7500, 900)), strict=False
    ):
        bot.live("cursor", x=x, y=y)


def evening(house: House, crowd: Crowd, browser: Browser, lang: str) -> None:
    """One evening in one language, photographed."""
    folk, camera = Folk(browser), Photographer(lang)
    room: Room = house.room(TITLES[lang], lang, PLAN)
    phone = folk.person(
        house.url, PHONE, lang, device_scale_factor=1.5, has_touch=True, is_mobile=True
    )
    desk = folk.person(house.url, DESK, lang)
    small = folk.person(
        house.url, PHONE, lang, device_scale_factor=1.5, has_touch=True, is_mobile=True
    )

    for one in (phone, desk):
        one.open("/")
        one.tells("start.title")
        # In a crowd, and on small screens, other people's hands show only to those who want them.
        one.page.evaluate("localStorage.setItem('jam:my:cursors', 'true')")
        camera.take(one, "start")
        one.open("/guide")
        expect(one.page.locator("h1")).to_be_visible()
        camera.take(one, "guide")
    phone.open(room.join)
    phone.page.fill("#name", GUESTS[lang])
    phone.page.evaluate("document.activeElement.blur()")
    camera.take(phone, "join")
    desk.open(room.join)
    camera.take(desk, "join")

    desk.join(room.host, HOSTS[lang])
    bots = [crowd.come(house, room, name, lang) for name in PEOPLE[lang].split()]
    phone.page.click("#join button.btn.xl")
    expect(phone.page.locator("main.first .btn.xl")).to_be_visible()
    camera.take(phone, "first")
    phone.inside()
    wall = folk.person(house.url, WALL, lang)
    wall.open(f"{house.url}/r/{room.id}/screen#{room.join_secret}")
    for i in range(60):
        bots[i * 7 % len(bots)].do("room.dab", cell=i * 37 % 96)
    small.join(room.host, "Bo")
    expect(desk.page.locator(".inks > *")).to_have_count(15)
    camera.take(phone, "gather")
    camera.take(wall, "hall-gather")
    small.sheet_of("bar.plan")
    camera.take(small, "host")
    library = small.sheet.get_by_role("button", name=small.t("open.title"), exact=True)
    library.click()
    expect(small.sheet.locator("input").first).to_be_visible()
    small.page.wait_for_timeout(400)
    library.evaluate("(el) => el.scrollIntoView({ block: 'start' })")
    camera.take(small, "library")
    small.sheet.get_by_role("button", name=small.t("plan.edit")).click()
    expect(small.sheet.locator(".planned")).to_be_visible()
    small.sheet.locator(".planned button.grow").nth(1).click()
    camera.take(small, "planner")
    small.close()
    small.sheet_of("bar.people")
    camera.take(small, "people")
    small.close()

    desk.next()
    phone.kind("checkin")
    for bot, (icon, word) in zip(bots[:9], SKY[lang], strict=False):
        bot.do("checkin.choose", icon=icon, word=word)
    phone.page.get_by_role("radio").nth(1).click()
    phone.page.fill("#word", MINE[lang])
    phone.page.evaluate("document.activeElement.blur()")
    camera.take(phone, "checkin")
    camera.take(desk, "checkin")
    for bot, (icon, word) in list(zip(bots, SKY[lang], strict=False))[9:]:
        bot.do("checkin.choose", icon=icon, word=word)
    phone.tap("checkin:send.weather")
    phone.tells("checkin:in.weather")
    desk.tap("checkin:show.weather")
    for one in (phone, desk):
        expect(one.page.locator("svg.sky")).to_be_visible()
        camera.take(one, "sky")
    expect(wall.page.locator("svg.sky")).to_be_visible()
    camera.take(wall, "hall-sky")

    desk.next()
    phone.kind("canvas")
    marks = draw(bots)
    bots[0].do("room.hand", up=True)
    bots[3].do("room.hand", up=True)
    for one in (phone, desk):
        one.marks(marks)
        hands(bots)
        for which in (0, 0, 5, 0, 5, 1):
            bots[which].react(which)
        expect(one.page.locator(".cv-cursor").first).to_be_visible()
        camera.take(one, "canvas")
    camera.take(small, "host-drawing")
    small.sheet_of("bar.more")
    camera.take(small, "more")
    small.close()

    desk.next()
    phone.kind("prompt")
    for bot, (title, who) in zip(bots, SONGS, strict=False):
        bot.do("prompt.add", title=title, who=who)
    for i, hearts in enumerate((2, 4, 5, 3, 1)):
        for bot in bots[:hearts]:
            bot.do("prompt.heart", i=i, on=True)
    phone.page.locator(".hearts").nth(2).click()
    bots[0].do("room.hand", up=False)
    desk.page.get_by_role("button", name=desk.t("prompt:play.it", title="Bella ciao")).click()
    for one in (phone, desk):
        expect(one.page.locator(".cut.now")).to_contain_text(one.t("prompt:go"))
        one.page.evaluate("scrollTo(0, 0)")
        camera.take(one, "songs")

    phone.context.set_offline(True)
    desk.sheet_of("host.end")
    camera.take(desk, "host-end")
    desk.tap("end.keep")
    phone.context.set_offline(False)
    for one in (phone, desk):
        one.tells("end.title")
        camera.take(one, "end")
    folk.go()


def main() -> int:
    """Draw them; says how large they are together, and what went wrong."""
    wish = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wish.add_argument("--only", choices=[*FACES, "evening", "voices"], help="one kind, or so")
    wish.add_argument("--face", default="", help="one form of that kind")
    wish.add_argument("--port", type=int, default=0)
    only, face, port = (getattr(wish.parse_args(), name) for name in ("only", "face", "port"))
    KINDS.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    phones: dict[str, Image.Image] = {}
    with studio(port) as (house, crowd, browser):
        if only in (None, "evening"):
            for old in OUT.glob("*-*.png"):
                old.unlink()
            for lang in PEOPLE:
                try:
                    evening(house, crowd, browser, lang)
                except (AssertionError, Error) as fault:
                    faults.append(f"evening {lang}: {fault}")
        for lang in PEOPLE if only in (None, "voices") else ():
            names = [HOSTS[lang], GUESTS[lang], *PEOPLE[lang].split()[:6]]
            try:
                voices(house, crowd, browser, lang, names, Photographer(lang).take, (PHONE, DESK))
            except (AssertionError, Error) as fault:
                faults.append(f"voices {lang}: {fault}")
        for kind in FACES:
            if only in (None, kind):
                found, wrong = portray(kind, face, browser, house, KINDS)
                phones |= found
                faults += wrong
    if not only:
        six(phones, OUT / "readme.png")
    index(OUT)
    pictures = sorted(OUT.rglob("*.png"))
    size = sum(path.stat().st_size for path in pictures)
    print(f"{len(pictures)} pictures, {size // 1024} KB, in docs/look")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
