"""The contract suite is worth something: logs that are broken on purpose fail it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from server.log import Answer, Caps, Gap, Log, ReadResult, Snapshot, Swept
from server.log.memory import MemoryLog, MemoryRooms
from tests.log.contract import RULES
from tests.log.stage import MAKERS, Make, Time, staged


class ForgetsMarksAtSnapshots(MemoryRooms):
    def save_snapshot(self, room: str, *rest: Any) -> bool:
        saved = super().save_snapshot(room, *rest)
        if saved:
            self._rooms[room].marks.clear()
        return saved


class NoGapCheck(MemoryRooms):
    def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        return super().append(room, epoch, author, n, None, payload)


class GapBeforeDuplicate(MemoryRooms):
    def append(
        self, room: str, epoch: str, author: str, n: int, p: int | None, payload: bytes
    ) -> Answer:
        found = self._rooms.get(room)
        last = found.marks[author].n if found and author in found.marks else 0
        if found and found.meta.state == "open" and found.meta.epoch == epoch and (p or 0) > last:
            return Gap(last)
        return super().append(room, epoch, author, n, p, payload)


class SnapshotOffTheLog(MemoryRooms):
    def save_snapshot(self, room: str, epoch: str, offset: int, tag: str, *rest: Any) -> bool:
        real = self._rooms[room].tag_at(offset) if room in self._rooms else None
        return super().save_snapshot(room, epoch, offset, real or tag, *rest)


class KeepsTheSnapshotBeforeForget(MemoryRooms):
    def forget(self, room: str, *rest: Any) -> bool:
        found = self._rooms.get(room)
        before: list[Snapshot] = list(found.snapshots) if found else []
        done = super().forget(room, *rest)
        if found and done and before:
            found.snapshots = [before[0], *found.snapshots]
        return done


class KeepsTheSecretAtForget(MemoryRooms):
    def forget(self, room: str, *rest: Any) -> bool:
        found = self._rooms.get(room)
        secret = found.meta.secret if found else b""
        done = super().forget(room, *rest)
        if found:
            found.meta = replace(found.meta, secret=secret)
        return done


class ReadsAnyPosition(MemoryRooms):
    def read(self, room: str, after: int, tag: str | None, limit: int) -> Any:
        return super().read(room, after, None, limit)


class ReadsOnPastTheFloor(MemoryRooms):
    def read(self, room: str, after: int, tag: str | None, limit: int) -> Any:
        seen = super().read(room, after, tag, limit)
        if isinstance(seen, ReadResult) and seen.verdict == "trimmed":
            return super().read(room, seen.meta.floor, None, limit)  # a silent gap
        return seen


class WallClock(MemoryRooms):
    """Stamps with the time of the wall."""


class OneTooMany(MemoryRooms):
    def __init__(self, now: Any, caps: Caps | None = None) -> None:
        super().__init__(now, caps and Caps(caps.ops + 1, caps.size))


class SweepsLate(MemoryRooms):
    def sweep(self, now_ms: int) -> Swept:
        return super().sweep(now_ms - 1)


class NamesDueOnce(MemoryRooms):
    def sweep(self, now_ms: int) -> Swept:
        swept = super().sweep(now_ms)
        for room in swept.due:
            self._rooms[room].meta = replace(self._rooms[room].meta, content_expires=None)
        return swept


class ClearsWhatIsNewer(MemoryRooms):
    def clear(self, room: str, epoch: str, top: int, *rest: Any) -> Any:
        found = self._rooms.get(room)
        return super().clear(room, epoch, found.meta.top if found else top, *rest)


class DeletesForEverybody(MemoryRooms):
    def delete_key(self, room: str, key: str) -> bool:
        super().delete_key(room, key)
        return room in self._rooms


BAD: dict[type[MemoryRooms], str] = {
    ForgetsMarksAtSnapshots: "old_facts_drop_at_snapshots",
    NoGapCheck: "gaps_are_named",
    GapBeforeDuplicate: "checks_in_order",
    SnapshotOffTheLog: "only_newer_snapshots_that_are_on_the_log",
    KeepsTheSnapshotBeforeForget: "forget_takes_everything_up_to_it",
    KeepsTheSecretAtForget: "forget_takes_everything_up_to_it",
    ReadsAnyPosition: "positions_are_judged",
    ReadsOnPastTheFloor: "a_snapshot_keeps_a_thousand_entries",
    WallClock: "time_never_runs_backwards",
    OneTooMany: "full_by_count",
    SweepsLate: "lives_end_on_time",
    NamesDueOnce: "lives_end_on_time",
    ClearsWhatIsNewer: "clear_keeps_the_shell",
    DeletesForEverybody: "one_of_all_who_delete_a_key_hears_that_it_was_there",
}


def maker(kind: type[MemoryRooms]) -> Make:
    def make(_: Path, time: Time, caps: Caps | None) -> Log:
        now = (lambda: time.wall) if kind is WallClock else time.clock().now
        log = MemoryLog(now)
        log.held = kind(now, caps)
        return log

    return make


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", BAD, ids=lambda kind: kind.__name__)
async def test_log_25_the_suite_rejects(kind: type[MemoryRooms], tmp_path: Path) -> None:
    """LOG-25: the rule that is broken on purpose fails, and holds on the real one."""
    rule = RULES[BAD[kind]]
    async with staged(MAKERS["memory"], tmp_path) as stage:
        await rule(stage)
    async with staged(maker(kind), tmp_path) as stage:
        with pytest.raises(AssertionError):
            await rule(stage)
