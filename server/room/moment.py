"""One op at its place in the log: who asked for what, and what the state was just before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from server.kit import Activity, Refusal, Rng

from .limits import Limits


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry of the log says. `a` is the author, empty for the server's own facts."""

    do: str
    a: str = ""
    g: int | None = None
    d: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Asked)


def encode(asked: Asked) -> bytes:
    return msgspec.json.encode(asked)


def decode(payload: bytes) -> Asked:
    return _decoder.decode(payload)


class Moment:
    """What a rule may know: log time, offset, secret chance, the author, the state. No clock."""

    __slots__ = ("asked", "kinds", "limits", "now", "offset", "seed", "tree")

    def __init__(
        self,
        asked: Asked,
        now: int,
        offset: int,
        seed: bytes,
        tree: Any,
        kinds: Mapping[str, Activity],
        limits: Limits,
    ) -> None:
        self.asked = asked
        self.now = now
        self.offset = offset
        self.seed = seed
        self.tree = tree
        self.kinds = kinds
        self.limits = limits

    @property
    def me(self) -> str:
        return self.asked.a

    @property
    def meet(self) -> dict[str, Any]:
        """The room's own part of the state. Read only."""
        meet: dict[str, Any] = self.tree.root["meet"]
        return meet

    @property
    def sys(self) -> dict[str, Any]:
        """The engine's own part, seen by nobody. Read only."""
        sys: dict[str, Any] = self.tree.root["sys"]
        return sys

    @property
    def desk(self) -> dict[str, Any]:
        """What the hosts see of the room beside everyone. Read only."""
        desk: dict[str, Any] = self.tree.root["desk"]
        return desk

    @property
    def people(self) -> dict[str, Any]:
        people: dict[str, Any] = self.meet["people"]
        return people

    @property
    def role(self) -> str:
        """The author's role at this offset; empty for somebody who is not in the room."""
        person = self.people.get(self.me)
        return person["role"] if person else ""

    def rng(self) -> Rng:
        return Rng(self.seed, self.offset)

    def person(self, member: str) -> dict[str, Any]:
        """Raises Refusal `nobody`."""
        person = self.people.get(member)
        if person is None:
            raise Refusal("nobody")
        found: dict[str, Any] = person
        return found
