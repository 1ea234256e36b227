"""Voices: where everybody sits, who may be heard there, and who listens. Follows from the state.

Who shares a group hears each other. The one group of all is "", and each team is one of its own.
Who is not in the mapping, like a big screen, listens in "" and is not heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from server import kit
from server.kit import Activity

from . import talk
from .revision import rules_of

Wrong = Callable[[str], None]
"""Is told where a kind made a mistake."""


class Seat(NamedTuple):
    """Where somebody sits, whether they may be heard there, whether they listen, and whether theirs
    is the music place."""

    group: str = ""
    speaks: bool = True
    hears: bool = True
    music: bool = False


def seats(
    kinds: Mapping[str, Activity], state: Mapping[str, Any], wrong: Wrong | None = None
) -> dict[str, Seat]:
    """The seats of all who are here. A kind's mistake mutes nobody: `wrong` hears of it."""
    meet = state["meet"]
    teams = (state.get("room") or {}).get("team") or {}
    floors: dict[str, _Floor] = {}
    found: dict[str, Seat] = {}
    for member, person in meet["people"].items():
        if not person["here"] or person.get("out") or person["role"] == "screen":
            continue
        team = teams.get(member)
        group = team if isinstance(team, str) else ""
        if group not in floors:
            floors[group] = _Floor(kinds, state, group, wrong)
        away = bool(person.get("hall"))
        speaks = not away and not _muted(meet, member) and floors[group].open(member)
        found[member] = Seat(group, speaks, not away, member == meet.get("music"))
    return found


def _muted(meet: Mapping[str, Any], member: str) -> bool:
    """A host speaks through "all hands quiet"; who is muted by name does not, whoever they are."""
    person = meet["people"][member]
    if person["role"] == "host":
        return "voice" in person.get("shut", {})
    return talk.shut_for(meet, member, "voice")


class _Floor:
    """Who may be heard in one group, as what runs there has it."""

    def __init__(
        self,
        kinds: Mapping[str, Activity],
        state: Mapping[str, Any],
        group: str,
        wrong: Wrong | None,
    ) -> None:
        self._people = state["meet"]["people"]
        self._group = group
        self._named: frozenset[str] | None = None
        try:
            self._named = self._heard(kinds, state)
        except kit.Fault as fault:
            if wrong is not None:
                wrong(str(fault))

    def open(self, member: str) -> bool:
        """Hosts are always heard by all; in a team everybody leads, so nobody is."""
        if self._named is None or member in self._named:
            return True
        host: bool = self._people[member]["role"] == "host"
        return host and not self._group

    def _heard(
        self, kinds: Mapping[str, Activity], state: Mapping[str, Any]
    ) -> frozenset[str] | None:
        now = state["meet"]["now"]
        if now is None:
            return None
        inner = (now.get("in") or {}).get(self._group) if self._group else None
        rules = rules_of(kinds, now, inner["kind"] if inner else "")
        if rules is None:
            return None
        options = {**rules.usual, **(inner or now)["options"]}
        if not inner:
            return kit.heard(rules, state["room"], options, self._people)
        teams = state["room"]["team"]
        ours = {who: one for who, one in self._people.items() if teams.get(who) == self._group}
        return kit.heard(rules, kit.get(state, f"team/{self._group}/in", {}), options, ours)
