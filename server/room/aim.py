"""Where a live value goes: what declares it, in what everybody is at or in a person's team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server import kit
from server.kit import Activity, Live

from .revision import rules_of


def declared(
    kinds: Mapping[str, Activity], state: Mapping[str, Any], member: str, key: str
) -> tuple[Live | None, str, str | None]:
    """The live value of that name, the team inside which it is meant, and the phase there."""
    now = state["meet"]["now"]
    if now is None:
        return None, "", None
    rules = rules_of(kinds, now)
    if rules is not None and key in rules.lives:
        return rules.lives[key], "", state["room"].get("phase")
    told = inside(state, member)
    team = (state["room"].get("team") or {}).get(member, "")
    rules = rules_of(kinds, now, told["kind"]) if told else None
    if rules is None or key not in rules.lives:
        return None, "", None
    return rules.lives[key], team, kit.get(state, f"team/{team}/in/phase")


def inside(state: Mapping[str, Any], member: str) -> Any:
    """What runs in this person's team."""
    now = state["meet"]["now"] or {}
    return (now.get("in") or {}).get((state["room"].get("team") or {}).get(member))


def path(state: Mapping[str, Any], member: str, to: str, key: str) -> str | None:
    """Its path, by who sees it."""
    if to == "room":
        return f"live/{member}/{key}"
    if to == "own":
        return f"own/{member}/live/{key}"
    if to == "host":
        return f"host/live/{member}/{key}"
    team = (state["room"].get("team") or {}).get(member)
    return f"team/{team}/live/{member}/{key}" if team else None
