"""What a small phone shows before anybody scrolls: the question, and what one does about it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

HEIGHTS = (640, 568)
BELOW = """(what) => {
  const bar = document.querySelector(".dock").getBoundingClientRect().top;
  const head = document.querySelector(".mast h1").getBoundingClientRect();
  const found = [...document.querySelectorAll(what)].map((el) => el.getBoundingClientRect());
  return { count: found.length, head: head.top,
    under: Math.max(...found.map((box) => box.bottom - bar)),
    out: Math.max(...found.map((box) => Math.max(-box.left, box.right - innerWidth))) };
}"""
CALM = "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"  # noqa: E501


def lead(host: Bot, bots: list[Bot]) -> None:
    """Somebody else leads, with the move that has the most to say."""
    host.do("round.begin")
    for _ in range(6):
        turn = host.until(lambda tree: tree["room"].get("turn"))["room"]["turn"]
        up = turn["order"][turn["at"]]
        for bot in bots:
            if bot.member == up:
                assert bot.do("round.show", move="reach") == "ok"
                return
        host.do("round.next_")
    raise AssertionError("nobody led")


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_b56_what_one_does_is_on_the_first_screen(
    phone: Open, house: House, crowd: Crowd, lang: str
) -> None:
    """B56: tools under the paper, the button that sends, one's own pace and the move that all
    follow once lay behind the bar of a phone, under heads of three and four lines."""
    room = house.room(lang=lang)
    host = crowd.come(house, room, "Ana", host=True)
    bots = [crowd.come(house, room, name) for name in ("Bo", "Cy", "Di")]
    mine = phone(lang).join(room.join, "Léa")
    found: list[str] = []

    def look(name: str, what: str) -> None:
        expect(mine.page.locator(what).first).to_be_visible()
        mine.page.wait_for_load_state("networkidle")
        for height in HEIGHTS:
            mine.page.set_viewport_size({"width": 320, "height": height})
            mine.page.evaluate(CALM)
            seen = mine.page.evaluate(BELOW, what)
            if seen["under"] > 3 or seen["out"] > 0 or seen["head"] < 0:
                found.append(f"{name} at {height}: {seen}")

    for card in ("reach", "squiggle", "tiles"):
        assert host.do("room.open", card=card) == "ok"
        look(card, "#room.k-canvas .pad-tools .tool")
        expect(mine.page.locator(".pad-tools")).to_have_count(1)
    assert host.do("room.open", kind="checkin", options={"form": "dial"}) == "ok"
    look("dial", "#ck-dial, .ck-dial + .row .btn")
    assert host.do("room.open", card="breath") == "ok"
    assert host.do("breath.begin") == "ok"
    look("breath", ".circle, .paces .btn")
    assert host.do("room.open", card="mirror") == "ok"
    lead(host, bots)
    look("mirror", ".move-now svg, .move-now b, .move-now .small")
    assert not found, "\n".join(found)


def clear(one: Phone) -> None:
    """Nothing lies over the head, also when all has come that comes by itself."""
    one.page.wait_for_load_state("networkidle")
    one.page.wait_for_timeout(500)
    assert one.page.locator(".status > *").all_inner_texts() == []


def test_b57_nothing_lies_over_the_question(phone: Open, house: House, crowd: Crowd) -> None:
    """B57: who comes late has read on the way in where we are; the line with it once lay over the
    question. Who waited for the first host once read that somebody took over (FOLK9)."""
    room = house.room(lang="fr")
    early = phone("fr").join(room.join, "Léa")
    host = crowd.come(house, room, "Ana", host=True)
    for card, kind in (("tiles", "canvas"), ("mirror", "round"), ("word", "words")):
        assert host.do("room.open", card=card) == "ok"
        on = f"#room.k-{kind} #act > *"
        expect(early.page.locator(on).first).to_be_visible()
        clear(early)
        late = phone("fr")
        late.open(room.join)
        late.page.click("#join button.btn.xl")
        late.tells("late.open")
        expect(late.inside().page.locator(on).first).to_be_visible()
        clear(late)
        expect(late.page.locator("#head")).to_be_visible()
        late.page.close()
