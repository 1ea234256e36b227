"""Traces: all that one person left in groups, taken out; the others keep what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.kit import After, Change, Ctx, Effect

from .floor import GRACE_MS, without

GONE: Final = {"by": "", "text": ""}


def wiped(ctx: Ctx) -> Iterator[Effect]:
    """No id, no name, no text of ``ctx.me`` is left; own/<me> goes by itself. Whoever is alone now
    joins others a little later: an undo that is taken back at once moves nobody."""
    me, state = ctx.me, ctx.state
    t = ctx.room["team"].get(me, "")
    if t:
        yield Change(f"room/team/{me}")
        if not state["vault"].get("looks"):
            yield Change("vault/looks", True)
            yield After(GRACE_MS, "settle")
    for team, held in state["team"].items():
        yield from _written(f"team/{team}", held, me)
        if me in held.get("order", []):
            yield Change(f"team/{team}/order", without(held["order"], me, ctx.room))
    for who, own in state["own"].items():
        if who != me:
            yield from _written(f"own/{who}", own, me)
            if me in own.get("known", []):
                yield Change(f"own/{who}/known", [one for one in own["known"] if one != me])
    met = state["vault"].get("met", {})
    if any(me in (who, *others) for who, others in met.items()):
        rest = {who: [one for one in met[who] if one != me] for who in met if who != me}
        yield Change("vault/met", rest)
    if me in state["vault"].get("gone", {}):
        yield Change(f"vault/gone/{me}")
    for i, by in enumerate(state["vault"].get("wrote", [])):
        if by == me:
            yield Change(f"room/back/{i}", {"text": ""})
            yield Change(f"vault/wrote/{i}", "")
    for i, made in enumerate(ctx.room["made"]):
        if me in made.get("who", []):  # what they did in it cannot be told from the rest
            yield Change(f"room/made/{i}", {})
    if ctx.room["said"] and ctx.room["said"]["by"] == me:
        yield Change("room/said", None)


def _written(path: str, held: Any, me: str) -> Iterator[Effect]:
    """What somebody wrote there, taken out; the others keep their places."""
    for key in ("lines", "notes", "talk"):
        for i, one in enumerate(held.get(key, [])):
            if one["by"] == me:
                yield Change(f"{path}/{key}/{i}", GONE)
    for key in ("top", "way"):
        if (held.get(key) or {}).get("by") == me:
            yield Change(f"{path}/{key}", GONE)
    buddy = held.get("buddy")
    if buddy and (me in buddy["mates"] or me in [one["by"] for one in buddy["notes"]]):
        yield Change(f"{path}/buddy")
