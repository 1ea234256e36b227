"""How people use a wall: a note or two, hearts and dots for others, a host who shows and counts."""

from __future__ import annotations

from typing import Any

from activities.wall.paper import COLUMNS, piles
from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """Write first; then read, tap, score. Some pass, some come late, hosts wait for most."""
    room, own = seen.room, seen.own
    if room["phase"] == "quiet":
        return _quiet(seen)
    if seen.hosting and seen.chance(25) and (move := _host(seen)):
        return move
    if room["phase"] == "score":
        return _score(seen)
    mine = set(own.get("notes", []))
    if room["phase"] == "shown" and not mine and seen.chance(70):
        return None if seen.chance(15) else ("add", _paper(seen))
    others = [pile[0] for pile in piles(room["notes"]) if pile[0] not in mine]
    asked = room.get("asked")
    if asked is not None and seen.chance(50):
        return "add", {"text": seen.write(60), "to": asked}
    for a, one in enumerate(own.get("able", [])):
        if one["on"] and "mine" not in one and seen.chance(60):
            return "meet", {"a": a, "words": seen.write(40)}
    if room["phase"] != "shown" or not others:
        return None
    i = seen.rng.choice(others)
    if seen.options["can"] and seen.chance(30) and len(own.get("cans", [])) < 5:
        return "can", {"i": i, "words": seen.write(40), "named": seen.chance(50)}
    if seen.options["hearts"] and seen.chance(60) and str(i) not in own.get("hearts", {}):
        return "heart", {"i": i, "on": True}
    left = seen.options["votes"] - sum(own.get("dots", {}).values())
    if left > 0 and "dots" not in room and str(i) not in own.get("dots", {}):
        return "vote", {"i": i, "n": 1 + seen.rng.below(min(left, 3))}
    if mine and seen.chance(5):
        return ("withdraw", {"i": min(mine)}) if room["notes"][min(mine)]["text"] else None
    return None


def _quiet(seen: Seen) -> Move | None:
    people = seen.others + 1
    if seen.hosting and seen.room["count"] * 3 >= people * 2 and seen.chance(50):
        return "show", {}
    held = seen.own.get("held", [])
    if held and seen.chance(10):
        return "write", {**_paper(seen), "k": 0}
    if held and seen.chance(5):
        return "unwrite", {"k": 0}
    if len(held) < 2 and not seen.chance(15):
        return "write", _paper(seen)
    return None


def _host(seen: Seen) -> Move | None:
    room = seen.room
    tops = [pile[0] for pile in piles(room["notes"])]
    if room["phase"] == "score":
        return ("finish", {}) if room["scored"] * 3 >= room["dealt"] * 2 else None
    if room["phase"] != "shown" or len(tops) < 2:
        return None
    if seen.options["score"] and len(tops) > seen.others // 2 and seen.chance(60):
        return "begin", {}
    if seen.options["columns"] == "questions":
        return "ask", {"i": seen.rng.choice(tops)}
    if room.get("laid", 0) * 3 >= seen.options["votes"] * (seen.others + 1) * 2 > 0:
        return None if "dots" in room else ("result", {})
    if seen.chance(30):
        i, on = seen.rng.shuffled(tops)[:2]
        return "move", {"i": i, "col": room["notes"][on]["col"], "on": on}
    return None


def _score(seen: Seen) -> Move | None:
    hand, marks = seen.own.get("hand", []), seen.own.get("marks", [])
    if not hand:
        return ("deal", {}) if not seen.own.get("out") and seen.chance(30) else None
    if len(marks) < len(hand) and not seen.chance(20):
        return "mark", {"k": len(marks), "n": seen.rng.below(6)}
    return None


def _paper(seen: Seen) -> dict[str, Any]:
    wide = COLUMNS[seen.options["columns"]] or max(1, len(seen.options["titles"]))
    paper: dict[str, Any] = {"text": seen.write(120), "col": seen.rng.below(wide)}
    if seen.options["columns"] == "offers" and seen.chance(40):
        paper["when"] = seen.write(30)
    return paper | {"named": seen.chance(30)} if seen.options["signed"] else paper
