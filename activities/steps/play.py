"""How people follow steps: a host begins and goes on, people find, step by themselves, share."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """What somebody would do next."""
    room, phase = seen.room, seen.room["phase"]
    if seen.hosting and seen.chance(60) and (move := _lead(seen)):
        return move
    if phase == "run" and not room["clock"] and seen.chance(50):
        at = seen.own.get("at", 0)
        return ("step", {"to": at + 1}) if at < len(room["steps"]) else None
    if phase in ("run", "done") and room["found"]:
        tapped = seen.own.get("found", {})
        left = [i for i in range(len(room["found"])) if str(i) not in tapped]
        return ("found", {"i": left[0]}) if left and seen.chance(50) else None
    if seen.options["sequence"] == "senses" and phase in ("run", "done", "shown"):
        if phase == "shown":
            late = "added" not in seen.own and seen.chance(5)
            return ("add", {"text": seen.write(40)}) if late else None
        if "pick" not in seen.own and seen.chance(30):
            return "share", {"text": seen.write(40)}
        return ("unshare", {}) if "pick" in seen.own and seen.chance(3) else None
    return None


def _lead(seen: Seen) -> Move | None:
    """What the host would do."""
    room, phase = seen.room, seen.room["phase"]
    if phase == "ready":
        if room["steps"]:
            return "begin", {}
        own = seen.options["sequence"] == "own"
        return ("write", {"texts": [seen.write(30) for _ in range(3)]}) if own else None
    if phase == "done":
        if seen.options["sequence"] == "senses" and room["count"] * 2 > seen.others:
            return "show", {}
        return None
    if phase != "run":
        return None
    if not room["clock"]:
        return ("end", {}) if seen.chance(10) else None
    if "left" in room["clock"]:
        return "pause", {"on": False}
    if seen.chance(10):
        return "pause", {}
    if seen.chance(20):
        return "go", {"to": seen.rng.below(len(room["steps"]))}
    return ("end", {}) if seen.chance(10) else None
