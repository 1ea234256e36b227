"""Groups: everybody is moved into pairs, threes or fours, is there for a while, and comes back.

"Not this one" can be tapped at any time: whoever did is in no group, and nobody is told. Others can
see who is in no group; whether such a person sat out, came late, lost the line or stays with the
hosts, they cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Lines, Piece, Refusal

from . import forms, mates, traces
from .floor import GRACE_MS, PARTS, Floor, takers, waiting

ROUNDS: Final = 12
MOST_MS: Final = 60 * 60_000
MADE: Final = 600
"""More than twelve rounds of a hundred people can make."""
INSIDE: Final = ("canvas", "wall", "round", "ring", "words", "quiz", "checkin", "prompt")

jam = Activity(
    "groups",
    options={
        "text": kit.text(240, empty=True, default=""),
        "prompt": kit.optional(kit.integer(0, 99)),
        "form": kit.one_of("partners", "merge", "clinic", "buddy", default="partners"),
        "size": kit.one_of(2, 3, 4, default=2),
        "rounds": kit.integer(1, 6, default=1),
        "seconds": kit.integer(20, 3_600, default=240),
        "inside": kit.one_of("", *INSIDE, default=""),
        "inside_options": kit.data(2_000, default={}),
        "shown": kit.boolean(False),
    },
    sealed=True,
    refusals={
        "too_few": "Two people are needed for that.",
        "rounds_over": "There have been {max} rounds.",
        "no_group": "There is no such group.",
        "in_no_group": "You are in no group at the moment.",
        "talk_full": "There is room for {max} lines in a group.",
        "listening": "In this part you only listen.",
        "page_full": "The page is full.",
        "no_line": "There is no such line.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    return {
        "phase": "gather",
        "round": 0,
        "stage": 0,
        "drawn": 0,
        "team": {},
        "clock": None,
        "said": None,
        "back": [],
        "made": [],
    }


# --- hosts and the clock


@jam.action(HOST, phase=("gather", "home"))
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Begin the next round: everybody is moved into a group."""
    if ctx.room["round"] >= ROUNDS:
        raise Refusal("rounds_over", max=ROUNDS)
    if len(takers(ctx)) < 2:
        raise Refusal("too_few")
    yield Change("room/round", ctx.room["round"] + 1)
    yield Change("room/stage", 0)
    yield Change("room/said", None)
    yield Change("room/walk")
    yield from _timed(ctx, 0)
    if ctx.options["form"] == "merge":
        yield Change("room/phase", "solo")
    else:
        yield from forms.drawn(ctx)


@jam.action(HOST, phase=("solo", "out"))
def on(ctx: Ctx) -> Iterator[Effect]:
    """Go on to the next stage; after the last one everybody comes back. The clock does it, too."""
    form, stage = ctx.options["form"], ctx.room["stage"] + 1
    if form == "clinic" and stage < forms.TURNS * PARTS:
        yield Change("room/stage", stage)
        yield from _timed(ctx, stage)
    elif form == "merge" and stage == 1 and len(takers(ctx)) > 1:
        yield Change("room/stage", stage)
        yield from _timed(ctx, stage)
        yield from forms.drawn(ctx)
    elif form == "merge" and stage == 2 and len({*ctx.room["team"].values()}) > 1:
        yield Change("room/stage", stage)
        yield from _timed(ctx, stage)
        yield from forms.merged(ctx)
    else:
        yield from home(ctx)


@jam.action(HOST, phase=("solo", "out"))
def home(ctx: Ctx) -> Iterator[Effect]:
    """Bring everybody back now."""
    yield from forms.home(ctx)
    yield After(0, "on")
    yield After(0, "settle")
    if ctx.state["vault"].get("looks"):
        yield Change("vault/looks")


@jam.action(HOST, phase=("solo", "out"))
def more(ctx: Ctx) -> Iterator[Effect]:
    """A minute more for all groups; an hour at most."""
    yield from kit.bell.more(ctx, 60_000, MOST_MS, "on")


@jam.action(HOST, text=kit.text(200, empty=True))
def tell(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Say something to all groups; nothing takes it away."""
    yield Change("room/said", {"by": ctx.me, "text": text, "at": ctx.now} if text else None)


@jam.action(CLOCK)
def settle(ctx: Ctx) -> Iterator[Effect]:
    """Whoever is alone by now joins another group."""
    if ctx.room["phase"] != "out":
        return
    gone, floor = ctx.state["vault"].get("gone", {}), Floor(ctx)
    waited = [who for who in floor.team if ctx.now - gone.get(who, -GRACE_MS) < GRACE_MS]
    floor.mend(waited)
    yield from floor.done()
    if floor.here(waited, waited) != floor.here(waited):
        yield After(GRACE_MS, "settle")
    else:
        yield Change("vault/looks")


@jam.action(HOST, on=kit.boolean(True))
def take_part(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Hosts stay with the room, unless they count themselves in."""
    yield from kit.flag(f"own/{ctx.me}", ctx.own, "with", on)


@jam.action(HOST, phase="out", t=kit.text(12))
def enter(ctx: Ctx, t: str) -> Iterator[Effect]:
    """Go into a group. They see who comes; what was said before is not shown."""
    floor = Floor(ctx)
    if t not in floor.held:
        raise Refusal("no_group")
    if floor.team.get(ctx.me) == t:
        return
    floor.go(ctx.me)
    floor.come(ctx.me, t, guest=True)
    floor.mend()
    yield from floor.done()
    yield from mates.answered(ctx, t)


@jam.action(HOST, phase="out")
def leave(ctx: Ctx) -> Iterator[Effect]:
    """Come out of a group again."""
    floor = Floor(ctx)
    floor.go(ctx.me)
    floor.mend()
    yield from floor.done()


kit.aside(jam, "hide", "back", forms.BACK, code="no_line")


@jam.action(HOST, phase="home", i=kit.integer(0, MADE - 1))
def walk(ctx: Ctx, i: int) -> Iterator[Effect]:
    """Lead everyone to something that a group made; each can look around all the same."""
    if i >= len(ctx.room["made"]):
        raise Refusal("no_line")
    yield Change("room/walk", i)


kit.aside(
    jam,
    "put_away",
    "made",
    MADE,
    code="no_line",
    there="who",
    told="Take something that a group made out of the walk, or put it back.",
)


# --- everybody


@jam.action(on=kit.boolean(True))
def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Not this one for me; or: with the others again."""
    yield from kit.marked(ctx, on)
    if ctx.room["phase"] != "out":
        return
    floor = Floor(ctx)
    if on:
        floor.go(ctx.me)
        floor.mend()
    elif ctx.own.get("out") and ctx.people.get(ctx.me, {}).get("here"):
        floor.place(ctx.me, again=True)
    yield from floor.done()


mates.declare(jam)


@jam.action(phase="home", after=True, text=kit.text(240))
def add(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Put one more line to what the groups have brought."""
    at = len(ctx.room["back"])
    if at >= forms.BACK:
        raise Refusal("page_full", max=forms.BACK)
    yield Change(f"room/back/{at}", {"text": text})
    yield Change("vault/wrote", [*ctx.state["vault"].get("wrote", [""] * at), ctx.me])


# --- people come and go


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    floor = Floor(ctx)
    floor.place(ctx.me)
    yield from floor.done()


@jam.back
def back(ctx: Ctx) -> Iterator[Effect]:
    if ctx.me in ctx.state["vault"].get("gone", {}):
        yield Change(f"vault/gone/{ctx.me}")
    yield from join(ctx)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    yield from waiting(ctx, ctx.me)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    yield from traces.wiped(ctx)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Whoever is back in their group leaves nobody alone: nothing to look at."""
    if not ctx.state["vault"].get("looks"):
        yield After(0, "settle")


@jam.close
def close(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] in ("solo", "out"):
        yield from home(ctx)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """The lines that groups brought back, without names."""
    lines = [one["text"] for one in room["back"] if one["text"] and not one.get("off")]
    if lines:
        yield Lines("lines", lines)


def _timed(ctx: Ctx, stage: int) -> Iterator[Effect]:
    yield from kit.bell.wind(ctx, forms.length(ctx, stage), "on")
