"""How people are quiet: hosts begin and end it, some dance, most do nothing at all."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """Begin, rest, go on, end; dance for a while."""
    room = seen.room
    if seen.hosting:
        if room["phase"] != "run":
            return ("begin", {}) if seen.chance(60) else None
        if "left" in room["clock"]:
            return "pause", {"on": False}
        if seen.chance(20):
            return ("pause", {"on": True}) if seen.chance(50) else ("longer", {})
        return ("finish", {}) if seen.chance(10) else None
    if seen.options["form"] != "floor" or not seen.chance(30):
        return None
    return "dance", {"on": not seen.own.get("dance")}
