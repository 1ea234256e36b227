"""A guest: one socket from its acceptance to its end.

Until its greeting has opened a room it may say one small frame; then its messages go to that
room's node.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from server.log import StorageError
from server.metrics import REFUSED
from server.room import codes, wire
from server.room.door import Refused
from server.room.session import Session
from server.web.errands import failed
from server.web.frames import Frame
from server.web.guard import TooMany, Visit
from server.web.hosting import Hosted, NoRoom
from server.web.line import FAULT, Socket
from server.web.reading import Later

if TYPE_CHECKING:
    from server.web.hub import Hub

GREETING_S = 5.0


def refuse(socket: Socket, close: int) -> None:
    """Say why, then close."""
    code = codes.CLOSES[close]
    REFUSED["door", code] += 1
    body = wire.encode({"t": "err", "code": code, "say": codes.sentence(code)})
    socket.send(Frame.text(body))
    socket.close(close, code)


class Guest:
    """One socket from its acceptance to its end."""

    __slots__ = ("_gone", "_hosted", "_hub", "_room", "_session", "_socket", "_timer", "_visit")

    def __init__(self, hub: Hub, room: str, socket: Socket) -> None:
        self._hub, self._room, self._socket = hub, room, socket
        self._hosted: Hosted | None = None
        self._session: Session | None = None
        self._visit: Visit | None = None
        self._gone = False
        loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = loop.call_later(GREETING_S, self._late)
        socket.max_message = hub.place.limits.hello_bytes
        socket.attach(self._first, self._writable, self._closed)
        if hub.draining:
            refuse(socket, codes.FLUSH)
            return
        try:
            self._visit = hub.addresses.admit(socket.address, int(loop.time() * 1000))
        except TooMany:
            refuse(socket, codes.TOO_FAST)

    def _late(self) -> None:
        self._timer = None
        refuse(self._socket, codes.BAD_HELLO)

    def _first(self, data: bytes, text: bool) -> None:
        """The greeting. Whatever comes before the room has answered it is said again later."""
        self._socket.on_message = _unheard
        if self._timer is not None:
            self._timer.cancel()  # it came in time, however long the room takes to answer it
            self._timer = None
        try:
            frame = wire.decode(data) if text else None
        except wire.BadFrame:
            frame = None
        if not isinstance(frame, wire.Hello):
            refuse(self._socket, codes.BAD_HELLO)
            return
        if not self._hub.addresses.may_try(self._socket.address, self._millis()):
            refuse(self._socket, codes.TOO_FAST)  # whether there is such a room or not
            return
        hosted = self._hub.rooms.get(self._room)
        following = hosted.following if hosted is not None else None
        if hosted is None or (following is not None and following.stranger(frame)):
            self._hub.keep(self._load(frame))
        else:
            self._greet(hosted, frame)

    async def _load(self, hello: wire.Hello) -> None:
        try:
            hosted = await self._hub.host(self._room)
            if hosted.following is not None and hosted.following.stranger(hello):
                await hosted.following.look_up(hello)
                hosted = await self._hub.host(self._room)
            self._greet(hosted, hello)
        except NoRoom:
            self._wrong()
            refuse(self._socket, codes.BAD_LINK)  # as for a wrong secret: tells nothing
        except Later:
            refuse(self._socket, codes.RESTART)  # another server has what it needs
        except StorageError:
            refuse(self._socket, codes.FLUSH)
        except Exception as wrong:  # nobody is left standing at a door that does not open
            failed("to open a room", wrong)
            self._socket.close(FAULT)

    def _greet(self, hosted: Hosted, hello: wire.Hello) -> None:
        if self._gone:
            return
        now = hosted.place.log.now()
        try:
            session = hosted.node.greet(self._socket, hello, now)
        except Refused as no:
            if no.wrong:
                self._wrong()
            refuse(self._socket, no.close)
            return
        if self._visit is not None:
            self._visit.known()
        hosted.lines.add(self._socket)
        hosted.used = now
        self._hub.visited(self._room)
        self._session, self._hosted = session, hosted
        self._socket.max_message = hosted.place.limits.frame_bytes
        self._socket.on_message = self._message
        hosted.settle_soon()

    def _message(self, data: bytes, text: bool) -> None:
        hosted, session = self._hosted, self._session
        if hosted is None or session is None:
            return
        if not text:
            self._socket.close(1003, "text only")
            return
        hosted.node.receive(session, data, hosted.place.log.now())
        if hosted.node.delivery.nearer:
            hosted.pending()

    def _writable(self) -> None:
        if self._hosted is not None and self._session is not None:
            self._hosted.node.writable(self._session, self._hosted.place.log.now())
            self._hosted.settle_soon()

    def _closed(self, code: int) -> None:
        self._gone = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._visit is not None:
            self._visit.close()
        if self._hosted is not None and self._session is not None:
            hosted = self._hosted
            hosted.lines.discard(self._socket)
            hosted.node.gone(self._session, hosted.place.log.now())
            hosted.settle_soon()
        self._hosted = self._session = None

    def _wrong(self) -> None:
        self._hub.addresses.wrong(self._socket.address, self._millis())

    def _millis(self) -> int:
        return int(time.monotonic() * 1000)


def _unheard(data: bytes, text: bool) -> None:
    return None
