"""A deadline and a bound for the head of every HTTP request.

uvicorn waits for ever for the end of a head that has begun; some hundred half-sent requests
then hold all descriptors. Both of its HTTP protocols get the same guard.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

__all__ = ["GuardedH11", "HeadDeadline", "http_protocol"]

# Its own logger, above WARNING: uvicorn writes a line for every malformed request, which
# would hand whoever sends them the size of our log.
LOG = logging.getLogger("jam.http")
LOG.setLevel(logging.ERROR)

TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class HeadDeadline:
    """Watches one HTTP connection: the head of a request in time and in size, then its body.

    `late` is called at most once per `start`.
    """

    __slots__ = ("_late", "_loop", "_size", "_tail", "_timer")

    HEAD_BYTES = 8 * 1024
    HEAD_SECONDS = 10.0
    BODY_SECONDS = 20.0

    def __init__(self, loop: asyncio.AbstractEventLoop, late: Callable[[], None]) -> None:
        self._loop = loop
        self._late = late
        self._size = 0
        self._tail = b""
        self._timer: asyncio.TimerHandle | None = None

    @property
    def running(self) -> bool:
        """True while there is a moment at which the connection will be cut."""
        return self._timer is not None

    def start(self, seconds: float) -> None:
        """Cut the connection in `seconds` unless stopped or started again before."""
        self.stop()
        self._timer = self._loop.call_later(seconds, self._late)

    def stop(self) -> None:
        """Nothing is being waited for; the next head is counted from its first byte."""
        self._size = 0
        self._tail = b""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def fits(self, data: bytes) -> bool:
        """Count `data` that arrived while a head is being read; False once it is too long."""
        seen = self._tail + data
        end = seen.find(b"\r\n\r\n")
        if end >= 0:
            return self._size - len(self._tail) + end + 4 <= self.HEAD_BYTES
        self._size += len(data)
        self._tail = seen[-3:]
        return self._size <= self.HEAD_BYTES


class _Guarded:
    """What both guarded protocols share; stands before uvicorn's class in the bases."""

    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop
    logger: logging.Logger
    timeout_keep_alive_task: asyncio.TimerHandle | None
    cycle: Any

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)  # type: ignore[call-arg]
        self.logger = LOG
        self.deadline = HeadDeadline(self.loop, self._late)
        self._upgraded = False
        self._in_body = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[misc]
        self.deadline.start(HeadDeadline.HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self.deadline.stop()
        super().connection_lost(exc)  # type: ignore[misc]

    def data_received(self, data: bytes) -> None:
        if self.in_head() and not self.deadline.fits(data):
            self.deadline.stop()
            self.transport.write(TOO_LONG)
            self._hang_up()
            return
        super().data_received(data)  # type: ignore[misc]
        if self._upgraded or self.transport.is_closing():
            self.deadline.stop()
        elif self.in_body():
            if not self._in_body:
                self._in_body = True
                self.deadline.start(HeadDeadline.BODY_SECONDS)
        else:
            self._in_body = False
            if self.cycle is not None and not self.cycle.response_complete:
                self.deadline.stop()
            elif not self.deadline.running and self.timeout_keep_alive_task is None:
                # A head has begun, or stray bytes came between two requests: those stop
                # uvicorn's keep-alive timer without starting a request.
                self.deadline.start(HeadDeadline.HEAD_SECONDS)

    def in_head(self) -> bool:
        """True while what arrives belongs to a request head."""
        raise NotImplementedError

    def in_body(self) -> bool:
        """True while what arrives belongs to a request body."""
        raise NotImplementedError

    def _late(self) -> None:
        self.deadline.stop()
        self.transport.abort()

    def _hang_up(self) -> None:
        self.transport.close()
        # What a peer that does not read has left unsent must not keep the connection.
        self.loop.call_later(1.0, self.transport.abort)


class GuardedH11(_Guarded, H11Protocol):
    """uvicorn's h11 protocol with the guard, for platforms without httptools."""

    def in_head(self) -> bool:
        return self.conn.their_state is h11.IDLE

    def in_body(self) -> bool:
        return self.conn.their_state is h11.SEND_BODY

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._upgraded = True
        super().handle_websocket_upgrade(event)


def http_protocol() -> type[asyncio.Protocol]:
    """The guarded protocol over httptools where that is installed, else over h11."""
    try:
        from server.web.httptools import GuardedHttpTools
    except ImportError:
        return GuardedH11
    return GuardedHttpTools
