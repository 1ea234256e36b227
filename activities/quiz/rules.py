"""Choices and small games: a poll, would you rather, a line between two ends, two truths and one
wish, and counting to twenty together.

What people choose is held until a host shows the sums. What erase cannot do: once shown, a choice
belongs to nobody. Each game is a module beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.quiz import asked, choice, count, three
from server import kit
from server.kit import HOST, Activity, Ctx, Effect

GAMES: Final = {
    "poll": choice,
    "either": choice,
    "spectrum": choice,
    "three": three,
    "count": count,
}

jam = Activity(
    "quiz",
    options={
        **kit.question(),
        "form": kit.one_of(*GAMES, default="poll"),
        "choices": kit.list_of(kit.text(80), asked.CHOICES, default=[]),
        "hidden": kit.boolean(True),
        "goal": kit.integer(5, 40, default=20),
        "window": kit.integer(200, 3_000, default=700),
    },
    sealed=True,
    refusals={
        "full": "The line is full.",
        "three_lines": "There are three lines: two truths and one wish.",
        "been": "You have been up already.",
        "nobody_up": "Nobody is up at the moment.",
        "told": "The wish is known already.",
        "yours": "These lines are your own.",
        "again": "Somebody else takes the next number.",
    },
)


kit.forms(jam, GAMES)
choice.declare(jam)
three.declare(jam)
count.declare(jam)


@jam.action(phase=("collect", "write", "up"))
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes mine back, and leaves no mark that I was asked."""
    yield from choice.passed(ctx)


@jam.action(HOST, phase=("shown", "write", "up"))
def go_on(ctx: Ctx) -> Iterator[Effect]:
    """Go on: to another question, or to whoever is up next."""
    yield from asked.again(ctx) if ctx.room["phase"] == "shown" else three.call(ctx)
