"""One moment of a room as snapshot frames, for all who join within a few seconds.

The public parts are made once; only the last parts are a person's own. All are of the same
moment: what has happened since follows as a tick.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from . import snapshot
from .audience import view
from .session import Session

SNAP_MS = 5_000
ZIP_FROM = 1_024
_encode = msgspec.json.Encoder().encode

Framer = Callable[[bytes], Any]
Part = tuple[Any, int]
"""A frame and its size in bytes."""


class Shared:
    """The state at `offset`, taken at `at` (log time, ms). `tree` must not change any more."""

    def __init__(
        self,
        offset: int,
        pos: str,
        at: int,
        tree: Mapping[str, Any],
        framers: tuple[Framer, Framer],
    ) -> None:
        self.offset, self.at = offset, at
        self._pos, self._tree = pos, tree
        self._text, self._binary = framers
        self._public: dict[tuple[bool, bool, int], list[Part]] = {}

    def fresh(self, now: int) -> bool:
        return now - self.at < SNAP_MS

    def parts(self, session: Session, lives: Mapping[str, Any], part_bytes: int) -> list[Part]:
        """All parts for this person, public ones first."""
        mine = view(self._tree, session.member, session.role)
        public: dict[str, Any] = {r: mine.pop(r) for r in ("meet", "room", "host") if r in mine}
        mine["live"] = {} if session.light else lives
        own = snapshot.parts(mine, part_bytes)
        key = (session.role == "host", session.zipped, len(own))
        if key not in self._public:
            trees = snapshot.parts(public, part_bytes)
            self._public[key] = self._frames(trees, 0, len(trees) + len(own), session.zipped)
        first = self._public[key]
        return [*first, *self._frames(own, len(first), len(first) + len(own), session.zipped)]

    def _frames(
        self, trees: list[dict[str, Any]], start: int, count: int, zipped: bool
    ) -> list[Part]:
        return [self._frame(start + i, count, tree, zipped) for i, tree in enumerate(trees)]

    def _frame(self, index: int, count: int, tree: dict[str, Any], zipped: bool) -> Part:
        body = _encode({"t": "snap", "pos": self._pos, "i": index, "k": count, "st": tree})
        if zipped and len(body) >= ZIP_FROM:
            body = zlib.compress(body, 1)
            return self._binary(body), len(body)
        return self._text(body), len(body)
