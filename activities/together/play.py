"""How people sing and sound together: a host counts in, people press, lead, and applaud."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """What somebody would do next."""
    room, phase = seen.room, seen.room["phase"]
    if seen.hosting and seen.chance(60) and (move := _host(seen)):
        return move
    if seen.options["form"] == "chord":
        ready = phase in ("run", "done") and "pressed" not in seen.own
        return ("press", {}) if ready and seen.chance(70) else None
    if not room["leader"] and seen.chance(5):
        return "lead", {}
    if room["leader"] == seen.me and seen.chance(5):
        return "lead", {"on": False}
    few = seen.own.get("hearts", 0) < 6
    return ("heart", {}) if phase in ("run", "done") and few and seen.chance(40) else None


def _host(seen: Seen) -> Move | None:
    """What the host would do."""
    room, phase = seen.room, seen.room["phase"]
    chord = seen.options["form"] == "chord"
    if phase == "ready":
        if not chord and seen.chance(30):
            return "pick", {"tongue": seen.rng.choice(["en", "fr", "es", "pt", "ar"]), "song": 1}
        if not chord and seen.chance(20):
            return "paste", {"text": "\n".join(seen.write(30) for _ in range(4))}
        return "begin", {"tongue": "en"}
    if phase == "done":
        return ("begin", {}) if seen.chance(20) else None
    if chord or not room["clock"]:
        return None
    if "left" in room["clock"]:
        return "pause", {"on": False}
    if seen.chance(30):
        return "pace", {"faster": seen.chance(50)}
    if seen.chance(15):
        return "pause", {}
    if seen.chance(15):
        return "go", {"to": 0}
    return ("end", {}) if seen.chance(10) else None
