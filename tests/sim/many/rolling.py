"""Servers of two versions in one storm: they are renewed one by one, some go back, and who is alive
is known late. In the later version the same op has another outcome: whoever guesses is at another
state."""

from __future__ import annotations

from typing import Any

import pytest

from server.kit import Activity, Change, Refusal
from server.room import codes
from server.web.reading import Later

from ..kinds import KINDS
from . import history, stage, store
from .script import CUT, STEPS, Run
from .server import Server, SimPlace

LATER_OF_TEN = 8
first = KINDS["echo"]
second = Activity("echo", options=first.options, revision=2, before=first)
second.actions, second.lives, second.hooks = {**first.actions}, first.lives, first.hooks
second.starter, second.harvester = first.starter, first.harvester
del second.actions["add"]


def add(ctx: Any, text: str) -> Any:
    """A list grows at its end, by twice as much."""
    if len(ctx.room["list"]) >= 30:
        raise Refusal("full")
    yield Change(f"room/list/{len(ctx.room['list'])}", text)
    yield Change(f"room/list/{len(ctx.room['list']) + 1}", text)


second.action(after=True, **first.actions["add"].fields)(add)
LATER = {**KINDS, "echo": second}


class Version(Server):
    """Of the version before, or the later one: who is started while others run mostly is."""

    def __init__(self, where: stage.Stage, number: int) -> None:
        super().__init__(where, number)
        self.later = number % 2 == 0
        if where.faults:
            self.later = where.rng.randrange(10) < LATER_OF_TEN
        if self.later:
            self.place = SimPlace(where, self.link, LATER)

    def _loaded(self, task: Any) -> None:
        if isinstance(task.exception(), Later):
            self.stage.count("left to others")
        super()._loaded(task)

    def _let_go(self, room: str, erase: bool) -> None:
        if not erase and self.room is not None and self.room.close_code == codes.RESTART:
            self.stage.count("left to others")
        super()._let_go(room, erase)


class Rolling(Run):
    """A run in which servers are renewed."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        # Which of them live on is promised nobody where what was cut comes back from servers.
        rolls = self.sort != CUT or not self.servers
        self.faults = [*(["roll"] * rolls), "unseen", "open", "open", *self.faults[:2]]

    def _roll(self) -> None:
        """The next one is renewed, with a goodbye or without; now and then one of the later version
        is, and may go back."""
        old = [one for one in self.stage.awake if not one.later]  # type: ignore[attr-defined]
        there = old if old and self.rng.random() < 0.8 else self.stage.awake
        if there:
            gone = self.rng.choice(there)
            gone.kill()
            if self.rng.random() < 0.7:
                self.stage.store.leases.pop(gone.name, None)
            self.stage.start()

    def _unseen(self) -> None:
        """The leases of the older ones are over for a moment: they had no time to renew them."""
        for server in self.stage.alive:
            if not server.later:  # type: ignore[attr-defined]
                self.stage.store.leases.pop(server.name, None)
        for server in self.stage.awake:
            server.link.beat_at = 0

    def _open(self) -> None:
        """A host opens it anew."""
        tab = self.tabs[0]
        if tab.seat.member and tab.tree:
            tab.act("room.open", None, {"kind": "echo", "options": {}}, sure=False)

    def rest(self) -> None:
        # Where all have gone back, nobody can read what the later one wrote until one comes again.
        while not any(one.later for one in self.stage.alive):  # type: ignore[attr-defined]
            self.stage.start()
        super().rest()
        meet = self.stage.store.past.tree["meet"] if self.stage.store.room is not None else {}
        for told in (meet.get("now"), *meet.get("past", ())):
            if told is not None and told["kind"] == "echo":
                self.stage.count("second" if told.get("revs") else "first")


def rolled(patch: pytest.MonkeyPatch, seed: int, steps: int = STEPS) -> Run:
    """Play one seed with servers of two versions."""
    patch.setattr(stage.Stage, "make", Version)
    for module in (history, store):
        patch.setattr(module, "KINDS", LATER)
    made = Rolling(seed)
    made.play(steps)
    return made
