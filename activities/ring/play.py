"""How people pass things on: some quick, some half done when the clock rings, some pass."""

from __future__ import annotations

from typing import Any

from server.kit import Move, Seen

STROKES = ("AoGoGUJ", "AAAUUUU", "BgPgLkDkD")


def play(seen: Seen) -> Move | None:
    """Write, draw or choose, and hand in; a host begins, shows, and goes through it."""
    phase = seen.room["phase"]
    if seen.hosting and (move := _host(seen, phase)):
        return move
    if phase == "ready" and not seen.own.get("out") and seen.chance(4):
        return "sit", {"on": True}
    if phase != "pass" or "job" not in seen.own:
        return None
    mine, step = seen.own.get("mine") or {}, seen.room["step"]
    if mine.get("done"):
        return None
    if seen.chance(6):
        return "pass_", {}
    do = seen.own["job"]["do"]
    if do == "draw" and len(mine.get("m", [])) < 2:
        mark = {"ink": seen.rng.below(12), "width": 1, "shape": 0}
        return "stroke", {"step": step, **mark, "points": seen.rng.choice(STROKES)}
    if do == "pick" and not mine.get("x"):
        return "pick", {"step": step, "pics": [seen.rng.below(24) for _ in range(3)]}
    if do in ("write", "thank") and not mine.get("t") and seen.chance(30):
        return "draft", {"step": step, "text": seen.write(60)}
    if do == "draw" and seen.chance(50):
        return "hand", {"step": step, "text": ""}
    return "hand", {"step": step, "text": seen.write(60)}


def _host(seen: Seen, phase: Any) -> Move | None:
    if phase == "ready":
        return ("begin", {}) if seen.others else None
    if phase == "pass" and seen.chance(3):
        return ("more", {}) if seen.chance(50) else ("pass_on", {})
    if phase == "done":
        return "show", {}
    if phase == "shown":
        return "go", {"to": "chain" if seen.chance(70) else "piece"}
    return None
