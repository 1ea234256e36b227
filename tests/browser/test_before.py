"""Before the jam: a date, the host's key, the invitation, the rooms of a device, the door."""

import json
import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import DESK, Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

KEY = re.compile(r"#h\.[\w-]{43}")


def enter(guest: Phone, address: str, name: str) -> Phone:
    """Through the form, where there is one, and past the first screen."""
    guest.open(address)
    if name:
        guest.page.fill("#name", name)
        guest.page.click("#join button.btn.xl")
    guest.tap("hello.go")
    return guest.inside()


def test_be9_a_dated_series_its_key_and_the_rooms_of_this_device(phone: Open) -> None:
    """BE9, LG9: dates, key before invitation, no invitation to localhost, back by the list."""
    host = phone("fr")
    page = host.page
    host.open("/")
    page.fill("#title", "Cuisine de rue")
    page.click("#when summary")
    page.fill("#date", (date.today() + timedelta(days=9)).isoformat())
    host.tap("start.open")
    host.tells("when.wrong.time")
    page.fill("#time", "19:30")
    page.select_option("#minutes", "90")
    page.select_option("#again", "week")
    page.select_option("#times", "3")
    expect(page.locator("#when .dates li")).to_have_count(3)
    for lang in ("ar", "fr"):  # LG9: all of it comes along to the page in another language
        page.click(f"a[hreflang={lang}]")
        expect(page.locator(f"html[lang={lang}] #when .dates li")).to_have_count(3)
    host.tap("start.open")
    host.tells("made.title")
    expect(page.locator(".made .dates li")).to_have_count(3)
    assert not KEY.search(page.inner_text("body")), "the key is shown without being asked for"
    # the key comes first, once, and never beside the way in for everyone
    host.tap("invite.title")
    host.tells("key.first.title")
    host.tap("key.show")
    expect(page.locator("code.link")).to_have_text(KEY)
    assert "#j." not in page.inner_text("body")
    host.tap("key.stay")
    host.tells("key.stays")
    host.tap("key.on")
    host.tells("invite.here")
    assert not KEY.search(page.inner_text("body"))
    expect(page.locator(".qr")).to_have_count(0)
    expect(host.button("invite.copy")).to_have_count(0)
    host.tap("made.back")
    host.tap("invite.title")
    host.tells("invite.here")
    # in, with one tap and a name
    host.tap("made.back")
    page.fill("#name", "Awa")
    page.get_by_role("link", name=host.t("made.enter")).click()
    host.inside()
    assert len(host.state("meet", "starts")) == 3
    host.sheet_of("bar.more").get_by_role("button", name=host.t("more.dates")).click()
    expect(host.sheet.locator("ol.when li")).to_have_count(3)
    host.sheet.get_by_role("button", name=host.t("days", count=3), exact=True).click()
    host.tells("dates.contents", span=host.t("days", count=3))
    assert host.state("meet", "kept") == 3 * 86_400_000
    # later, on the start page: back by the list, then forgotten
    host.open("/")
    host.tap("end.another")
    card = page.locator("#rooms li")
    expect(card).to_contain_text("Cuisine de rue")
    expect(card).to_contain_text(host.t("people.host"))
    card.get_by_role("link").click()
    host.inside()
    assert "#" not in page.url
    expect(page.locator("h1")).to_have_text("Cuisine de rue")
    host.open("/")
    page.locator("#rooms li").get_by_role("button").click()
    expect(page.locator("#rooms li")).to_have_count(0)
    page.reload()
    expect(page.locator("#rooms")).to_be_hidden()
    kept = page.evaluate("() => JSON.stringify(localStorage)")
    assert not re.search(r"[jh]\.[\w-]{22}", kept), "a secret stays on a device that forgot"


def test_be10_a_key_that_got_out_and_a_code_said_aloud(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """BE10: a new key ends the old one, seats stay; whoever knocks with a code is let in."""
    room = house.room("Open evening")
    host = phone(size=DESK)
    host.open(room.host)
    host.page.fill("#name", "Amina")
    host.tap("ask.host")
    host.inside()
    guest = crowd.come(house, room, "Noé")
    host.sheet_of("bar.more").get_by_role("button", name=host.t("more.key")).click()
    host.tap("key.new")
    host.tells("key.made")
    new = host.sheet.locator("code.link").inner_text()
    assert KEY.search(new)
    assert new.split("#")[1] != room.host_secret
    host.close()
    assert guest.do("room.hand", up=True) == "ok", "a seat was lost"
    late = phone("es")
    with late.watch.forgiving("."):
        late.open(room.host)
        late.tap("ask.host")
        late.tells("link.closed")
    # the way in for everyone is as it was
    enter(phone(), room.join, "Bea")
    # a code for a hall, typed by somebody at the door
    host.sheet_of("bar.more").get_by_role("button", name=host.t("people.invite")).click()
    host.tap("key.later")
    host.tap("door.code")
    code = host.sheet.locator(".say").inner_text()
    assert re.fullmatch(r"[0-9A-Za-z]{4} [0-9A-Za-z]{4}", code)
    knock = json.loads(house.ask("/api/code", {"code": code, "name": "Tomás"}))
    expect(host.sheet.locator(".knocks")).to_contain_text("Tomás")
    host.sheet.get_by_role("button", name=host.t("door.let"), exact=True).click()
    expect(host.sheet.locator(".knocks")).to_have_count(0)
    answer = json.loads(house.ask("/api/knock", knock))
    assert answer["state"] == "in"
    came = enter(phone(), house.url + "/r/" + answer["url"].split("/r/")[1], "")
    expect(came.page.locator("h1")).to_have_text("Open evening")
