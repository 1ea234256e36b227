"""The canvas' modes on a phone of 320 px: sheets by keyboard, a wall, a part of a creature, doors,
a map."""

import re

from playwright.sync_api import expect

from activities.canvas.doors import rect
from tests.browser.conftest import Open
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.ink import encode
from tests.browser.phone import Phone
from tests.browser.test_people import fits

LINE = encode([(1000, 1000), (5000, 6000), (9000, 1000)])
OVER = encode([(4000, 5000), (4000, 7400)])


def opened(host: Bot, mode: str, **options: object) -> None:
    assert host.do("room.open", kind="canvas", options={"mode": mode, **options}) == "ok"


def by_keys(phone: Phone) -> None:
    """One stroke on the small paper, by arrow keys."""
    paper = phone.page.locator(".pad-paper svg")
    paper.focus()
    for key in ("Space", "ArrowRight", "ArrowDown", "ArrowDown", "Space"):
        paper.press(key)


def noted(phone: Phone) -> None:
    """Wait until what was written on the sheet has come back from the room."""
    phone.page.evaluate(
        "async (at) => { window.jamState = (await import(at)).state; }",
        phone.module("screens/session.js"),
    )
    phone.page.wait_for_function(
        "() => Object.values(window.jamState.value.own).some(({ note }) => note && note.year > 10)"
    )


def test_cm17_every_mode_on_a_phone(phone: Open, house: House, crowd: Crowd) -> None:
    """CM17: each mode from its first stroke to what is shown, at 320 px, with keys and words."""
    room = house.room(lang="fr")
    host = crowd.come(house, room, "Awa", host=True)
    bo = crowd.come(house, room, "Bo")
    opened(host, "own", signs=140, years=True, hearts=True)
    me = phone("fr").join(room.join, "Léa")
    page = me.page
    paper = page.locator(".pad-paper svg.drawn")
    expect(paper).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    by_keys(me)
    expect(paper.locator("path.line").first).to_have_attribute("d", re.compile(r"^M50\d\d 37"))
    expect(page.locator(".pad p[role=status]")).to_have_text(me.t("pad.up", place=me.t("pad.at.4")))
    page.fill("#cv-text", "Un banc pour tout le monde")
    page.locator("[data-pad=ink]").click()
    page.locator("[data-pad=ink-3]").click()
    fits(me)
    mark = {"ink": 2, "width": 1, "points": LINE}
    assert bo.do("canvas.draw", **mark) == "ok"
    assert bo.do("canvas.caption", text="Secret", year=9) == "ok"
    me.tells("canvas:sheets_other", count=2)
    host.until(lambda tree: tree["room"]["count"] == 2)
    assert "Secret" not in page.content()
    # what was typed goes out by itself
    page.locator("#cv-year").press("ArrowRight")
    noted(me)
    assert host.do("canvas.show") == "ok"
    pieces = page.locator(".cv-wall .cv-piece")
    expect(pieces).to_have_count(2)
    me.reads("Secret")
    me.reads("Un banc pour tout le monde")
    fits(me)
    pieces.first.focus()
    pieces.first.press("Enter")
    expect(me.sheet.locator(".cv-large svg")).to_be_visible()
    fits(me)
    me.sheet.get_by_role("button", name=me.t("canvas:next")).press("Enter")
    page.keyboard.press("Escape")
    expect(me.sheet).to_have_count(0)
    page.locator(".cv-heart").first.click()
    host.until(lambda tree: sum(tree["room"]["hearts"]) == 1)
    me.tap("canvas:add")
    by_keys(me)
    me.tap("canvas:add.send")
    expect(pieces).to_have_count(3)
    me.tells("canvas:added")

    opened(host, "blind")
    expect(page.locator(".pad-blind")).to_be_visible()
    by_keys(me)
    expect(page.locator(".pad-blind")).to_have_text(me.t("pad.blind_one", count=1))
    expect(page.locator(".pad-paper path.line")).to_have_attribute("d", "")

    opened(host, "parts")
    sit = me.button("canvas:sit")
    sit.click()
    me.tells("canvas:lead.alone")
    fits(me)
    me.tap("canvas:sit.back")
    me.tells("canvas:gather.in")
    assert host.do("canvas.begin") == "ok"
    expect(paper).to_be_visible()
    for who in (host, bo):
        assert who.do("canvas.draw", ink=1, width=2, points=OVER) == "ok"
    by_keys(me)
    fits(me)
    host.until(lambda tree: tree["room"]["count"] == 3)
    assert host.do("canvas.show") == "ok"
    expect(page.locator(".cv-parade .cv-creature svg")).to_have_count(3)

    opened(host, "doors", doors=4)
    door = page.locator(".cv-doorlist .btn").nth(3)
    door.focus()
    door.press("Enter")
    expect(page.locator("[data-tool=pen]")).to_be_enabled()
    me.canvas().focus()
    for key in ("Space", "ArrowRight", "ArrowDown", "Space"):
        me.canvas().press(key)
    drawn = host.until(lambda tree: tree["room"].get("marks"))["room"]
    assert list(drawn["place"].values()) == [3]
    left, top, _, _ = rect(3, 4)
    assert (left, top) == (5000, 3750)
    fits(me)
    assert host.do("canvas.visit", door=1) == "ok"
    me.tells("canvas:tour.at", n=2)

    opened(host, "map")
    page.locator("[data-act=add]").click()
    page.fill("#cv-name", "Radio du quartier")
    fits(me)
    page.press("#cv-name", "Enter")
    assert bo.do("canvas.place", name="مكتبة", x=7000, y=2000, hue=2) == "ok"
    expect(page.locator(".cv-maplist > li")).to_have_count(2)
    page.locator("[data-act=tie]").click()
    me.sheet.get_by_role("button", name=me.t("canvas:tie.1")).click()
    me.sheet.get_by_role("button", name=me.t("canvas:map.tie"), exact=True).click()
    expect(page.locator(".cv-map .cv-tie")).to_have_count(1)
    bubble = page.locator(".cv-bubble").first
    bubble.focus()
    bubble.press("ArrowRight")
    host.until(lambda tree: tree["room"]["bubbles"][0]["x"] == 5250)
    bubble.press("Enter")
    expect(me.sheet.locator("#cv-where")).to_be_visible()
    fits(me)
