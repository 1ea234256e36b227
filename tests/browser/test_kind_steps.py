"""A guided sequence on a phone: what comes, begin, one's own form and rest, and what is shared."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

FIT = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_sp20_steps_are_followed_at_320_px(phone: Open, house: House, crowd: Crowd) -> None:
    """SP20: in the browser, by keyboard: what comes is shown before; the line changes by the clock;
    lying, passing and resting are one's own; what is found is counted; a line is held, then shown
    unsigned; late comers see where we are."""
    room = house.room("Kitchen", lang="fr")
    host = crowd.come(house, room, "Amina", host=True)
    host.do("room.open", kind="steps", options={"sequence": "stretch"})
    guest = phone("fr")
    guest.join(room.join).kind("steps")
    page = guest.page
    words = page.locator(".st-words")
    expect(page.locator(".st-list li")).to_have_count(6)
    expect(page.locator(".st-list svg").first).to_be_visible()
    expect(guest.button("steps:begin")).to_have_count(0)
    guest.tells("steps:ready")
    # lying down, by keyboard; it stays so
    guest.button("steps:form.lying").press("Enter")
    expect(guest.button("steps:form.lying")).to_have_attribute("aria-pressed", "true")
    assert host.do("steps.begin") == "ok"
    guest.tells("steps:soon")
    assert host.do("steps.go", to=1) == "ok"
    guest.tells("move.roll")
    expect(words).to_contain_text(guest.t("steps:lying.roll"))
    expect(words).to_contain_text(guest.t("steps:slow.1"))
    guest.tells("move.reach")  # the next one
    assert page.evaluate(FIT)
    # I pass this one; with the next step I am back by myself
    guest.button("steps:out.one").press("Enter")
    guest.tells("steps:out.line")
    assert host.do("steps.go", to=2) == "ok"
    expect(words).to_contain_text(guest.t("move.reach"))
    guest.tap("steps:out.all")
    assert host.do("steps.go", to=3) == "ok"
    guest.tells("steps:out.line")
    guest.tap("steps:out.back")
    expect(words).to_contain_text(guest.t("move.stretch"))
    assert host.do("steps.pause") == "ok"
    expect(words).to_contain_text(guest.t("steps:still"))
    host.do("steps.pause", on=False)
    expect(words).not_to_contain_text(guest.t("steps:still"))
    host.do("steps.end")
    guest.tells("steps:close.stretch")
    # touch and find: my tap is there at once, and counts once
    host.do("room.open", kind="steps", options={"sequence": "blue", "count": 3})
    host.do("steps.begin")
    host.do("steps.go", to=0)
    guest.button("steps:found").press("Enter")
    expect(guest.button("steps:found.mine")).to_be_disabled()
    host.do("steps.found", i=0)
    guest.reads(guest.t("steps:found.count_other", count=2))
    # five senses at one's own pace, then a line
    host.do("room.open", kind="steps", options={"sequence": "senses", "pace": "own"})
    expect(words).to_contain_text(guest.t("steps:senses.see"))
    for key in ("touch", "hear", "smell", "taste"):
        guest.tap("steps:own.next")
        expect(words).to_contain_text(guest.t(f"steps:senses.{key}"))
    guest.tap("steps:own.done")
    page.fill("#st-share", "La bouilloire")
    page.keyboard.press("Enter")
    guest.tells("steps:share.kept")
    assert host.until(lambda tree: tree["room"]["count"] == 1)
    assert "bouilloire" not in "".join(host.heard)
    host.do("steps.end")
    assert host.do("steps.show") == "ok"
    expect(page.locator(".songs li")).to_have_text(["La bouilloire"])
    # a storm in waves, and somebody who comes late
    host.do("room.open", kind="steps", options={"sequence": "rain"})
    host.do("steps.begin")
    host.do("steps.go", to=4)
    late = phone("ar", color_scheme="dark")
    late.join(room.join, "ليلى").kind("steps")
    late.reads(late.t("steps:wave.mine", n=1, all=2))
    expect(late.page.locator(".st-stage svg")).to_be_visible()
    for one in (guest, late):
        assert one.page.evaluate(FIT)
        small = one.page.evaluate(
            "[...document.querySelectorAll('.st button')].filter((b) => b.offsetHeight < 44).length"
        )
        assert small == 0
