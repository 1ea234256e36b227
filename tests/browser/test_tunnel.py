"""A tunnel at the first moment: what it takes to say so must be on the phone already."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.house import House, free_port
from tests.browser.road import Road
from tests.browser.watch import TUNNEL

MOTION = True


@pytest.mark.timeout(120)
def test_b11_a_tunnel_right_after_the_door_is_told(folk: Folk) -> None:
    """B11: nothing has to be fetched to say that the line is away. The sheet used to be a module
    of its own, fetched when the page was idle: on a slow phone the tunnel came first."""
    port = free_port()
    road = Road(port)
    house = House(port=port, url=f"http://127.0.0.1:{road.port}")
    try:
        room = house.room("Early tunnel")
        one = folk.person(house.url, PHONE, "en", user_agent="phone early")
        one.watch.forgive(*TUNNEL, "ERR_FAILED")
        one.open(room.join)
        one.page.route("**/static/screens/*.js", lambda route: route.abort())
        one.page.click("#join button.btn.xl")
        one.inside()
        road.tunnel("phone early")
        one.context.set_offline(True)
        one.tells("line.safe")
        one.context.set_offline(False)
        road.daylight("phone early")
        expect(one.page.locator(".adrift")).to_have_count(0)
    finally:
        house.close()
        road.close()
