"""Making: what one writes, draws or chooses on the paper before one, or on a page of one's own.

It lies at ``own/<member>/mine``, a page that goes nowhere at ``own/<member>/page``. Each mark and
each line says for which step it is, so that nothing lands on a paper that came later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from activities.ring import papers
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal

TEXT: Final = 140
MARKS: Final = 60
"""Of one drawing; and at most papers.INK characters."""
OWN: Final = -1
"""The step of a page of one's own, which goes nowhere."""

step_field, text_field = kit.integer(OWN, 6), kit.text(TEXT, empty=True, default="")
pics_field = kit.list_of(kit.integer(0, len(papers.PICTURES) - 1), 5)


def before_me(ctx: Ctx, step: int) -> str:
    """Where what I make now lies; "" when there is nothing before me in this step."""
    if step == OWN:
        return "" if "job" in ctx.own else f"own/{ctx.me}/page"
    if ctx.room["phase"] != "pass" or step != ctx.room["step"] or "job" not in ctx.own:
        return ""
    return "" if (ctx.own.get("mine") or {}).get("done") else f"own/{ctx.me}/mine"


def making(jam: Activity) -> None:
    """Give the kind what can be done on a paper."""

    @jam.action(phase=("ready", "pass", "done"), step=step_field, text=text_field)
    def draft(ctx: Ctx, step: int, text: str) -> Iterator[Effect]:
        """Keep what I am writing, so that it goes on as it stands when the clock rings."""
        if at := before_me(ctx, step):
            yield Change(f"{at}/t", text)

    @jam.action(
        phase=("ready", "pass", "done"),
        step=step_field,
        **kit.stroke.fields(kit.integer(0, 13)),
    )
    def stroke(
        ctx: Ctx, step: int, ink: int, width: int, shape: int, points: str
    ) -> Iterator[Effect]:
        """One mark more on the paper before me."""
        at = before_me(ctx, step)
        if not at:
            return
        kit.stroke.legible(points)
        marks = (ctx.own.get(at.rpartition("/")[2]) or {}).get("m", [])
        most = papers.INK if step == OWN else ctx.room.get("ink", papers.INK)
        if len(marks) >= MARKS or sum(len(its[3]) for its in marks) + len(points) > most:
            raise Refusal("paper_full")
        yield kit.stroke.laid(f"{at}/m", marks, [ink, width, shape, points])

    @jam.action(phase=("ready", "pass", "done"), step=step_field)
    def unstroke(ctx: Ctx, step: int) -> Iterator[Effect]:
        """Take my last mark back."""
        at = before_me(ctx, step)
        marks = (ctx.own.get(at.rpartition("/")[2]) or {}).get("m", []) if at else []
        if marks:
            yield Change(f"{at}/m/{len(marks) - 1}")

    @jam.action(phase="pass", step=step_field, pics=pics_field)
    def pick(ctx: Ctx, step: int, pics: list[int]) -> Iterator[Effect]:
        """The pictures of my story, up to five."""
        if step != OWN and (at := before_me(ctx, step)):
            yield Change(f"{at}/x", pics)
