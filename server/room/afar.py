"""The same room on other servers: live values go there and come from there, kept nowhere.

At most one message a tick, and none while nobody else hosts the room. A server that has just come
asks for what is live elsewhere, once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from .delivery import Delivery
from .light import REACT
from .lives import TOLD
from .ring import Wire

_encode = msgspec.json.Encoder().encode


class _Note(msgspec.Struct, omit_defaults=True):
    """One message: live changes, sums of reactions, and whether the sender wants to hear all."""

    x: list[Wire] = []
    r: list[int] = []
    ask: bool = False


_decode = msgspec.json.Decoder(_Note).decode


class Afar:
    """What this server tells the others, and what it hears from them."""

    def __init__(self, delivery: Delivery, send: Callable[[bytes], None]) -> None:
        self._delivery, self._send = delivery, send
        self._x: dict[str, Wire] = {}
        self._reacts: list[int] = []
        self._far: set[str] = set()  # members whose live values came from elsewhere
        self._others = False
        delivery.further = None

    def others(self, some: bool) -> None:
        """Whether other servers host this room now."""
        if some and not self._others:
            self._delivery.further = self._keep
            self._send(_encode(_Note(x=self._all(), ask=True)))
        elif not some:
            self._delivery.further = None
            self._x, self._reacts = {}, []
        self._others = some

    def flush(self) -> None:
        """With a tick: what was live since the last one."""
        if self._x or self._reacts:
            note = _Note(x=list(self._x.values()), r=self._reacts)
            self._x, self._reacts = {}, []
            self._send(_encode(note))

    def heard(self, data: bytes) -> None:
        """A message from another server. What is no message is left alone."""
        try:
            note = _decode(data)
        except msgspec.DecodeError:
            return
        further, self._delivery.further = self._delivery.further, None  # no echo
        try:
            for change in note.x:
                if change and isinstance(change[0], str):
                    self._take(change)
            if note.r:
                self._delivery.react(note.r)
        finally:
            self._delivery.further = further
        if note.ask and (mine := self._all()):
            self._send(_encode(_Note(x=mine)))

    def gone(self, member: str) -> None:
        """Their last line elsewhere is gone: nothing of theirs is live any more."""
        if member in self._far:
            self._far.discard(member)
            self._delivery.lives.still(member, TOLD)

    def _take(self, change: Wire) -> None:
        path, gone = change[0], len(change) == 1
        self._delivery.live(path, None if gone else change[1], gone)
        root, _, rest = path.partition("/")
        member, _, key = rest.partition("/")
        if root != "live" or key == "dim":
            return
        self._delivery.lives.put(member, key, None if gone else change[1])
        if not gone:
            self._far.add(member)

    def _all(self) -> list[Wire]:
        """What is live for everybody by the people here."""
        return [
            [f"live/{member}/{key}", value]
            for member, key, value in self._delivery.lives.passed()
            if member not in self._far
        ]

    def _keep(self, change: Wire) -> None:
        path: Any = change[0]
        if path == REACT:
            counts = change[1]
            before = self._reacts or [0] * len(counts)
            self._reacts = [a + b for a, b in zip(before, counts, strict=True)]
        else:
            self._x[path] = change
