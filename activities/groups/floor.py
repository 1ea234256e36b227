"""The floor: who is in which group, while people come, go and are moved.

A floor is read from the state, moved on it as often as need be, and says what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from server import kit
from server.kit import After, Change, Ctx, Effect, Nest

GRACE_MS: Final = 20_000
"""So long a lost line keeps its place beside somebody who would be alone without it."""
PARTS: Final = 3
"""A turn in a clinic: ask, clarify, think aloud."""
LATE_MS: Final = 30_000
"""With less time than that left, whoever comes waits for the next round."""


def takers(ctx: Ctx, back: str = "") -> list[str]:
    """All who may be in a group: willing, and hosts only where they have counted themselves in;
    ``back`` is willing from now on."""
    own, people = ctx.state["own"], ctx.people
    return [
        who
        for who in [*kit.willing(ctx), *([back] if back else [])]
        if people[who].get("role") != "host" or own.get(who, {}).get("with")
    ]


def teams(team: dict[str, str]) -> dict[str, list[str]]:
    """Group -> its people, both in a fixed order."""
    found: dict[str, list[str]] = {}
    for who in sorted(team):
        found.setdefault(team[who], []).append(who)
    return {t: found[t] for t in sorted(found, key=lambda t: (len(t), t))}


def without(order: list[str], who: str, room: Any) -> list[str]:
    """An order of askers that somebody leaves: a turn that was or is theirs stays nobody's, so that
    the others keep theirs."""
    at = order.index(who)
    if at <= room["stage"] // PARTS:
        return [*order[:at], "", *order[at + 1 :]]
    return [*order[:at], *order[at + 1 :]]


class Floor:
    """People in groups, on the move."""

    def __init__(self, ctx: Ctx) -> None:
        self.ctx = ctx
        self.team: dict[str, str] = dict(ctx.room.get("team") or {})
        self.met = ctx.state["vault"].get("met", {})
        self.held: dict[str, dict[str, Any]] = {
            t: ctx.state["team"].get(t, {}) for t in teams(self.team)
        }
        self.told: list[Effect] = []

    # -- everybody at once

    def apart(self) -> None:
        """Nobody is in a group any more, and what was said there goes."""
        for who in sorted(self.team):
            self._clear(who)
        for t in teams(self.team):
            self._shut(t)
        self.team = {}
        self.told.append(Change("room/team", {}))
        if self.ctx.state["vault"].get("gone"):
            self.told.append(Change("vault/gone"))

    def form(self, groups: Iterable[list[str]], contents: Iterable[dict[str, Any]]) -> None:
        """These groups, and what each of them starts with."""
        ctx = self.ctx
        nth = ctx.room["drawn"] + 1
        made = {f"{nth}g{i}": group for i, group in enumerate(groups)}
        self.team = {who: t for t, group in made.items() for who in group}
        self.told += [Change("room/drawn", nth), Change("room/team", dict(self.team))]
        self.told.append(Change("vault/met", kit.groups.together(made.values(), self.met)))
        for t, content in zip(made, contents, strict=True):
            self.told.append(Change(f"team/{t}", {"lines": [], **content}))
            if ctx.options["inside"]:
                self.told.append(Nest(t, ctx.options["inside"], **ctx.options["inside_options"]))

    # -- one by one

    def come(self, who: str, t: str, guest: bool = False) -> None:
        """Somebody comes into a group. What was said there before stays with who heard it."""
        own = self.ctx.state["own"]
        held = self.held.get(t, {})
        group = [mate for mate in sorted(self.team) if self.team[mate] == t]
        lines = held.get("lines", [])
        if lines:
            for mate in group:
                talk = own.get(mate, {}).get("talk", [])
                self.told.append(Change(f"own/{mate}/talk", [*talk, *lines]))
            self.told.append(Change(f"team/{t}/lines", []))
            self.held[t] = {**held, "lines": []}
        if "order" in held and not guest:
            self.told.append(Change(f"team/{t}/order", [*held["order"], who]))
            self.held[t] = {**self.held[t], "order": [*held["order"], who]}
        self.team[who] = t
        self.told.append(Change(f"room/team/{who}", t))
        if not guest:
            self.met = kit.groups.together([[*group, who]], self.met)
            self.told.append(Change("vault/met", self.met))

    def go(self, who: str) -> None:
        """Somebody is in no group any more."""
        t = self.team.pop(who, "")
        if not t:
            return
        self._clear(who)
        self.told.append(Change(f"room/team/{who}"))
        held = self.held.get(t, {})
        if who in held.get("order", []):
            order = without(held["order"], who, self.ctx.room)
            self.told.append(Change(f"team/{t}/order", order))
            self.held[t] = {**held, "order": order}
        if t not in self.team.values():
            self._shut(t)

    def place(self, who: str, again: bool = False) -> None:
        """Somebody who came late joins the smallest group, if there is time; or, ``again``, who
        sat out until now."""
        ctx = self.ctx
        able = takers(ctx) if not again else takers(ctx, who)
        if ctx.room["phase"] != "out" or who in self.team or who not in able:
            return
        if kit.clock.left(ctx.room, ctx.now) < LATE_MS:
            return
        t = self.smallest()
        if t:
            self.come(who, t)

    def smallest(self, but: str = "") -> str:
        """The group with the fewest people here, but somebody; "" if there is none."""
        counts = {t: len(self.here(group)) for t, group in teams(self.team).items() if t != but}
        found = [t for t in counts if counts[t]]
        return min(found, key=lambda t: counts[t], default="")

    def here(self, group: Iterable[str], waited: Iterable[str] = ()) -> list[str]:
        """Who of them is here, or has been gone so shortly that they are `waited` for."""
        people, back = self.ctx.people, {*waited}
        return [who for who in group if people.get(who, {}).get("here") or who in back]

    def mend(self, waited: Iterable[str] = ()) -> None:
        """Whoever is alone joins another group; the places of those who are away go with theirs."""
        back = [*waited]
        for t, group in teams(self.team).items():
            here = self.here(group, back)
            to = self.smallest(but=t) if len(here) == 1 and self.here(here) else ""
            if to:
                for who in group:
                    self.go(who)
                self.come(here[0], to)

    def done(self) -> Iterator[Effect]:
        """What has changed."""
        yield from self.told

    def _clear(self, who: str) -> None:
        own = self.ctx.state["own"].get(who, {})
        self.told += [Change(f"own/{who}/{key}") for key in ("in", "talk") if key in own]

    def _shut(self, t: str) -> None:
        self.told.append(Change(f"team/{t}"))
        if t in self.ctx.state["host"].get("calls", {}):
            self.told.append(Change(f"host/calls/{t}"))
        if self.ctx.options["inside"]:
            self.told.append(Nest(t))


def waiting(ctx: Ctx, who: str) -> Iterator[Effect]:
    """Somebody in a group has lost the line: look again when the grace is over."""
    if who in ctx.room.get("team", {}):
        yield Change(f"vault/gone/{who}", ctx.now)
        if not ctx.state["vault"].get("looks"):
            yield Change("vault/looks", True)
            yield After(GRACE_MS, "settle")
