"""Pass it on: a phone and three more people, from the first line to the page that is kept."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.test_sight import FIT


def works(bot: Bot, step: int) -> None:
    """A bot does what lies before it."""
    job = bot.tree["own"][bot.member]["job"]
    if job["do"] == "draw":
        mark = {"ink": 1, "width": 1, "shape": 0, "points": "BgPgLkDkD"}
        assert bot.do("ring.stroke", step=step, **mark) == "ok"
    assert bot.do("ring.hand", step=step, text=f"{bot.name} {step}") == "ok"


@pytest.mark.timeout(120)
def test_rw1_a_telephone_goes_round_on_a_phone(phone: Open, house: House, crowd: Crowd) -> None:
    """RW1: write, draw with keys, write; reload and half a line are safe; the replay is led by the
    host, then each looks on; all of it at 320 px, and what was made can be taken home."""
    room = house.room()
    host = crowd.come(house, room, "Awa", host=True)
    bots = [crowd.come(house, room, name) for name in ("Bea", "Noé")]
    me = phone("en").join(room.join, "Bo")
    page = me.page
    assert host.do("room.open", kind="ring", options={"steps": 3, "seconds": 180}) == "ok"
    me.tells("ring:lead.telephone")
    me.tap("ring:sit")  # not this one, and back
    me.tells("ring:sit.out")
    expect(page.locator("#rg-page")).to_be_visible()
    me.tap("ring:sit.back")
    expect(page.locator("#rg-page")).to_have_count(0)
    assert host.do("ring.begin") == "ok"

    # a first line, half of it kept over a reload
    page.fill("#rg-text", "A goat waits")
    host.until(lambda tree: tree["room"]["phase"] == "pass")
    page.wait_for_timeout(700)
    page.reload()
    me.inside()
    expect(page.locator("#rg-text")).to_have_value("A goat waits")
    page.fill("#rg-text", "A goat waits for the bus")
    assert not page.evaluate(FIT, 44), page.evaluate(FIT, 44)
    me.button("ring:hand").focus()
    page.keyboard.press("Enter")
    me.tells("ring:in")
    for bot in (host, *bots):
        assert "goat" not in "".join(bot.heard), "the clock passes on, and nobody else"
        works(bot, 0)

    # somebody's line comes; drawn with keys, and words beside it
    expect(page.locator(".rg-from")).to_be_visible()
    paper = page.locator(".pad-paper .drawn[tabindex]")
    paper.focus()
    for key in ("Enter", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    host.until(lambda tree: tree["room"]["step"] == 1)
    expect(page.locator(".pad .line")).not_to_have_count(0)
    page.fill("#rg-text", "a small boat")
    assert not page.evaluate(FIT, 44), page.evaluate(FIT, 44)
    me.tap("ring:hand")
    me.tells("ring:in")
    for bot in (host, *bots):
        works(bot, 1)

    # a drawing comes, and its words are said where it cannot be seen
    expect(page.locator(".rg-from .drawn[role=img]")).to_be_visible()
    page.fill("#rg-text", "half of what I s")
    page.wait_for_timeout(700)
    assert host.do("ring.pass_on") == "ok"
    me.tells("ring:done")

    assert host.do("ring.show") == "ok"
    me.tells("ring:chain", n=1, of=4)
    expect(page.locator(".rg-stage .rg-piece")).to_be_visible()
    assert host.do("ring.go", to="piece") == "ok"
    me.tells("ring:step", n=2, of=len(host.tree["room"]["chains"][0]))
    expect(page.locator(".rg-stage .drawn")).to_be_visible()
    assert not page.evaluate(FIT, 44), page.evaluate(FIT, 44)
    assert host.do("ring.free") == "ok"
    expect(me.button("ring:go.chain")).to_be_visible()
    texts = []
    for _ in range(4):
        texts += page.locator(".rg-chain figcaption").all_inner_texts()
        me.tap("ring:go.chain")
    for want in ("A goat waits for the bus", "a small boat", "half of what I s", "Noé 0"):
        assert want in texts
    assert host.do("room.end", erase=False) == "ok"
    me.tells("end.title")
    page.get_by_role("button", name=me.t("end.again")).first.click()
    expect(page.locator(".rg-chain .rg-piece").first).to_be_visible()
