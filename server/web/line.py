"""What an open WebSocket is to the rest of the server, whatever server carries it."""

import logging
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable

from server.web.frames import Frame

__all__ = ["CLOSED", "Socket", "describe"]

LOG = logging.getLogger("jam.socket")

FIRST_MESSAGE = 1024
LARGEST_MESSAGE = 32 * 1024
# Above HIGH unsent bytes a socket takes no more; below LOW it takes some again. Small, so that
# a slow line is noticed early: what is queued is already old.
HIGH = 32 * 1024
LOW = 8 * 1024
CLOSE_SECONDS = 2.0

TOO_FAST = 4029
FAULT = 1011

# Sockets ended by us, by reason, for the metrics; a traceback for each would be a flood.
CLOSED: Counter[str] = Counter()


def _no_message(_data: bytes, _text: bool) -> None: ...
def _no_room() -> None: ...
def _no_close(_code: int) -> None: ...


class Socket(ABC):
    """One person's line.

    `on_message`, `on_writable` and `on_close` are called from the event loop, never from inside
    `send`, `close`, `abort` or `attach`; `on_close` once, and nothing after it. A callback that
    raises closes the socket with 1011; what it was given stays out of the log.
    """

    __slots__ = ("address", "max_message", "on_close", "on_message", "on_writable", "writable")

    writable: bool
    """True while `send` takes frames: the line is open and its buffer is not full."""
    max_message: int
    """Longest message taken, 1 KiB until whoever is on the other side has said hello."""
    address: str
    """By which limits are counted (`guard.address_key`); never to be logged."""

    def __init__(self) -> None:
        self.writable = False
        self.max_message = FIRST_MESSAGE
        self.address = ""
        self.on_message: Callable[[bytes, bool], None] = _no_message
        self.on_writable: Callable[[], None] = _no_room
        self.on_close: Callable[[int], None] = _no_close

    def attach(
        self,
        on_message: Callable[[bytes, bool], None],
        on_writable: Callable[[], None],
        on_close: Callable[[int], None],
    ) -> None:
        """Begin: every message, the first included, goes to `on_message(data, text)`."""
        self.on_message = on_message
        self.on_writable = on_writable
        self.on_close = on_close

    def detach(self) -> None:
        """Call back no more; lets go of whoever was attached."""
        self.on_message = _no_message
        self.on_writable = _no_room
        self.on_close = _no_close

    @abstractmethod
    def send(self, frame: Frame) -> bool:
        """Hand `frame` to the line. False = not taken, and nothing is kept of it."""

    @abstractmethod
    def unsent(self) -> int:
        """Bytes taken by `send` that the operating system has not yet."""

    @abstractmethod
    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye after what was sent; the line is cut if that takes over two seconds."""

    @abstractmethod
    def abort(self) -> None:
        """Cut the line now, unsent bytes and all."""


def describe(fault: BaseException) -> str:
    """Where and what kind, without the message: that may quote what somebody wrote."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(fault).__name__
    place = trace.tb_frame.f_globals.get("__name__", "?")
    return f"{type(fault).__name__} in {place}, line {trace.tb_lineno}"
