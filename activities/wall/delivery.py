"""Delivery: offers reach their authors, and the words of two who want to meet reach each other.

`vault/ties` says which offer belongs to which tap: [author, place in own/<author>/able, who
offered, place in own/<who>/cans].
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.wall.paper import author
from server.kit import Change, Ctx

ABLE: Final = 100
"""Offers that reach one author."""


def delivered(ctx: Ctx) -> Iterator[Change]:
    """Whatever has not been brought yet."""
    own = ctx.state["own"]
    ties = list(ctx.state["vault"].get("ties", []))
    known = {(who, k): (to, a) for to, a, who, k in filter(None, ties)}
    able = {who: [dict(one) for one in part.get("able", [])] for who, part in own.items()}
    fresh: list[Any] = []
    for who in sorted(own):
        for k, tap in enumerate(own[who].get("cans", [])):
            to, a = known.get((who, k), ("", -1))
            if not to and tap["on"]:
                to = author(ctx, tap["i"])
                a = len(able.get(to, []))
                if not to or to == who or to not in own or a >= ABLE:
                    continue
                fresh.append([to, a, who, k])
                able[to].append({})
            if to not in able or a >= len(able[to]):
                continue
            before = able[to][a]
            if "mine" in before and tap["on"]:
                able[to][a] = {**before, "words": tap["words"]}
                if "theirs" not in tap:
                    yield Change(f"own/{who}/cans/{k}/theirs", before["mine"])
            elif "words" not in before:
                named = {"who": who} if tap.get("named") else {}
                able[to][a] = {"i": tap["i"], "on": tap["on"], **named}
    for who in sorted(able):
        if able[who] != [dict(one) for one in own[who].get("able", [])]:
            yield Change(f"own/{who}/able", able[who])
    if fresh:
        yield Change("vault/ties", ties + fresh)
