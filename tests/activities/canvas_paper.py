"""A room in which only the canvas runs: what its tests draw on."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest

from server import kit
from server.kit import HOST, MEMBER, Ctx, Refusal

PARTS = (importlib.import_module(f"activities.canvas.{part}") for part in ("rules", "paper"))
# the shared paper, and the kind that it belongs to
rules = SimpleNamespace(**{name: value for part in PARTS for name, value in vars(part).items()})
DOT = "AAA"
LINE = "AoGoGUJ"


class Paper:
    """A room that has nothing but this kind: acts land, refusals are raised."""

    def __init__(self, **options: Any) -> None:
        self.people = {name: {} for name in ("ana", "ben", "host")}
        self.options = rules.jam.clean_options(options)
        self.state: Any = kit.start(rules.jam, self.ctx("host")).state

    def ctx(self, me: str) -> Ctx:
        role = HOST if me == "host" else MEMBER
        rng = kit.Rng(b"\0" * 32, 1)
        return Ctx(me, role, 0, 1, rng, self.options, self.people)

    def act(self, me: str, name: str, **args: Any) -> list[kit.Change]:
        """The changes of one action, applied."""
        effects = kit.run(rules.jam, self.state, name, args, self.ctx(me))
        self.state = kit.apply(self.state, effects.changes)
        return effects.changes

    def mark(self, me: str = "ana", group: int = 1, points: str = LINE, **more: Any) -> None:
        given = {"group": group, "ink": 1, "width": 1, "points": points, **more}
        self.act(me, "mark", **given)

    def erase(self, me: str) -> list[kit.Change]:
        effects = kit.run_hook(rules.jam, self.state, "erase", self.ctx(me))
        self.state = kit.apply(self.state, effects.changes)
        return effects.changes

    @property
    def room(self) -> Any:
        return self.state["room"]

    @property
    def sums(self) -> Any:
        return self.state["vault"]["sums"]

    def seen(self) -> list[tuple[str, int]]:
        return [(mark[0], mark[1]) for mark in rules.shown(self.room)]

    def refused(self, me: str, name: str, **args: Any) -> str:
        before = self.state
        with pytest.raises(Refusal) as said:
            self.act(me, name, **args)
        assert self.state is before
        return said.value.code

    def fill(self, marks: int, me: str = "ana", off: bool = False, points: str = LINE) -> None:
        """Put marks there as the rules would have, without running them one by one."""
        one = [me, 1, 1, 1, 0, points] + ([True] if off else [])
        cost = rules.weight(one)
        room = {**self.room, "marks": [*self.room["marks"], *([one] * marks)]}
        sums = self.state["vault"].get("sums") or {"seen": 0, "bytes": 0}
        seen = sums["seen"] + (0 if off else marks)
        sums = {"seen": seen, "bytes": sums["bytes"] + marks * cost}
        self.state = {**self.state, "room": room, "vault": {"sums": sums}}


def given(**more: Any) -> dict[str, Any]:
    return {"group": 1, "ink": 1, "width": 1, "points": LINE, **more}
