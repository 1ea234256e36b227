"""Player: what somebody in a rehearsal would do next, from what their page would show them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from server.kit import Change, Move, Play, Rng, Seen, apply

from . import texts

PASSES = 15
"""Per cent of the moments in which somebody who could do something does not."""
RAISES, REACTS, TAKES_DOWN = 1, 14, 40
"""Per cent of the moments in which somebody with nothing to do raises a hand; reacts, where not;
takes the hand down that is up."""
CALM = frozenset({"breath"})
"""Kinds in which people are still."""


@cache
def known(kind: str) -> Play | None:
    """How people use a kind; None for one that nobody has written that down for."""
    try:
        found: Play = importlib.import_module(f"activities.{kind}.play").play
    except (ImportError, AttributeError):
        return None
    return found


def merged(whole: Any, part: Any) -> Any:
    """One part of a snapshot after the other: objects merged, lists appended."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return {**whole, **{k: merged(whole[k], v) if k in whole else v for k, v in part.items()}}
    if isinstance(whole, list) and isinstance(part, list):
        return whole + part
    return part


class Player:
    """Somebody's page without a screen: the state, and how they would go on."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.script, self.name = texts.writer(rng)
        self.me, self.role = "", "member"
        self.tree: dict[str, Any] = {}
        self.now = 0

    def take(self, frame: Mapping[str, Any]) -> None:
        """A frame of the room: welcome, snap, tick or beat."""
        kind = frame["t"]
        self.now = frame.get("now", frame.get("ts", self.now))
        if kind == "welcome":
            self.me, self.role = frame["me"]["member"], frame["me"]["role"]
        elif kind == "snap":
            self.tree = merged(self.tree, frame["st"]) if frame["i"] else dict(frame["st"])
        elif kind == "tick" and self.tree:
            self.tree = apply(self.tree, [Change.of(change) for change in frame.get("c", ())])

    def move(self) -> tuple[str, int, dict[str, Any]] | None:
        """What they would do now: (what, generation, arguments); None: they watch."""
        meet = self.tree.get("meet") or {}
        now = meet.get("now")
        if not now or self.rng.below(100) < PASSES:
            return None
        team = ((self.tree.get("room") or {}).get("team") or {}).get(self.me, "")
        inside = (now.get("in") or {}).get(team) if team else None
        if inside and self.rng.below(3):
            found = self._played(inside, self._within(team), self._mates(team))
            if found:
                return f"{inside['kind']}.{found[0]}", inside["g"], found[1]
        found = self._played(now, self.tree)
        return (f"{now['kind']}.{found[0]}", now["g"], found[1]) if found else None

    @property
    def led(self) -> bool:
        """Whether they see a host who is here."""
        people = (self.tree.get("meet") or {}).get("people") or {}
        return any(one["role"] == "host" and one["here"] for one in people.values())

    def gesture(self) -> tuple[str, dict[str, Any]] | None:
        """What people do beside it, and rarely: they react, they raise a hand and take it down."""
        meet = self.tree.get("meet") or {}
        now, mine = meet.get("now"), (meet.get("people") or {}).get(self.me)
        if not now or not mine or self.role != "member" or now["kind"] in CALM:
            return None
        if "hand" in mine:
            return ("room.hand", {"up": False}) if self.rng.below(100) < TAKES_DOWN else None
        chance = self.rng.below(100)
        if chance < RAISES:
            return "room.hand", {"up": True}
        return ("react", {"r": self.rng.below(6)}) if chance < REACTS else None

    def _played(
        self, run: Mapping[str, Any], tree: Mapping[str, Any], mates: dict[str, Any] | None = None
    ) -> Move | None:
        """What they would do in what runs; `mates`: in a team, with nobody else."""
        play = known(run["kind"])
        if play is None or not tree.get("room"):
            return None
        team = (tree["room"].get("team") or {}).get(self.me, "")
        # In a team everybody may do what hosts do; as among people, one of them does.
        role = self.role if mates is None else "host" if min(mates) == self.me else "member"
        return play(
            Seen(
                me=self.me,
                role=role,
                room=tree["room"],
                own=(tree.get("own") or {}).get(self.me) or {},
                host=tree.get("host") or {},
                team=(tree.get("team") or {}).get(team) or {},
                options=run["options"],
                people=self.tree["meet"]["people"] if mates is None else mates,
                now=self.now,
                rng=self.rng,
                write=lambda most: texts.line(self.rng, self.script, most),
            )
        )

    def _mates(self, team: str) -> dict[str, Any]:
        """Who is in a team and here, oneself included."""
        people, teams = self.tree["meet"]["people"], self.tree["room"]["team"]
        there = [who for who, own in teams.items() if own == team and who in people]
        return {who: people[who] for who in there if who == self.me or people[who]["here"]}

    def _within(self, team: str) -> dict[str, Any]:
        """What runs in their team, as a tree of its own."""
        own = ((self.tree.get("own") or {}).get(self.me) or {}).get("in") or {}
        room = ((self.tree.get("team") or {}).get(team) or {}).get("in") or {}
        return {"room": room, "own": {self.me: own}}
