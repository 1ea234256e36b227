"""What must hold, where histories may be cut and go on elsewhere: each history that ever was,
folded once more, by the tag of its last op. Equal tags mean equal pasts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.log import Entry
from server.room.fold import Fold, Folded, empty
from server.room.limits import Limits
from server.room.position import salted

from ..kinds import KINDS
from ..promise import hold


class Past:
    """A history up to one op: its state, its seed, and the history before that op."""

    __slots__ = ("before", "entry", "folded", "forgotten", "marks", "offset", "seed", "tag", "tree")

    def __init__(self, tag: str, offset: int, tree: Any, seed: bytes) -> None:
        self.tag, self.offset, self.tree, self.seed = tag, offset, tree, seed
        self.before: Past | None = None
        self.entry: Entry | None = None
        self.folded: Folded | None = None
        self.forgotten = 0
        self.marks: dict[str, int] = {}

    def back(self) -> Iterator[Past]:
        """This one, the one before it, and so on."""
        at: Past | None = self
        while at is not None:
            yield at
            at = at.before

    def at(self, offset: int) -> Past:
        return next(past for past in self.back() if past.offset == offset)


class History:
    """All of them, for one room."""

    def __init__(self, limits: Limits, secret: bytes, tag: str, steps: list[Any]) -> None:
        self.limits = limits
        self.fold = Fold(KINDS, limits, secret, empty("Our jam", "en", steps), 0)
        self.tip = Past(tag, 0, self.fold.tree.share(), secret)
        self.of = {tag: self.tip}
        self.ops: dict[tuple[str, int], list[Past]] = {}
        self.forgets: list[Past] = []
        self.places = {(0, salted(tag, secret)): self.tip}

    def land(self, before: str, entry: Entry) -> Past:
        """The store took this entry behind the one that has the tag `before`."""
        past = self.of.get(before)
        hold(past is not None, "an op follows a history that was", entry.offset)
        assert past is not None
        hold(entry.offset == past.offset + 1, "offsets without a gap", entry.offset)
        if self.tip is not past:
            self.fold = Fold(KINDS, self.limits, past.seed, past.tree, past.offset)
        last = past.marks.get(entry.author, 0)
        hold(entry.n > last, "the ops of a tab in order, each once", entry.author[:6], entry.n)
        folded = self.fold.apply(entry)
        fresh = Past(entry.tag, entry.offset, self.fold.tree.share(), self.fold.seed)
        fresh.before, fresh.entry, fresh.folded = past, entry, folded
        fresh.forgotten = entry.offset if folded.forget else past.forgotten
        if folded.forget:
            self.forgets.append(fresh)
        fresh.marks = {**past.marks, entry.author: entry.n}
        self.tip = self.of[entry.tag] = fresh
        self.ops.setdefault((entry.author, entry.n), []).append(fresh)
        self.places[fresh.offset, salted(entry.tag, fresh.seed)] = fresh
        return fresh

    def place(self, offset: int, seal: str) -> Past:
        found = self.places.get((offset, seal))
        hold(found is not None, "a position is one of some history", offset)
        assert found is not None
        return found
