"""What happened since the last tick, encoded once, and the one frame of it for each audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from server.kit import Change, coalesce

from .audience import EVERYONE, label
from .ring import Wire

_encode = msgspec.json.Encoder().encode
_PUBLIC = frozenset((EVERYONE,))

Framer = Callable[[bytes], Any]
Part = tuple[Any, int]
"""A frame and its size in bytes."""


class Tick:
    """Changes and live values by audience. `labels` says for whom there is something."""

    __slots__ = ("_changes", "_head", "_lives", "_made", "_text", "labels", "public")

    def __init__(
        self,
        changes: Sequence[Wire],
        lives: Iterable[Wire],
        pos: str,
        ts: int,
        text: Framer,
    ) -> None:
        if len(changes) > 1:
            changes = [change.wire() for change in coalesce(map(Change.of, changes))]
        self._changes = _grouped(changes)
        self._lives = _grouped(lives)
        self._head = b'{"t":"tick","pos":"%b","ts":%d' % (pos.encode(), ts)
        self._text = text
        self._made: dict[tuple[frozenset[str], bool], Part | None] = {}
        self.labels = frozenset(self._changes) | frozenset(self._lives)
        self.public = self.labels == _PUBLIC
        """Everybody sees the same."""

    def frame(self, labels: frozenset[str], lives_only: bool = False) -> Part | None:
        """What these audiences see of it, or None where that is nothing."""
        key = (self.labels if self.public else labels & self.labels, lives_only)
        if key not in self._made:
            self._made[key] = self._frame(sorted(key[0]), lives_only)
        return self._made[key]

    def _frame(self, names: list[str], lives_only: bool) -> Part | None:
        seen = [self._changes[name] for name in names if name in self._changes and not lives_only]
        shown = [self._lives[name] for name in names if name in self._lives]
        if not seen and not shown:
            return None
        body = self._head
        if seen:
            body += b',"c":[' + b",".join(seen) + b"]"
        if shown:
            body += b',"x":[' + b",".join(shown) + b"]"
        body += b"}"
        return self._text(body), len(body)


def _grouped(changes: Iterable[Wire]) -> dict[str, bytes]:
    """Encoded changes by the audience that may see them; those for nobody are left out."""
    found: dict[str, list[Wire]] = {}
    for change in changes:
        name = label(change[0])
        if name:
            found.setdefault(name, []).append(change)
    return {name: _encode(group)[1:-1] for name, group in found.items()}
