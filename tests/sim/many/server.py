"""One simulated server: the real room as a server hosts it, on a loop and a link of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from server.kit import Activity
from server.log import Entry, StorageError
from server.room import codes, wire
from server.room.door import Refused
from server.room.port import Ticket
from server.room.position import opened
from server.web.hosting import Hosted, NoRoom
from server.web.place import Place
from server.web.reading import Later
from tests.room.world import CARDS, name_of

from ..kinds import KINDS
from ..line import Line
from ..promise import differs, hold
from ..stage import ROOM
from .link import Link
from .loop import Loop

if TYPE_CHECKING:
    from .stage import Stage


class Room(Hosted):
    """The real one, with the time and the chance of the simulation; each op is held against the
    history that it ends."""

    place: SimPlace  # type: ignore[assignment]

    def entropy(self, size: int) -> bytes:
        return self.place.stage.rng.randbytes(size)

    def wall(self) -> int:
        return self.place.stage.wall()

    def fault(self, where: str) -> None:
        hold(where.startswith(("echo.broken", "room.open")), "a fault where none was made", where)

    def mends(self, link: Link) -> None:
        """What is appended again comes with the history of who does it."""
        assert self.following is not None
        self.following.mending._shared = Voice(link, self)  # type: ignore[assignment]

    def _folded(self, ticket: Ticket, offset: int, ts: int, tag: str) -> None:
        super()._folded(ticket, offset, ts, tag)
        self.place.true(self)


class Voice:
    """A link as one room on it uses it."""

    def __init__(self, link: Link, room: Room) -> None:
        self.fork, self.restore, self.server = link.fork, link.restore, link.server
        self._link, self._room = link, room

    async def repair(self, room: str, epoch: str, entry: Entry, before: int) -> Any:
        history = self._room.place.stage.store.history
        past = history.of[self._room.node.standing.tag]
        return await self._link.repair(room, epoch, entry, before, past)


class SimPlace(Place):
    """What rooms of one simulated server share."""

    def __init__(self, stage: Stage, link: Link, kinds: Mapping[str, Activity] = KINDS) -> None:
        super().__init__(link, kinds, CARDS, stage.limits, name_of)  # type: ignore[arg-type]
        self.stage = stage

    def true(self, room: Room) -> None:
        """Equal tag, equal state."""
        node = room.node
        past = self.stage.store.history.of.get(node.standing.tag)
        hold(past is not None, "a server is at a place of some history", node.fold.offset)
        assert past is not None
        hold(past.offset == node.fold.offset, "a place has its offset", node.fold.offset)
        hold(node.fold.state == past.tree, "equal place, equal state on every server",
             node.fold.offset, differs(node.fold.state, past.tree))  # fmt: skip
        hold(node.fold.seed == past.seed, "equal place, equal chance")
        hold(node.ring.floor >= past.forgotten, "a Forget empties the ring", node.ring.floor)


class Server:
    """A process: what a hub does for one room, and the lines to it."""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage, self.number = stage, number
        self.name = f"n{number}"
        self.loop = Loop(lambda: stage.clock)
        self.link = Link(self.name, stage.store, self.loop, stage.rng)
        self.place = SimPlace(stage, self.link)
        self.room: Room | None = None
        self.loading: Any = None
        self.lines: list[Line] = []
        self.waiting: list[tuple[Line, wire.Hello]] = []
        self.paused = False
        self.alive = True
        self.loads = 0

    # -- as the hub does

    def host(self) -> None:
        if self.loading is None and self.room is None:
            self.loading = self.loop.create_task(Room.load(self.place, ROOM, self._let_go))
            self.loading.add_done_callback(self._loaded)

    def _loaded(self, task: Any) -> None:
        self.loading = None
        waiting, self.waiting = self.waiting, []
        wrong = task.exception()
        if wrong is None:
            self.room = task.result()
            self.loads += 1
            self.place.true(self.room)
            self.room.mends(self.link)
        elif not isinstance(wrong, NoRoom | StorageError):
            self.loop.wrong.append(wrong)
            self.stage.wrong.append(wrong)
        for line, hello in waiting:
            if wrong is None:
                self._first(line, hello)
            else:
                later = codes.RESTART if isinstance(wrong, Later) else codes.FLUSH
                line.close(codes.BAD_LINK if isinstance(wrong, NoRoom) else later)

    def _let_go(self, _room: str, erase: bool) -> None:
        code = codes.RESYNC if self.room is None else self.room.close_code
        self.loop.create_task(self._purge() if erase else self._drop(code))

    async def _purge(self) -> None:
        await self._drop(codes.NO_ROOM)
        while True:
            try:
                await self.link.purge(ROOM)
                return
            except StorageError:  # in the end its time is over
                return

    async def _drop(self, code: int) -> None:
        room, self.room = self.room, None
        if room is not None:
            for socket in list(room.lines):
                socket.close(code)
            await room.close(save=False)

    # -- lines

    def up(self, line: Line) -> None:
        if not line.up or line.gone or line.closed is not None:
            return
        data = line.up.popleft()
        if line.greeted:
            room: Room | None = getattr(line, "room", None)
            if room is not None and line.session is not None:
                self.loop.inside(self._message, room, line, data)
            return
        hello = wire.decode(data)
        assert isinstance(hello, wire.Hello)
        line.greeted = True
        place = opened(hello.pos) if hello.pos else None
        line.place = place[1] if place else -1
        self.loop.inside(self._first, line, hello)

    def _first(self, line: Line, hello: wire.Hello) -> None:
        room = self.room
        if room is None:
            self.waiting.append((line, hello))
            self.host()
        elif room.following is not None and room.following.stranger(hello):
            self.loop.create_task(self._look_up(room, line, hello))
        else:
            self._greet(line, hello)

    async def _look_up(self, room: Room, line: Line, hello: wire.Hello) -> None:
        try:
            assert room.following is not None
            await room.following.look_up(hello)
        except StorageError:
            line.close(codes.FLUSH)
        else:
            self._greet(line, hello)

    def _message(self, room: Room, line: Line, data: bytes) -> None:
        room.node.receive(line.session, data, self.stage.clock)
        if room.node.delivery.nearer:
            room.pending()

    def _greet(self, line: Line, hello: wire.Hello) -> None:
        room = self.room
        if line.cut or line.gone or line.closed is not None:
            return
        if room is None:
            line.close(codes.FLUSH)
            return
        try:
            line.room = room  # type: ignore[attr-defined]
            line.session = room.node.greet(line, hello, self.stage.clock)
        except Refused as no:
            self.stage.refused(line, no.close)
            line.close(no.close)
            return
        room.lines.add(line)  # type: ignore[arg-type]
        room.settle_soon()

    def notice(self, line: Line) -> None:
        """The server sees that a line is closed."""
        if not line.gone:
            line.gone = True
            room: Room | None = getattr(line, "room", None)
            if room is not None and line.session is not None:
                room.lines.discard(line)  # type: ignore[arg-type]
                self.loop.inside(room.node.gone, line.session, self.stage.clock)
                self.loop.inside(room.settle_soon)
        if line in self.lines:
            self.lines.remove(line)

    def sent(self, line: Line, data: bytes) -> None:
        """A frame leaves: nothing in it that its reader may not see."""
        room, session = getattr(line, "room", None), line.session
        if room is None:
            return
        frame = json.loads(data)
        if session is None:
            if frame["t"] in ("welcome", "err"):
                return
            session = room.node.delivery.sessions[-1]
        self.stage.frame(frame, data, session, room)

    # -- the process

    def turn(self) -> None:
        if self.alive and not self.paused:
            self.loop.turn()
            if self.stage.wrong:
                raise self.stage.wrong[0]

    def kill(self) -> None:
        self.link.off()
        self.alive = False
        self.room = None
        self.loop.end()
        for line in list(self.lines):
            line.dies(self.stage.rng)
