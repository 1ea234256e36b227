"""The other forms of a check-in on a phone: a picture, a line, a dial and a counter."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.test_people import fits


def test_ck30_a_dot_by_keyboard_and_finger_from_a_picture_to_a_counter(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """CK30: in French at 320 px: a dot by keys and by finger, shown by the host; a line on which
    everybody sees everybody move, in Arabic from the right; a dial; what was called and found."""
    room = house.room(lang="fr")
    host = crowd.come(house, room, "Amina", host=True)
    bo, cy = (crowd.come(house, room, name) for name in ("Bo", "Cy"))

    def begin(**options: object) -> None:
        assert host.do("room.open", kind="checkin", options=options) == "ok"

    begin(form="dots", shape="sea")
    mine = phone("fr", reduced_motion="reduce").join(room.join, "Léa")
    mine.tells("checkin:dots.lead")
    fits(mine)
    dot = mine.page.get_by_role("slider")
    dot.focus()
    dot.press("ArrowDown")  # it comes to the middle first
    expect(dot).to_have_attribute("aria-valuetext", mine.t("checkin:dots.at", where="sur l’eau"))
    for _ in range(8):
        dot.press("ArrowDown")
    mine.button("checkin:dots.here").wait_for()
    assert '"count":1' not in "".join(bo.heard), "nothing goes out before it is put down"
    dot.press("Enter")
    mine.tells("checkin:dots.in")
    bo.until(lambda tree: tree["room"]["count"] == 1)
    mine.page.locator(".ck-tap").click(position={"x": 220, "y": 130})
    mine.reads(mine.t("checkin:dots.at", where=mine.t("checkin:r.sea.island")))
    assert bo.do("checkin.place", x=50, y=10) == "ok"
    assert "room/dots" not in "".join(bo.heard), "held until the host shows it"
    fits(mine)
    assert host.do("checkin.show") == "ok"
    mine.tells("checkin:dots.shown")
    mine.reads("sur l’île\u00a0: 1")
    fits(mine)

    begin(form="line", text="Et le bruit\u202f? | trop | encore")
    east = phone("ar").join(room.join, "سلمى")
    mine.tells("checkin:move.lead")
    fits(mine)
    line = mine.page.locator("#ck-at")
    line.focus()
    line.press("ArrowRight")
    mine.tells("checkin:move.in")
    bo.until(lambda tree: tree["room"]["dots"] == [{"x": 51}])
    line.press("Home")
    bo.until(lambda tree: tree["room"]["dots"] == [{"x": 0}])
    expect(mine.page.locator(".ck-pile .me")).to_have_count(1)
    place = "(e) => { const a = e.getBoundingClientRect(), b = e.parentElement.getBoundingClientRect(); return (a.left + a.width / 2 - b.left) / b.width; }"  # noqa: E501
    assert mine.page.locator(".ck-pile i").evaluate(place) < 0.1, "the first end is at the left"
    other = east.page.locator(".ck-pile i")
    expect(other).to_have_count(1)
    east.page.wait_for_function(f"() => ({place})(document.querySelector('.ck-pile i')) > 0.9")
    bo.live("dot", i=-1, x=100)
    expect(mine.page.locator(".ck-pile i")).to_have_count(2)
    assert bo.do("checkin.move", x=90) == "ok"
    bo.live("dot", i=1, x=20)
    moved = f"() => {{ const all = [...document.querySelectorAll('.ck-pile i:not(.me)')]; return all.length && ({place})(all[0]) < 0.4; }}"  # noqa: E501
    mine.page.wait_for_function(moved)
    fits(mine)
    fits(east)
    assert host.do("checkin.freeze") == "ok"
    mine.tells("checkin:still.lead")
    assert cy.do("checkin.why") == "ok"
    mine.button("checkin:why.up").press("Enter")
    expect(mine.page.locator(".ck-why li")).to_have_count(2)
    expect(mine.page.locator(".ck-why bdi").first).to_have_text("Cy")
    mine.button("checkin:why.down").wait_for()
    fits(mine)
    fits(east)

    begin(form="dial")
    level = mine.page.locator("#ck-dial")
    level.focus()
    level.press("ArrowRight")
    mine.button("checkin:dial.send").press("Enter")
    mine.tells("checkin:dial.in")
    assert bo.do("checkin.place", x=6) == "ok"
    assert "sums" not in "".join(cy.heard)
    fits(mine)
    assert host.do("checkin.show") == "ok"
    expect(mine.page.locator(".ck-strips b").nth(6)).to_have_text("2")
    fits(mine)

    begin(form="count")
    mine.button("checkin:count.found").press("Enter")
    mine.tells("checkin:count.mine")
    assert bo.do("checkin.found") == "ok"
    expect(mine.page.locator(".ck-n")).to_have_text("2")
    fits(mine)
    assert host.do("checkin.call", text="Quelque chose qui sonne") == "ok"
    expect(mine.page.get_by_role("heading", name="Quelque chose qui sonne")).to_be_visible()
    mine.button("checkin:count.found").wait_for()
