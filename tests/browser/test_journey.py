"""The whole evening: a host and two people, three kinds, a tunnel, a killed server, a keepsake."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.browser.conftest import DESK, PHONE, Folk
from tests.browser.house import House, free_port
from tests.browser.phone import Phone
from tests.browser.picture import is_png, is_safe_svg
from tests.browser.road import Road
from tests.browser.watch import TUNNEL

MOTION = True


class Trip:
    """A house at the end of a road that can go dark, and that can lose its power."""

    def __init__(self) -> None:
        port = free_port()
        self.road = Road(port)
        self.house = House(port=port, url=f"http://127.0.0.1:{self.road.port}")


@pytest.fixture(scope="module")
def trip() -> Iterator[Trip]:
    trip = Trip()
    yield trip
    trip.house.close()
    trip.road.close()


def kept(phone: Phone, tap: str) -> Path:
    """What a press hands over as a file."""
    with phone.page.expect_download() as coming:
        phone.tap(tap)
    download: Download = coming.value
    return Path(download.path())


def check_in(phone: Phone, icon: str, word: str) -> None:
    """Pick a weather, write a word, send it."""
    phone.kind("checkin")
    phone.page.get_by_role("radio", name=phone.t(f"checkin:i.{icon}"), exact=True).click()
    phone.page.fill("#word", word)
    phone.tap("checkin:send.weather")
    phone.tells("checkin:in.weather")


@pytest.mark.timeout(240)
def test_b10_an_evening(trip: Trip, folk: Folk) -> None:
    """B10: check-in, drawing, songs; a tunnel and a kill in between; the keepsake has it all."""
    url, house = trip.house.url, trip.house
    host = folk.person(url, DESK, "fr")
    amina = folk.person(url, PHONE, "ar", user_agent="phone amina", has_touch=True)
    bo = folk.person(url, PHONE, "en", user_agent="phone bo")
    for phone in (host, amina, bo):
        phone.watch.forgive(*TUNNEL)

    host.open("/")
    host.page.fill("#title", "Cuisine de rue")
    host.page.select_option("#mood", "cards")
    host.tap("start.open")
    host.tells("made.title")
    join = host.way()
    room = re.search(r"/r/(\w{10})", join)
    assert room
    host.tap("made.back")
    host.page.fill("#name", "Inès")
    host.page.get_by_role("link", name=host.t("made.enter")).click()
    host.inside()
    amina.join(join, "أمينة")
    bo.join(join, "Bo")
    assert amina.page.evaluate("document.documentElement.dir") == "rtl"
    expect(bo.page.locator(".crowd")).to_contain_text("أمينة")

    # -- check-in: held, then shown to all at once
    host.next()
    check_in(amina, "storm", "على مهل")
    check_in(bo, "sun", "ready!")
    check_in(host, "fair", "à plat")
    for phone in (host, bo):
        assert "على مهل" not in phone.page.content(), "an answer shows before its time"
        assert phone.page.locator("svg.sky").count() == 0
    assert "ready!" not in amina.page.content()
    host.tap("checkin:show.weather")
    for phone in (host, amina, bo):
        sky = phone.page.locator("svg.sky")
        expect(sky).to_be_visible()
        for word in ("على مهل", "ready!", "à plat"):
            expect(sky).to_contain_text(word)
    orders = [
        phone.page.locator("svg.sky use").evaluate_all(
            "(all) => all.map((u) => u.getAttribute('href'))"
        )
        for phone in (amina, bo)
    ]
    assert orders[0] == orders[1], "two skies"
    assert is_safe_svg(kept(bo, "checkin:print").read_text("utf-8"))
    assert is_png(kept(amina, "checkin:keep").read_bytes())

    # -- drawing: strokes and hands are seen, undo takes back one's own
    host.next()
    for phone in (host, amina, bo):
        phone.kind("canvas")
    host.stroke((0.2, 0.5), (0.5, 0.2), (0.8, 0.5))
    bo.marks(1)
    bo.stroke((0.2, 0.6), (0.8, 0.6))
    for phone in (host, amina, bo):
        phone.marks(2)
    bo.tool("more")  # on a small screen hands are seen and shown only if one wants to
    bo.page.click("[data-tool=cursors][aria-pressed=false]")
    bo.page.keyboard.press("Escape")
    box = bo.canvas().bounding_box()
    assert box
    bo.page.mouse.move(box["x"] + 100, box["y"] + 90)
    bo.page.mouse.move(box["x"] + 120, box["y"] + 95, steps=4)
    expect(host.page.locator("#cv-cursors")).to_contain_text("Bo")
    bo.tool("undo")
    for phone in (host, amina, bo):
        phone.marks(1)

    # -- a tunnel: the hand goes on, and what it drew arrives
    trip.road.tunnel("phone bo")
    bo.context.set_offline(True)
    bo.stroke((0.1, 0.9), (0.9, 0.9))
    bo.stroke((0.5, 0.9), (0.5, 0.7))
    bo.tells("line.safe")
    expect(bo.page.locator(".adrift")).to_contain_text("2")
    host.stroke((0.3, 0.3), (0.6, 0.3))
    amina.marks(2)
    trip.road.daylight("phone bo")
    bo.context.set_offline(False)
    for phone in (host, amina, bo):
        phone.marks(4)
    bo.tells("line.back.made")

    # -- the power goes while somebody draws
    amina.stroke((0.1, 0.1), (0.3, 0.2))
    host.marks(5)
    house.kill()
    amina.stroke((0.6, 0.1), (0.9, 0.2))
    house.start()
    for phone in (host, amina, bo):
        phone.marks(6)
    sheets = [json.dumps(phone.state("room", "marks")) for phone in (host, amina, bo)]
    assert len(set(sheets)) == 1, "\n".join(sheets)

    # -- songs
    host.next()
    for phone in (host, amina, bo):
        phone.kind("prompt")
    bo.page.fill("#add-title", "Bella ciao")
    bo.tap("prompt:add")
    amina.page.fill("#add-title", "Ya Rayah")
    amina.page.fill("#add-who", "Rachid Taha")
    amina.tap("prompt:add")
    for phone in (host, amina, bo):
        expect(phone.page.locator(".songs > li")).to_have_count(2)
    song = host.page.locator(".songs > li").filter(has_text="Bella ciao")
    amina.page.locator(".songs > li").filter(has_text="Bella ciao").locator(".hearts").click()
    expect(song.locator(".hearts b")).to_have_text("1")
    song.get_by_role("button", name=host.t("prompt:play.it", title="Bella ciao")).click()
    for phone in (host, amina, bo):
        now = phone.page.locator(".cut.now")
        expect(now.get_by_role("heading")).to_have_text("Bella ciao")
        expect(now).to_contain_text(phone.t("prompt:go"))

    # -- the end: five seconds to think, then a keepsake for everybody
    host.sheet_of("bar.more")
    host.tap("host.end")
    host.tap("end.keep")
    for phone in (host, amina, bo):
        phone.tells("end.title")
    with zipfile.ZipFile(io.BytesIO(kept(bo, "end.tables").read_bytes())) as folder:
        assert folder.testzip() is None
        names = folder.namelist()
        assert any(name.endswith(".md") for name in names) and any(
            n.endswith(".csv") for n in names
        )
    text = kept(amina, "end.text").read_text("utf-8")
    for part in (
        "Cuisine de rue",
        "على مهل",
        "ready!",
        "à plat",
        "Bella ciao",
        "Ya Rayah",
        "Rachid Taha",
    ):
        assert part in text, text
    for name in ("Inès", "أمينة", "Bo\n"):
        assert name not in text, "a name stands in the keepsake"
    for phone in (host, amina, bo):
        assert not phone.watch.holds(join.split("#")[1]), "the secret has left the page"
