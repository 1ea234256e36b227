"""A check-in: everyone picks a sky and perhaps a word; held until a host shows them all at once.

What erase cannot do: once shown, an unsigned answer belongs to nobody, so it cannot be found
again; whoever wants it back takes it back before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Forget, Piece, Refusal, Table

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
        "prompt": kit.optional(kit.integer(0, 11)),
        "text": kit.text(120, empty=True, default=""),
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
    return {"phase": "collect", "count": 0}


@jam.action(phase="collect", icon=icon_field, word=word_field, named=kit.boolean(False))
def choose(ctx: Ctx, icon: str, word: str, named: bool) -> Iterator[Effect]:
    """Pick an icon and perhaps a word, or change them; nobody sees it yet."""
    _fits(ctx, icon)
    if "pick" not in ctx.own:
        yield Change("room/count", ctx.room["count"] + 1)
    yield Change(f"own/{ctx.me}/pick", {"icon": icon, "word": word, "named": named})


@jam.action()
def withdraw(ctx: Ctx) -> Iterator[Effect]:
    """Take my answer back; after the show, the one I added late."""
    if "pick" in ctx.own:
        yield Change(f"own/{ctx.me}/pick")
        yield Change("room/count", ctx.room["count"] - 1)
    if "added" in ctx.own:
        yield Change(f"own/{ctx.me}/added")
        yield Change(f"room/answers/{ctx.own['added']}", GONE)
        yield Change("room/count", ctx.room["count"] - 1)


@jam.action(phase="collect")
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass: takes an answer back, and leaves no mark that I was asked."""
    yield from withdraw(ctx)


@jam.action(HOST, phase="collect")
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all answers at once, in chance order; who gave which is forgotten here and in store."""
    own = ctx.state["own"]
    answers = [_answer(ctx, who, **own[who]["pick"]) for who in own if "pick" in own[who]]
    # sorted before the shuffle: the order in which people answered would tell on them
    answers.sort(key=lambda one: (one["icon"], one["word"], one.get("name", "")))
    yield Change("room/answers", ctx.rng.shuffled(answers))
    yield Change("room/phase", "shown")
    yield Forget()


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


@jam.action(HOST, phase="shown", i=kit.integer(0, LATE - 1), on=kit.boolean(True))
def hide(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Take one answer off the sky, or put it back."""
    answers = ctx.room["answers"]
    if i >= len(answers) or not answers[i]["icon"]:
        raise Refusal("no_answer")
    if on and not answers[i].get("off"):
        yield Change(f"room/answers/{i}/off", True)
    if not on and answers[i].get("off"):
        yield Change(f"room/answers/{i}/off")


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from withdraw(ctx)
    name = _name(ctx, ctx.me)
    for i, answer in enumerate(ctx.room.get("answers", [])):
        if name and answer.get("name") == name:
            yield Change(f"room/answers/{i}", GONE)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many answers there are."""
    if ctx.room["phase"] == "collect":
        count = sum("pick" in own for own in ctx.state["own"].values())
    else:
        count = sum(bool(answer["icon"]) for answer in ctx.room["answers"])
    if count != ctx.room["count"]:
        yield Change("room/count", count)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """What the sky held, in its chance order. A name stays only with an answer that was signed, and
    whose owner has ticked that it may be kept."""
    shown = [answer for answer in room.get("answers", []) if not answer.get("off")]
    ticked = set(names.values())
    named = [answer.get("name", "") if answer.get("name") in ticked else "" for answer in shown]
    rows = [[answer["icon"], answer["word"]] for answer in shown]
    if any(named):
        rows = [[*row, name] for row, name in zip(rows, named, strict=True)]
        yield Table("answers", ("icon", "word", "name"), rows, keyed=("icon",))
    elif rows:
        yield Table("answers", ("icon", "word"), rows, keyed=("icon",))


def _fits(ctx: Ctx, icon: str) -> None:
    if icon not in ICONS[ctx.options["icons"]]:
        raise Refusal("not_a_choice", field="icon")


def _name(ctx: Ctx, who: str) -> str:
    return str(ctx.people.get(who, {}).get("name", ""))


def _answer(ctx: Ctx, who: str, icon: str, word: str, named: bool) -> dict[str, Any]:
    answer = {"icon": icon, "word": word}
    name = _name(ctx, who)
    return {**answer, "name": name} if named and name and ctx.options["named"] else answer
