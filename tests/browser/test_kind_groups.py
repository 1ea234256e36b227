"""Groups on a phone: not this one, with somebody, a drawing inside, a host who comes, and back."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

FIT = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"""


def test_gr23_into_a_group_and_back(phone: Open, house: House, crowd: Crowd) -> None:
    """GR23: at 320 px, by keyboard: stay, come along after all, draw inside a group, write, bring a
    line; the host goes where they are called; everybody is back with what they brought."""
    room = house.room("Cuisine de rue", lang="fr")
    host_bot = crowd.come(house, room, "Hawa", host=True)
    options = {"text": "Une porte", "inside": "canvas", "shown": True, "rounds": 2}
    assert host_bot.do("room.open", kind="groups", options=options) == "ok"
    guest = phone("fr").join(room.join, "Bea")
    other = crowd.come(house, room, "Zoé")
    page = guest.page

    # Not this one: paper of one's own, and nobody is told.
    guest.button("groups:sit").focus()
    page.keyboard.press("Enter")
    guest.tells("groups:sat")
    page.fill("#alone", "pour moi")
    page.locator("#alone").blur()
    guest.tells("groups:kept")
    assert host_bot.do("groups.begin") == "too_few"
    assert not any("pour moi" in frame for frame in (*other.heard, *host_bot.heard))
    guest.button("groups:come").focus()
    page.keyboard.press("Enter")
    guest.tells("groups:shown")

    # With somebody, and a drawing inside: what is drawn reaches the other, and nobody else.
    assert host_bot.do("groups.begin") == "ok"
    guest.reads("Zoé")
    expect(page.locator("#live")).to_contain_text("Zoé")
    page.locator("#cv-page").scroll_into_view_if_needed()
    guest.stroke((0.3, 0.3), (0.6, 0.6))
    drawn = other.until(lambda tree: any(t["in"]["marks"] for t in tree["team"].values()))
    assert list(drawn["team"]) == [drawn["room"]["team"][other.member]]
    assert "team" not in host_bot.tree or not host_bot.tree["team"]
    page.locator(".g-fold summary").click()
    page.fill("#talk", "une poignée ronde ?")
    page.keyboard.press("Enter")
    expect(page.locator(".g-talk .mine")).to_contain_text("une poignée ronde ?")
    assert other.do("groups.write", text="oui, et bleue") == "ok"
    expect(page.locator(".g-talk li")).to_have_count(2)
    assert other.do("groups.bring", text="Une porte bleue à poignée ronde") == "ok"
    guest.reads("Une porte bleue à poignée ronde")
    assert page.evaluate(FIT)

    # A host is called, sees by whom, and goes there.
    guest.tap("groups:call")
    guest.tells("groups:called")
    awa = phone("ar").join(room.host, "Awa")
    awa.tells("groups:over.call")
    assert awa.page.locator(".g-talk").count() == 0 and awa.page.evaluate(FIT)
    awa.page.locator(".g-list .tool").first.click()
    expect(awa.page.locator(".g-with")).to_contain_text("Bea")
    expect(awa.page.locator("#cv-page")).to_be_visible()
    assert awa.page.locator(".g-talk").count() == 0, "what was said before stays among them"
    guest.reads("Awa")
    awa.tap("groups:home")

    # Back, with the line and the drawing.
    guest.tells("groups:back")
    guest.reads("Une porte bleue à poignée ronde")
    expect(page.locator(".g-door #cv-page")).to_be_visible()
    assert page.evaluate(FIT)
    expect(awa.button("groups:next")).to_be_visible()

    # With one other left there is nobody to be with: the tap says so, and what helps.
    other.leave()
    awa.tap("groups:again")
    awa.tells("groups:refused.too_few")
