"""Papers: what lies in the vault while it goes round, and who has which of it before them.

``vault/rings`` [[member]], ``vault/chains`` [{"r": ring, "by": who began, "p": [piece]}],
``vault/held`` {member: chain}. Before somebody lies ``own/<member>/job`` {"do", "from"?}, and what
they make of it at ``own/<member>/mine``. A piece is {"by", "t"?, "m"?, "x"?, "n"?}: text (or the
words beside a drawing), marks, pictures, and whether the name may stand with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Change, Ctx

Piece = dict[str, Any]

SEATS: Final = 12
"""A ring takes no more latecomers than that."""
PICTURES: Final = (
    *("sun", "moon", "star", "rain", "wave", "fire", "tree", "flower"),
    *("house", "door", "key", "road", "bike", "boat", "person", "friends"),
    *("hand", "heart", "bird", "fish", "bread", "cup", "note", "letter"),
)
"""What a story is told with; state holds the place in this list."""
MOST: Final = 200
"""Papers of one round, latecomers' among them."""
ALT: Final = 80
"""Characters of the words beside a drawing."""
INK: Final = 24_000
"""Characters of the marks of one drawing."""
SCANT: Final = 6_000
"""What a drawing may have however many there are."""
WHOLE: Final = 2_400_000
"""About what all drawings of a round may have together."""


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


def ink(people: int, steps: int) -> int:
    """How many characters of marks a drawing may have where so many people are."""
    drawings = max(1, people * (steps // 2))
    return min(INK, max(SCANT, WHOLE // drawings))


def made(mine: Any, do: str, who: str) -> Piece | None:
    """What somebody leaves as it stands; None for nothing, and for a pass."""
    if not mine or mine.get("pass"):
        return None
    text, marks, pictures = mine.get("t", ""), mine.get("m"), mine.get("x")
    piece: Piece = {"by": who}
    if do == "draw" and marks:
        piece["m"], text = marks, text[:ALT]
    elif do == "pick":
        if not pictures:
            return None
        piece["x"], text = pictures, ""
    if text:
        piece["t"] = text
    if len(piece) < 2:
        return None
    return {**piece, "n": True} if mine.get("n") else piece


def collected(ctx: Ctx) -> list[dict[str, Any]]:
    """The chains with what people have before them put to their ends."""
    own, held = ctx.state["own"], ctx.state["vault"].get("held", {})
    chains = [dict(chain) for chain in ctx.state["vault"].get("chains", [])]
    for who, at in held.items():
        mine = own.get(who, {})
        piece = made(mine.get("mine"), mine.get("job", {}).get("do", ""), who)
        if piece:
            chains[at]["p"] = [*chains[at]["p"], piece]
    return chains


def seated(ctx: Ctx) -> list[list[str]]:
    """The rings with the latecomers in them: in the smallest one that has a seat."""
    rings = [list(ring) for ring in ctx.state["vault"].get("rings", [])]
    if ctx.options["form"] == "placed":
        return rings
    for who in kit.willing(ctx):
        open_ = [ring for ring in rings if len(ring) < SEATS]
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
        deal = kit.ring.deal(ring, here, [makers(chains[at]) for at in ours])
        held.update({who: ours[at] for who, at in deal.items()})
        for who in ring:
            room = len(ours) < len(ring) and len(chains) < MOST
            if new and room and who in here and who not in held:
                held[who] = len(chains)
                ours.append(len(chains))
                chains.append({"r": r, "by": who, "p": []})
    return held


def makers(chain: dict[str, Any]) -> list[str]:
    """Who has a part in it, in their order."""
    return [piece["by"] for piece in chain["p"]]


def job(form: str, chain: dict[str, Any]) -> dict[str, Any]:
    """What is to be done with it, and its last real piece without its maker."""
    last = chain["p"][-1] if chain["p"] else None
    plain = form in ("chain", "placed")
    if last is None:
        return {"do": "pick" if form == "story" else "write"}
    shown = {key: value for key, value in last.items() if key in ("t", "m", "x")}
    if plain or "m" in last or "x" in last:
        return {"do": "write", "from": shown}
    return {"do": "pick" if form == "story" else "draw", "from": shown}


def passed_on(ctx: Ctx, held: dict[str, int], chains: list[dict[str, Any]]) -> Iterator[Change]:
    """Everybody's next piece, in the place of the one before."""
    before = ctx.state["vault"].get("chains", [])
    for at, chain in enumerate(chains):
        if at >= len(before) or chain != before[at]:
            yield Change(f"vault/chains/{at}", chain)
    yield Change("vault/held", held)
    for who in sorted({*ctx.state["own"], *held}):
        own = ctx.state["own"].get(who, {})
        if "mine" in own:
            yield Change(f"own/{who}/mine")
        if who in held:
            yield Change(f"own/{who}/job", job(ctx.options["form"], chains[held[who]]))
        elif "job" in own:
            yield Change(f"own/{who}/job")


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
        mine = who in makers(chain)
        if mine or chain["by"] == who:
            by = "" if chain["by"] == who else chain["by"]
            left = {**chain, "by": by, "p": [p for p in chain["p"] if p["by"] != who]}
            yield Change(f"vault/chains/{at}", left)
            if mine and at in holders:
                do = ctx.state["own"][holders[at]]["job"]["do"]
                again = {**job(ctx.options["form"], left), "do": do}
                yield Change(f"own/{holders[at]}/job", again)
