"""How people use a prompt: a line or two each, hearts for others, a song for all."""

from __future__ import annotations

from server.kit import Move, Seen


def play(seen: Seen) -> Move | None:
    """Add one, give hearts, take one back; a host plays what has hearts, and stops it again."""
    room = seen.room
    entries = room["entries"]
    standing = [i for i, one in enumerate(entries) if one["title"] and one["on"]]
    mine = [i for i in standing if entries[i]["by"] == seen.me]
    if seen.hosting and standing and seen.chance(50):
        if room.get("now"):
            return "stop", {}
        if seen.options["about"] == "song":
            return "play", {"i": seen.rng.choice(standing)}
    if not mine:
        if seen.chance(15):
            return "pass_", {}
        return "add", {"title": seen.write(60), "who": seen.write(30) if seen.chance(50) else ""}
    hearts = seen.own.get("hearts") or {}
    liked = [i for i in standing if i not in mine and str(i) not in hearts]
    if liked and seen.chance(60):
        return "heart", {"i": seen.rng.choice(liked), "on": True}
    if seen.chance(5):
        return "withdraw", {"i": mine[0]}
    return None
