"""A check-in: everyone picks a sky and perhaps a word; held until a host shows them all at once.

Its forms are modules beside this one: the sky, a dot on a picture or a dial (spots), dots that move
(moves), a counter (calls).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.checkin import calls, dot, late, moves, sky, spots
from activities.checkin.regions import REGIONS
from server import kit
from server.kit import HOST, Activity, Ctx, Effect, Refusal

FORMS: Final = {"count": calls, "dots": spots, "dial": spots, "icons": sky, "line": moves}

jam = Activity(
    "checkin",
    options={
        **kit.question(),
        "named": kit.boolean(False),
        "icons": kit.one_of(*sky.ICONS, default="weather"),
        "form": kit.one_of("icons", "dots", "line", "dial", "count", default="icons"),
        "shape": kit.one_of(*REGIONS, default="sea"),
        "live": kit.boolean(False),
    },
    sealed=True,
    refusals={
        "answered": "Your answer is among them already.",
        "no_answer": "There is no such answer.",
        "sky_full": "The sky is full.",
    },
)


def which(ctx: Ctx) -> str:
    """Dots that everybody sees move are one form, on whatever they move."""
    return "line" if dot.moving(ctx) else kit.form_of(ctx)


kit.forms(jam, FORMS, which)
sky.declare(jam)
spots.declare(jam)
moves.declare(jam)
calls.declare(jam)


@jam.action()
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take my answer back; after the show, the one I added late."""
    yield from FORMS[which(ctx)].taken(ctx)


@jam.action(phase=("collect", "move", "count"))
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes an answer back, and leaves no mark that I was asked."""
    yield from withdraw(ctx)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all answers at once, in chance order; who gave which is forgotten here and in store."""
    yield from FORMS[which(ctx)].shown(ctx)


@jam.action(
    HOST, phase=("shown", "move", "still"), i=kit.integer(0, late.FULL - 1), on=kit.boolean(True)
)
def hide(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Take one answer off the picture, or put it back."""
    key = "answers" if ctx.options["form"] == "icons" else "dots"
    answers = ctx.room.get(key, [])
    if i >= len(answers) or answers[i] in (sky.GONE, dot.AWAY):
        raise Refusal("no_answer")
    yield from kit.flag(f"room/{key}/{i}", answers[i], "off", on)
