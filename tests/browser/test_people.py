"""Trouble and handing over: somebody is asked to leave, and a host's phone dies."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk, Open
from tests.browser.crowd import Crowd
from tests.browser.house import House, Room
from tests.browser.ink import encode
from tests.browser.phone import Phone
from tests.browser.test_sight import FIT

# Soon enough for a test, and long enough that nobody is thought to be silent who is not.
SILENT_MS = "1500"


def fits(phone: Phone) -> None:
    """All of this screen can be read and reached at 320 px."""
    found = phone.page.evaluate(FIT, 44)
    assert not found, "\n".join(found)


def tap(phone: Phone, key: str) -> None:
    """Press a button of the open sheet."""
    phone.sheet.get_by_role("button", name=phone.t(key)).first.click()


def about(phone: Phone, name: str) -> None:
    """The sheet of one person, by way of People."""
    phone.sheet_of("bar.people")
    phone.sheet.get_by_role("button", name=name).first.click()
    expect(phone.sheet.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.timeout(120)
def test_folk7_a_vandal_is_undone_and_asked_to_leave(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """FOLK7: undo, put back, ask to leave: one tap each, seen by all, and no way back."""
    room = house.room(plan=["street"])
    host = phone("fr", reduced_motion="reduce").join(room.host, "Awa")
    vandal = phone("ar").join(room.join, "Vandale")
    friend = crowd.come(house, room, "Noé")
    host.next()
    vandal.kind("canvas")
    for y in (0.3, 0.5):
        vandal.stroke((0.2, y), (0.7, y))
    points = encode([(1000, 9000), (9000, 9000)])
    drawn = friend.do("canvas.mark", shape="free", group=1, ink=2, width=3, points=points)
    assert drawn == "ok"
    host.marks(3)

    about(host, "Vandale")
    fits(host)
    tap(host, "person.undo")
    vandal.marks(1)
    tap(host, "person.redo")
    vandal.marks(3)

    tap(host, "person.remove")
    host.reads(host.t("remove.how"))
    fits(host)
    tap(host, "remove.undo")
    host.marks(1)
    vandal.tells("removed")
    host.tells("relink.here")
    fits(host)
    # The others have not noticed anything of the new link.
    assert friend.do("room.hand", up=True) == "ok"

    vandal.page.reload()
    vandal.tells("removed")
    vandal.open(room.join)
    vandal.tells("removed")
    stranger = phone("en")
    stranger.open(room.join)
    stranger.page.click("#join button.btn.xl")
    stranger.tells("link.closed")
    kept = host.page.evaluate("(id) => localStorage.getItem('jam:my:link:' + id)", room.id)
    base = room.join.split("#")[0]
    fresh = Room(room.id, f"{base}#{json.loads(kept)}", room.host)
    assert crowd.come(house, fresh, "Inès").do("room.hand", up=True) == "ok"

    # Whoever was asked to leave is still to be found by hosts: what they did can come back.
    host.close()
    host.sheet_of("bar.people")
    host.sheet.locator(".was summary").click()
    host.sheet.get_by_role("button", name="Vandale").click()
    tap(host, "person.redo")
    host.marks(3)


@pytest.mark.timeout(120)
def test_folk8_the_hosts_phone_dies_and_the_jam_goes_on(folk: Folk, crowd: Crowd) -> None:
    """FOLK8: the stand-in leads, everyone is told, the host takes it back with one tap."""
    house = House(JAM_LIMIT_BATON_MS=SILENT_MS)
    try:
        room = house.room(plan=["weather", "street"])
        host = folk.person(house.url, PHONE, "fr").join(room.host, "Awa")
        other = folk.person(house.url, PHONE, "fr").join(room.join, "Bea")
        samir = folk.person(house.url, PHONE, "ar", reduced_motion="reduce")
        samir.join(room.join, "Samir")
        host.sheet_of("bar.people")
        host.sheet.locator(".standin").get_by_role("button", name="Samir").click()
        expect(host.sheet.locator(".standin")).to_have_count(0)
        samir.sheet_of("bar.more")
        fits(samir)
        samir.close()

        host.context.close()
        samir.tells("lead.you")
        other.tells("baton.passed", name="Samir")
        samir.next()
        other.kind("checkin")
        samir.sheet_of("bar.people")
        fits(samir)
        samir.close()

        back = folk.person(house.url, PHONE, "fr").join(room.host, "Awa")
        back.tells("lead.other", name="Samir")
        back.tap("lead.take")
        for one in (back, other, samir):
            one.tells("host.back", name="Awa", standin="Samir")
        expect(samir.page.locator(".onward")).to_have_count(0)
        # Who leads now waits out the two seconds in which a second host's tap is the same step.
        back.page.wait_for_timeout(2_100)
        back.next()
        other.kind("canvas")
        # Before the doors close: a page that finds no room says so.
        folk.go()
    finally:
        house.close()
