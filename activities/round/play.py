"""How people use a round: most take their turn, some pass, go later, write, or sit out."""

from __future__ import annotations

from server.kit import Move, Seen, turns

MOVES = ("clap", "sway", "reach", "wave", "shake", "turn")


def play(seen: Seen) -> Move | None:
    """Bring what is asked for; begin and go on, as a host; have one's turn."""
    room, form = seen.room, seen.options["form"]
    if room["phase"] != "run":
        return _before(seen)
    if turns.whose(room) == seen.me:
        if seen.chance(15):
            return "pass_", {}
        if seen.chance(10) and turns.ahead(room)[1:] and seen.own.get("later", 0) < 2:
            return "later", {}
        return _turn(seen)
    if seen.hosting and seen.chance(40):
        return ("longer", {}) if seen.chance(10) else ("next_", {})
    if form == "teach" and seen.chance(30) and seen.own.get("wish") != room["n"]:
        return "wish", {}
    return None


def _before(seen: Seen) -> Move | None:
    room, form = seen.room, seen.options["form"]
    mine = [one for one in room["brought"] if one["by"] == seen.me]
    if form in ("teach", "conduct") and not mine and seen.chance(60):
        return "bring", {"text": seen.write(40)}
    if seen.own.get("out") is None and seen.chance(5):
        return "sit", {"on": True}
    some = form != "teach" or any(one["text"] for one in room["brought"])
    if seen.hosting and some and seen.chance(60) and (not seen.own.get("out") or seen.others):
        return "begin", {}
    return None


def _turn(seen: Seen) -> Move | None:
    room, form = seen.room, seen.options["form"]
    tiles = [i for i, one in enumerate(room["brought"]) if one["text"]]
    if form == "lead" or (form == "chain" and not room["move"]):
        return "show", {"move": seen.rng.choice(MOVES)}
    if form == "conduct" and tiles and seen.chance(70):
        return "light", {"i": seen.rng.choice(tiles), "on": seen.chance(70)}
    written = sum(one["by"] == seen.me for one in room["said"])
    if form == "say" and written < 3 and seen.chance(40):
        return "write", {"text": seen.write(120)}
    return "pass_", {}
