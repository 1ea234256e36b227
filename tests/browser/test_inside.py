"""A kind inside a group, on a phone: not this one, a creature of three that begins by itself, and
the way home with it."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

FIT = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"""
HELD = """() => document.activeElement && document.activeElement !== document.body"""
NAMES = """() => [...document.querySelectorAll("#main button")]
  .map((button) => button.innerText.trim()).filter(Boolean)"""
INSIDE = {"mode": "parts", "seconds": 120, "ask": False}


def guest_id(phone: Phone) -> str:
    """Who sits at this page."""
    return str(next(who for who, one in phone.people.items() if one["name"] == "Béa"))


def team(bot: Bot, who: str) -> str:
    """The group of somebody, as a bot sees it."""
    return str(bot.tree["room"]["team"].get(who, ""))


def test_gr24_a_creature_in_a_group_comes_home(phone: Open, house: House, crowd: Crowd) -> None:
    """GR24: at 320 px, by keyboard: who taps "not this one" stays and comes along after all; in the
    group everybody has a part at once and may show it; taking back keeps the focus; what was shown
    comes home, what was not stays closed; nobody is thrown off the page."""
    room = house.room("Cuisine de rue", lang="fr")
    host = crowd.come(house, room, "Hawa", host=True)
    options = {"size": 3, "seconds": 300, "shown": True}
    nest = {"inside": "canvas", "inside_options": INSIDE}
    assert host.do("room.open", kind="groups", options={**options, **nest}) == "ok"
    guest = phone("fr").join(room.join, "Béa")
    page = guest.page
    bots = [crowd.come(house, room, name) for name in ("Zoé", "Noor", "Inès", "Tom")]

    # Not this one: nobody is put with her. She comes along after all, into the smallest group.
    guest.button("groups:sit").focus()
    page.keyboard.press("Enter")
    guest.tells("groups:sat")
    assert host.do("groups.begin") == "ok"
    seen = bots[0].until(lambda tree: len(tree["room"]["team"]) == 4)
    assert guest_id(guest) not in seen["room"]["team"]
    guest.button("groups:unsit").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".g-with")).to_be_visible()
    expect(page.locator(".inner .pad-paper")).to_be_visible()
    assert page.evaluate(FIT)
    names = page.evaluate(NAMES)
    assert len(names) == len({*names}), f"two buttons of one name: {names}"

    # A part of her own at once; the last stroke taken back leaves the focus where it was.
    paper = page.locator(".inner [role=application]")
    paper.focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    me = guest_id(guest)
    mates = [bot for bot in bots if bot.tree["room"]["team"].get(bot.member) == team(bot, me)]
    mates[0].until(lambda tree: tree["team"][team(mates[0], me)]["in"]["count"] == 1)
    undo = page.locator("[data-pad=undo]")
    undo.focus()
    page.keyboard.press("Enter")
    mates[0].until(lambda tree: tree["team"][team(mates[0], me)]["in"]["count"] == 0)
    expect(undo).to_have_attribute("aria-disabled", "true")
    expect(undo).to_be_focused()
    paper.focus()
    for key in ("Enter", "ArrowLeft", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    mates[0].until(lambda tree: tree["team"][team(mates[0], me)]["in"]["count"] == 1)

    # There is no host in a group: she shows it herself, and all of them see it there.
    page.locator("[data-act=show]").focus()
    page.keyboard.press("Enter")
    mates[0].until(lambda tree: tree["team"][team(mates[0], me)]["in"]["phase"] == "shown")
    expect(page.locator("[data-act=show]")).to_have_count(0)
    expect(page.locator(".inner .drawn").first).to_be_visible()
    assert page.evaluate(FIT) and page.evaluate(HELD)
    late = crowd.come(house, room, "Tardive")
    late.until(lambda tree: late.member in tree["room"]["team"])

    # Home: hers is there, made by whom; the group that showed nothing is no empty frame.
    assert host.do("groups.home") == "ok"
    guest.tells("groups:back")
    expect(page.locator(".g-made")).to_contain_text("Béa")
    expect(page.locator(".g-made")).to_contain_text(guest.t("groups:made.at", n=1, count=1))
    expect(page.locator(".g-door .drawn").first).to_be_visible()
    # All six reactions at once have room beside each other.
    for which in range(6):
        bots[which % 4].react(which)
    expect(page.locator(".sum b")).to_have_count(6)
    assert page.evaluate(FIT) and page.evaluate(HELD)
