"""Aside: a host takes one thing in a list off the page, and can put it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.kit.activity import HOST, Activity, Ctx, Phase
from server.kit.change import Change
from server.kit.fields import boolean, integer
from server.kit.place import flag, thing

TOLD: Final = "Take one off the page for everyone, or put it back."


def aside(
    jam: Activity,
    name: str,
    key: str,
    most: int,
    *,
    code: str,
    phase: Phase = None,
    there: str = "text",
    told: str = TOLD,
    mark: str = "off",
) -> None:
    """Give a kind the action ``name {i, on}`` for ``room/<key>``, a list of at most so many.

    A thing without ``there`` has been taken back, and nobody can bring it back: refused, ``code``.
    ``mark`` is what stands on a thing that is off the page.
    """

    def run(ctx: Ctx, i: int, on: bool) -> Iterator[Change]:
        yield from flag(f"room/{key}/{i}", thing(ctx, key, i, code, there), mark, on)

    run.__name__, run.__doc__ = name, told
    jam.action(HOST, phase=phase, i=integer(0, most - 1), on=boolean(True))(run)
