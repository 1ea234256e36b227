"""One moment of a room as snapshot frames, for all who join within a few seconds.

The public parts are made once; only the last parts are a person's own. All are of the same
moment: what has happened since follows as a tick.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from . import snapshot
from .audience import view
from .lives import Lives
from .ring import Ring
from .session import Session
from .tick import Framer, Part

SNAP_MS = 5_000
ZIP_FROM = 1_024
LAG_BYTES = 1_024
LAG_SHARE = 8
"""A moment may lag behind by that part of its own size: to say one change on top of it costs each
newcomer as much as to encode some 500 bytes anew (a fifth of all calls, when fifty join)."""
_encode = msgspec.json.Encoder().encode


class Shared:
    """The state at `offset`, taken at `at` (log time, ms). `tree` must not change any more."""

    def __init__(
        self,
        offset: int,
        pos: str,
        at: int,
        tree: Mapping[str, Any],
        framers: tuple[Framer, Framer],
        pushed: int,
    ) -> None:
        self.offset, self.at = offset, at
        self._pushed = pushed
        self._size = 0
        self._pos, self._tree = pos, tree
        self._text, self._binary = framers
        self._public: dict[tuple[bool, bool, int], list[Part]] = {}

    def fresh(self, now: int, ring: Ring) -> bool:
        """Still of use: not old, and not much has happened since."""
        lag = ring.pushed - self._pushed
        few = lag <= max(LAG_BYTES, self._size // LAG_SHARE)
        return few and now - self.at < SNAP_MS and self.offset >= ring.floor

    def parts(self, session: Session, lives: Lives, part_bytes: int) -> list[Part]:
        """All parts for this person, public ones first."""
        mine = view(self._tree, session.member, session.role)
        shared = ("meet", "room", "host", "desk")
        public: dict[str, Any] = {r: mine.pop(r) for r in shared if r in mine}
        mine["live"] = lives.voices() if session.light else lives
        own = snapshot.parts(mine, part_bytes)
        key = (session.role == "host", session.zipped, len(own))
        if key not in self._public:
            trees = snapshot.parts(public, part_bytes)
            self._public[key] = self._frames(trees, 0, len(trees) + len(own), session.zipped)
            self._size = sum(size for _, size in self._public[key])
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
