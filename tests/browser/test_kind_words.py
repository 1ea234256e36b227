"""One word each, on a phone: written in private, shown at once, and read by a screen, too."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.test_people import fits


def test_wd30_words_from_the_first_letter_to_the_cloud(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """WD30: in Arabic at 320 px by keyboard: write, change, be shown, add late; same words stand
    together; the host takes one off; lines come one after the other."""
    room = house.room(lang="ar")
    host = crowd.come(house, room, "Amina", host=True)
    options = {"text": "كلمة للدخول", "each": 1, "most": 20}
    assert host.do("room.open", kind="words", options=options) == "ok"
    mine = phone("ar").join(room.join, "ليلى")
    field = mine.page.locator("#wd-0")
    expect(field).to_be_visible()
    fits(mine)
    friends = [crowd.come(house, room, name) for name in ("Bo", "Cy")]
    field.fill("x" * 21)
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("تعب")
    field.press("Enter")
    mine.tells("words:in")
    field.fill("هُدوء")
    mine.button("words:change").click()
    for friend, text in zip(friends, ("هدوء", "unkind"), strict=True):
        assert friend.do("words.write", texts=[text]) == "ok"
    mine.tells("words:come_few", count=3)
    fits(mine)
    assert "unkind" not in mine.page.content()

    assert host.do("words.show") == "ok"
    cloud = mine.page.locator(".wd-cloud > li")
    expect(cloud).to_have_count(2)
    expect(cloud.first).to_contain_text(re.compile("هدوء.*2"))
    fits(mine)
    words = host.until(lambda tree: tree["room"].get("words"))["room"]["words"]
    at = next(i for i, word in enumerate(words) if word["text"] == "unkind")
    assert host.do("words.hide", i=at) == "ok"
    expect(cloud).to_have_count(1)
    add = mine.button("words:add")
    add.focus()
    add.press("Enter")
    mine.page.fill("#wd-late-0", "بحر")
    mine.page.press("#wd-late-0", "Enter")
    expect(cloud).to_have_count(2)
    mine.tells("words:added")

    # The next one: line after line, as fast or as slowly as for everyone.
    assert host.do("room.open", kind="words", options={"show": "lines", "each": 3}) == "ok"
    expect(mine.page.locator(".wd-write input")).to_have_count(3)
    assert friends[0].do("words.write", texts=["من بعيد", "على مهل", "مشيًا"]) == "ok"
    assert host.do("words.show") == "ok"
    expect(mine.page.locator(".wd-line")).to_be_visible()
    fits(mine)
    mine.button("words:all").click()
    expect(mine.page.locator(".wd-lines > li")).to_have_count(3)


SENT = """async ([at, texts]) => {
  const { current, running } = await import(at);
  current().store.act("words.write", { texts }, undefined, running.value.g);
}"""


def test_wd31_an_answer_that_comes_late_stands_in_the_field(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """WD31: after a reload one's answer may be acknowledged only once the field is there: it then
    stands in it, to be changed. What is being typed stays. "Sent" once stood over nothing."""
    room = house.room(lang="fr")
    host = crowd.come(house, room, "Amina", host=True)
    assert host.do("room.open", kind="words", options={"each": 1, "most": 20}) == "ok"
    mine = phone("fr").join(room.join, "Léa")
    field = mine.page.locator("#wd-0")
    expect(field).to_have_value("")
    at = mine.module("screens/session.js")
    mine.page.evaluate(SENT, [at, ["calme"]])
    mine.tells("words:in")
    expect(field).to_have_value("calme")
    expect(mine.button("words:change")).to_be_enabled()
    field.fill("calme et")
    mine.page.evaluate(SENT, [at, ["vent"]])
    host.until(lambda tree: tree["room"]["count"] == 1)
    mine.page.wait_for_timeout(300)
    expect(field).to_have_value("calme et")
