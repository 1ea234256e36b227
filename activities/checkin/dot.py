"""A dot: where it lies on a picture, a line or a dial, and whose it is if that is to be seen."""

from __future__ import annotations

from typing import Any, Final

from server import kit
from server.kit import Ctx, Refusal

AWAY: Final = {"x": -1, "y": -1, "off": True}
"""A dot that was taken back: a list keeps its places."""
STEPS: Final = 10
"""A dial goes from 0 to 10, a picture and a line from 0 to 100."""

across = kit.integer(0, 100)
down = kit.integer(0, 100, default=0)


def shaped(ctx: Ctx, room: dict[str, Any]) -> dict[str, Any]:
    """The room, with its picture where there is one."""
    return {**room, "shape": ctx.options["shape"]} if ctx.options["form"] == "dots" else room


def moving(ctx: Ctx) -> bool:
    """Whether everybody sees the dots move."""
    form = ctx.options["form"]
    return bool(form == "line" or (form == "dots" and ctx.options["live"]))


def fits(ctx: Ctx, x: int) -> None:
    if ctx.options["form"] == "dial" and x > STEPS:
        raise Refusal("not_a_number", field="x", min=0, max=STEPS)


def seen(ctx: Ctx, who: str, x: int, y: int, named: bool) -> dict[str, Any]:
    """What everybody sees of a dot; on a line there is no height."""
    at = {"x": x} if ctx.options["form"] == "line" else {"x": x, "y": y}
    return {**at, **kit.signed(ctx, who, named)}
