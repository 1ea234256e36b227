"""How people use words: a text or two in private, a host who shows, some late ones."""

from __future__ import annotations

from typing import Any

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """Write, change or pass; a host shows when most have written, and rarely takes one off."""
    room, most = seen.room, seen.options["most"]
    named: dict[str, Any] = {"named": True} if seen.options["named"] and seen.chance(50) else {}
    if room["phase"] == "collect":
        if seen.hosting and room["count"] * 3 > seen.others * 2 and seen.chance(60):
            return "show", {}
        pick = seen.own.get("pick")
        if pick is None and seen.chance(70):
            many = 1 + seen.rng.below(seen.options["each"])
            return "write", {"texts": [seen.write(most) for _ in range(many)], **named}
        if pick is None and seen.chance(20):
            return "pass_", {}
        if pick is not None and seen.chance(10):
            return ("withdraw", {}) if seen.chance(30) else ("write", {"texts": pick["texts"][:1]})
        return None
    words = room["words"]
    if seen.hosting and words and seen.chance(10):
        return "hide", {"i": seen.rng.below(len(words)), "on": seen.chance(70)}
    added = seen.own.get("added") or []
    if not added and seen.chance(15):
        return "add", {"text": seen.write(most), **named}
    if added and seen.chance(10):
        return "remove", {}
    return None
