"""A check-in: everyone picks a sky and perhaps a word; held until a host shows them all at once.

Its other forms: a dot on a picture or a dial (spots), dots that move (moves), a counter (calls).
What erase cannot do: once shown, an unsigned answer belongs to nobody, so it cannot be found
again; whoever wants it back takes it back before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from activities.checkin import calls, moves, spots
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Piece, Refusal, Table

ICONS: Final = {
    "weather": ("sun", "fair", "cloud", "fog", "rain", "storm"),
    "mood": ("bright", "calm", "tired", "tender", "stirred", "heavy"),
}
LATE: Final = 300
"""Answers in all, so that coming and going cannot fill the sky for ever."""
GONE: Final = {"icon": "", "word": "", "off": True}

icon_field = kit.one_of(*ICONS["weather"], *ICONS["mood"])
word_field = kit.text(60, empty=True, default="")

jam = Activity(
    "checkin",
    options={
        "named": kit.boolean(False),
        "icons": kit.one_of(*ICONS, default="weather"),
        "prompt": kit.optional(kit.integer(0, 99)),
        "text": kit.text(240, empty=True, default=""),
        "form": kit.one_of("icons", "dots", "line", "dial", "count", default="icons"),
        "shape": kit.one_of(*spots.REGIONS, default="sea"),
        "live": kit.boolean(False),
    },
    sealed=True,
    refusals={
        "answered": "Your answer is among them already.",
        "no_answer": "There is no such answer.",
        "sky_full": "The sky is full.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    form = ctx.options["form"]
    if form == "count":
        return calls.fresh()
    begun = moves.fresh() if spots.moving(ctx) else {"phase": "collect", "count": 0}
    return {**begun, "shape": ctx.options["shape"]} if form == "dots" else begun


@jam.action(phase="collect", icon=icon_field, word=word_field, named=kit.boolean(False))
def choose(ctx: Ctx, icon: str, word: str, named: bool) -> Iterator[Effect]:
    """Pick an icon and perhaps a word, or change them; nobody sees it yet."""
    _fits(ctx, icon)
    yield from kit.held.give(ctx, {"icon": icon, "word": word, "named": named})


@jam.action()
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take my answer back; after the show, the one I added late."""
    if ctx.options["form"] == "count":
        yield from calls.lose(ctx)
        return
    if spots.moving(ctx):
        yield from moves.leave(ctx)
        return
    yield from kit.held.take(ctx)
    if "added" in ctx.own:
        yield Change(f"own/{ctx.me}/added")
        yield from _taken(ctx, ctx.own["added"])
        yield Change("room/count", ctx.room["count"] - 1)


@jam.action(phase=("collect", "move", "count"))
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes an answer back, and leaves no mark that I was asked."""
    yield from withdraw(ctx)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all answers at once, in chance order; who gave which is forgotten here and in store."""
    if ctx.options["form"] == "icons":
        answers = [_answer(ctx, who, **pick) for who, pick in kit.held.given(ctx)]
        yield from kit.held.shown(ctx, "answers", answers)
    else:
        yield from spots.shown(ctx)


@jam.action(phase="shown", after=True, icon=icon_field, word=word_field, named=kit.boolean(False))
def add(ctx: Ctx, icon: str, word: str, named: bool) -> Iterator[Effect]:
    """Add an answer after the show; one each."""
    _fits(ctx, icon)
    if "added" in ctx.own:
        raise Refusal("answered")
    at = len(ctx.room["answers"])
    if at >= LATE:
        raise Refusal("sky_full")
    yield Change(f"room/answers/{at}", _answer(ctx, ctx.me, icon, word, named))
    yield Change("room/count", ctx.room["count"] + 1)
    yield Change(f"own/{ctx.me}/added", at)


@jam.action(
    HOST, phase=("shown", "move", "still"), i=kit.integer(0, LATE - 1), on=kit.boolean(True)
)
def hide(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Take one answer off the picture, or put it back."""
    key = _list(ctx)
    answers = ctx.room.get(key, [])
    if i >= len(answers) or not _there(answers[i]):
        raise Refusal("no_answer")
    yield from kit.flag(f"room/{key}/{i}", answers[i], "off", on)


spots.declare(jam)
moves.declare(jam)
calls.declare(jam)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] == "collect" and kit.held.given(ctx):
        yield from show(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    if ctx.options["form"] == "count":
        yield from calls.gone(ctx)
        return
    yield from withdraw(ctx)
    key, late = _list(ctx), ctx.own.get("added", ctx.own.get("at"))
    signed = [i for i, one in enumerate(ctx.room.get(key, [])) if one.get("by") == ctx.me]
    rest = [i for i in signed if i != late]  # what came late went with the rest of me
    for i in rest:
        yield Change(f"room/{key}/{i}", GONE if key == "answers" else spots.AWAY)
    if rest and "count" in ctx.room:
        yield Change("room/count", ctx.room["count"] - len(rest) - ("added" in ctx.own))


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many answers there are."""
    phase = ctx.room["phase"]
    if spots.moving(ctx):
        return
    if phase == "count":
        count = calls.mended(ctx)
    elif phase == "collect":
        count = len(kit.held.given(ctx))
    elif "sums" in ctx.room:
        count = sum(ctx.room["sums"])
    else:
        count = sum(_there(answer) for answer in ctx.room[_list(ctx)])
    yield from kit.put(ctx, "room/count", count)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """What the sky held, in its chance order. A name stays only with an answer that was signed, and
    whose owner has ticked that it may be kept."""
    if room["phase"] == "count":
        yield from calls.told(room)
    yield from spots.told(room, names)
    shown = [answer for answer in room.get("answers", []) if not answer.get("off")]
    named = [names.get(answer.get("by", ""), "") for answer in shown]
    rows = [[answer["icon"], answer["word"]] for answer in shown]
    if any(named):
        rows = [[*row, name] for row, name in zip(rows, named, strict=True)]
        yield Table("answers", ("icon", "word", "name"), rows, keyed=("icon",))
    elif rows:
        yield Table("answers", ("icon", "word"), rows, keyed=("icon",))


def _fits(ctx: Ctx, icon: str) -> None:
    spots.only(ctx, "icons")
    if icon not in ICONS[ctx.options["icons"]]:
        raise Refusal("not_a_choice", field="icon")


def _list(ctx: Ctx) -> str:
    """Where what is shown lies."""
    return "answers" if ctx.options["form"] == "icons" else "dots"


def _there(answer: Mapping[str, Any]) -> bool:
    """Whether it was not taken back."""
    return bool(answer["icon"]) if "icon" in answer else answer["x"] >= 0


def _taken(ctx: Ctx, at: int) -> Iterator[Change]:
    if ctx.options["form"] == "icons":
        yield Change(f"room/answers/{at}", GONE)
    else:
        yield from spots.taken(ctx, at)


def _answer(ctx: Ctx, who: str, icon: str, word: str, named: bool) -> dict[str, Any]:
    return {"icon": icon, "word": word, **spots.signed(ctx, who, named)}
