"""Seats: who sits with whom, who goes on with which paper, and what is left of who goes for good.

Papers and rings lie in the vault while they go round (see papers).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.ring import papers
from server import kit
from server.kit import Change, Ctx


def begun(ctx: Ctx) -> tuple[list[list[str]], list[dict[str, Any]]]:
    """The rings of those who want to take part, and a paper for each person in them."""
    options = ctx.options
    people = kit.willing(ctx)
    if options["form"] == "placed":
        rings = [[who] for who in people]
    else:
        most = max(options["least"], options["most"])
        rings = kit.ring.rings(people, options["least"], most, ctx.rng)
    chains = [{"r": r, "by": who, "p": []} for r, ring in enumerate(rings) for who in ring]
    return rings, chains


def steps(ctx: Ctx, rings: list[list[str]]) -> int:
    """So many steps that no paper comes back to whoever began it."""
    if ctx.options["form"] == "placed":
        return 1
    wish: int = ctx.options["steps"]
    return max(2, min(wish, *(len(ring) for ring in rings))) if rings else 2


def collected(ctx: Ctx) -> list[dict[str, Any]]:
    """The chains with what people have before them put to their ends."""
    own, held = ctx.state["own"], ctx.state["vault"].get("held", {})
    chains = [dict(chain) for chain in ctx.state["vault"].get("chains", [])]
    for who, at in held.items():
        mine = own.get(who, {})
        piece = papers.made(mine.get("mine"), mine.get("job", {}).get("do", ""), who)
        if piece:
            chains[at]["p"] = [*chains[at]["p"], piece]
    return chains


def seated(ctx: Ctx) -> list[list[str]]:
    """The rings with the latecomers in them: in the smallest one that has a seat."""
    rings = [list(ring) for ring in ctx.state["vault"].get("rings", [])]
    if ctx.options["form"] == "placed":
        return rings
    for who in kit.willing(ctx):
        open_ = [ring for ring in rings if len(ring) < papers.SEATS]
        if open_ and not any(who in ring for ring in rings):
            min(open_, key=len).append(who)
    return rings


def dealt(
    ctx: Ctx, rings: list[list[str]], chains: list[dict[str, Any]], new: bool
) -> dict[str, int]:
    """Who goes on with which chain. Where a ring has more people than papers, for somebody came
    later, who would have none begins one, if it is ``new`` enough that others can go on with it.
    """
    here = set(kit.willing(ctx))
    held: dict[str, int] = {}
    for r, ring in enumerate(rings):
        ours = [at for at, chain in enumerate(chains) if chain["r"] == r]
        deal = kit.ring.deal(ring, here, [papers.makers(chains[at]) for at in ours])
        held.update({who: ours[at] for who, at in deal.items()})
        for who in ring:
            room = len(ours) < len(ring) and len(chains) < papers.MOST
            if new and room and who in here and who not in held:
                held[who] = len(chains)
                ours.append(len(chains))
                chains.append({"r": r, "by": who, "p": []})
    return held


def without(ctx: Ctx, who: str) -> Iterator[Change]:
    """Nothing of this person lies anywhere any more; those who had it before them have what was
    there before it."""
    vault = ctx.state["vault"]
    for r, ring in enumerate(vault.get("rings", [])):
        if who in ring:
            yield Change(f"vault/rings/{r}", kit.ring.leave(ring, who))
    held = vault.get("held", {})
    if who in held:
        yield Change(f"vault/held/{who}")
    holders = {at: one for one, at in held.items() if one != who}
    for at, chain in enumerate(vault.get("chains", [])):
        mine = who in papers.makers(chain)
        if mine or chain["by"] == who:
            by = "" if chain["by"] == who else chain["by"]
            left = {**chain, "by": by, "p": [p for p in chain["p"] if p["by"] != who]}
            yield Change(f"vault/chains/{at}", left)
            if mine and at in holders:
                do = ctx.state["own"][holders[at]]["job"]["do"]
                again = {**papers.job(ctx.options["form"], left), "do": do}
                yield Change(f"own/{holders[at]}/job", again)
