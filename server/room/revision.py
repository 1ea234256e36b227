"""Revisions: by which rules something is opened, and by which it goes on.

What is opened keeps its revision for as long as anything of it is kept. `revs` says which: in the
log beside what opens something, in the state beside what runs and what ran. It names the kinds
whose revision is not the first one, and those that not every server has; all others are at 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from server.kit import Activity

Kinds = Mapping[str, Activity]


class Note(msgspec.Struct, frozen=True):
    """What a server tells the others of itself."""

    kinds: dict[str, list[int]] = {}
    """Each kind with the revisions whose rules it has."""


def note(kinds: Kinds) -> bytes:
    return msgspec.json.encode(Note({kind: [*kinds[kind].revisions] for kind in sorted(kinds)}))


def rules_of(kinds: Kinds, told: Mapping[str, Any], kind: str = "") -> Activity | None:
    """The rules by which goes on what was opened, or what it opened inside, of that kind."""
    found = kinds.get(kind or told["kind"])
    return None if found is None else found.at((told.get("revs") or {}).get(found.kind, 1))


def asked_of(kinds: Kinds, meet: Mapping[str, Any], kind: str, g: int | None) -> Activity | None:
    """The rules by which an op for that generation is judged; the latest where there is none."""
    now = meet["now"]
    if now is not None and now["kind"] == kind and g in (None, now["g"]):
        return rules_of(kinds, now)
    for told in meet["past"] if now is None else (now, *meet["past"]):
        inner = (told.get("in") or {}).values()
        if any((one["g"], one["kind"]) == (g, kind) for one in (told, *inner)):
            return rules_of(kinds, told, kind)
    return kinds.get(kind)


class Openings:
    """What a server opens: of each kind the latest revision that every server alive has."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self.others: Callable[[], Sequence[bytes] | None] = tuple
        """The notes of the other servers; None as long as nobody knows."""

    def kinds(self) -> dict[str, Activity]:
        """Each kind by the rules of that revision."""
        return {rules.kind: rules for rules, _ in self._found()}

    def stamped(self, d: dict[str, Any]) -> dict[str, Any]:
        """The fields of an op that opens something, with `revs` where there is something to say."""
        revs = {
            rules.kind: rules.revision
            for rules, everywhere in self._found()
            if rules.revision != 1 or not everywhere
        }
        return {**d, "revs": revs} if revs else d

    def _found(self) -> Iterator[tuple[Activity, bool]]:
        """Where no revision is everybody's it is this server's latest: who has not even that kind
        leaves the room to the others."""
        notes = self.others()
        others = [_read(one) for one in notes or ()]
        for kind, rules in self._kinds.items():
            shared = [r for r in rules.revisions if all(r in _has(other, kind) for other in others)]
            if notes is None:
                shared = [rules.revisions[-1]]
            yield (rules.at(shared[0]) if shared else None) or rules, bool(shared)


def _read(told: bytes) -> Note | None:
    try:
        return msgspec.json.decode(told, type=Note)
    except msgspec.DecodeError:
        return None


def _has(other: Note | None, kind: str) -> Sequence[int]:
    """A server that tells nothing is from before there were revisions."""
    return (1,) if other is None else other.kinds.get(kind, ())
