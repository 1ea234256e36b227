"""Steps: a guided sequence, a picture and a line at a time, by one clock or each at their own pace.

Which step is now follows from log time and ``room/steps`` alone; its twin is moment.js. What one
skips or rests stays on one's own page. What a person shares at the end is held, and unsigned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, Change, Ctx, Effect, Refusal

SEQUENCES: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "rain": (
        ("rub", 20_000), ("snap", 20_000), ("pat", 20_000), ("stomp", 24_000),
        ("pat", 20_000), ("snap", 20_000), ("rub", 20_000), ("rest", 16_000),
    ),
    "stretch": (
        ("turn", 35_000), ("roll", 35_000), ("reach", 35_000),
        ("stretch", 40_000), ("shake", 30_000), ("breathe", 40_000),
    ),
    "senses": (
        ("see", 60_000), ("touch", 50_000), ("hear", 50_000), ("smell", 40_000), ("taste", 40_000),
    ),
    "follow": (
        ("sway", 16_000), ("nod", 14_000), ("roll", 16_000), ("clap", 16_000), ("reach", 16_000),
        ("wave", 16_000), ("wiggle", 16_000), ("pat", 16_000), ("shake", 16_000), ("rest", 16_000),
    ),
    "welcome": (("wave", 40_000), ("rest", 40_000), ("breathe", 45_000), ("nod", 40_000)),
}  # fmt: skip
"""Each step and how many milliseconds it lasts."""
CALLS: Final = 24
CALL_MS: Final = 25_000
EACH_MS: Final = 20_000
"""A step of the host's own, where none is given."""
OWN: Final = 12
OWN_PACE: Final = ("stretch", "senses", "own")
LEAD_MS: Final = 4_000
MOST: Final = 200
GONE: Final = {"text": "", "off": True}

texts_field = kit.list_of(kit.text(80), OWN, default=[])
seconds_field = kit.list_of(kit.integer(5, 120), OWN, default=[])
line_field = kit.text(80)

jam = Activity(
    "steps",
    options={
        "sequence": kit.one_of(*SEQUENCES, "blue", "own", default="rain"),
        "pace": kit.one_of("shared", "own", default="shared"),
        "sections": kit.integer(1, 3, default=3),
        "count": kit.integer(3, 8, default=5),
        "texts": texts_field,
        "seconds": seconds_field,
        "text": kit.text(240, empty=True, default=""),
        "prompt": kit.optional(kit.integer(0, 99)),
    },
    sealed=True,
    refusals={
        "no_steps": "There is no step yet.",
        "no_step": "There is no such step.",
        "no_share": "Nothing is shared at the end of this one.",
        "shared": "Your line is among them already.",
        "shares_full": "There are {max} lines; the page is full.",
        "no_line": "There is no such line.",
    },
)


def times(room: Mapping[str, Any]) -> list[int]:
    """How long each moment of the room lasts. Sections enter one step after the other, so the last
    step lasts until all of them have had it."""
    each = [int(ms) for _, ms in room["steps"]]
    return each + each[-1:] * (int(room["sections"]) - 1)


def moment(each: list[int], passed: int) -> tuple[int, int]:
    """Which moment it is after so many ms, and how long it still lasts. Before the first one it is
    -1; after the last one as many as there are, with nothing left."""
    if passed < 0:
        return -1, -passed
    for at, ms in enumerate(each):
        if passed < ms:
            return at, ms - passed
        passed -= ms
    return len(each), 0


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    options = ctx.options
    own = options["pace"] == "own" and options["sequence"] in OWN_PACE
    room: dict[str, Any] = {"sections": 1, "clock": None, "came": 0, "count": 0}
    room |= {"found": [], "shared": []} | _written(options["texts"], options["seconds"])
    if options["sequence"] == "blue":
        room["steps"] = _calls(ctx)
    elif options["sequence"] != "own":
        room["steps"] = [list(step) for step in SEQUENCES[options["sequence"]]]
    return room | {"phase": "run" if own and room["steps"] else "ready"}


def _calls(ctx: Ctx) -> list[list[Any]]:
    """One call out of each part of the deck: they get sillier, and are others each time."""
    many = ctx.options["count"]
    parts = pairwise(CALLS * at // many for at in range(many + 1))
    return [[f"c{low + ctx.rng.below(high - low)}", CALL_MS] for low, high in parts]


def _written(texts: list[str], seconds: list[int]) -> dict[str, Any]:
    ms = [1000 * second for second in seconds[: len(texts)]]
    ms += [EACH_MS] * (len(texts) - len(ms))
    return {"texts": list(texts), "steps": [[f"own{at}", each] for at, each in enumerate(ms)]}


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    """Everyone is in a section: one here, one there, so that a wave goes through the room."""
    if "place" not in ctx.own:
        yield Change(f"own/{ctx.me}/place", ctx.room["came"])
        yield Change("room/came", ctx.room["came"] + 1)


@jam.action(HOST, phase="ready", texts=texts_field, seconds=seconds_field)
def write(ctx: Ctx, texts: list[str], seconds: list[int]) -> Iterator[Effect]:
    """Write the steps of a sequence of our own."""
    if ctx.options["sequence"] != "own":
        raise Refusal("not_now")
    yield Change("host/by", ctx.me)
    for name, value in _written(texts, seconds).items():
        yield Change(f"room/{name}", value)


@jam.action(HOST, phase=("ready", "done"))
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Begin, or begin anew: the first step comes after a short while."""
    if not ctx.room["steps"]:
        raise Refusal("no_steps")
    for who, own in sorted(ctx.state["own"].items()):
        for key in ("at", "found"):
            if key in own:
                yield Change(f"own/{who}/{key}")
    room = dict(ctx.room)
    if ctx.options["sequence"] == "blue":
        if room["phase"] == "done":
            yield Change("room/steps", _calls(ctx))
        yield Change("room/found", [0] * len(room["steps"]))
    if ctx.options["sequence"] == "rain":
        room["sections"] = max(1, min(ctx.options["sections"], len(kit.here(ctx))))
        yield Change("room/sections", room["sections"])
    yield Change("room/phase", "run")
    if ctx.options["pace"] == "own" and ctx.options["sequence"] in OWN_PACE:
        return
    yield from kit.bell.wind(ctx, sum(times(room)), "finish", LEAD_MS)


@jam.action(HOST, phase="run", on=kit.boolean(True))
def pause(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Let the clock stand for everyone, or run on."""
    yield from kit.bell.hold(ctx, on, "finish")


@jam.action(HOST, phase="run", to=kit.integer(0, 15))
def go(ctx: Ctx, to: int) -> Iterator[Effect]:
    """Go to a step, for everyone."""
    each = times(ctx.room)
    if not ctx.room["clock"] or to >= len(each):
        raise Refusal("no_step")
    yield from kit.bell.move(ctx, sum(each[:to]), "finish")


@jam.action(CLOCK, phase="run")
def finish(ctx: Ctx) -> Iterator[Effect]:
    """The last step is over."""
    yield Change("room/phase", "done")
    yield from kit.bell.stop(ctx, "finish")


@jam.action(HOST, phase="run")
def end(ctx: Ctx) -> Iterator[Effect]:
    """End it here, for everyone."""
    yield from finish(ctx)


@jam.action(phase="run", to=kit.integer(0, 15))
def step(ctx: Ctx, to: int) -> Iterator[Effect]:
    """At one's own pace: where I am. Nobody else sees it."""
    if ctx.room["clock"] or to > len(ctx.room["steps"]):
        raise Refusal("no_step")
    if to != ctx.own.get("at", 0):
        yield Change(f"own/{ctx.me}/at", to)


@jam.action(phase=("run", "done"), i=kit.integer(0, 7))
def found(ctx: Ctx, i: int) -> Iterator[Effect]:
    """I have found it. A call that is over counts, too."""
    if i >= len(ctx.room["found"]):
        raise Refusal("no_step")
    if str(i) not in ctx.own.get("found", {}):
        yield Change(f"own/{ctx.me}/found/{i}", True)
        yield Change(f"room/found/{i}", ctx.room["found"][i] + 1)


@jam.action(phase=("run", "done"), text=line_field)
def share(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Share one line at the end, unsigned; held until a host shows all of them."""
    _shares(ctx)
    yield from kit.held.give(ctx, text)


@jam.action(phase=("run", "done"))
def unshare(ctx: Ctx) -> Iterator[Effect]:
    """Take my line back."""
    yield from kit.held.take(ctx)


@jam.action(HOST, phase=("run", "done"))
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show all lines at once, in chance order; who wrote which is forgotten."""
    _shares(ctx)
    yield from finish(ctx)
    yield from kit.held.shown(ctx, "shared", [{"text": text} for _, text in kit.held.given(ctx)])


@jam.action(phase="shown", after=True, text=line_field)
def add(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Add a line after the show; one each."""
    at = len(ctx.room["shared"])
    if "added" in ctx.own:
        raise Refusal("shared")
    if at >= MOST:
        raise Refusal("shares_full", max=MOST)
    yield Change(f"room/shared/{at}", {"text": text})
    yield Change(f"own/{ctx.me}/added", at)


kit.aside(jam, "hide", "shared", MOST, code="no_line", phase="shown")


def _shares(ctx: Ctx) -> None:
    if ctx.options["sequence"] != "senses":
        raise Refusal("no_share")


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    """A line that was shown unsigned belongs to nobody; what one added later goes."""
    yield from kit.held.take(ctx)
    if ctx.state["host"].get("by") == ctx.me:
        yield Change("host/by")
        yield Change("room/texts", [""] * len(ctx.room["texts"]))
    if "added" in ctx.own:
        yield Change(f"room/shared/{ctx.own['added']}", GONE)
    for i in ctx.own.get("found", {}):
        yield Change(f"room/found/{i}", ctx.room["found"][int(i)] - 1)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Counts are as many as people have given."""
    owns = list(ctx.state["own"].values())
    calls = range(len(ctx.room["found"]))
    sums = [sum(str(i) in own.get("found", {}) for own in owns) for i in calls]
    yield from kit.put(ctx, "room/found", sums)
    yield from kit.held.counted(ctx)


@jam.heard
def heard(room: Any, options: Any, people: Any) -> tuple[()] | None:
    """Nobody while all of us look, touch and listen, each for ourselves. Everywhere else laughing
    is half of it: at a stretch, at a find, at moves; and a storm is made of hands and feet."""
    quiet = options["sequence"] == "senses" and room["phase"] == "run" and kit.clock.runs(room)
    return () if quiet else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """What was shared, unsigned."""
    lines = [one["text"] for one in room["shared"] if not one.get("off")]
    if lines:
        yield kit.Lines("shared", lines)
