"""How people use a check-in: a picture and perhaps a word, a dot, a find; some late, some not."""

from __future__ import annotations

from typing import Any

from server.kit import Move, Seen

from .sky import ICONS


def play(seen: Seen) -> Move | None:
    """Answer, change one's mind now and then; a host shows all once most have answered."""
    room = seen.room
    if room["phase"] == "count":
        return _count(seen)
    if room["phase"] in ("move", "still"):
        return _move(seen)
    if seen.hosting and room["phase"] == "collect" and room["count"] * 3 >= seen.others * 2:
        return "show", {}
    if room["phase"] == "collect" and "pick" in seen.own:
        return ("withdraw", {}) if seen.chance(2) else None
    if room["phase"] == "shown" and ("added" in seen.own or seen.chance(80)):
        return None
    if seen.chance(10):
        return ("pass_", {}) if room["phase"] == "collect" else None
    if seen.options["form"] != "icons":
        return ("place" if room["phase"] == "collect" else "drop"), _spot(seen)
    pick: dict[str, Any] = {
        "icon": seen.rng.choice(ICONS[seen.options["icons"]]),
        "word": seen.write(60) if seen.chance(60) else "",
        "named": bool(seen.options["named"]) and seen.chance(50),
    }
    return ("choose" if room["phase"] == "collect" else "add"), pick


def _spot(seen: Seen) -> dict[str, Any]:
    most = 11 if seen.options["form"] == "dial" else 101
    named = bool(seen.options["named"]) and seen.chance(50)
    return {"x": seen.rng.below(most), "y": seen.rng.below(most), "named": named}


def _move(seen: Seen) -> Move | None:
    """Stand somewhere, move; a host lets all stand still, hears some, and lets them move again."""
    room = seen.room
    if room["phase"] == "move":
        if seen.hosting and len(room["dots"]) * 3 >= seen.others * 2 and seen.chance(50):
            return "freeze", {"on": True}
        if "at" in seen.own and seen.chance(70):
            return ("withdraw", {}) if seen.chance(4) else None
        return ("pass_", {}) if seen.chance(8) else ("move", _spot(seen))
    if seen.hosting and room["why"]:
        return "heard", {"who": room["why"][0]}
    if seen.hosting and seen.chance(15):
        return "freeze", {"on": False}
    if "at" not in seen.own:
        return ("drop", _spot(seen)) if seen.chance(40) else None
    if seen.me not in room["why"] and seen.chance(12):
        return "why", {"on": True}
    return None


def _count(seen: Seen) -> Move | None:
    """Find it, sooner or later; a host calls the next thing, now and then in own words."""
    room = seen.room
    if seen.hosting and room["count"] * 2 >= seen.others:
        return "call", {"text": seen.write(60) if seen.chance(30) else ""}
    if seen.own.get("found") == room["round"]:
        return ("withdraw", {}) if seen.chance(2) else None
    return ("found", {}) if seen.chance(60) else None
