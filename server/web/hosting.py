"""A room brought to life from its log, and the node's port to that log."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from server.log import Answer, Appended, Duplicate, Full, Gap, Gone, Meta, StorageError, WrongEpoch
from server.room import codes
from server.room.beyond import Beyond
from server.room.moment import Asked
from server.room.node import Node
from server.room.port import Ticket
from server.room.tail import Tail
from server.web import reading
from server.web.alarm import Alarm
from server.web.catchup import CatchUp
from server.web.errands import Errands, failed
from server.web.following import Following
from server.web.forgetting import forget
from server.web.frames import Frame
from server.web.keybox import Keybox, surely
from server.web.line import Socket
from server.web.place import Place
from server.web.reading import NoRoom

FACT_MS = 10 * 60 * 1000
CLOSE_S = 5.0
_log = logging.getLogger("jam.room")

__all__ = ["Hosted", "NoRoom"]


class Hosted:
    """One room on this server: the node, and the asyncio around it. It is the node's port."""

    def __init__(self, place: Place, room: str, gone: Callable[[str, bool], None]) -> None:
        self.place, self.room = place, room
        self.node: Node
        self.tail: Tail
        self.catching: CatchUp
        self.following: Following | None = None  # where other servers may host the room, too
        self.epoch = ""
        self.used = place.log.now()
        self._gone = gone
        self._loop = asyncio.get_running_loop()
        self.lines: set[Socket] = set()  # everybody who was greeted here, seated or not yet
        self._tick = Alarm(self._loop, self.settle)  # when what is pending goes out
        self._wake = Alarm(self._loop, self.settle)
        self._settling = self._lost = self._closed = False
        self._calm = asyncio.Event()  # some of the work under way is done
        self._errands = Errands("a room's work", self._calm.set, self.again)
        self._under_way = 0  # appends that the log has not answered yet
        self.keybox = Keybox(place.log, room)
        self.on_lived: Callable[[], None] = lambda: None
        self.on_let: Callable[[str, bool], None] = lambda knock, let_in: None
        self.storing = asyncio.Lock()  # snapshots and forgets, one after the other, in order
        self.close_code = codes.RESYNC  # for whoever is here when it has to be read again

    @classmethod
    async def load(cls, place: Place, room: str, gone: Callable[[str, bool], None]) -> Hosted:
        """Fold the room's log. Raises NoRoom or StorageError."""
        self = cls(place, room, gone)
        if place.shared is not None:
            self.following = Following(self, place.shared)
            await place.shared.follow(room, self.following)  # from here on nothing is missed
        try:
            found = await reading.read(place, room)
        except BaseException:
            await self._unfollow()
            raise
        self.epoch = found.meta.epoch
        self.node = Node(
            found.fold, found.ring, place.library, place.limits, self, found.opens, found.marks,
            (Frame.text, Frame.binary), found.meta.epoch, found.tag, found.ts, place.names,
            place.log.now(),
        )  # fmt: skip
        self.node.delivery.tally = place.tally
        self.node.opens_by(place.openings)
        if place.voices is not None:
            place.voices.join(room, self.node)
        self.tail = Tail(self.node, self._folded, place.log.now, place.chain)
        self.catching = CatchUp(self.tail, self)
        over = found.fold.state["meet"]["ended"]
        if over is not None and found.meta.state == "open":
            # killed between the op and the store's own note of it
            self.ended(over["until"], over["erase"])
        if self.following is not None:
            self.following.begin(found.meta.forgotten)
        self.settle()
        if self._lost:
            await self._unfollow()
            raise StorageError("the room cannot be read")
        return self

    async def _unfollow(self) -> None:
        if self.following is not None and self.place.shared is not None:
            await self.place.shared.unfollow(self.room, self.following)

    # -- the node's port

    def append(self, ticket: Ticket, n: int, p: int | None) -> None:
        self._under_way += 1
        self.tail.asked(ticket)
        done = self.place.metrics.timed(partial(self._answered, ticket))
        self.place.log.submit(
            self.room, self.epoch, ticket.author, n, p, ticket.payload, done
        )  # fmt: skip

    def snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        self._errands.keep(self._snapshot(offset, tag, blob))

    def forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        if self.following is not None:
            self.following.mending.forgot(offset)
        self._errands.keep(self._forget(offset, tag, blob, seed))

    def put_key(self, key: str, value: bytes, then: Callable[[], None] | None = None) -> None:
        if self.keybox.put(key, value, partial(self._stored, then)):
            self._errands.keep(self.keybox.work())

    def delete_key(self, key: str, then: Callable[[bool], None] | None) -> None:
        if self.keybox.delete(key, partial(self._stored, then)):
            self._errands.keep(self.keybox.work())

    def _stored(self, then: Callable[..., None] | None, *there: bool) -> None:
        if then is not None and not self._lost:
            then(*there)
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
        self._errands.keep(self._ended(until, erase))

    def entropy(self, size: int) -> bytes:
        return secrets.token_bytes(size)

    def wall(self) -> int:
        return int(time.time() * 1000)

    def fault(self, where: str) -> None:
        _log.error("a kind failed in %s", where)

    def fails(self, what: str, wrong: Exception) -> None:
        """It went wrong midway; or a server of a later version wrote it, and has the room."""
        if isinstance(wrong, Beyond):
            self.close_code = codes.RESTART
            _log.info("a room has gone on in a later version: its people go there")
        else:
            failed(what, wrong)
        self.again()

    def again(self) -> None:
        """Memory may not be what the log says: the room is read anew, and its people come back."""
        if not self._lost:
            self._lost = True
            self._gone(self.room, False)

    async def _snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None:
        async with self.storing:
            data = await self._loop.run_in_executor(None, blob)
            before = self.place.log.now() - FACT_MS
            await self.place.log.save_snapshot(self.room, self.epoch, offset, tag, data, before)

    async def _forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None:
        """What people were promised must leave the store. Later snapshots wait for it: they are
        read with the seed that it brings."""
        async with self.storing:
            await forget(self.place.log, self.room, self.epoch, offset, tag, blob, seed)

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
        if self._lost:
            return
        try:
            self._told(ticket, answer)
        except Exception as wrong:  # half of it may have happened
            self.fails("a room's answer", wrong)
        self.settle_soon()

    def _told(self, ticket: Ticket, answer: Answer | StorageError) -> None:
        if isinstance(answer, Appended):
            self.tail.appended(ticket, answer.offset, answer.ts, answer.tag)
        elif isinstance(answer, Duplicate):
            self.tail.duplicate(ticket, answer.offset)
        else:
            if isinstance(answer, Full):
                self.node.save()
            self.tail.failed(ticket)
            if self.following is not None and isinstance(answer, WrongEpoch | Gone | Gap):
                self.tail.wants = True
        self.moved()

    def moved(self) -> None:
        """Something is known of the log's end: fold what is due, and read what is missing."""
        if self.catching.look() and not (self._lost or self._closed):
            self._errands.keep(self.catching.run())
        self.settle_soon()

    def _folded(self, ticket: Ticket, offset: int, ts: int, tag: str) -> None:
        if self.following is not None:
            self.following.mending.folded(ticket, offset, ts, tag)

    def same(self, meta: Meta) -> None:
        """The log goes on from what is known, perhaps in a new epoch."""
        if self.epoch != meta.epoch:
            self.tail.cut()
            self.epoch = meta.epoch
            self.node.standing.go_on(meta.epoch)

    # -- time

    def settle_soon(self) -> None:
        """Let everything of this turn of the loop happen first, then send what is due."""
        if not self._settling:
            self._settling = True
            self._loop.call_soon(self.settle)

    def settle(self) -> None:
        """Do what is due, and be woken when there is something again."""
        self._settling = False
        if self._lost:
            return
        now = self.place.log.now()
        try:
            self.node.tick(now)
        except Exception as wrong:  # some may have been told, and others not
            self.fails("a room's tick", wrong)
        if not (self._closed or self._lost):
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
        """Nobody sits or is expected here, and no work is under way."""
        seats, busy = self.node.seats.presence, self._errands.tasks or self._under_way
        return not (busy or seats.sitting) and seats.next_due is None

    async def close(self, save: bool = True) -> None:
        """Stop the clock, finish what was asked of the log, keep a snapshot."""
        self._closed = True
        self._tick.stop()
        self._wake.stop()
        self.catching.stop()
        self.node.calls.close()
        save = save and not self._lost and not self.node.fold.state["meet"]["ended"]
        if save and self.node.unsaved:
            self.node.save()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                while self._errands.tasks or self._under_way:
                    self._calm.clear()
                    await self._calm.wait()
        self._errands.cancel()  # a store that is away must not keep the server from stopping
        await self._unfollow()
