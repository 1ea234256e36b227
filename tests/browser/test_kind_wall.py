"""A wall on a phone of 320 px, by keyboard: written in quiet, shown, piled, offered, scored."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.test_axe import check
from tests.browser.test_hall import LETTERS, PART
from tests.browser.test_sight import FIT

HALL = {"width": 1280, "height": 720}


def fits(one: Phone) -> None:
    """All of it can be read and reached."""
    found = one.page.evaluate(FIT, 44)
    assert not found, "\n".join(found)


@pytest.mark.timeout(120)
def test_wa31_a_wall_from_the_first_note_to_the_list(
    phone: Open, desk: Open, house: House, crowd: Crowd
) -> None:
    """WA31: at 320 px and by keyboard a note is written in quiet, shown, read, moved and piled;
    dots, "I can" and scoring go from the first tap to the list."""
    room = house.room("Mur")
    host = crowd.come(house, room, "Ana", host=True)
    bo = crowd.come(house, room, "Bo")
    guest = phone("fr")
    guest.join(room.join, "Noé")
    page, keys = guest.page, guest.page.keyboard
    options = {"columns": "keep", "hold": True, "hearts": True, "votes": 2, "tidy": True}
    assert host.do("room.open", kind="wall", options=options) == "ok"
    guest.kind("wall")
    # in quiet: words, a column, a change of mind
    page.focus("#note")
    keys.type("Moins d’écrans")
    keys.press("Tab")
    keys.press("ArrowRight")
    expect(page.get_by_role("radio", name=guest.t("wall:drop"))).to_be_checked()
    guest.button("wall:send").press("Enter")
    expect(page.locator(".slip")).to_contain_text("Moins d’écrans")
    assert "notes" not in bo.until(lambda tree: tree["room"]["count"] == 1)["own"]
    guest.tap("wall:edit")
    page.fill("#held-0", "Plus de thé")
    guest.tap("wall:save")
    expect(page.locator(".slip")).to_contain_text("Plus de thé")
    bo.do("wall.write", text="Chanter", col=1, named=True)
    bo.do("wall.write", text="<b>Dormir</b>", col=0)
    page.fill("#note", "à moitié")
    fits(guest)
    assert "Chanter" not in page.content()
    assert host.do("wall.show") == "ok"
    # shown: what was begun is still under the pen; columns go by arrow keys
    guest.reads("Chanter")
    expect(page.locator("#note")).to_have_value("à moitié")
    tab = page.get_by_role("tab", name=guest.t("wall:drop"))
    expect(tab).to_have_attribute("aria-selected", "true")
    tab.press("ArrowLeft")
    guest.reads("<b>Dormir</b>")
    keys.press("ArrowRight")
    expect(page.locator(".slip")).to_have_count(2)
    # a heart, two dots, and one note on the other
    page.get_by_role("button", name=guest.t("wall:heart_zero", text="Chanter")).press("Enter")
    host.until(lambda tree: 1 in tree["room"].get("hearts", []))
    dot = page.get_by_role("button", name=guest.t("wall:dot_zero", text="Plus de thé"))
    dot.press("Enter")
    host.until(lambda tree: tree["room"].get("laid") == 1)
    page.locator(".words").filter(has_text="Chanter").press("Enter")
    guest.button("wall:on").press("Enter")
    guest.tells("wall:onto.how")
    fits(guest)
    page.locator(".words").filter(has_text="Plus de thé").press("Enter")
    expect(page.locator(".slip")).to_have_count(1)
    piled = host.until(lambda tree: any("on" in note for note in tree["room"]["notes"]))
    under = next(note for note in piled["room"]["notes"] if "on" in note)
    assert under["text"] == "Chanter" and piled["room"]["notes"][under["on"]]["col"] == 1
    page.locator(".words").press("Enter")
    expect(page.locator(".under")).to_contain_text("Chanter")
    fits(guest)
    assert not check(guest, "wall")
    assert host.do("wall.result") == "ok"
    expect(page.locator(".slip .mark").filter(has_text="1")).to_be_visible()
    wall = desk(size=HALL)
    wall.open(f"{house.url}/r/{room.id}/screen#{room.join_secret}")
    wall.reads("Plus de thé")
    assert all(letter[0] >= PART * HALL["height"] - 0.5 for letter in wall.page.evaluate(LETTERS))
    # "I can": words go to one another after both have said yes
    assert host.do("room.open", kind="wall", options={"columns": "offers", "can": True}) == "ok"
    bo.until(lambda tree: tree["meet"]["now"]["options"]["can"])
    bo.do("wall.add", text="Une perceuse", col=1)
    page.get_by_role("tab", name=guest.t("wall:needs")).click()
    page.locator(".words").click()
    guest.tap("wall:can")
    page.fill("#can-0", "porte sept")
    fits(guest)
    guest.tap("wall:can.send")
    guest.tells("wall:can.sent")
    bo.until(lambda tree: tree["own"][bo.member].get("able"))
    assert "porte sept" not in "".join(bo.heard)
    assert bo.do("wall.meet", a=0, words="manteau rouge") == "ok"
    guest.reads("manteau rouge")
    bo.until(lambda tree: tree["own"][bo.member]["able"][0].get("words") == "porte sept")
    assert "porte sept" not in "".join(host.heard) and "manteau" not in "".join(host.heard)
    fits(guest)
    # scoring: one at a time, then the list
    assert host.do("room.open", kind="wall", options={"columns": "ideas", "score": True}) == "ok"
    bo.until(lambda tree: tree["meet"]["now"]["options"]["score"])
    for text in ("Un jardin", "Une sieste"):
        bo.do("wall.add", text=text)
    guest.reads("Une sieste")
    assert host.do("wall.begin") == "ok"
    for n in (5, 3):
        page.get_by_role("button", name=guest.t("wall:score.n", n=n), exact=True).press("Enter")
    guest.tells("wall:score.done")
    fits(guest)
    assert host.do("wall.finish") == "ok"
    expect(page.locator(".top li")).to_have_count(2)
    expect(page.locator(".top li").first).to_contain_text("5")
    fits(guest)


def test_wa32_notes_held_are_there_with_the_field(phone: Open, house: House, crowd: Crowd) -> None:
    """WA32: after a reload one's own notes stand above the field from its first picture; they once
    came with what hangs, and pushed down the field in which one was writing."""
    room = house.room("Mur")
    host = crowd.come(house, room, "Ana", host=True)
    assert host.do("room.open", kind="wall", options={"columns": "ideas", "hold": True}) == "ok"
    guest = phone("fr").join(room.join, "Noé")
    guest.page.fill("#note", "Un jardin sur le toit")
    guest.tap("wall:send")
    host.until(lambda tree: tree["room"]["count"] == 1)
    held: list[Route] = []
    later = re.compile("/wall/(hang|acts|meeting|score|ask|lead)")
    guest.page.route(later, lambda route: held.append(route))
    with guest.page.expect_request(later):
        guest.page.reload()
        expect(guest.page.locator("#note")).to_be_visible()
        expect(guest.page.locator(".slip")).to_contain_text("Un jardin sur le toit")
        top = guest.page.locator("#note").bounding_box()
    assert guest.page.locator("#note").bounding_box() == top
    for route in held:
        route.continue_()
    guest.page.unroute(later)
    guest.page.wait_for_load_state("networkidle")
    assert held and guest.page.locator("#note").bounding_box() == top, "nothing has moved"
