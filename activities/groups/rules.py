"""Groups: everybody is moved into pairs, threes or fours, is there for a while, and comes back.

"Not this one" can be tapped at any time: whoever did is in no group, and nobody is told. Others can
see who is in no group; whether such a person sat out, came late, lost the line or stays with the
hosts, they cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Activity, After, Change, Ctx, Effect, Piece

from . import brought, floor, hosting, mates, moving, traces

INSIDE: Final = ("canvas", "wall", "round", "ring", "words", "quiz", "checkin", "prompt")

jam = Activity(
    "groups",
    options={
        **kit.question(),
        "form": kit.one_of("partners", "merge", "clinic", "buddy", default="partners"),
        "size": kit.one_of(2, 3, 4, default=2),
        "rounds": kit.integer(1, 6, default=1),
        "seconds": kit.integer(20, 3_600, default=240),
        "inside": kit.one_of("", *INSIDE, default=""),
        "inside_options": kit.data(2_000, default={}),
        "shown": kit.boolean(False),
    },
    sealed=True,
    refusals={
        "too_few": "Two people are needed for that.",
        "rounds_over": "There have been {max} rounds.",
        "no_group": "There is no such group.",
        "in_no_group": "You are in no group at the moment.",
        "talk_full": "There is room for {max} lines in a group.",
        "listening": "In this part you only listen.",
        "page_full": "The page is full.",
        "no_line": "There is no such line.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    rounds: dict[str, Any] = {"phase": "gather", "round": 0, "stage": 0, "drawn": 0, "team": {}}
    return {**rounds, "clock": None, "said": None, "back": [], "made": []}


hosting.hosting(jam)
brought.brought(jam)
moving.moving(jam)
mates.declare(jam)


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    yield from moving.came(ctx)


@jam.back
def back(ctx: Ctx) -> Iterator[Effect]:
    if ctx.me in ctx.state["vault"].get("gone", {}):
        yield Change(f"vault/gone/{ctx.me}")
    yield from moving.came(ctx)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    yield from floor.waiting(ctx, ctx.me)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from traces.wiped(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Whoever is back in their group leaves nobody alone: nothing to look at."""
    if not ctx.state["vault"].get("looks"):
        yield After(0, "settle")


@jam.close
def close(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] in ("solo", "out"):
        yield from hosting.ended(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The lines that groups brought back, without names."""
    yield from kit.written("lines", room["back"])
