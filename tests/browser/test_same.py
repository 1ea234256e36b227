"""One person stays one person: reloads, further tabs, late arrivals; hands and reactions."""

from playwright.sync_api import expect

from tests.browser.conftest import Folk, Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

MOTION = True

PLAN = ["street", "song-play"]


def test_b20_after_a_reload_one_is_the_same(phone: Open, house: House) -> None:
    """B20: reload and link again lead back in without a question, as the same person."""
    room = house.room(plan=PLAN)
    one = phone()
    one.join(room.join, "Noé")
    people = one.people
    one.page.reload()
    one.inside()
    assert one.people == people
    one.open(room.join)
    one.inside()
    assert one.people == people
    assert len(people) == 1


def test_b21_two_tabs_do_not_fight(phone: Open, folk: Folk, house: House, crowd: Crowd) -> None:
    """B21: a tab opened from a tab is the same person, and both go on."""
    room = house.room(plan=PLAN)
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one = phone()
    one.join(room.join, "Noé").kind("canvas")
    one.stroke((0.1, 0.2), (0.5, 0.2))
    one.marks(1)
    # What is still on its way would go with the clone, and the older tab would rest.
    one.page.wait_for_function("() => !Object.keys(sessionStorage).some((k) => k.includes(':op:'))")
    with one.page.expect_popup() as opened:
        one.page.evaluate("() => void window.open(location.href)")
    two = folk.tab(one, opened.value)
    two.inside().kind("canvas")
    two.marks(1)
    for y in (0.3, 0.5, 0.7):
        one.page.bring_to_front()
        one.stroke((0.1, y), (0.5, y))
        two.page.bring_to_front()
        two.stroke((0.5, y + 0.1), (0.9, y + 0.1))
    for tab in (one, two):
        tab.marks(7)
    assert len(host.tree["meet"]["people"]) == 2
    assert len({mark[0] for mark in host.tree["room"]["marks"]}) == 1
    two.page.close()
    one.page.reload()
    one.inside().kind("canvas")
    one.marks(7)


def test_b22_who_comes_late_lands_where_all_are(phone: Open, house: House, crowd: Crowd) -> None:
    """B22: a late arrival sees the running activity with all that is there, and can act."""
    room = house.room(plan=PLAN)
    host = crowd.come(house, room, "Host", host=True)
    bots = [crowd.come(house, room, name) for name in ("Ana", "Ben", "Cleo")]
    host.do("room.next")
    host.do("room.next")
    for bot in bots:
        assert bot.do("prompt.add", title=f"Song of {bot.name}", who="") == "ok"
    late = phone("pt")
    late.join(room.join, "Tarde").kind("prompt")
    expect(late.page.locator(".songs > li")).to_have_count(3)
    late.page.fill("#add-title", "Garota de Ipanema")
    late.page.keyboard.press("Enter")
    expect(late.page.locator(".songs > li")).to_have_count(4)
    host.until(lambda tree: len(tree["room"]["entries"]) == 4)


def test_b23_hands_and_reactions_are_two_things(phone: Open, desk: Open, house: House) -> None:
    """B23: hands stand in a queue that the host serves; reactions are summed for everyone."""
    room = house.room(plan=PLAN)
    host = desk("fr")
    host.join(room.host, "Inès")
    first, second = phone(), phone("es")
    first.join(room.join, "Tomás")
    second.join(room.join, "Bea")
    first.tap("bar.hand")
    expect(host.page.locator(".hands")).to_contain_text("Tomás")
    second.tap("bar.hand")
    expect(host.page.locator(".hands")).to_contain_text("Bea")
    host.tap("hand.give.to", name="Tomás")
    first.tells("hand.given")
    expect(first.button("bar.hand")).to_have_attribute("aria-pressed", "false")
    host.button("hand.give.to", name="Bea").wait_for()
    first.tap("bar.react")
    for _ in range(2):
        first.tap("react.bravo")
    second.tap("bar.react")
    second.tap("react.bravo")
    expect(host.page.locator(".sum b")).to_have_text("3")
    expect(first.page.locator(".sum b")).to_have_text("3")
    assert first.page.locator(".songs, .hands").count() == 0


def test_b24_two_hosts_who_tap_next_at_once_move_one_step(phone: Open, house: House) -> None:
    """B24: the second host is told who has moved. The page once kept that to itself."""
    room = house.room(plan=PLAN)
    one, two = phone("fr").join(room.host, "Inès"), phone("ar").join(room.host, "Bo")
    two.page.evaluate(
        "async (at) => { window.act = (await import(at)).act; }", two.module("screens/session.js")
    )
    one.next()
    two.page.locator("#room:not(.k-room)").wait_for()
    # The second tap, from a page that had not seen the first.
    two.page.evaluate("window.act('next', { g: 0 }).then(() => true)")
    two.tells("refused.moved", name="Inès")
    assert one.state("meet", "at") == 0
