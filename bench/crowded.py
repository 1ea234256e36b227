"""What a full room costs one phone: every sort of card with 85 people, and one page that looks on.

    python -m bench.crowded                    all of them
    python -m bench.crowded --cards keep word  these
    python -m bench.crowded --many 30          with fewer people

The page is 320 px wide and its processor four times slower than this one. For each card it says how
long the page's main thread worked (its own CPU time, in seconds of that slow processor, and for
each second of the wall); long tasks (over 50 ms) together and the longest; elements on the page at
the end; bytes that came over the line for it (frames of the room, and files); and whether something
is wider than the phone, or the console spoke. Long tasks are wall time: a busy machine makes them
long. CPU time of the whole process would say nothing: it holds what makes the processor slow.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession, expect, sync_playwright

from server.kit import Rng
from server.rehearse.player import Player
from tests.browser.conftest import ARGS, PHONE, Folk, chromium
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, Room
from tests.browser.phone import Phone

MANY, SLOWER = 85, 4
ROUNDS, ROUND_S = 6, 2.0
CARDS = (
    *("weather", "where", "ends", "blue", "word", "welcomes", "waterfall", "keep", "offers"),
    *("askroom", "ideas", "street", "squiggle", "creature", "tiles", "doors", "allies", "postcard"),
    *("round", "mirror", "kitchen", "partners", "clinic", "portrait", "onetwofour", "buddy"),
    *("telephone", "whatif", "thanks", "story", "rain", "senses", "quiet", "floor", "either"),
    *("twenty", "truths", "echo", "chord", "song"),
)
TASKS = """
window.long = [];
new PerformanceObserver((list) => {
  list.getEntries().forEach((one) => window.long.push(one.duration));
}).observe({ type: "longtask" });
"""
SEEN = """() => ({
  long: window.long.splice(0),
  nodes: document.getElementsByTagName("*").length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""

Troop = list[tuple[Bot, Player]]


class Line:
    """Bytes that come to the page, counted by the browser."""

    def __init__(self, cdp: CDPSession) -> None:
        self.frames = self.files = 0
        cdp.on("Network.webSocketFrameReceived", self._frame)
        cdp.on("Network.loadingFinished", self._file)
        cdp.send("Network.enable")

    def _frame(self, told: dict[str, Any]) -> None:
        self.frames += len(told["response"]["payloadData"].encode())

    def _file(self, told: dict[str, Any]) -> None:
        self.files += int(told["encodedDataLength"])

    def take(self) -> tuple[int, int]:
        """What has come since the last time."""
        found = self.frames, self.files
        self.frames = self.files = 0
        return found


async def _moves(troop: Troop, over_s: float) -> int:
    """Everybody does one thing that they would do, spread over this time; how many were taken."""

    async def one(i: int, bot: Bot, player: Player) -> bool:
        await asyncio.sleep(over_s * i / len(troop))
        player.tree, player.me = bot.tree, bot.member
        move = player.move()
        if move is None:
            return False
        g, args = move[1], move[2]
        frame_g = (bot.tree["meet"].get("now") or {}).get("g", 0)
        return g == frame_g and await bot._do(move[0], args) == "ok"

    return sum(await asyncio.gather(*(one(i, *its) for i, its in enumerate(troop))))


def worked(cdp: CDPSession) -> float:
    """Seconds that the page's main thread has worked, as the processor counts them."""
    told = cdp.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


@contextmanager
def evening(many: int) -> Iterator[tuple[Phone, Crowd, Bot, Troop]]:
    """A full room, and one phone in it."""
    house, crowd = House(), Crowd()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
            folk = Folk(browser)
            room: Room = house.room("Full", plan=["weather"])
            host = crowd.come(house, room, "Host", host=True)
            troop = [
                (crowd.come(house, room, f"Bo{i}"), Player(Rng(b"%d" % i, 0)))
                for i in range(many - 2)
            ]
            one = folk.person(house.url, PHONE)
            one.page.add_init_script(TASKS)
            one.join(room.join, "Slow")
            yield one, crowd, host, troop
            browser.close()
    finally:
        crowd.close()
        house.close()


def played(card: str, one: Phone, crowd: Crowd, host: Bot, troop: Troop) -> int:
    """Open a card and play it; the host brings to light what was held."""
    lead = Player(Rng(b"host", 0))
    lead.role = "host"
    assert host.do("room.open", card=card) == "ok", card
    now = host.until(lambda tree: (tree["meet"]["now"] or {}).get("card") == card)["meet"]["now"]
    expect(one.page.locator(f"#room.k-{now['kind']} .mid > *").first).to_be_visible()
    done = 0
    for turn in range(ROUNDS):
        done += crowd.run(_moves(troop, ROUND_S), 60)
        if turn >= ROUNDS // 2 - 1:
            crowd.run(_moves([(host, lead)], 0), 60)
    host.do(f"{now['kind']}.show")  # where that is something; a card that shows by itself says no
    return done


def main() -> None:
    """Print one line for each card."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--cards", nargs="*", default=CARDS)
    reader.add_argument("--many", type=int, default=MANY)
    wish = reader.parse_args()
    head = (
        "card",
        "acts",
        "CPU s",
        "of wall",
        "long ms",
        "longest",
        "nodes",
        "frames B",
        "files B",
    )
    print("| " + " | ".join(head) + " |\n|---|" + "--:|" * (len(head) - 1))
    with evening(wish.many) as (one, crowd, host, troop):
        cdp = one.cdp()
        line = Line(cdp)
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for card in wish.cards:
            one.page.evaluate(SEEN)
            line.take()
            begun, before = time.monotonic(), worked(cdp)
            acts = played(card, one, crowd, host, troop)
            one.page.wait_for_timeout(1000)
            cpu, wall = worked(cdp) - before, time.monotonic() - begun
            seen, (frames, files) = one.page.evaluate(SEEN), line.take()
            row: tuple[object, ...] = (card, acts, f"{cpu:.2f}", f"{cpu / wall:.2f}")
            row += (round(sum(seen["long"])), round(max(seen["long"], default=0)), seen["nodes"])
            print("| " + " | ".join(str(cell) for cell in (*row, frames, files)) + " |", flush=True)
            faults, one.watch.faults = one.watch.faults, []
            for fault in [*faults, *([f"{seen['wide']} px too wide"] if seen["wide"] > 0 else [])]:
                print(f"{card}: {fault}", flush=True)


if __name__ == "__main__":
    main()
