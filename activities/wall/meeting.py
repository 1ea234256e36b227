"""Meeting: "I can" on a note, and two people who find each other if both want it.

Somebody taps "I can" and types how to be reached. Only the note's author is told that somebody
can, and who only if that person says so. If the author answers, typing theirs, both get the
other's words; before that neither does, and nobody else, hosts included, is ever told. What goes
from one to the other is brought by the clock. `vault/ties` says which offer belongs to which tap:
[author, place in own/<author>/able, who offered, place in own/<who>/cans].
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.wall.delivery import ABLE, delivered
from activities.wall.paper import place, seen
from server import kit
from server.kit import CLOCK, Activity, After, Change, Ctx, Effect, Refusal

CANS: Final = 20
"""Offers of one person, taken back ones counted."""
SOON: Final = 1
words_field = kit.text(80)
NOBODY: Final[dict[str, Any]] = {"i": -1, "on": False}


def meeting(jam: Activity) -> None:
    """Give the wall its "I can"."""

    @jam.action(i=place, words=words_field, named=kit.boolean(False))
    def can(ctx: Ctx, i: int, words: str, named: bool) -> Iterator[Effect]:
        """I can: how I may be reached, which only the note's author may ever read."""
        if not ctx.options["can"]:
            raise Refusal("not_now")
        note = seen(ctx, i)
        if i in ctx.own.get("notes", []) or note.get("by") == ctx.me:
            raise Refusal("your_own")
        cans = ctx.own.get("cans", [])
        k = _at(cans, i)
        if k < len(cans) and "theirs" in cans[k]:
            return
        if k >= CANS:
            raise Refusal("cans_full", max=CANS)
        tap = {"i": i, "words": words, "named": named, "on": True}
        yield Change(f"own/{ctx.me}/cans", [*cans[:k], tap, *cans[k + 1 :]])
        yield After(SOON, "deliver")

    @jam.action(i=place)
    def cannot(ctx: Ctx, i: int) -> Iterator[Effect]:
        """Take my "I can" back, as long as there has been no answer."""
        cans = ctx.own.get("cans", [])
        k = _at(cans, i)
        if k < len(cans) and cans[k]["on"] and "theirs" not in cans[k]:
            yield Change(f"own/{ctx.me}/cans/{k}", {"i": i, "on": False})
            yield After(SOON, "deliver")

    @jam.action(a=kit.integer(0, ABLE - 1), words=words_field)
    def meet(ctx: Ctx, a: int, words: str) -> Iterator[Effect]:
        """Yes, let us meet: how I may be reached, for the one who offered this and nobody else."""
        able = ctx.own.get("able", [])
        if a >= len(able) or not able[a]["on"]:
            raise Refusal("no_note")
        if "mine" not in able[a]:
            yield Change(f"own/{ctx.me}/able/{a}/mine", words)
            yield After(SOON, "deliver")

    @jam.action(CLOCK)
    def deliver(ctx: Ctx) -> Iterator[Effect]:
        """Bring offers to their authors, and the words of two who want to meet to each other."""
        yield from delivered(ctx)


def _at(cans: Any, i: int) -> int:
    """Where one's tap on this note is, or would be."""
    return next((k for k, tap in enumerate(cans) if tap["i"] == i), len(cans))


def erased(ctx: Ctx) -> Iterator[Change]:
    """Nobody keeps what this person wrote to them."""
    for n, tie in enumerate(ctx.state["vault"].get("ties", [])):
        if not tie or ctx.me not in (tie[0], tie[2]):
            continue
        to, a, who, k = tie
        own = ctx.state["own"]
        yield Change(f"vault/ties/{n}", [])
        if who == ctx.me and to in own:
            yield Change(f"own/{to}/able/{a}", NOBODY)
        if to == ctx.me and who in own:
            yield Change(f"own/{who}/cans/{k}", NOBODY)
