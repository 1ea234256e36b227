"""The first useful tap in every kind, on a slow line: `python -m bench.first kinds [runs [kind]]`.

Somebody new comes late, with an empty browser: opens the link, joins the moment that can be
pressed, goes in, and does what the activity asks for. Nobody's thinking counts, nor their typing.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from playwright.sync_api import Browser

from bench.scenes import LED, PATIENCE_MS, Act, Scene
from bench.slow import Slow
from server.kit import Rng
from server.rehearse.player import Player
from server.web.assets import Assets
from tests.browser.conftest import PHONE, Folk
from tests.browser.crowd import Crowd
from tests.browser.house import ROOT, House, Room, free_port
from tests.browser.test_weight import warm

BOTS = 5
SMALL = 400
"""Bytes: what is smaller goes as well without brotli."""
ENDS = (".js", ".css", "/en.json", "/en.rest.json", "later.svg", "en.more.json")


@contextmanager
def people(browser: Browser) -> Iterator[Folk]:
    """Some browsers for one measurement."""
    folk = Folk(browser)
    yield folk
    for watch in folk.watches:
        watch.forgive(".")
    folk.go()


def tapped(browser: Browser, house: House, room: Room, act: Act) -> tuple[float, float]:
    """On a slow line: from the link until the form can be pressed, and until a tap counts."""
    with people(browser) as folk:
        one = folk.person(house.url, PHONE)
        page = one.page
        page.set_default_timeout(PATIENCE_MS)
        one.watch.forgive(".")
        before = time.time()
        page.goto(room.join, wait_until="commit")
        page.locator("#join button.btn.xl").click()
        form = time.time() - before
        page.locator("main.first .btn.xl").click()
        act(page)
        useful = time.time() - before
    return form, useful


class Company:
    """A host and some others in a room of their own."""

    def __init__(self, crowd: Crowd, house: House) -> None:
        self.room = house.room(plan=["weather"])
        self.host = crowd.come(house, self.room, "Host", host=True)
        self.bots = [
            (crowd.come(house, self.room, f"Bot {i}"), Player(Rng(b"%d" % i, 0)))
            for i in range(BOTS)
        ]

    @property
    def now(self) -> dict[str, Any]:
        """What runs."""
        return self.host.tree["meet"].get("now") or {"g": 0}

    def set(self, scene: Scene) -> None:
        """The activity runs, and some have done something."""
        before = self.now["g"]
        assert self.host.do("room.open", **scene.opens) == "ok", scene
        for bot in (self.host, *(bot for bot, _ in self.bots)):
            bot.until(lambda tree: (tree["meet"].get("now") or {}).get("g", 0) > before)
        for step in scene.goes:
            if isinstance(step, int):
                self.play(step)
            elif step == LED:
                self.lead()
            else:
                self.ask(**(step if isinstance(step, dict) else {"do": step}))

    def ask(self, do: str, **args: Any) -> None:
        """The host does something."""
        done = self.host.do(f"{self.now['kind']}.{do}", **args)
        assert done == "ok", (do, done)

    def play(self, rounds: int) -> None:
        """Everybody does what they would do next."""
        for _ in range(rounds):
            for bot, player in self.bots:
                player.tree, player.me = bot.tree, bot.member
                move = player.move()
                if move is not None:
                    bot.do(move[0], **move[2])

    def lead(self) -> None:
        """The turn goes on to one of the others, who leads."""
        for _ in self.bots:
            turn = self.host.until(lambda tree: tree["room"].get("turn"))["room"]["turn"]
            for bot, _ in self.bots:
                if bot.member == turn["order"][turn["at"]]:
                    assert bot.do("round.show", move="reach") == "ok"
                    return
            self.ask("next_")
        raise AssertionError("nobody led")

    def leave(self) -> None:
        """They go."""
        for bot in (self.host, *(bot for bot, _ in self.bots)):
            bot.leave()


def pack(near: str, room: Room) -> None:
    """Wait until the server has packed what people fetch as tight as it can, as where some have
    been before."""
    warm(near, f"{near}/r/{room.id}", "en")
    assets = Assets.load(ROOT)
    for path in (*assets.files, "later.css", "later.svg"):
        file = assets.files.get(path)
        if path.endswith(ENDS) and (file is None or len(file.body) > SMALL):
            _packed(f"{near}{assets.prefix}{path}")


def _packed(address: str) -> None:
    for _ in range(100):
        try:
            answer = urlopen(Request(address, headers={"Accept-Encoding": "br"}))
        except HTTPError:
            raise SystemExit(f"{address} is not there: has a file changed meanwhile?") from None
        if answer.headers.get("Content-Encoding") == "br":
            return
        time.sleep(0.05)


def each(
    browser: Browser, crowd: Crowd, runs: int, scenes: Iterable[Scene]
) -> Iterator[tuple[Scene, list[tuple[float, float]]]]:
    """These scenes, so many times each, each time with an empty browser."""
    port = free_port()
    road = Slow(port)
    house = House(port=port, url=f"http://127.0.0.1:{road.port}")
    pack(f"http://127.0.0.1:{port}", house.room())
    for scene in scenes:
        company = Company(crowd, house)
        times = []
        for _ in range(runs):
            company.set(scene)
            times.append(tapped(browser, house, company.room, scene.act))
        company.leave()
        yield scene, times
    house.close()
    road.close()
