"""Each person's own language, on the form and in the room."""

from playwright.sync_api import expect

from server.web.words import NAMES
from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House


def test_b30_the_form_changes_its_language_and_keeps_all(phone: Open, house: House) -> None:
    """B30: another language on the form keeps the fragment and the name; the page turns round."""
    room = house.room()
    guest = phone("en")
    guest.open(room.join)
    guest.page.fill("#name", "Noé")
    for lang, name in list(NAMES.items())[1:]:
        guest.page.get_by_role("link", name=name, exact=True).click()
        guest.lang = lang
        guest.tells("join.ask")
        assert guest.page.evaluate("document.documentElement.lang") == lang
        assert guest.page.evaluate("document.documentElement.dir") == (
            "rtl" if lang == "ar" else "ltr"
        )
        assert guest.page.url.endswith(f"#{room.join_secret}")
        expect(guest.page.locator("#name")).to_have_value("Noé")
        title = guest.page.locator("#door h1").bounding_box()
        assert title
        assert (title["x"] + title["width"] > 300) == (lang == "ar") or title["width"] > 200
    guest.page.click("#join button.btn.xl")
    guest.inside()
    guest.tells("bar.hand")
    # the choice holds for the next visit
    guest.page.goto("/")
    guest.tells("start.title")


def test_b31_the_room_changes_its_language_in_place(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """B31: in the room words and direction change without a new page, and for oneself alone."""
    room = house.room(plan=["weather"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one, other = phone("en"), phone("fr")
    one.join(room.join, "One").kind("checkin")
    other.join(room.join, "Autre").kind("checkin")
    one.page.get_by_role("radio", name=one.t("checkin:i.rain"), exact=True).click()
    one.page.fill("#word", "drizzle")
    one.page.evaluate("window.stays = true")
    one.sheet_of("bar.more")
    one.page.get_by_role("button", name=NAMES["ar"], exact=True).click()
    one.lang = "ar"
    one.tells("more.title")
    assert one.page.evaluate("document.documentElement.dir") == "rtl"
    one.close()
    chosen = one.page.get_by_role("radio", name=one.t("checkin:i.rain"), exact=True)
    expect(chosen).to_have_attribute("aria-checked", "true")
    expect(one.page.locator("#word")).to_have_value("drizzle")
    assert one.page.evaluate("window.stays") is True
    other.tells("checkin:send.weather")
