"""What it means that a promise holds, and what is told when it does not."""

from __future__ import annotations

from typing import Any


class Broken(AssertionError):
    """A promise was not kept."""


broken: list[Broken] = []
"""What was broken in this run: a server takes an exception for a fault of its own, and goes on."""


def hold(true: object, what: str, *facts: object) -> None:
    if not true:
        found = Broken(f"{what}: {', '.join(map(repr, facts))}" if facts else what)
        broken.append(found)
        raise found


def differs(one: Any, other: Any, path: str = "") -> str:
    """The first place where two trees differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                return differs(one.get(key), other.get(key), f"{path}/{key}")
    return f"{path}: {str(one)[:80]} / {str(other)[:80]}"
