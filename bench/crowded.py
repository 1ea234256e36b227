"""What a full room costs one phone: every card with 85 people, and one page that looks on; or every
card with two people, a host and that page, whose finger takes part.

    python -m bench.crowded                    all cards of the library, in its order
    python -m bench.crowded --cards keep word  these
    python -m bench.crowded --many 30          with fewer people
    python -m bench.crowded --many 2           the page is a person who writes, taps and draws
    python -m bench.crowded --lang ar --shots DIR   in Arabic, with pictures of the page

The page is 320 px wide and its processor four times slower than this one. For each card it says how
long the page's main thread worked (its own CPU time, in seconds of that slow processor, and for
each second of the wall); long tasks (over 50 ms) together and the longest; elements on the page at
the end; bytes that came over the line for it (frames of the room, and files); and whether something
is wider than the phone, or the console spoke. Long tasks are wall time: a busy machine makes them
long. CPU time of the whole process would say nothing: it holds what makes the processor slow.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, expect, sync_playwright

from bench import pair
from bench.hand import Hand
from bench.troop import Troop, moves
from server.kit import Rng
from server.rehearse.player import Player
from server.web.library import cards, kinds
from tests.browser.conftest import ARGS, PHONE, Folk, chromium
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, Room
from tests.browser.phone import Phone

MANY, SLOWER = 85, 4
ROUNDS, ROUND_S = 6, 2.0
HEAD = ("card", "acts", "CPU s", "of wall", "long ms", "longest", "nodes", "frames B", "files B")
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
  says: document.querySelector("#room .mid").innerText.trim().length,
})"""


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


def worked(cdp: CDPSession) -> float:
    """Seconds that the page's main thread has worked, as the processor counts them."""
    told = cdp.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


@contextmanager
def evening(many: int, lang: str) -> Iterator[tuple[Phone, Crowd, Bot, Troop]]:
    """A full room, and one phone in it."""
    house, crowd = House(), Crowd()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
            folk = Folk(browser)
            room: Room = house.room("Full", lang, plan=["weather"])
            host = crowd.come(house, room, "Host", host=True)
            troop = [
                (crowd.come(house, room, f"Bo{i}"), Player(Rng(b"%d" % i, 0)))
                for i in range(many - 2)
            ]
            one = folk.person(house.url, PHONE, lang)
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
        done += crowd.run(moves(troop, ROUND_S), 60)
        if turn >= ROUNDS // 2 - 1:
            crowd.run(moves([(host, lead)], 0), 60)
    host.do(f"{now['kind']}.show")  # where that is something; a card that shows by itself says no
    return done


def told(row: tuple[object, ...]) -> None:
    """A line of a table."""
    print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def main() -> None:
    """Print one line for each card."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    library = tuple(cards(kinds())[0].cards)
    reader.add_argument("--cards", nargs="*", default=library)
    reader.add_argument("--many", type=int, default=MANY)
    reader.add_argument("--lang", default="en")
    reader.add_argument("--shots", type=Path)
    wish = reader.parse_args()
    two = wish.many == 2
    told((*HEAD, *(("the page did", "the host did") if two else ())))
    print("|---|" + "--:|" * (len(HEAD) - 1) + "---|---|" * two)
    with evening(wish.many, wish.lang) as (one, crowd, host, troop):
        cdp = one.cdp()
        line, hand = Line(cdp), Hand(one, cdp)
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for card in wish.cards:
            one.page.evaluate(SEEN)
            line.take()
            begun, before = time.monotonic(), worked(cdp)
            more: tuple[str, ...] = ()
            if two:
                led = pair.played(card, one, crowd, host, hand, wish.shots)
                acts = len(hand.did)
                more = (f"{hand.taps} taps: {', '.join(hand.did)}", ", ".join(led))
            else:
                acts = played(card, one, crowd, host, troop)
                one.page.wait_for_timeout(1000)
            cpu, wall = worked(cdp) - before, time.monotonic() - begun
            seen, (frames, files) = one.page.evaluate(SEEN), line.take()
            row: tuple[object, ...] = (card, acts, f"{cpu:.2f}", f"{cpu / wall:.2f}")
            row += (round(sum(seen["long"])), round(max(seen["long"], default=0)), seen["nodes"])
            told((*row, frames, files, *more))
            if not two:
                pair.shot(one, wish.shots, card)
            faults, one.watch.faults = one.watch.faults + hand.faults, []
            faults += [f"{seen['wide']} px too wide"] * (seen["wide"] > 0)
            faults += ["nothing to read"] * (not seen["says"])
            for fault in faults:
                print(f"{card}: {fault}", flush=True)


if __name__ == "__main__":
    main()
