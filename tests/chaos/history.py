"""What every client sent, heard and saw, and the rules that all of it must keep together.

Because answers carry offsets, the check is linear: no search for an order, the log is the order.
"""

from __future__ import annotations

import itertools
import json
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from server.log import Entry, Gone, Log, Meta, open_log
from tests.server.bot import Bot, Op


class Broken(AssertionError):
    """A rule did not hold."""


class Told:
    """One op as its author saw it."""

    def __init__(self, bot: Witness, op: Op, floor: int) -> None:
        self.bot, self.op, self.floor = bot, op, floor
        self.answer: list[Any] | None = None
        self.at = 0.0  # when it was answered

    @property
    def author(self) -> str:
        return f"{self.bot.me['member']}:{self.bot.cid}"


class History:
    """Shared by all clients of one room."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, int], Told] = {}
        self.acked = 0  # the highest offset that anybody was answered with
        self.digests: dict[str, int] = {}
        self.wrong: list[str] = []

    def saw(self, bot: Witness) -> None:
        """Equal position, equal public state. One in four places, the same for everybody."""
        if int(bot.pos.split(".")[1]) % 4:
            return
        public = {root: bot.tree[root] for root in ("meet", "room")}
        digest = zlib.crc32(json.dumps(public, sort_keys=True).encode())
        if self.digests.setdefault(bot.pos, digest) != digest:
            self.wrong.append(f"another state at {bot.pos}")

    def hold(self) -> None:
        """Raises what went wrong on the way."""
        if self.wrong:
            raise Broken(self.wrong[0])

    def check(self, entries: list[Entry], floor: int) -> None:
        """Hold all answers against the log (whose entries up to `floor` are trimmed)."""
        places = self.check_moved(entries, floor)
        used: Counter[int] = Counter()
        for (_, n), told in self.told.items():
            answer = told.answer
            if answer is None:
                raise Broken(f"op {n} was never answered")
            place = places.get((told.author, n))
            if answer[0] != "settled" and answer[1] != "refused":
                if answer[2] > floor and place is None:
                    raise Broken(f"acknowledged at {answer[2]}, and not on the log")
                if told.op.sent == 1:
                    used[answer[2]] += 1
                    if place is not None and place != answer[2]:
                        raise Broken(f"answered with {answer[2]}, on the log at {place}")
            if answer[0] == "settled" and place is None and told.floor >= floor:
                raise Broken(f"op {n} is settled, and not on the log")
            if place is not None and place <= told.floor:
                raise Broken(f"sent after an answer with {told.floor}, on the log at {place}")
        if any(count > 1 for count in used.values()):
            raise Broken("an offset was given twice")

    def moved(self, entries: list[Entry], floor: int, since: float) -> bool:
        """Whether an op has another place than the one it was answered with. Of those answered
        before `since` (`time.monotonic`) none may. (One that was said twice may have been answered
        with the place of the second, as in `check`.)"""
        places = {(entry.author, entry.n): entry.offset for entry in entries}
        other = []
        for (_, n), told in self.told.items():
            answer = told.answer
            if answer is None or "settled" in answer or "refused" in answer or answer[2] <= floor:
                continue
            place = places.get((told.author, n))
            if place is None or (told.op.sent == 1 and place != answer[2]):
                other.append(told)
        if any(told.at < since for told in other):
            raise Broken("it was on the log for long, and has another place now")
        return bool(other)

    def check_moved(self, entries: list[Entry], floor: int) -> dict[tuple[str, int], int]:
        """What holds also where the store has lost ops that were put back elsewhere. That each of
        them is there is seen in the state. Returns where each op is."""
        self.hold()
        places = {(entry.author, entry.n): entry.offset for entry in entries}
        if len(places) != len(entries):
            raise Broken("an op is on the log twice")
        if [entry.offset for entry in entries] != list(range(floor + 1, floor + 1 + len(entries))):
            raise Broken("offsets with a gap")
        if any(told.answer is None for told in self.told.values()):
            raise Broken("an op was never answered")
        for author, group in itertools.groupby(sorted(places), key=lambda key: key[0]):
            if author.startswith("sys:"):
                continue
            offsets = [places[key] for key in group]  # sorted by n
            if offsets != sorted(offsets):
                raise Broken("an author's ops are out of order")
        return places


class Witness(Bot):
    """A client that notes everything in a history."""

    def __init__(self, history: History, url: str, cap: str, **more: Any) -> None:
        super().__init__(url, cap, **more)
        self.history = history
        self.patience = 3.5

    def on_sent(self, op: Op) -> None:
        self.history.told.setdefault((self.cid, op.n), Told(self, op, self.history.acked))

    def on_answer(self, op: Op, answer: list[Any]) -> None:
        told = self.history.told[self.cid, op.n]
        told.answer, told.at = answer, time.monotonic()
        if answer[0] != "settled":
            self.history.acked = max(self.history.acked, answer[2])

    def on_state(self) -> None:
        self.history.saw(self)

    def on_wrong(self, wrong: Exception) -> None:
        self.history.wrong.append(f"a frame that does not fit: {wrong!r}")


async def read(folder: Path, room: str) -> tuple[list[Entry], int]:
    """The room's log as it lies on the disk, and the offset up to which it was trimmed."""
    entries, meta = await whole(open_log(folder), room)
    return entries, meta.floor


async def whole(log: Log, room: str) -> tuple[list[Entry], Meta]:
    """All that a log, not open yet, has of a room."""
    await log.open()
    try:
        page = await log.read(room, 0, None, 1)
        assert not isinstance(page, Gone)
        page = await log.read(room, page.meta.floor, None, 10**6)
        assert not isinstance(page, Gone)
        return page.entries, page.meta
    finally:
        await log.close()
