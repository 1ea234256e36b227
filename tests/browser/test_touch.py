"""Fingers on the glass."""

from playwright.sync_api import CDPSession

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.ink import breadth


def touch(cdp: CDPSession, kind: str, *fingers: tuple[float, float]) -> None:
    """All fingers that are on the glass now."""
    points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(fingers)]
    cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_b60_one_finger_draws_two_move(phone: Open, house: House, crowd: Crowd) -> None:
    """B60: one finger draws; two fingers bring the page nearer and draw nothing."""
    room = house.room(plan=["street"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one = phone(has_touch=True, is_mobile=True)
    one.join(room.join, "Thumb").kind("canvas")
    box = one.canvas().bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    cdp = one.cdp()

    def stroke(length: int, down: int) -> int:
        touch(cdp, "touchStart", (x - 60, y + down))
        for step in range(1, 13):
            touch(cdp, "touchMove", (x - 60 + length * step / 12, y + down))
        touch(cdp, "touchEnd")
        marks = len(seen) + 1
        host.until(lambda tree: len(tree["room"]["marks"]) == marks)
        seen.append(breadth(host.tree["room"]["marks"][-1][5]))
        return seen[-1]

    seen: list[int] = []
    whole = stroke(120, 0)
    touch(cdp, "touchStart", (x - 20, y))
    touch(cdp, "touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 11):
        touch(cdp, "touchMove", (x - 20 - 5 * step, y), (x + 20 + 5 * step, y))
    touch(cdp, "touchEnd")
    near = stroke(120, 10)
    assert 0.2 * whole < near < 0.7 * whole, "two fingers did not bring the page nearer"
    assert one.page.evaluate("visualViewport.scale") == 1, "the whole page was zoomed"
    assert one.page.evaluate("scrollY") == 0
    one.tool("fit")
    assert abs(stroke(120, 20) - whole) < 0.1 * whole
