"""An evening in a hall, over plain http: the big screen follows it, the end can be taken home."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.crowd import Crowd
from tests.browser.house import House, free_port
from tests.browser.ink import encode, street
from tests.browser.phone import Phone
from tests.browser.watch import TUNNEL

WALL = {"width": 1280, "height": 720}
PART = 0.04
# Every text that can be seen, with the height of its letters on the screen.
LETTERS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.getElementById("room"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement;
    const box = el.getBoundingClientRect();
    const text = walk.currentNode.data.trim();
    const hidden = el.closest(".hide, .unseen") || !el.checkVisibility();
    if (!text || hidden || box.width < 2 || box.bottom < 0 || box.top > innerHeight) continue;
    const scale = el.getScreenCTM ? el.getScreenCTM().a : 1;
    found.push([parseFloat(getComputedStyle(el).fontSize) * scale, text]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def hall() -> Iterator[House]:
    port = free_port()
    hall = House(port=port, url=f"http://jam.test:{port}")
    yield hall
    hall.close()


def readable(wall: Phone, *words: str) -> None:
    """These words stand there, and no text is smaller than four hundredths of the height."""
    for word in words:
        wall.reads(word)
    small = PART * WALL["height"] - 0.5
    letters = wall.page.evaluate(LETTERS)
    assert letters and not [one for one in letters if one[0] < small], letters
    wide = wall.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide, "something sticks out"


def test_hl20_the_big_screen_follows_the_evening(hall: House, folk: Folk, crowd: Crowd) -> None:
    """HL20: from the way in to the end, readable at five metres, and nothing to press but it."""
    room = hall.room("Thursday kitchen", "fr", ["weather"])
    host = crowd.come(hall, room, "Amina", host=True)
    noe = crowd.come(hall, room, "Noé")
    mei = crowd.come(hall, room, "Mei")
    mei.do("room.place", hall=True)
    wall = folk.person(hall.url, WALL, "en")
    wall.lang = "fr"  # the room's language, whatever the computer speaks
    wall.open(f"{hall.url}/r/{room.id}/screen")
    wall.tells("hall.nokey.title")
    wall.open(f"{hall.url}/r/{room.id}/screen#{room.join_secret}")
    expect(wall.page.locator(".h-qr img")).to_be_visible()
    assert wall.page.evaluate("window.isSecureContext") is False
    readable(wall, "Thursday kitchen", "Noé", wall.t("hall.join"))
    side = wall.page.locator(".h-qr").bounding_box()
    assert side and side["height"] >= 0.4 * WALL["height"], "too small to photograph from a chair"
    assert "#" not in wall.page.url
    wall.page.reload()
    expect(wall.page.locator(".h-qr img")).to_be_visible()

    host.do("room.open", kind="checkin", options={})
    noe.do("checkin.choose", icon="rain", word="à plat")
    readable(wall, wall.t("checkin:come_one", count=1), wall.t("hall.elsewhere"), "Noé")
    assert wall.page.get_by_text("à plat").count() == 0
    mei.do("checkin.choose", icon="sun", word="على مهل")
    host.do("checkin.show")
    readable(wall, "à plat", "على مهل")

    host.do("room.open", kind="canvas", options={})
    strokes = [stroke for thing in street() for stroke in thing]
    for group, (ink, width, points) in enumerate(strokes, 1):
        mark = {"group": group, "ink": ink, "width": width, "points": encode(points)}
        noe.do("canvas.mark", shape="free", **mark)
    wall.page.locator("#cv-page").wait_for()
    wall.painted(3000)
    host.do("room.say", text="Finish your line. Nobody has to be good at this.")
    readable(wall, "Finish your line. Nobody has to be good at this.")
    assert wall.page.get_by_role("button").count() == 1, "a control for hosts or for hands"
    wall.page.keyboard.press("j")
    expect(wall.page.locator(".h-recall img")).to_be_visible()
    readable(wall, wall.t("hall.join"))
    wall.tap("hall.way")
    expect(wall.page.locator(".h-recall")).to_have_count(0)

    host.do("room.open", kind="prompt", options={})
    noe.do("prompt.add", title="Ya Rayah", who="Rachid Taha")
    readable(wall, "Ya Rayah", "Rachid Taha")
    host.do("prompt.play", i=0)
    readable(wall, wall.t("prompt:playing"), "Ya Rayah")
    with wall.watch.forgiving(*TUNNEL):
        hall.kill()
        readable(wall, wall.t("hall.lost"), "Ya Rayah")
        hall.start()
        host = crowd.come(hall, room, "Amina", host=True)
        host.do("prompt.stop")
        readable(wall, "Rachid Taha")
        expect(wall.page.get_by_text(wall.t("hall.lost"))).to_have_count(0)
    host.do("room.end", erase=False)
    readable(wall, wall.t("end.title"))
    assert not wall.watch.holds(room.join_secret), "the secret is in no address and no log"


def test_hl21_the_end_is_taken_home_hours_later(
    hall: House, folk: Folk, crowd: Crowd, tmp_path: Path
) -> None:
    """HL21: after a restart, without a line: pictures, a file that opens offline, forgotten."""
    room = hall.room("Cuisine de rue", "ar", ["weather"])
    host = crowd.come(hall, room, "Amina", host=True)
    ana = folk.person(hall.url, PHONE, "ar").join(room.join, "ليلى")
    host.do("room.open", kind="canvas", options={})
    ink, width, points = street()[1][0]
    mark = {"group": 1, "ink": ink, "width": width, "shape": "free", "points": encode(points)}
    host.do("canvas.mark", **mark)
    host.do("room.open", kind="prompt", options={})
    host.do("prompt.add", title="<b>La Foule</b>", who="Piaf")
    ana.kind("prompt")
    host.do("room.end", erase=False)
    ana.tells("end.title")
    ana.page.goto("about:blank")
    hall.kill()
    hall.start()
    lines: list[object] = []
    ana.page.on("websocket", lambda line: lines.append(line))
    ana.open(f"{hall.url}/r/{room.id}")
    ana.tells("end.title")
    expect(ana.page.locator(".cover img")).to_be_visible()
    assert not lines, "the end needs no line"
    assert ana.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    with ana.page.expect_download() as coming:
        ana.tap("end.copy")
    ana.tells("copy.kept")
    home = tmp_path / "jam.html"
    coming.value.save_as(home)
    assert home.stat().st_size < 2 * 1024 * 1024
    text = home.read_text("utf-8")
    assert "ليلى" not in text and "Amina" not in text and "<script" not in text

    reader = folk.person(f"file://{home}", PHONE, "ar")
    reader.context.set_offline(True)
    reader.page.goto(f"file://{home}")
    for word in ("Cuisine de rue", "<b>La Foule</b>", "Piaf"):
        reader.reads(word)
    drawing = reader.page.locator(".pic svg path[fill='#9e5209']")
    expect(drawing.first).to_be_visible()
    assert reader.page.evaluate("document.documentElement.dir") == "rtl"

    ana.tap("leave.forget")
    ana.page.wait_for_url(f"{hall.url}/")
    left = ana.page.evaluate(
        "JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })"
    )
    assert room.id not in left and "ليلى" not in left and room.join_secret not in left
