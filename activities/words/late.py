"""Late: after the show everybody can add words of their own, and take the last of them back.

Which of them are mine lies under own/ alone; an unsigned text says of nobody that it is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal

LONGEST: Final = 140
FULL: Final = 800
"""Texts in all, so that coming and going cannot fill the page for ever."""
GONE: Final = {"text": "", "off": True}

text_field = kit.text(LONGEST)


def fits(ctx: Ctx, text: str) -> None:
    """Refused where a text is longer than the card wants it."""
    if len(text) > ctx.options["most"]:
        raise Refusal("too_long", max=ctx.options["most"], field="text")


def piece(ctx: Ctx, who: str, text: str, named: bool) -> dict[str, Any]:
    """A text as everybody sees it: an unsigned one knows nobody."""
    return {"text": text, "by": who} if named and ctx.options["named"] else {"text": text}


def declare(jam: Activity) -> None:
    """What can be done once all of it is shown."""

    @jam.action(phase="shown", after=True, text=text_field, named=kit.boolean(False))
    def add(ctx: Ctx, text: str, named: bool) -> Iterator[Effect]:
        """Add one after the show."""
        fits(ctx, text)
        mine, at = ctx.own.get("added", []), len(ctx.room["words"])
        if len(mine) >= ctx.options["each"]:
            raise Refusal("enough", max=ctx.options["each"])
        if at >= FULL:
            raise Refusal("full")
        yield Change(f"room/words/{at}", piece(ctx, ctx.me, text, named))
        yield Change(f"own/{ctx.me}/added", [*mine, at])

    @jam.action(phase="shown")
    def remove(ctx: Ctx) -> Iterator[Effect]:
        """Take back the last one that I added after the show."""
        mine = ctx.own.get("added", [])
        if mine:
            yield Change(f"room/words/{mine[-1]}", GONE)
            yield Change(f"own/{ctx.me}/added", list(mine[:-1]))

    kit.aside(jam, "hide", "words", FULL, code="no_words", phase="shown")


def erased(ctx: Ctx) -> Iterator[Effect]:
    """What I signed goes, and what I added."""
    yield from kit.emptied(ctx, "room/words", GONE)
    for i in ctx.own.get("added", []):
        yield Change(f"room/words/{i}", GONE)
