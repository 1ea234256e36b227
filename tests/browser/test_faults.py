"""Whatever fails behind a page that draws: it draws on, and all that it says is calm.

Two servers and a Redis; the faults are those of `tests/chaos/faults.py`. A picture is taken during
each: with JAM_PICTURES=<folder> they lie there afterwards.
"""

import io
import os
import random
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import PHONE, Folk
from tests.browser.loop import Loop
from tests.browser.phone import Phone
from tests.browser.road import Road
from tests.browser.watch import TUNNEL
from tests.chaos import faults
from tests.chaos.many import Many, many
from tests.server.bot import Bot

LATER = (faults.redis_dies, *faults.CUT)
ORDER = (
    faults.hold, faults.sever, faults.scatter, faults.deaf, faults.normal, faults.pause,
    faults.forget_scripts, faults.freeze, faults.kill, faults.deploy, *LATER,
)  # fmt: skip
"""First those that strike the first server's way to Redis: the page is at the first server."""
COLUMNS, WIDE, HIGH, LONG = 6, 46, 24, 26
CALM = (
    "line.finding", "line.safe", "line.lost", "line.back.made", "line.back.plain",
    "refused.stalled", "refused.slow", "refused.resync",
)  # fmt: skip
"""What a page may say of it, each with the number of things that wait behind it."""


class Sure(random.Random):
    """No chance: the server that the page is at, every line, the longest time."""

    at = 0

    def randrange(self, *_: Any) -> int:
        return self.at

    def random(self) -> float:
        return 0.0

    def choice(self, found: Any) -> Any:
        return max(found)


class Stage:
    """Servers and Redis on a loop of their own, and a host who looks on at the second server."""

    def __init__(self, folder: Path) -> None:
        self.loop, self.rng, self.road = Loop(), Sure(), Road(0)
        self.url = f"http://127.0.0.1:{self.road.port}"
        self._stack = AsyncExitStack()
        env = {"JAM_BASE_URL": self.url}
        opening = self._stack.enter_async_context(many(folder, 1, count=2, env=env))
        self.many: Many = self.loop.run(opening, 60)
        self.many.door.rng = self.rng
        self.road.lead(self.many.door.port)
        self.made = self.many.make()
        self.join = f"{self.url}/r/{self.made.room}#j.{self.made.join}"
        self.loop.run(self._host())

    async def _host(self) -> None:
        second = self.many.servers[1]
        self.host = Bot(second.ws(self.made.room), self.made.host, name="Host")
        await self._stack.enter_async_context(self.host)
        await self.host.until(lambda bot: bot.tree)
        assert (await self.host.act("room.open", {"kind": "canvas"}))[1] == "ok"

    def seat(self) -> None:
        """New lines go to the first server, or to the one that is left."""
        self.many.door.left_out = {self.many.servers[1 - self.rng.at].port}

    def has(self, count: int) -> None:
        """Until so many lines are on the paper at the other server."""
        drawn = self.host.until(lambda bot: len(bot.tree["room"]["marks"]) == count)
        self.loop.run(drawn, 40)

    def close(self) -> None:
        self.loop.run(self._stack.aclose(), 60)
        self.road.close()
        self.loop.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.close()


class Hand:
    """Draws short lines side by side on one page, and sees each at once."""

    def __init__(self, one: Phone) -> None:
        self.one, self.lines = one, 0

    def draw(self) -> None:
        """One more; nothing of it is waited for but that it is seen here."""
        box = self.one.canvas().bounding_box()
        assert box
        row, column = divmod(self.lines, COLUMNS)
        # The paper stands in the middle of its place.
        x = box["x"] + 24 + column * WIDE
        y = box["y"] + box["height"] / 2 + (row - 3.5) * HIGH
        before = self._look(x, y)
        mouse = self.one.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + LONG / 2, y + 3, steps=3)
        mouse.move(x + LONG, y, steps=3)
        mouse.up()
        self.lines += 1
        while not self._other(before, self._look(x, y)):
            self.one.page.wait_for_timeout(20)

    def _look(self, x: float, y: float) -> Image.Image:
        clip = {"x": x + 2, "y": y - 2, "width": LONG - 4, "height": 8}
        shot = self.one.page.screenshot(clip=clip)  # type: ignore[arg-type]
        return Image.open(io.BytesIO(shot)).convert("RGB")

    @staticmethod
    def _other(before: Image.Image, after: Image.Image) -> bool:
        change = ImageChops.difference(before, after).convert("L").point(lambda v: 255 * (v > 60))
        return change.histogram()[255] > LONG / 2


def words(one: Phone) -> list[str]:
    """What the page says of itself."""
    said = one.page.locator(".status p span, .adrift b, .adrift h2, .adrift p")
    return [text for text in said.all_inner_texts() if text]


def calm(one: Phone) -> list[str]:
    """Nothing else than what is calm, no waiting without a word, no control taken away."""
    waiting = {one.t(f"line.waiting_{form}", count="#") for form in ("one", "many", "other")}
    known = {one.t(key) for key in CALM}
    told = words(one)
    for text in told:
        plain = re.sub(r"\d+", "#", text)
        for end in waiting:
            plain = plain.removesuffix(end).strip()
        assert plain in known, f"{text!r} is none of the calm sentences"
    assert one.page.locator("[aria-busy=true], #room:not(.live)").count() == 0
    assert one.page.get_by_text(one.t("page.waiting")).filter(visible=True).count() == 0
    return told


OFF = "() => [...document.querySelectorAll('button:disabled')].map((b) => b.textContent).sort()"


@pytest.mark.timeout(240)
def test_b75_the_paper_stays_whatever_fails(folk: Folk, stage: Stage, tmp_path: Path) -> None:
    """B75: before, during and after each fault a line is drawn and seen at once; what the page says
    is calm; no control is taken away; another page has every line afterwards."""
    folder = Path(os.environ.get("JAM_PICTURES") or tmp_path)
    assert {fault.__name__ for fault in ORDER} >= {
        name
        for name, fault in vars(faults).items()
        if getattr(fault, "__module__", "") == faults.__name__
    }
    stage.seat()
    one = folk.person(stage.url, PHONE, "fr")
    one.watch.forgive(*TUNNEL, "status 50")
    one.join(stage.join, "Thumb").kind("canvas")
    hand = Hand(one)
    for number, fault in enumerate(ORDER):
        hand.draw()
        stage.has(hand.lines)
        if fault in faults.CUT:
            stage.loop.run(stage.many.keep())
            hand.draw()
            stage.has(hand.lines)
        off = one.page.evaluate(OFF)
        moves = fault in (faults.kill, faults.deploy)
        stage.many.door.left_out = set()
        if not moves:
            stage.seat()
        struck = stage.loop.begin(fault(stage.many, stage.rng))
        one.page.wait_for_timeout(100)
        hand.draw()
        told = calm(one)
        assert one.page.evaluate(OFF) == off, fault.__name__
        while not struck.done():
            told = calm(one) or told
            if told:
                break
            one.page.wait_for_timeout(50)
        one.page.screenshot(path=folder / f"{number:02}-{fault.__name__}.png")
        while not struck.done():
            one.page.wait_for_timeout(50)
        struck.result()
        if moves:
            stage.rng.at = 1 - stage.rng.at
        hand.draw()
        stage.has(hand.lines)
        print(fault.__name__, told, flush=True)
    one.marks(hand.lines)
    two = folk.person(stage.url, PHONE, "en").join(stage.join, "Late")
    two.kind("canvas")
    two.marks(hand.lines)
    two.page.screenshot(path=folder / "late.png")
