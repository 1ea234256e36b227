"""Choices and games on a phone: a poll, a line, two truths and one wish, and counting together."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.test_people import fits


def test_qz30_from_a_tap_to_the_sums_and_through_the_games(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """QZ30: in French at 320 px by keyboard: choose, change, be shown; a place on the line; guess a
    wish; count on, two at once, back to one."""
    room = house.room(lang="fr")
    host = crowd.come(house, room, "Amina", host=True)
    friends = [crowd.come(house, room, name) for name in ("Bo", "Cy")]

    def begin(**options: object) -> None:
        assert host.do("room.open", kind="quiz", options=options) == "ok"

    begin(text="Quelle pause ?", choices=["Un thé", "Le silence, les yeux fermés ou ouverts"])
    mine = phone("fr").join(room.join, "Léa")
    tea, quiet = (mine.page.locator(".qz-one").nth(i) for i in (0, 1))
    expect(quiet).to_be_visible()
    fits(mine)
    tea.focus()
    tea.press("Enter")
    mine.tells("quiz:in")
    quiet.press("Space")
    expect(quiet).to_have_attribute("aria-pressed", "true")
    expect(tea).to_have_attribute("aria-pressed", "false")
    assert friends[0].do("quiz.choose", at=1) == "ok"
    mine.tells("quiz:come_other", count=2)
    assert "room/sums" not in "".join(friends[1].heard)
    assert host.do("quiz.show") == "ok"
    expect(mine.page.locator(".qz-bars .big")).to_have_text(["0", "2"])
    fits(mine)

    begin(form="spectrum", text="Énergie : à plat / à bloc")
    dot = mine.page.locator("#qz-at")
    expect(dot).to_be_visible()
    fits(mine)
    dot.focus()
    dot.press("ArrowRight")
    mine.tells("quiz:in")
    assert host.do("quiz.show") == "ok"
    expect(mine.page.locator(".qz-dots i")).to_have_count(1)
    fits(mine)

    begin(form="three")
    for i in range(3):
        mine.page.fill(f"#qz-{i}", f"Phrase {i}")
    mine.button("quiz:three.wish").nth(2).press("Enter")
    mine.button("quiz:send").click()
    mine.tells("quiz:three.held")
    fits(mine)
    mine.button("quiz:three.sit").click()
    mine.tells("quiz:three.out")
    assert friends[0].do("quiz.write", lines=["un", "deux", "trois"], wish=0) == "ok"
    assert host.do("quiz.go_on") == "ok"
    expect(mine.page.get_by_role("heading", name="Bo")).to_be_visible()
    mine.button("quiz:three.in").wait_for()
    mine.page.get_by_role("button", name="un", exact=True).press("Enter")
    mine.tells("quiz:three.guessed")
    fits(mine)
    assert friends[0].do("quiz.tell") == "ok"
    expect(mine.page.locator(".qz-said.wish")).to_have_text("un")
    fits(mine)

    begin(form="count", window=3000)
    tap = mine.page.locator(".qz-tap")
    tap.press("Enter")
    mine.tells("quiz:count.mine")
    expect(tap).to_be_disabled()
    assert friends[0].do("quiz.tap") == "ok"
    mine.tells("quiz:count.two")
    expect(mine.page.locator(".qz-n")).to_have_text("0")
    fits(mine)
