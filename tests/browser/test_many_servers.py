"""Two servers and a Redis: a person at a phone, while one server dies and Redis is started anew."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, free_port
from tests.browser.phone import Phone
from tests.browser.road import Road
from tests.browser.watch import TUNNEL
from tests.redis_server import RedisServer

MOTION = True
DISK = ("--appendonly", "yes", "--appendfsync", "everysec")


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer(*DISK, port=free_port()).start()
    yield server
    server.remove()


def stroke(phone: Phone, down: int) -> None:
    """A line across the paper, at this height."""
    box = phone.canvas().bounding_box()
    assert box
    x, y = box["x"] + 40, box["y"] + 40 + down
    mouse = phone.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y + 5, steps=4)
    mouse.move(x + 120, y, steps=4)
    mouse.up()


def drawn(host: Bot, count: int) -> None:
    host.until(lambda tree: len(tree["room"]["marks"]) == count)


@pytest.mark.timeout(150)
def test_b73_a_server_dies_and_redis_starts_anew(
    folk: Folk, crowd: Crowd, redis: RedisServer, tmp_path: Path
) -> None:
    """B73: the paper takes every line meanwhile, a calm sentence says that it is safe, and all of
    it is there afterwards."""
    ports = [free_port(), free_port()]
    road = Road(ports[0])
    url = f"http://127.0.0.1:{road.port}"
    houses = [House(port=port, url=url, JAM_REDIS_URL=redis.url) for port in ports]
    try:
        room = houses[0].room("Two servers")
        host = crowd.come(houses[1], room, "Host", host=True)
        assert host.do("room.open", kind="canvas") == "ok"
        one = folk.person(url, PHONE, "fr")
        one.watch.forgive(*TUNNEL, "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "WebSocket")
        one.join(room.join, "Thumb").kind("canvas")
        stroke(one, 0)
        drawn(host, 1)

        houses[0].kill()
        stroke(one, 30)
        one.tells("line.safe")
        one.page.screenshot(path=tmp_path / "dead.png")
        one.page.get_by_role("button", name=one.t("line.go")).click()
        stroke(one, 60)
        road.lead(ports[1])
        drawn(host, 3)
        expect(one.page.locator(".adrift")).to_have_count(0)

        redis.signal(signal.SIGKILL)
        stroke(one, 90)
        one.tells("refused.stalled")
        one.page.screenshot(path=tmp_path / "away.png")
        expect(one.canvas()).to_be_visible()
        stroke(one, 120)
        redis.start()
        drawn(host, 5)
        one.page.screenshot(path=tmp_path / "back.png")
    finally:
        for house in houses:
            house.close()
        road.close()
