"""A room brought to life from its log, and the node's port to that log."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from server.log import (
    Answer,
    Appended,
    Duplicate,
    Full,
    Gone,
    Meta,
    StorageError,
)
from server.room import fold as folding
from server.room import keys
from server.room.fold import Fold
from server.room.moment import Asked
from server.room.node import Node
from server.room.port import Ticket
from server.room.ring import Ring, Turn
from server.web.alarm import Alarm
from server.web.frames import Frame
from server.web.keybox import Keybox, surely
from server.web.line import describe
from server.web.place import Place

PAGE = 500
FACT_MS = 10 * 60 * 1000
CLOSE_S = 5.0
_log = logging.getLogger("jam.room")


class NoRoom(Exception):
    """There is no such room, or its log cannot be read by this version."""


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
        self._tick = Alarm(self._loop, self.settle)  # when what is pending goes out
        self._wake = Alarm(self._loop, self.settle)  # when something else is due
        self._settling = False
        self._lost = False
        self._closed = False
        self._calm = asyncio.Event()  # some of the work under way is done
        self._under_way = 0  # appends that the log has not answered yet
        self.keybox = Keybox(place.log, room)
        self.on_lived: Callable[[], None] = lambda: None
        self.on_let: Callable[[str, bool], None] = lambda knock, let_in: None
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

    def put_key(self, key: str, value: bytes, then: Callable[[], None] | None = None) -> None:
        if self.keybox.put(key, value, partial(self._stored, then)):
            self._keep(self.keybox.work())

    def delete_key(self, key: str, then: Callable[[], None] | None) -> None:
        if self.keybox.delete(key, partial(self._stored, then)):
            self._keep(self.keybox.work())

    def _stored(self, then: Callable[[], None] | None) -> None:
        if then is not None and not self._lost:
            then()
            self.settle_soon()

    async def noted(self, key: str, fact: Asked) -> bool:
        """Write a fact and wait for what became of it. Raises StorageError."""
        answer: asyncio.Future[bool] = self._loop.create_future()

        def then(ok: bool) -> None:
            if not answer.done():
                answer.set_result(ok)

        self.node.facts.write(key, fact, then)
        try:
            return await asyncio.wait_for(answer, CLOSE_S)
        except TimeoutError as late:
            raise StorageError("not written yet") from late

    def lived(self) -> None:
        self.on_lived()

    def let(self, knock: str, let_in: bool) -> None:
        self.on_let(knock, let_in)

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
            await surely(lambda: log.forget(self.room, self.epoch, offset, tag, blob, seed))

    async def _ended(self, until: int, erase: bool) -> None:
        """First of all the store knows it: whatever happens now, a sweep takes the room in time."""
        if self.node.unsaved and not erase:
            self.node.save()
        await surely(lambda: self.place.log.end(self.room, self.wall() if erase else until))
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
        if not self._closed:
            if self.node.delivery.pending:
                self.pending()
            self._wake.set(self.node.chores_at, now)

    def pending(self) -> None:
        """Something waits for the next tick, which may have come nearer."""
        due = self.node.delivery.due()
        if due < self._tick.due and not self._closed:
            now = self.place.log.now()
            if due <= now:
                self.settle_soon()
            else:
                self._tick.set(due, now)

    @property
    def idle(self) -> bool:
        """Nobody is here or expected, and no work is under way."""
        seats = self.node.seats.presence
        return not (self._tasks or self._under_way) and not seats.anyone and seats.next_due is None

    async def close(self, save: bool = True) -> None:
        """Stop the clock, finish what was asked of the log, keep a snapshot."""
        self._closed = True
        self._tick.stop()
        self._wake.stop()
        if save and self.node.unsaved and not self.node.fold.state["meet"]["ended"]:
            self.node.save()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                while self._tasks or self._under_way:
                    self._calm.clear()
                    await self._calm.wait()
        for task in list(self._tasks):
            task.cancel()  # a store that is away must not keep the server from stopping
