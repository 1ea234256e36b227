"""The lead goes from hand to hand, and what a host closes, for one and for all."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import PHONE, Folk, Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.ink import encode
from tests.browser.phone import Phone
from tests.browser.test_line import write
from tests.browser.test_people import SILENT_MS, about, tap


class Slow:
    """What the room says to this page can be held back; what the page says goes out."""

    def __init__(self, phone: Phone) -> None:
        self._held: list[Any] | None = None
        phone.page.route_web_socket(re.compile("/ws/"), self._carry)

    def _carry(self, page: WebSocketRoute) -> None:
        self._page = page
        page.connect_to_server().on_message(self._hear)

    def _hear(self, message: str | bytes) -> None:
        if self._held is None:
            self._page.send(message)
        else:
            self._held.append(message)

    def hold(self) -> None:
        self._held = []

    def let(self) -> None:
        held, self._held = self._held or [], None
        for message in held:
            self._page.send(message)


@pytest.mark.timeout(120)
def test_ld20_two_offer_to_lead_and_one_leaves_the_lead_behind(folk: Folk, crowd: Crowd) -> None:
    """LD20: of two who offer at once the second hears who was faster; whoever leads and goes names
    who leads next, and the jam goes on."""
    house = House(JAM_LIMIT_BATON_MS=SILENT_MS)
    try:
        room = house.room(plan=["weather", "street"])
        host = crowd.come(house, room, "Awa", host=True)
        one = folk.person(house.url, PHONE, "fr")
        two = folk.person(house.url, PHONE, "ar")
        slow = Slow(two)
        one.join(room.join, "Béa")
        two.join(room.join, "سمير")
        host.leave()
        for phone in (one, two):
            expect(phone.button("lead.can")).to_be_visible()
        slow.hold()
        one.tap("lead.can")
        one.tells("lead.you")
        two.tap("lead.can")
        # The tap has gone out before the page hears of the other one.
        one.page.wait_for_timeout(300)
        slow.let()
        two.tells("lead.late", name="Béa")
        expect(two.button("lead.can")).to_have_count(0)
        one.next()
        two.kind("checkin")

        one.sheet_of("bar.more")
        tap(one, "more.leave")
        expect(one.sheet).to_contain_text(one.t("leave.hand"))
        nobody = one.sheet.get_by_role("radio", name=one.t("leave.nobody"))
        expect(nobody).to_be_checked()  # who has named no stand-in volunteers nobody
        one.sheet.get_by_role("radio", name="سمير").check()
        tap(one, "leave.back")
        one.tells("join.again", name="Béa")
        two.tells("lead.you")
        two.page.locator(".onward").wait_for()
        # Who leads now waits out the two seconds in which a second host's tap is the same step.
        two.page.wait_for_timeout(2_100)
        two.next()
        two.kind("canvas")
        folk.go()
    finally:
        house.close()


@pytest.mark.timeout(120)
def test_ld21_pens_chat_and_door_are_closed_and_opened(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """LD21: pens and chat rest for one or for all, and come back; a page hides somebody for itself
    alone; a locked door says so; the end names the next date."""
    room = house.room("Cuisine de rue", plan=["street"])
    host, guest = phone("fr").join(room.host, "Awa"), phone("ar").join(room.join, "ليلى")
    loud = crowd.come(house, room, "Loud")
    host.next()
    guest.kind("canvas")
    points = encode([(1000, 5000), (9000, 5000)])
    mark = {"shape": "free", "group": 1, "ink": 2, "width": 1, "points": points}

    def draws(y: float) -> None:
        guest.stroke((0.2, y), (0.7, y))

    # for all: nobody draws but hosts, and everybody reads why
    host.sheet_of("bar.people")
    tap(host, "trouble.work.off")
    host.tells("trouble.work.shut")
    draws(0.2)
    guest.tells("refused.shut")
    assert loud.do("canvas.mark", **mark) == "shut"
    tap(host, "trouble.work.on")
    expect(host.sheet.get_by_text(host.t("trouble.work.shut"))).to_have_count(0)
    assert loud.do("canvas.mark", **mark) == "ok"
    host.close()
    guest.marks(1)
    # for one: the others go on
    about(host, "ليلى")
    tap(host, "person.work.off")
    expect(host.sheet.get_by_role("button", name=host.t("person.work.on"))).to_be_visible()
    draws(0.4)
    assert loud.do("canvas.mark", **mark) == "ok"
    guest.marks(2)
    tap(host, "person.work.on")
    expect(host.sheet.get_by_role("button", name=host.t("person.work.off"))).to_be_visible()
    draws(0.6)
    host.marks(3)
    # the chat for one, then for all; to the hosts one can always write
    tap(host, "person.line.off")
    expect(host.sheet.get_by_role("button", name=host.t("person.line.on"))).to_be_visible()
    guest.sheet_of("bar.line")
    guest.tells("line.shut.you")
    assert loud.do("room.line", text="Hello", to="all") == "ok"
    expect(guest.sheet.locator(".talk")).to_contain_text("Hello")
    tap(host, "person.line.on")
    expect(guest.sheet.get_by_text(guest.t("line.shut.you"))).to_have_count(0)
    host.close()
    host.sheet_of("bar.people")
    tap(host, "trouble.line.off")
    guest.tells("line.shut")
    assert loud.do("room.line", text="Again", to="all") == "shut"
    write(guest, "سؤال صغير", "line.host")
    guest.tells("line.sent.host")
    tap(host, "trouble.line.on")
    guest.close()
    # hidden from one's own page, and nobody is told
    about(guest, "Loud")
    tap(guest, "person.mute.on")
    expect(guest.sheet.get_by_role("button", name=guest.t("person.mute.off"))).to_be_visible()
    guest.close()
    guest.sheet_of("bar.line")
    expect(guest.sheet).not_to_contain_text("Hello")
    guest.close()
    # the door
    tap(host, "trouble.lock")
    host.tells("trouble.locked")
    late = phone("es")
    late.open(room.join)
    late.page.click("#join button.btn.xl")
    late.tells("door.locked")
    tap(host, "trouble.unlock")
    expect(host.sheet.get_by_text(host.t("trouble.locked"))).to_have_count(0)
    host.close()
    # the end, and when the next one is
    host.sheet_of("bar.more")
    tap(host, "host.end")
    host.sheet.get_by_text(host.t("end.next"), exact=True).click()
    host.page.fill("#next-day", (date.today() + timedelta(days=9)).isoformat())
    host.page.fill("#next-time", "20:15")
    tap(host, "end.keep")
    for one in (host, guest):
        one.tells("end.title")
        one.reads(re.compile("20:15|8:15"))  # Arabic tells the hour by a clock of twelve
