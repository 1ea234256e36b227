"""How calls are made here: the quick way of `adapter`, or the plain one where what the quick one
needs of the libraries beyond their promises is not there. Chosen once, at a worker's start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from . import plain
from .bridge import Bridge, Out
from .burst import Packet
from .call import Call
from .port import Port


class Peer(Protocol):
    """The other end of a call. An `answer` that is empty comes later; the state is "answered" then.
    After that it is "connected" once and "closed" once."""

    answer: str
    on_packet: Callable[[Any], None]
    on_state: Callable[[str], None]

    async def close(self) -> None: ...


class Talk(Protocol):
    """A call, both ways (`call.Call`)."""

    chosen: str | None
    sent: int

    @property
    def tier(self) -> str: ...

    def heard(self, data: Any, now: float) -> None: ...

    def fill(self, out: Out, tick: int) -> Packet | None: ...

    def report(self, now: float) -> Packet | None: ...


class Begin(Protocol):
    """Answers an offer. `ptime` and `bitrate`: milliseconds in a packet and bits a second that are
    wished for. Raises OfferError."""

    def __call__(
        self,
        port: Port,
        offer: str,
        own: Any,
        candidates: Sequence[tuple[str, int]],
        *,
        ptime: int | None,
        bitrate: int,
    ) -> Peer: ...


class Means(NamedTuple):
    """One of both ways."""

    certificate: Callable[[], Any]
    peer: Begin
    call: Callable[[str, Bridge, Any, float, Callable[[], float]], Talk]


PLAIN = Means(lambda: None, plain.Peer, plain.Call)


def choose(wanted: bool | None = None) -> Means:
    """`wanted`: the plain way, whatever there is; or not."""
    lacks: Sequence[str] = ()
    if not wanted:
        try:
            from . import adapter

            lacks = adapter.missing() if wanted is None else ()
            if not lacks:
                return Means(adapter.certificate, adapter.Peer, Call)
        except ImportError as no:
            lacks = [no.name or "a module"]
    logging.getLogger("jam.voice").warning(
        "calls go the plain way, each with a port of its own and at a higher price: %s",
        "it was asked for" if wanted else f"not there: {', '.join(lacks)}",
    )
    return PLAIN
