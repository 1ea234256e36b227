"""Choices and small games: a poll, would you rather, a line between two ends, two truths and one
wish, and counting to twenty together.

What people choose is held until a host shows the sums. What erase cannot do: once shown, a choice
belongs to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.quiz import count, three
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Lines, Piece, Refusal, Table

CHOICES: Final = 8
FULL: Final = 400
"""Dots on a line in all, late ones counted."""
AWAY: Final = -1
"""A dot that was taken back after the show: a list keeps its places."""

jam = Activity(
    "quiz",
    options={
        "prompt": kit.optional(kit.integer(0, 99)),
        "text": kit.text(240, empty=True, default=""),
        "form": kit.one_of("poll", "either", "spectrum", "three", "count", default="poll"),
        "choices": kit.list_of(kit.text(80), CHOICES, default=[]),
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


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    form = ctx.options["form"]
    if form == "count":
        return count.fresh()
    if form == "three":
        return three.fresh()
    asked = {"phase": "collect", "count": 0, "round": 0, "choices": _named(ctx)}
    return {**asked, **_open(ctx)}


@jam.action(phase=("collect", "shown"), at=kit.integer(0, 100))
def choose(ctx: Ctx, at: int) -> Iterator[Effect]:
    """Choose one, or another: its number, or a place on the line."""
    line = ctx.options["form"] == "spectrum"
    if not line and at >= _many(ctx):
        raise Refusal("not_a_choice", field="at")
    if ctx.room["phase"] == "shown":
        yield from (_dot(ctx, at) if line else _late(ctx, at))
        return
    yield from kit.held.give(ctx, at)
    if "sums" in ctx.room:
        yield from _count(ctx, ctx.own.get("pick"), at)


@jam.action(phase=("collect", "shown"))
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take my choice back; after the show, the one that I added late."""
    yield from kit.held.take(ctx)
    if "pick" in ctx.own and "sums" in ctx.room:
        yield from _count(ctx, ctx.own["pick"], None)
    if "added" in ctx.own:
        yield Change(f"own/{ctx.me}/added")
        if "dots" in ctx.room:
            yield Change(f"room/dots/{ctx.own['added']}", AWAY)
        else:
            yield from _count(ctx, ctx.own["added"], None)


@jam.action(phase=("collect", "write", "up"))
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes mine back, and leaves no mark that I was asked."""
    yield from kit.held.take(ctx)
    if "pick" in ctx.own and "sums" in ctx.room:
        yield from _count(ctx, ctx.own["pick"], None)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show how all of it fell; who chose what is forgotten here and in store."""
    if ctx.options["form"] == "spectrum":
        yield from kit.held.shown(ctx, "dots", [at for _, at in kit.held.given(ctx)])
    else:
        yield Change("room/sums", _sums(ctx))
        yield Change("room/phase", "shown")
        yield Forget()


@jam.action(HOST, phase=("shown", "write", "up"))
def go_on(ctx: Ctx) -> Iterator[Effect]:
    """Go on: to another question, or to whoever is up next."""
    if ctx.room["phase"] != "shown":
        yield from three.call(ctx)
        return
    for who in sorted(ctx.state["own"]):
        if "added" in ctx.state["own"][who]:
            yield Change(f"own/{who}/added")
    for key in ("sums", "dots"):
        if key in ctx.room:
            yield Change(f"room/{key}")
    for key, value in _open(ctx).items():
        yield Change(f"room/{key}", value)
    yield Change("room/round", ctx.room["round"] + 1)
    yield Change("room/count", 0)
    yield Change("room/phase", "collect")


three.declare(jam)
count.declare(jam)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    """Who is not called up was promised that nobody sees their lines: these stay with them."""
    if ctx.options["form"] == "three":
        yield from three.ended(ctx)
    elif ctx.room["phase"] == "collect" and kit.held.given(ctx):
        yield from show(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    form = ctx.options["form"]
    if form == "count":
        yield from count.gone(ctx)
    elif form == "three":
        yield from three.gone(ctx)
    else:
        yield from withdraw(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Sums are of what people hold."""
    if ctx.options["form"] == "three":
        yield from three.mended(ctx)
    if ctx.room["phase"] != "collect":
        return
    yield from kit.held.counted(ctx)
    if "sums" in ctx.room:
        yield from kit.put(ctx, "room/sums", _sums(ctx))


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """How it fell, the wishes that were told, how far we counted."""
    if room.get("phase") == "shown" and "sums" in room:
        named, sums = room["choices"], room["sums"]
        column = "choice" if named or len(sums) == 3 else "pair"
        rows = list(zip(named or map(str, range(len(sums))), sums, strict=True))
        yield Table("results", (column, "people"), rows, () if named else (column,))
    if room.get("phase") == "shown" and "dots" in room:
        dots = [at for at in room["dots"] if at != AWAY]
        rows = [(at, dots.count(at)) for at in sorted(dict.fromkeys(dots))]
        yield Table("line", ("place", "people"), rows)
    told = [one for one in room.get("told", []) if one["who"]]
    if told:
        yield Lines("wishes", [kit.beside(one["wish"], names.get(one["who"])) for one in told])
    if room.get("best"):
        yield Table("counted", ("best",), [(room["best"],)])


def _named(ctx: Ctx) -> list[str]:
    """The choices that the card brings; the browser has words where there are none."""
    most = CHOICES if ctx.options["form"] == "poll" else 2
    named = list(ctx.options["choices"][:most])
    return named if len(named) > 1 else []


def _many(ctx: Ctx) -> int:
    """Without choices of its own a poll has three answers, anything else two."""
    return len(_named(ctx)) or (3 if ctx.options["form"] == "poll" else 2)


def _sums(ctx: Ctx) -> list[int]:
    picks = [at for _, at in kit.held.given(ctx)]
    return [picks.count(at) for at in range(_many(ctx))]


def _open(ctx: Ctx) -> dict[str, Any]:
    """Sums that everyone sees grow, where the card wants that."""
    held = ctx.options["hidden"] or ctx.options["form"] == "spectrum"
    return {} if held else {"sums": [0] * _many(ctx)}


def _count(ctx: Ctx, old: int | None, new: int | None) -> Iterator[Change]:
    if old == new:
        return
    sums = ctx.room["sums"]
    if old is not None:
        yield Change(f"room/sums/{old}", sums[old] - 1)
    if new is not None:
        yield Change(f"room/sums/{new}", sums[new] + 1)


def _late(ctx: Ctx, at: int) -> Iterator[Change]:
    yield from _count(ctx, ctx.own.get("added"), at)
    yield Change(f"own/{ctx.me}/added", at)


def _dot(ctx: Ctx, at: int) -> Iterator[Change]:
    i = ctx.own.get("added", len(ctx.room["dots"]))
    if i >= FULL:
        raise Refusal("full")
    yield Change(f"room/dots/{i}", at)
    yield Change(f"own/{ctx.me}/added", i)
