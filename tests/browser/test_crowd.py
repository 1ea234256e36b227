"""The people without a browser are clients like all others."""

from tests.browser.crowd import Crowd
from tests.browser.house import House


def test_b72_who_is_too_fast_goes_back_where_the_room_says(house: House, crowd: Crowd) -> None:
    """B72: what the room did not take (an `err` that names a number) is said again, in order. A bot
    that did not would stand still for good: nothing behind that number is heard."""
    room = house.room()
    host = crowd.come(house, room, "Amina", host=True)
    host.many("room.hand", [{"up": n % 2 == 0} for n in range(90)])
    assert host.do("room.title", title="after all of them") == "ok"
    assert any('"too_fast"' in text for text in host.heard)
    assert host.until(lambda tree: tree["meet"]["title"] == "after all of them")
