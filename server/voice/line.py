"""What a server and a voice worker say to each other, and the way that it goes.

One JSON object a message; over a pipe one a line. What is not understood is passed over: an order
that a later version has, a line that was cut off, bytes of somebody else. Loads nothing that makes
sound, so a server without voices can know it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal, Protocol

import msgspec

LONGEST: Final = 256 * 1024
"""Bytes of a message: an offer of 16 Ki letters, each of them escaped, and some more."""

_log = logging.getLogger("jam.voice")

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
"""A room, a member, a server, a call."""
Offset = Annotated[int, msgspec.Meta(ge=-1, le=2**53)]
Sit = tuple[str, bool, bool, bool]
"""A `Seat`: group, speaks, hears, music."""
Tier = Literal["normal", "thin"]


class Order(msgspec.Struct, tag_field="do"):
    """What a server says to a worker."""

    room: Name


class Offer(Order, tag="offer"):
    """Somebody calls; to be answered with `answer` or `no`."""

    server: Name
    call: Name
    member: Name
    sdp: str
    thin: bool = False


class Hang(Order, tag="hang"):
    """That call of theirs ends; without one, whichever they have."""

    member: Name
    call: Name | None = None


class Choose(Order, tag="tier"):
    """This person wants that tier; None: what their line can carry."""

    member: Name
    tier: Tier | None = None


class Seats(Order, tag="seats"):
    """Who hears whom in a room, whole. In one epoch the highest offset counts."""

    server: Name
    epoch: str
    offset: Offset
    seats: Annotated[dict[Name, Sit], msgspec.Meta(max_length=1000)]


class Forget(Order, tag="forget"):
    """This server hosts the room no more."""

    server: Name


Orders = Offer | Hang | Choose | Seats | Forget


class Word(msgspec.Struct, tag_field="is", omit_defaults=True):
    """What a worker says."""


class Answer(Word, tag="answer"):
    server: Name
    call: Name
    sdp: str


class No(Word, tag="no"):
    server: Name
    call: Name
    code: Name
    retry_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)] | None = None


class State(Word, tag="state"):
    """A call that was answered stands, or has ended; of the latter each is told once."""

    server: Name
    room: Name
    member: Name
    call: Name
    state: Literal["connected", "closed"]


class Speaking(Word, tag="speaking"):
    """Who is heard in a room, in whichever group."""

    room: Name
    members: list[Name]


class Up(Word, tag="up"):
    """A worker is there: its name, which start of it this is, and how many call."""

    worker: Name
    boot: Name
    calls: Annotated[int, msgspec.Meta(ge=0)]


class Bye(Word, tag="bye"):
    """A worker leaves."""

    boot: Name


Words = Answer | No | State | Speaking | Up | Bye

_orders = msgspec.json.Decoder(Orders)
_words = msgspec.json.Decoder(Words)


def order(data: bytes) -> Orders | None:
    """What a server said, or None for what is nothing of that."""
    found: Orders | None = _read(_orders, data)
    return found


def word(data: bytes) -> Words | None:
    """What a worker said, or None for what is nothing of that."""
    found: Words | None = _read(_words, data)
    return found


def _read(decoder: msgspec.json.Decoder[Any], data: bytes) -> Any:
    if len(data) > LONGEST:
        return None
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _log.debug("a message of %d bytes was not understood", len(data))
        return None


def plain(told: Words) -> dict[str, Any]:
    """A worker's word as the server's side takes it."""
    found: dict[str, Any] = msgspec.to_builtins(told)
    return found


def write(message: Mapping[str, Any] | Word | Order) -> bytes:
    """A message, without the end of a line in it."""
    return msgspec.json.encode(message)


class Lines:
    """Bytes as they come out of a pipe, to lines. One that is too long is left out whole."""

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._rest = b""
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """All lines that end in this."""
        *whole, rest = data.split(b"\n")
        for part in whole:
            line, self._rest = self._rest + part, b""
            if not self._skipping and 0 < len(line) <= self._longest:
                yield line
            self._skipping = False
        self._rest = b"" if self._skipping else self._rest + rest
        if len(self._rest) > self._longest:
            self._rest, self._skipping = b"", True


Told = Callable[[dict[str, Any]], None]
"""Hears what workers say: one dictionary of the form of a `Word`."""
Moved = Callable[[], None]
"""Hears that `place()` of some room may be another now."""


class Line(Protocol):
    """The way to the voice worker, or workers."""

    name: str
    """This server's, for answers."""

    def place(self, room: str) -> str:
        """Which start of which worker has this room now; "" while there is none."""

    def say(self, room: str, message: Mapping[str, Any]) -> bool:
        """To whoever has that room. False: nobody is there."""

    async def open(self, on_told: Told, on_moved: Moved) -> None:
        """From now on these two hear of it. Waits for nobody."""

    async def close(self) -> None:
        """No more."""


__all__ = [
    "Answer", "Bye", "Choose", "Forget", "Hang", "Line", "Lines", "Moved", "No", "Offer", "Order",
    "Orders", "Seats", "Sit", "Speaking", "State", "Tier", "Told", "Up", "Word", "Words", "order",
    "plain", "word", "write",
]  # fmt: skip
