"""RO20: a round at 320 px, from "not this one" to its end."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

FIT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth <= clientWidth;
}"""


def test_ro20_a_round_by_keyboard_and_in_writing(phone: Open, house: House, crowd: Crowd) -> None:
    """RO20: whoever sits out is not in the order and nobody is told; the turn comes, goes later,
    is written instead of spoken, and passes; a leader's move stands on every screen."""
    room = house.room("Cercle")
    host = crowd.come(house, room, "Ana", host=True)
    bots = {bot.member: bot for bot in (crowd.come(house, room, name) for name in ("Bo", "Cy"))}
    guest = phone("ar")
    guest.join(room.join, "ليلى")
    options = {"order": "host", "seconds": 60, "text": "كيف حالنا؟"}
    assert host.do("room.open", kind="round", options=options) == "ok"
    guest.kind("round")
    guest.tap("round:sit")
    guest.tells("round:sat")
    assert host.do("round.begin") == "ok"
    me = guest.state("me", "id") or next(
        who for who, person in guest.people.items() if person["name"] == "ليلى"
    )
    order = host.until(lambda tree: tree["room"]["turn"])["room"]["turn"]["order"]
    assert me not in order and len(order) == 3
    turn = guest.page.locator(".turn h2")
    names = {who: person["name"] for who, person in guest.people.items()}
    expect(turn).to_have_text(names[order[0]])
    guest.reads(guest.t("round:next", name=names[order[1]]))
    # in again, last; the turn comes by passes, each told once
    guest.tap("round:unsit")
    expect(guest.page.locator(".order li")).to_have_count(4)
    for who in order:
        (bots.get(who) or host).do("round.pass_")
    expect(turn).to_have_text("ليلى")
    expect(guest.page.locator("#live")).to_contain_text(guest.t("round:say.mine"))
    assert host.do("round.pause") == "ok"
    guest.tells("round:still")
    done = guest.button("round:done")
    done.focus()
    guest.page.keyboard.press("Tab")
    guest.page.keyboard.press("Tab")
    expect(guest.button("round:write")).to_be_focused()
    guest.page.keyboard.press("Enter")
    guest.page.fill("#write", "بخير، وعلى مهل")
    assert guest.page.evaluate(FIT)
    guest.tap("round:write.send")
    expect(guest.page.locator(".said-now")).to_have_text("بخير، وعلى مهل")
    assert host.until(lambda tree: tree["room"]["said"])["room"]["said"][0]["by"] == me
    done.click()
    guest.tells("round:over")
    expect(guest.page.locator(".songs .note")).to_contain_text("بخير")
    # moves: the leader's stands large on every screen
    assert host.do("room.open", kind="round", options={"form": "lead", "order": "host"}) == "ok"
    assert host.do("round.begin") == "ok" and host.do("round.put_on", who=host.member) == "ok"
    assert host.do("round.show", move="reach") == "ok"
    guest.tells("move.reach")
    guest.reads(guest.t("round:seated", how=guest.t("move.reach.seated")))
    assert host.do("round.put_on", who=me) == "ok"
    guest.page.get_by_role("button", name=guest.t("move.clap")).press("Enter")
    assert host.until(lambda tree: tree["room"]["move"])["room"]["move"] == "clap"
    assert guest.page.evaluate(FIT)
