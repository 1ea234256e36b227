"""Mates: what the people in a group can do there, and what each prepares for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal

from .floor import PARTS

TALK: Final = 100
"""Lines that people in a group can write to each other in a round."""


def declare(jam: Activity) -> None:
    """Give the kind these actions."""

    @jam.action(text=kit.text(240, empty=True))
    def note(ctx: Ctx, text: str) -> Iterator[Effect]:
        """A note of my own. In one-two-four-all my pair gets it when the pairs begin."""
        if text:
            yield Change(f"own/{ctx.me}/note", text)
        elif "note" in ctx.own:
            yield Change(f"own/{ctx.me}/note")

    @jam.action(
        text=kit.text(140, empty=True),
        new=kit.boolean(False),
        known=kit.list_of(kit.member(), 100, default=[]),
    )
    def step(ctx: Ctx, text: str, new: bool, known: list[str]) -> Iterator[Effect]:
        """My small step, and whether I would like somebody new: nobody whom I know already."""
        yield Change(f"own/{ctx.me}/step", text)
        yield Change(f"own/{ctx.me}/new", new)
        yield Change(f"own/{ctx.me}/known", sorted({*known} - {ctx.me}))

    @jam.action(phase="out", text=kit.text(240))
    def write(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Write to those in my group."""
        t, held = _mine(ctx)
        if _listens(ctx, held):
            raise Refusal("listening")
        lines = held.get("lines", [])
        if len(lines) + len(ctx.own.get("talk", [])) >= TALK:
            raise Refusal("talk_full", max=TALK)
        yield Change(f"team/{t}/lines/{len(lines)}", {"by": ctx.me, "text": text})

    @jam.action(phase="out", text=kit.text(240, empty=True))
    def bring(ctx: Ctx, text: str) -> Iterator[Effect]:
        """The one text that my group brings back, or carries on; anyone in it can change it."""
        t, _ = _mine(ctx)
        yield Change(f"team/{t}/top", {"by": ctx.me, "text": text})

    @jam.action(phase="out", text=kit.text(80, empty=True))
    def meet(ctx: Ctx, text: str) -> Iterator[Effect]:
        """How my buddy and I meet again; only the two of us see it."""
        t, _ = _mine(ctx)
        yield Change(f"team/{t}/way", {"by": ctx.me, "text": text})

    @jam.action(phase="out", on=kit.boolean(True))
    def call(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """We would like a host here; or: not any more."""
        t, held = _mine(ctx)
        if on and not held.get("called"):
            yield Change(f"team/{t}/called", True)
            yield Change(f"host/calls/{t}", {"at": ctx.now})
        if not on:
            yield from answered(ctx, t)

    @jam.action(phase="out")
    def pass_(ctx: Ctx) -> Iterator[Effect]:
        """In a clinic: my turn to ask is the next one's; once I have asked, it is nobody's."""
        t, held = _mine(ctx)
        turn, part = divmod(ctx.room["stage"], PARTS)
        order = held.get("order", [])
        if turn < len(order) and order[turn] == ctx.me:
            rest = ["", *order[turn + 1 :]] if part else order[turn + 1 :]
            yield Change(f"team/{t}/order", [*order[:turn], *rest])


def _mine(ctx: Ctx) -> tuple[str, Any]:
    t = ctx.room["team"].get(ctx.me, "")
    if not t:
        raise Refusal("in_no_group")
    return t, ctx.state["team"].get(t, {})


def _listens(ctx: Ctx, held: Any) -> bool:
    """In a clinic, whoever has asked only listens while the others think aloud."""
    turn, part = divmod(ctx.room["stage"], PARTS)
    order = held.get("order", [])
    return bool(part == 2 and turn < len(order) and order[turn] == ctx.me)


def answered(ctx: Ctx, t: str) -> Iterator[Effect]:
    if ctx.state["team"].get(t, {}).get("called"):
        yield Change(f"team/{t}/called")
    if t in ctx.state["host"].get("calls", {}):
        yield Change(f"host/calls/{t}")
