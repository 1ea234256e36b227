"""A room brought to life from its log, and the node's port to that log."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from server.kit import Activity
from server.log import (
    Answer,
    Appended,
    Duplicate,
    Full,
    Gone,
    Log,
    Meta,
    StorageError,
)
from server.room import fold as folding
from server.room import keys
from server.room.fold import Fold
from server.room.library import Library
from server.room.limits import Limits
from server.room.node import Node
from server.room.port import Ticket
from server.room.ring import Ring, Turn
from server.room.seats import Namer
from server.web.frames import Frame
from server.web.line import describe

PAGE = 500
FACT_MS = 10 * 60 * 1000
CLOSE_S = 5.0
_log = logging.getLogger("jam.room")


class NoRoom(Exception):
    """There is no such room, or its log cannot be read by this version."""


class Place:
    """What all rooms of a server share."""

    def __init__(
        self,
        log: Log,
        kinds: Mapping[str, Activity],
        library: Library,
        limits: Limits,
        names: Namer,
    ) -> None:
        self.log, self.kinds, self.library = log, kinds, library
        self.limits, self.names = limits, names


class Hosted:
    """One room on this server: the node, and the asyncio around it. It is the node's port."""

    def __init__(self, place: Place, room: str, gone: Callable[[str, bool], None]) -> None:
        self.place, self.room = place, room
        self.node: Node
        self.epoch = ""
        self.used = place.log.now()
        self._gone = gone
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Future[object]] = set()
        self._handle: asyncio.TimerHandle | None = None
        self._handle_at = 0
        self._settling = False
        self._lost = False
        self._closed = False
        self._calm = asyncio.Event()  # some of the work under way is done
        self._under_way = 0  # appends that the log has not answered yet
        self._storing = asyncio.Lock()  # snapshots and forgets, one after the other, in order

    @classmethod
    async def load(cls, place: Place, room: str, gone: Callable[[str, bool], None]) -> Hosted:
        """Fold the room's log. Raises NoRoom or StorageError."""
        self = cls(place, room, gone)
        meta = await place.log.meta(room)
        snapshot = await place.log.load_snapshot(room) if meta is not None else None
        if meta is None or snapshot is None:
            raise NoRoom
        try:
            state = folding.load(
                place.kinds, place.limits, meta.secret, snapshot.blob, snapshot.offset
            )
        except folding.BadSnapshot as bad:
            raise NoRoom from bad
        ring = Ring(snapshot.offset, snapshot.tag, place.limits.ring_bytes, place.limits.ring_ms)
        marks = await self._replay(meta, state, ring)
        opens = {k: keys.decode(v) for k, v in (await place.log.keys(room)).items()}
        now = place.log.now()
        self.epoch = meta.epoch
        self.node = Node(
            state, ring, place.library, place.limits, self, opens, marks,
            (Frame.text, Frame.binary), meta.epoch, self._tag, self._ts or meta.ts,
            place.names, now,
        )  # fmt: skip
        over = state.state["meet"]["ended"]
        if over is not None and meta.state == "open":
            # killed between the op and the store's own note of it
            self.ended(over["until"], over["erase"])
        self.settle()
        return self

    async def _replay(self, meta: Meta, state: Fold, ring: Ring) -> dict[str, tuple[int, int]]:
        self._tag, self._ts = ring.floor_tag, 0
        while True:
            page = await self.place.log.read(self.room, state.offset, None, PAGE)
            if isinstance(page, Gone) or page.verdict != "same":
                raise NoRoom
            for entry in page.entries:
                folded = state.apply(entry)
                ring.push(
                    Turn(entry.offset, entry.tag, entry.ts, folded.changes, len(entry.payload))
                )
                self._tag, self._ts = entry.tag, entry.ts
                if folded.forget:
                    # the server went between this op and its Forget: keep the promise now
                    ring.empty()
                    await self.place.log.forget(
                        self.room, meta.epoch, entry.offset, entry.tag, state.save(), state.seed
                    )
            if state.offset >= page.meta.top:
                return {a: (m.n, m.offset) for a, m in page.marks.items()}
            await asyncio.sleep(0)  # other rooms are alive meanwhile

    # -- the node's port

    def append(self, ticket: Ticket, n: int, p: int | None) -> None:
        self._under_way += 1
        self.place.log.submit(
            self.room,
            self.epoch,
            ticket.author,
            n,
            p,
            ticket.payload,
            lambda answer: self._answered(ticket, answer),
        )

    def snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        self._keep(self._snapshot(offset, tag, blob))

    def forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        self._keep(self._forget(offset, tag, blob, seed))

    def put_key(self, key: str, value: bytes) -> None:
        self._keep(_surely(lambda: self.place.log.put_key(self.room, key, value)))

    def ended(self, until: int, erase: bool) -> None:
        self._keep(self._ended(until, erase))

    def entropy(self, size: int) -> bytes:
        return secrets.token_bytes(size)

    def wall(self) -> int:
        return int(time.time() * 1000)

    def fault(self, where: str) -> None:
        _log.error("a kind failed in %s", where)

    def _keep(self, work: object) -> asyncio.Future[object]:
        task: asyncio.Future[object] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Future[object]) -> None:
        self._tasks.discard(task)
        self._calm.set()
        wrong = None if task.cancelled() else task.exception()
        if wrong is not None and not isinstance(wrong, StorageError):
            _log.error("a room's work failed: %s", describe(wrong))

    async def _snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        async with self._storing:
            data = await self._loop.run_in_executor(None, blob)
            before = self.place.log.now() - FACT_MS
            await self.place.log.save_snapshot(self.room, self.epoch, offset, tag, data, before)

    async def _forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        """What people were promised must leave the store. Later snapshots wait for it: they are
        read with the seed that it brings."""
        log = self.place.log
        async with self._storing:
            await _surely(lambda: log.forget(self.room, self.epoch, offset, tag, blob, seed))

    async def _ended(self, until: int, erase: bool) -> None:
        """First of all the store knows it: whatever happens now, a sweep takes the room in time."""
        if self.node.unsaved and not erase:
            self.node.save()
        await _surely(lambda: self.place.log.end(self.room, self.wall() if erase else until))
        if erase:
            self._gone(self.room, True)

    def _answered(self, ticket: Ticket, answer: Answer | StorageError) -> None:
        self._under_way -= 1
        self._calm.set()
        now = self.place.log.now()
        known = self.node.fold.offset
        if self._lost:
            return
        if (isinstance(answer, Appended) and answer.offset != known + 1) or (
            isinstance(answer, Duplicate) and answer.offset > known
        ):
            # an op whose commit seemed to fail is on the log after all: read the room again
            self._lost = True
            self._gone(self.room, False)
        elif isinstance(answer, Appended):
            self.node.appended(ticket, answer.offset, answer.ts, answer.tag)
        elif isinstance(answer, Duplicate):
            self.node.duplicate(ticket, answer.offset)
        else:
            if isinstance(answer, Full):
                self.node.save()
            self.node.failed(ticket, now)
        self.settle_soon()

    # -- time

    def settle_soon(self) -> None:
        """Let everything of this turn of the loop happen first, then send what is due."""
        if not self._settling:
            self._settling = True
            self._loop.call_soon(self.settle)

    def settle(self) -> None:
        """Do what is due, and be woken when there is something again."""
        self._settling = False
        now = self.place.log.now()
        self.node.tick(now)
        self._wake_at(self.node.wake(), now)

    def pending(self) -> None:
        """After an input: nothing but the next tick may have come nearer."""
        if self.node.delivery.pending:
            due = self.node.delivery.due()
            if self._handle is None or due < self._handle_at:
                now = self.place.log.now()
                if due <= now:
                    self.settle_soon()
                else:
                    self._wake_at(due, now)

    def _wake_at(self, due: int, now: int) -> None:
        if self._handle is not None:
            self._handle.cancel()
        if self._closed:
            return
        self._handle_at = due
        self._handle = self._loop.call_later(max(0, due - now) / 1000, self.settle)

    @property
    def idle(self) -> bool:
        """Nobody is here or expected, and no work is under way."""
        seats = self.node.seats.presence
        return not (self._tasks or self._under_way) and not seats.anyone and seats.next_due is None

    async def close(self, save: bool = True) -> None:
        """Stop the clock, finish what was asked of the log, keep a snapshot."""
        self._closed = True
        if self._handle is not None:
            self._handle.cancel()
        if save and self.node.unsaved and not self.node.fold.state["meet"]["ended"]:
            self.node.save()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                while self._tasks or self._under_way:
                    self._calm.clear()
                    await self._calm.wait()
        for task in list(self._tasks):
            task.cancel()  # a store that is away must not keep the server from stopping


async def _surely(call: Callable[[], Awaitable[object]]) -> None:
    """Until it is done it is tried again: what people were promised must leave the store."""
    pause = 0.1
    while True:
        try:
            await call()
            return
        except StorageError:
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)
