"""Handing in: what one has made goes on at the end of the step, or as soon as all are ready; and
whoever passes, or sits out, hands in nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from activities.ring import papers, passing
from activities.ring.making import OWN, before_me, step_field, text_field
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Refusal


def handing(jam: Activity) -> None:
    """Give the kind what ends one's own work on a paper."""

    @jam.action(phase="pass", step=step_field, text=text_field, named=kit.boolean(False))
    def hand(ctx: Ctx, step: int, text: str, named: bool) -> Iterator[Effect]:
        """Hand mine in; it goes on when the step is over, or as soon as everybody has."""
        at = before_me(ctx, step)
        if not at or step == OWN:
            raise Refusal("moved")
        mine = {**(ctx.own.get("mine") or {}), "t": text, "n": named}
        do = ctx.own["job"]["do"]
        if do == "draw" and mine.get("m") and len(text) > papers.ALT:
            raise Refusal("too_long", max=papers.ALT, field="text")
        if not (text if do == "thank" else papers.made(mine, do, ctx.me)):
            raise Refusal("nothing")
        yield Change(f"own/{ctx.me}/mine", {**mine, "done": True})
        yield Change("room/count", ctx.room["count"] + 1)
        yield from passing.early(ctx)

    @jam.action(phase="pass", step=step_field)
    def reopen(ctx: Ctx, step: int) -> Iterator[Effect]:
        """Take mine back to change it, as long as the step lasts."""
        mine = ctx.own.get("mine") or {}
        if step == ctx.room["step"] and mine.get("done"):
            if not mine.get("pass"):
                yield Change("room/count", ctx.room["count"] - 1)
            yield Change(
                f"own/{ctx.me}/mine", {k: mine[k] for k in mine if k not in ("done", "pass")}
            )

    @jam.action(phase="pass")
    def pass_(ctx: Ctx) -> Iterator[Effect]:
        """Pass: what lies before me goes on as it came. Leaves no mark."""
        mine = ctx.own.get("mine") or {}
        if "job" in ctx.own and not mine.get("pass"):
            if mine.get("done"):
                yield Change("room/count", ctx.room["count"] - 1)
            yield Change(f"own/{ctx.me}/mine", {**mine, "done": True, "pass": True})
            yield from passing.early(ctx)

    @jam.action(on=kit.boolean(True))
    def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
        """Not this one for me; or: I come along from the next step on."""
        yield from kit.marked(ctx, on)
        if on and ctx.room["phase"] == "pass" and "job" in ctx.own:
            yield Change(f"vault/held/{ctx.me}")
            yield Change(f"own/{ctx.me}/job")
            yield Change(f"own/{ctx.me}/mine")
            if passing.counts(ctx.own):
                yield Change("room/count", ctx.room["count"] - 1)
            yield from passing.early(ctx)


def erased(ctx: Ctx, gone: Iterable[str]) -> Iterator[Change]:
    """What these people handed in counts no more."""
    fewer = sum(passing.counts(ctx.state["own"].get(who, {})) for who in gone)
    if fewer and ctx.room["phase"] == "pass":
        yield Change("room/count", ctx.room["count"] - fewer)


def mended(ctx: Ctx) -> Iterator[Change]:
    """The count says how many have handed in."""
    if ctx.room["phase"] == "pass":
        count = sum(passing.counts(own) for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/count", count)
