"""How people use choices and games: they choose, some pass, hosts show; two tap at once."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """What this person would do next in the form that is on."""
    form = seen.options["form"]
    return _count(seen) if form == "count" else _three(seen) if form == "three" else _choose(seen)


def _choose(seen: Seen) -> Move | None:
    room, line = seen.room, seen.options["form"] == "spectrum"
    many = len(room["choices"]) or (3 if seen.options["form"] == "poll" else 2)
    at = 5 * seen.rng.below(21) if line else seen.rng.below(many)
    if room["phase"] == "shown":
        if seen.hosting and seen.chance(30):
            return "go_on", {}
        return ("choose", {"at": at}) if seen.chance(10) else None
    if seen.hosting and room["count"] * 3 > seen.others * 2 and seen.chance(60):
        return "show", {}
    if "pick" not in seen.own:
        return ("choose", {"at": at}) if seen.chance(80) else ("pass_", {})
    if seen.chance(15):
        return ("choose", {"at": at}) if seen.chance(70) else ("withdraw", {})
    return None


def _three(seen: Seen) -> Move | None:
    room, own, up = seen.room, seen.own, seen.room["up"]
    if up and "wish" not in up:
        if up["who"] == seen.me:
            return ("tell", {}) if up["count"] * 2 > seen.others or seen.chance(20) else None
        if "guess" not in own and seen.chance(80):
            return "guess", {"i": seen.rng.below(3)}
    elif seen.hosting and room["count"] and seen.chance(60):
        return "go_on", {}
    if room["phase"] == "write" and "pick" not in own and not own.get("out"):
        if seen.chance(25):
            return "sit", {"on": True}
        lines = [seen.write(60) for _ in range(3)]
        return "write", {"lines": lines, "wish": seen.rng.below(3)}
    return None


def _count(seen: Seen) -> Move | None:
    room = seen.room
    if room["phase"] == "done":
        return ("again", {}) if seen.hosting else None
    if seen.own.get("mine") == room["n"] and seen.others:
        return None
    return ("tap", {}) if seen.chance(40) else None
