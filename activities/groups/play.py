"""How people use groups: words to each other, a line to bring back, now and then not this one;
hosts begin, wait, add a minute, and go on."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """What this person would do next."""
    phase, form = seen.room["phase"], seen.options["form"]
    if seen.hosting:
        return _host(seen)
    if "out" not in seen.own and "asked" not in seen.own and seen.chance(4):
        return "sit", {"on": True}
    if seen.own.get("out") and seen.chance(25):
        return "sit", {"on": False}
    if form == "buddy" and "step" not in seen.own and phase != "out":
        return "step", {"text": seen.write(140), "new": seen.chance(40)}
    if (phase == "solo" or seen.own.get("out")) and "note" not in seen.own:
        return "note", {"text": seen.write(240)}
    if phase == "out" and seen.me in seen.room["team"]:
        return _inside(seen)
    if phase == "home" and seen.chance(8):
        return "add", {"text": seen.write(240)}
    return None


def _inside(seen: Seen) -> Move | None:
    form, stage = seen.options["form"], seen.room["stage"]
    order = seen.team.get("order") or []
    mine = stage // 3 < len(order) and order[stage // 3] == seen.me
    if form == "buddy" and not seen.team.get("way") and seen.chance(50):
        return "meet", {"text": seen.write(80)}
    if mine and stage % 3 == 2:
        return None  # only listens
    if mine and seen.chance(10):
        return "pass_", {}
    if not seen.team.get("top") and form in ("partners", "merge") and seen.chance(40):
        return "bring", {"text": seen.write(240)}
    if seen.chance(3):
        return "call", {"on": not seen.team.get("called")}
    return ("write", {"text": seen.write(60)}) if seen.chance(50) else None


def _host(seen: Seen) -> Move | None:
    phase, room = seen.room["phase"], seen.room
    if phase in ("gather", "home"):
        if seen.others < 2 and "with" not in seen.own:
            return "take_part", {"on": True}
        again = phase == "gather" or room["round"] < seen.options["rounds"]
        return ("begin", {}) if again and seen.chance(60) else None
    calls = list(seen.host.get("calls") or {})
    if calls and seen.me not in room["team"]:
        return "enter", {"t": seen.rng.choice(sorted(calls))}
    if seen.me in room["team"] and "with" not in seen.own:
        return "leave", {}
    if seen.chance(10):
        return seen.rng.choice([("more", {}), ("tell", {"text": seen.write(200)})])
    return ("on", {}) if seen.chance(25) else None
