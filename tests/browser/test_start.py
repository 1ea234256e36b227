"""From nothing into a room: start page, links, the form before its script, wrong links."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House


def test_b1_a_room_in_two_taps_and_its_links(phone: Open) -> None:
    """B1: a title, a press, and the host goes in; the way in for others is a tap away."""
    host = phone("fr")
    host.open("/")
    host.page.fill("#title", "Cuisine de rue du jeudi")
    host.tap("start.open")
    host.tells("made.title")
    enter = host.page.get_by_role("link", name=host.t("made.enter"))
    links = [str(enter.get_attribute("href"))]
    assert re.search(r"/r/\w{10}#h\.[\w-]{43}$", links[0])
    host.page.reload()
    host.tells("made.title")
    assert enter.get_attribute("href") == links[0]
    enter.click()
    host.inside()
    host.sheet_of("bar.more").get_by_role("button", name=host.t("people.invite")).click()
    host.tap("key.later")
    links.append(host.sheet.locator("code.link").last.inner_text())
    assert re.search(r"/r/\w{10}#j\.[\w-]{22}$", links[1])
    host.close()
    expect(host.page.locator("h1")).to_have_text("Cuisine de rue du jeudi")
    expect(host.page.locator(".onward")).to_be_visible()
    for link in links:
        secret = link.split("#")[1]
        assert secret not in host.page.url
        assert not host.watch.holds(secret), "a secret has left the page"
    assert not host.watch.holds(links[0].split("#")[1][2:])


def test_b2_the_form_works_before_its_script(phone: Open, house: House) -> None:
    """B2: name and press while the modules are under way; once they come one is in, as typed."""
    room = house.room("Slow line")
    guest = phone()
    held: list[Route] = []
    let = [False]

    def hold(route: Route) -> None:
        if let[0] or route.request.url.endswith("boot.js"):
            route.continue_()
        else:
            held.append(route)

    guest.page.route("**/*.js", hold)
    guest.page.goto(room.join, wait_until="commit")
    guest.page.fill("#name", "Amina")
    guest.page.click("#join button.btn.xl")
    expect(guest.page.locator("#join button.btn.xl")).to_have_text(guest.t("join.entering"))
    assert guest.page.url == room.join, "the page has been left"
    expect(guest.page.locator("#name")).to_have_value("Amina")
    let[0] = True
    for route in held:
        route.continue_()
    guest.inside()
    expect(guest.page.locator(".crowd")).to_contain_text("Amina")
    assert "#" not in guest.page.url


def test_b3_wrong_cut_and_ended_links(phone: Open, house: House, crowd: Crowd) -> None:
    """B3: each link that opens nothing says so kindly and shows a way on."""
    room = house.room("Short")
    guest = phone()
    with guest.watch.forgiving("status 404", "Failed to load resource"):
        guest.open("/r/0123456789#j.0123456789012345678901")
        guest.tells("wrong.title")
        expect(guest.page.get_by_role("link", name=guest.t("page.home"))).to_be_visible()
        guest.open("/nothing-here")
        guest.tells("missing.title")
    # the wrong secret of a room that is there
    guest.open(f"/r/{room.id}#j.0123456789012345678901")
    guest.page.click("#join button.btn.xl")
    guest.tells("wrong.title")
    # a link without its end
    other = phone()
    other.open(f"/r/{room.id}")
    other.tells("nokey.title")
    other.page.fill("#link", "nonsense")
    other.tap("nokey.open")
    other.tells("link.wrong")
    other.page.fill("#link", room.join)
    other.tap("nokey.open")
    expect(other.page.locator("#door")).to_be_visible()
    other.page.click("#join button.btn.xl")
    other.inside()
    # the room ends: for who is in it, and for who comes later
    host = crowd.come(house, room, "Host", host=True)
    assert host.do("room.end", erase=False) == "ok"
    other.tells("end.title")
    late = phone("es")
    late.open(room.join)
    late.tells("ended.title")


def test_b4_a_name_is_suggested_and_each_is_another(phone: Open, house: House) -> None:
    """B4: the field holds a name of the language; names in the room are not suggested again."""
    room = house.room()
    one = phone("ar")
    one.open(room.join)
    first = one.page.input_value("#name")
    assert re.search("[\u0600-\u06ff]", first)
    one.tap("join.other")
    assert one.page.input_value("#name") != first
    one.join(room.join, first)
    two = phone("ar")
    for _ in range(4):
        two.open(room.join)
        assert two.page.input_value("#name") != first
