"""Sharing: at the end of a sequence of the senses everybody may share one line, held and unsigned.

What erase cannot do: a line that was shown belongs to nobody; what one added later goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

MOST: Final = 200
GONE: Final = {"text": "", "off": True}

line_field = kit.text(80)


def sharing(jam: Activity, finish: Callable[[Ctx], Iterator[Effect]]) -> None:
    """Give the kind its lines; showing them is the end."""

    @jam.action(phase=("run", "done"), text=line_field)
    def share(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Share one line at the end, unsigned; held until a host shows all of them."""
        _shares(ctx)
        yield from kit.held.give(ctx, text)

    kit.held.takeable(jam, "unshare", "Take my line back.", phase=("run", "done"))

    @jam.action(HOST, phase=("run", "done"))
    def show(ctx: Ctx) -> Iterator[Effect]:
        """Show all lines at once, in chance order; who wrote which is forgotten."""
        _shares(ctx)
        yield from finish(ctx)
        lines = [{"text": text} for _, text in kit.held.given(ctx)]
        yield from kit.held.shown(ctx, "shared", lines)

    @jam.action(phase="shown", after=True, text=line_field)
    def add(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Add a line after the show; one each."""
        at = len(ctx.room["shared"])
        if "added" in ctx.own:
            raise Refusal("shared")
        if at >= MOST:
            raise Refusal("shares_full", max=MOST)
        yield Change(f"room/shared/{at}", {"text": text})
        yield Change(f"own/{ctx.me}/added", at)

    kit.aside(jam, "hide", "shared", MOST, code="no_line", phase="shown")


def added(ctx: Ctx) -> Iterator[Effect]:
    """The line that I added goes."""
    if "added" in ctx.own:
        yield Change(f"room/shared/{ctx.own['added']}", GONE)


def _shares(ctx: Ctx) -> None:
    if ctx.options["sequence"] != "senses":
        raise Refusal("no_share")
