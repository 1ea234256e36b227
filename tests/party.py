"""Party: an activity played by people as they would play it, from the first tap to the harvest.

party = Party("checkin", 7)
party.play(rounds=6)
party.close()
"""

from __future__ import annotations

import importlib
from collections import Counter
from typing import Any

from server import kit
from server.kit import Seen
from tests.stage import Outcome, Stage

SCRIPTS = ("{} with coffee", "{} à plat", "{} con ganas", "{} que bom", "{} على مهل")
PAUSE_MS = 2_000


def player(kind: str) -> kit.Play:
    """How people use this kind."""
    found: kit.Play = importlib.import_module(f"activities.{kind}.play").play
    return found


class Party:
    """A stage full of people; the first one is the host. Equal seeds play equally."""

    def __init__(self, kind: str, many: int, seed: int = 0, **options: Any) -> None:
        self.people = [f"p{i}" for i in range(many)]
        names = {who: f"Name{who}" for who in self.people}
        key = seed.to_bytes(32, "big")
        self.stage = Stage(kind, self.people, seed=key, names=names, guard=False, **options)
        self.rng = kit.Rng(key, 2**40)
        self.player = player(kind)
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.refused: list[tuple[str, str, str]] = []
        self.texts = 0

    def write(self, most: int) -> str:
        """A text of its own, each time another, in one of five scripts."""
        self.texts += 1
        return SCRIPTS[self.texts % len(SCRIPTS)].format(f"n{self.texts}")[:most]

    def seen(self, who: str) -> Seen:
        """What somebody has before them."""
        tree = self.stage.sees(who)
        host = who == self.stage.host
        mine = (tree["room"].get("team") or {}).get(who, "")
        return Seen(
            me=who,
            role="host" if host else "member",
            room=tree["room"],
            own=tree["own"].get(who, {}),
            host=tree.get("host", {}),
            team=(tree.get("team") or {}).get(mine, {}),
            options=self.stage.options,
            people=self.stage.people,
            now=self.stage.now,
            rng=self.rng,
            write=self.write,
        )

    def turn(self, who: str) -> Outcome | None:
        """One person looks, and perhaps does something."""
        move = self.player(self.seen(who))
        if move is None:
            return None
        name, args = move
        outcome = self.stage.act(who, name, **args)
        self.outcomes["host" if who == self.stage.host else "member", outcome.kind] += 1
        if outcome.kind in ("refused", "fault"):
            self.refused.append((name, outcome.kind, outcome.code))
        return outcome

    def play(self, rounds: int) -> None:
        """Everybody gets a chance to do something, so many times; the order is chance."""
        for _ in range(rounds):
            for who in self.rng.shuffled(self.people):
                self.turn(who)
                self.stage.wait(PAUSE_MS // len(self.people) + 1)

    def close(self) -> list[kit.Piece]:
        """The activity ends; what there is to keep."""
        self.stage._hook("close", self.stage.host)
        assert not self.stage.faults, self.stage.faults
        return self.stage.harvest()
