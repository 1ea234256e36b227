"""The forms of a round: partners, one-two-four-all, a clinic of three, a buddy.

Each says how long its stages are, and what comes home with its groups; what they start with is in
drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Change, Ctx, Effect, Reveal

from .floor import PARTS, Floor, teams

BACK: Final = 120
"""Lines that groups bring back, all rounds together."""
BYTES: Final = 1_000_000
"""What groups have made and bring back is together no longer than about that."""
TURNS: Final = 3
"""Of a clinic: each of three people asks once."""


def length(ctx: Ctx, stage: int) -> int:
    """Milliseconds of a stage."""
    whole = int(ctx.options["seconds"]) * 1000
    if ctx.options["form"] == "clinic":
        return (whole // 4, whole // 2, whole)[stage % PARTS]
    return whole


def home(ctx: Ctx) -> Iterator[Effect]:
    """Everybody comes back, with what their groups have brought. Where it was said that all see
    what a group makes, the end of the time is its show."""
    held = ctx.state["team"]
    old = teams(dict(ctx.room["team"]))
    if ctx.options["shown"]:
        yield from (Reveal(t) for t in old if "in" in held.get(t, {}))
    form = ctx.options["form"]
    tops = [held.get(t, {}).get("top") for t in old]
    brought = [[top["text"], top["by"]] for top in tops if top and top["text"]]
    back, wrote = len(ctx.room["back"]), list(ctx.state["vault"].get("wrote", []))
    wrote += [""] * (back - len(wrote))
    for text, by in kit.held.mixed(ctx, brought)[: BACK - back]:
        yield Change(f"room/back/{len(wrote)}", {"text": text})
        wrote.append(by)
    if len(wrote) > back:
        yield Change("vault/wrote", wrote)
    if ctx.options["shown"]:
        yield from _made(ctx, old)
    if form == "buddy":
        for t, group in old.items():
            told = held.get(t, {})
            for who in group:
                mates = [mate for mate in group if mate != who]
                kept = {"mates": mates, "notes": told.get("notes", []), "way": told.get("way")}
                yield Change(f"own/{who}/buddy", kept)
    floor = Floor(ctx)
    floor.apart()
    yield from floor.done()
    yield Change("room/phase", "home")
    yield from kit.clock.stop(ctx.room)


def _made(ctx: Ctx, old: dict[str, list[str]]) -> Iterator[Effect]:
    """What groups have made inside, as far as there is room for it."""
    made = ctx.room["made"]
    full = sum(_weight(one) for one in made)
    at = len(made)
    for t, group in old.items():
        inside = ctx.state["team"].get(t, {}).get("in")
        if inside is None:
            continue
        one = {"round": ctx.room["round"], "who": group, "room": inside}
        full += _weight(one)
        if full > BYTES:
            yield Change("room/left", ctx.room.get("left", 0) + 1)
            return
        yield Change(f"room/made/{at}", one)
        at += 1


def _weight(value: Any) -> int:
    """About how many characters a value takes."""
    if isinstance(value, dict):
        return sum(len(key) + 4 + _weight(item) for key, item in value.items())
    if isinstance(value, list):
        return sum(1 + _weight(item) for item in value)
    return len(value) + 2 if isinstance(value, str) else 8
