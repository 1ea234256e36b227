"""The sky: everyone picks an icon and perhaps a word, held until a host shows all of them.

What erase cannot do: once shown, an unsigned answer belongs to nobody, so it cannot be found
again; whoever wants it back takes it back before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from activities.checkin import late
from server import kit
from server.kit import Activity, Change, Ctx, Effect, Piece, Refusal, Table

ICONS: Final = {
    "weather": ("sun", "fair", "cloud", "fog", "rain", "storm"),
    "mood": ("bright", "calm", "tired", "tender", "stirred", "heavy"),
}
GONE: Final = {"icon": "", "word": "", "off": True}


def fresh(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "collect", "count": 0}


def declare(jam: Activity) -> None:
    """An answer before the show, and one after it."""
    fields: dict[str, Any] = {
        "icon": kit.one_of(*ICONS["weather"], *ICONS["mood"]),
        "word": kit.text(60, empty=True, default=""),
        "named": kit.boolean(False),
    }

    @jam.action(phase="collect", **fields)
    def choose(ctx: Ctx, icon: str, word: str, named: bool) -> Iterator[Effect]:
        """Pick an icon and perhaps a word, or change them; nobody sees it yet."""
        _fits(ctx, icon)
        yield from kit.held.give(ctx, {"icon": icon, "word": word, "named": named})

    @jam.action(phase="shown", after=True, **fields)
    def add(ctx: Ctx, icon: str, word: str, named: bool) -> Iterator[Effect]:
        """Add an answer after the show; one each."""
        _fits(ctx, icon)
        late.alone(ctx)
        at = late.one_more(len(ctx.room["answers"]))
        yield Change(f"room/answers/{at}", _answer(ctx, ctx.me, icon, word, named))
        yield from late.counted(ctx, at)


def shown(ctx: Ctx) -> Iterator[Effect]:
    """All answers at once, in chance order."""
    answers = [_answer(ctx, who, **pick) for who, pick in kit.held.given(ctx)]
    yield from kit.held.shown(ctx, "answers", answers)


def taken(ctx: Ctx) -> Iterator[Effect]:
    """My answer goes; after the show, the one that I added."""
    yield from kit.held.take(ctx)
    if "added" in ctx.own:
        yield from late.undone(ctx, Change(f"room/answers/{ctx.own['added']}", GONE))


def gone(ctx: Ctx) -> Iterator[Effect]:
    """All of mine goes, and what I signed."""
    yield from taken(ctx)
    yield from late.wiped(ctx, "answers", GONE)


def mended(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many answers there are."""
    if ctx.room["phase"] == "collect":
        yield from kit.held.counted(ctx)
    else:
        there = sum(bool(answer["icon"]) for answer in ctx.room["answers"])
        yield from kit.put(ctx, "room/count", there)


def told(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
    """What the sky held, in its chance order. A name stays only with an answer that was signed, and
    whose owner has ticked that it may be kept."""
    shown = [answer for answer in room.get("answers", []) if not answer.get("off")]
    named = [names.get(answer.get("by", ""), "") for answer in shown]
    rows = [[answer["icon"], answer["word"]] for answer in shown]
    if any(named):
        rows = [[*row, name] for row, name in zip(rows, named, strict=True)]
        yield Table("answers", ("icon", "word", "name"), rows, keyed=("icon",))
    elif rows:
        yield Table("answers", ("icon", "word"), rows, keyed=("icon",))


def _fits(ctx: Ctx, icon: str) -> None:
    kit.only(ctx, "icons")
    if icon not in ICONS[ctx.options["icons"]]:
        raise Refusal("not_a_choice", field="icon")


def _answer(ctx: Ctx, who: str, icon: str, word: str, named: bool) -> dict[str, Any]:
    return {"icon": icon, "word": word, **kit.signed(ctx, who, named)}
