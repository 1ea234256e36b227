"""Papers: what lies in the vault while it goes round, and who has which of it before them.

``vault/rings`` [[member]], ``vault/chains`` [{"r": ring, "by": who began, "p": [piece]}],
``vault/held`` {member: chain}. Before somebody lies ``own/<member>/job`` {"do", "from"?}, and what
they make of it at ``own/<member>/mine``. A piece is {"by", "t"?, "m"?, "x"?, "n"?}: text (or the
words beside a drawing), marks, pictures, and whether the name may stand with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

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
    form = ctx.options["form"]
    yield from given_out(ctx, held, {who: job(form, chains[at]) for who, at in held.items()})


def given_out(ctx: Ctx, held: Mapping[str, Any], jobs: Mapping[str, Any]) -> Iterator[Change]:
    """What is before each one now; what they made of the last one has gone on."""
    yield Change("vault/held", held)
    for who in sorted({*ctx.state["own"], *held}):
        own = ctx.state["own"].get(who, {})
        if "mine" in own:
            yield Change(f"own/{who}/mine")
        if who in held:
            yield Change(f"own/{who}/job", jobs[who])
        elif "job" in own:
            yield Change(f"own/{who}/job")
