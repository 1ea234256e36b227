"""The fold: one entry of the log after the other, judged at its offset, becomes state.

Pure and deterministic: equal entries give equal states on every machine (promise 1). An entry
that is refused or that meets a kind's mistake changes nothing, and the room goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

import msgspec

from server.kit import (
    HOST,
    Activity,
    Refusal,
    Tree,
    ratchet,
)

from . import agenda, baton, journal, links, moment, people, running
from .acts import room
from .audience import NOBODY, label
from .beyond import Beyond, beyond
from .instance import Step
from .limits import Limits
from .moment import Moment
from .shape import REV, empty, raised, remaining

__all__ = ["BadSnapshot", "Fold", "Folded", "Outcome", "empty", "load", "remaining"]

Outcome = Literal["ok", "noop"]


class Entry(Protocol):
    """What the fold needs of a log's entry."""

    @property
    def offset(self) -> int: ...
    @property
    def ts(self) -> int: ...
    @property
    def payload(self) -> bytes: ...


class Folded(msgspec.Struct, frozen=True):
    """What became of one entry. `changes` are those that somebody may see, as they go out."""

    outcome: Outcome
    changes: list[list[Any]]
    code: str = ""
    args: dict[str, Any] = {}
    forget: bool = False
    fault: str = ""


class Saved(msgspec.Struct, frozen=True):
    """A fold as it is kept in a snapshot; the seed is kept apart, beside the log."""

    rev: int
    tree: dict[str, Any]


class BadSnapshot(Exception):
    """The snapshot is of another shape; nothing can be read from it."""


class Fold:
    """A room's state at `offset`. `seed` is its secret chance; it changes at every Forget."""

    def __init__(
        self,
        kinds: Mapping[str, Activity],
        limits: Limits,
        seed: bytes,
        tree: dict[str, Any],
        offset: int,
    ) -> None:
        self.kinds = kinds
        self.limits = limits
        self.seed = seed
        self.tree = Tree(tree)
        self.offset = offset
        self.wary = False

    @property
    def state(self) -> dict[str, Any]:
        """The living state: read at once, do not keep."""
        root: dict[str, Any] = self.tree.root
        return root

    def apply(self, entry: Entry) -> Folded:
        """Fold the next entry. The caller keeps the order: offset + 1 each time.

        Raises Beyond, where other servers may be of a later version (`wary`).
        """
        if entry.offset != self.offset + 1:
            raise ValueError(f"entry {entry.offset} after {self.offset}")
        try:
            asked = moment.decode(entry.payload)
        except msgspec.DecodeError:
            self.offset = entry.offset
            return Folded("noop", [], code="fault", fault="payload")
        if self.wary and beyond(asked, self.kinds, room, _FACTS):
            raise Beyond
        self.offset = entry.offset
        at = Moment(asked, entry.ts, entry.offset, self.seed, self.tree, self.kinds, self.limits)
        step = Step()
        self.tree.begin()
        try:
            self._judge(at, step)
            for g in step.forgot:
                step.write(at, journal.forgotten(at, g))
        except Refusal as no:
            self.tree.rollback()
            return Folded("noop", [], code=no.code, args=no.facts)
        except Beyond:
            self.tree.rollback()
            if self.wary:
                self.offset = entry.offset - 1
                raise
            return Folded("noop", [], code="no_card")
        except Exception as wrong:  # a kind's mistake must never stop a room
            self.tree.rollback()
            return Folded("noop", [], code="fault", fault=f"{asked.do}: {type(wrong).__name__}")
        self.tree.commit()
        if step.forget:
            self.seed = ratchet(self.seed, entry.offset)
        seen = [change.wire() for change in step.changes if label(change.path) != NOBODY]
        return Folded("ok", seen, forget=step.forget, fault=step.fault)

    def save(self) -> bytes:
        """The state for a snapshot."""
        return msgspec.json.encode(Saved(REV, self.tree.root))

    def freeze(self) -> Callable[[], bytes]:
        """As `save`, with the encoding left to the caller's thread: the state it has is its own."""
        tree = self.tree.share()
        return lambda: msgspec.json.encode(Saved(REV, tree))

    def next_timer(self) -> tuple[int, str, int, int] | None:
        """(due, name, serial, g) of the timer that rings first."""
        now = self.state["meet"]["now"]
        timers = self.state["sys"]["timers"]
        if now is None or not timers:
            return None
        name = min(timers, key=lambda n: (timers[n]["due"], n))
        return timers[name]["due"], name, timers[name]["serial"], now["g"]

    def _judge(self, at: Moment, step: Step) -> None:
        do, told = at.asked.do, at.asked.d
        if do.startswith("sys."):
            _FACTS[do](at, step)
            return
        if at.role == "" or at.person(at.me).get("out"):
            raise Refusal("nobody")
        if at.meet["ended"] is not None:
            raise Refusal("ended")
        if do.startswith("room."):
            action = room.actions.get(do[5:])
            if action is None or at.role == "screen":
                raise Refusal("no_action")
            if action.by == HOST and at.role != "host":
                raise Refusal("host_only")
            action.run(at, step, **told)
        elif at.role == "screen":
            raise Refusal("no_action")
        else:
            running.act(at, step)


def load(
    kinds: Mapping[str, Activity], limits: Limits, seed: bytes, blob: bytes, offset: int
) -> Fold:
    """The fold that `save` kept. Raises BadSnapshot."""
    try:
        saved = msgspec.json.decode(blob, type=Saved)
    except msgspec.DecodeError as wrong:
        raise BadSnapshot from wrong
    tree = raised(saved.tree, saved.rev)
    if tree is None:
        raise BadSnapshot
    return Fold(kinds, limits, seed, tree, offset)


def _joined(at: Moment, step: Step) -> None:
    member = at.asked.d["member"]
    step.write(at, people.joined(at))
    step.write(at, baton.came(at, member))
    running.hook(at, step, "join", member)


def _back(at: Moment, step: Step) -> None:
    member = at.asked.d["member"]
    was_here = at.person(member)["here"]
    step.write(at, people.came_back(at))
    step.write(at, baton.came(at, member))
    if not was_here:
        running.hook(at, step, "back", member)


def _away(at: Moment, step: Step) -> None:
    member = at.asked.d["member"]
    was_here = at.person(member)["here"]
    step.write(at, people.went_away(at))
    step.write(at, baton.went(at, member))
    if was_here:
        running.hook(at, step, "away", member)


def _role(at: Moment, step: Step) -> None:
    step.write(at, people.role_given(at))
    step.write(at, baton.came(at, at.asked.d["member"]))


def _silent(at: Moment, step: Step) -> None:
    step.write(at, baton.silent(at))


def _clean(at: Moment, step: Step) -> None:
    step.write(at, journal.cleaned(at))


def _links(at: Moment, step: Step) -> None:
    step.write(at, links.anew(at))


def _knock(at: Moment, step: Step) -> None:
    step.write(at, links.knocked(at))


def _unknock(at: Moment, step: Step) -> None:
    step.write(at, links.left(at))


_FACTS: dict[str, Callable[[Moment, Step], None]] = {
    "sys.join": _joined,
    "sys.back": _back,
    "sys.away": _away,
    "sys.role": _role,
    "sys.timer": running.ring,
    "sys.baton": _silent,
    "sys.clean": _clean,
    "sys.next": agenda.by_itself,
    "sys.links": _links,
    "sys.knock": _knock,
    "sys.unknock": _unknock,
}
