"""Drawing: who goes with whom, and what each group starts with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server import kit
from server.kit import Change, Ctx, Effect

from .floor import Floor, takers, teams


def drawn(ctx: Ctx) -> Iterator[Effect]:
    """The groups of a new round."""
    form, size = ctx.options["form"], ctx.options["size"]
    size = {"partners": size, "clinic": 3}.get(form, 2)
    floor = Floor(ctx)
    met = _avoided(ctx) if form == "buddy" else floor.met
    groups = kit.groups.parted(takers(ctx), size, met, ctx.rng)
    floor.apart()
    floor.form(groups, [_content(ctx, group) for group in groups])
    yield from floor.done()
    yield Change("room/phase", "out")


def _content(ctx: Ctx, group: list[str]) -> dict[str, Any]:
    form, own = ctx.options["form"], ctx.state["own"]
    if form == "clinic":
        return {"order": ctx.rng.shuffled(sorted(group))}
    key = {"merge": "note", "buddy": "step"}.get(form, "")
    given = [{"by": who, "text": own.get(who, {}).get(key, "")} for who in sorted(group)]
    return {"notes": [one for one in given if one["text"]]} if key else {}


def _avoided(ctx: Ctx) -> dict[str, list[str]]:
    """Whoever wishes for somebody new is not put with those they met here, or say they know."""
    met, own = ctx.state["vault"].get("met", {}), ctx.state["own"]
    found: dict[str, list[str]] = {}
    for who in takers(ctx):
        if own.get(who, {}).get("new"):
            known = own[who].get("known", [])
            found[who] = sorted({*met.get(who, ()), *known})
    return found


def merged(ctx: Ctx) -> Iterator[Effect]:
    """Pairs become fours; each brings the text that it carries on. Nobody is left out: with an odd
    number of pairs there is one group of six."""
    held = ctx.state["team"]
    old = teams(dict(ctx.room["team"]))
    order = ctx.rng.shuffled(old)
    many = max(1, len(order) // 2)
    floor = Floor(ctx)
    floor.apart()
    contents = []
    groups = []
    for at in range(many):
        joined = order[at::many]
        groups.append(sorted(who for t in joined for who in old[t]))
        notes = [note for t in joined for note in _carried(held.get(t, {}))]
        contents.append({"notes": notes})
    floor.form(groups, contents)
    yield from floor.done()


def _carried(held: dict[str, Any]) -> list[dict[str, str]]:
    """What a group carries on: its text, or the notes it began with."""
    top = held.get("top")
    return [top] if top and top["text"] else list(held.get("notes", []))
