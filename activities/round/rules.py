"""A round: one after the other has the room, for as long as the clock says, and anybody may pass.

Nothing here needs a microphone: ``room/turn`` says whose turn it is, and so whose voice is open.
Who taps "not this one" is in no order; that somebody is in none may as well mean that they were
away.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, Final

from activities.round import order
from server import kit
from server.kit import CLOCK, HOST, TURN, Activity, After, Change, Ctx, Effect, Refusal, turns

MOVES: Final = (
    *("rub", "snap", "pat", "stomp", "clap", "sway", "reach", "roll"),
    *("wave", "nod", "turn", "shake", "breathe", "stretch", "wiggle", "rest"),
)
GRACE, READ, HALF, STEP, GATHER = 10_000, 20_000, 30_000, 2_000, 20_000
"""Milliseconds: a lost line is waited for, a text is read, a host adds, one move of a chain, and
people may say "not this one" before a round that begins by itself."""
LONGEST: Final = 15 * 60_000
LATER: Final = 2
SAID, EACH, BROUGHT, CHAIN = 200, 5, 200, 120
REPLAY: Final = 12
"""Moves of a chain that are shown again; a longer one begins further on."""
OBJECT: Final = 40
GONE: Final = {"by": "", "text": ""}
RUN: Final = ("run", "done")

jam = Activity(
    "round",
    options={
        "text": kit.text(240, empty=True, default=""),
        "prompt": kit.optional(kit.integer(0, 99)),
        "form": kit.one_of("say", "teach", "lead", "chain", "conduct", default="say"),
        "seconds": kit.integer(15, 300, default=60),
        "order": kit.one_of("chance", "host", default="chance"),
        "auto": kit.boolean(False),
    },
    refusals={
        "nobody_yet": "Nobody is in the round yet.",
        "twice": "You have moved back {max} times. Pass, or write instead.",
        "last": "Nobody is behind you. Pass, or write instead.",
        "not_in": "This person is not in the round now.",
        "enough": "You have written {max}.",
        "full": "The page is full.",
        "shown": "Your move is in the chain already.",
        "other_form": "This round goes without that.",
        "no_tile": "This one is not there any more.",
    },
)


@jam.start
def start(ctx: Ctx) -> Generator[Effect, None, dict[str, Any]]:
    if ctx.options["auto"]:
        yield After(GATHER, "opens")
    return {"phase": "gather", "turn": None, "clock": None, "n": 0, "said": [],
            "brought": [], "chain": [], "move": "", "more": 0}  # fmt: skip


@jam.action(HOST, phase=("gather", "done"))
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Begin the round, or another one: everyone who is here and willing, in an order."""
    people = order.drawn(ctx)
    if not people:
        raise Refusal("nobody_yet")
    yield from order.begin(ctx, people)


@jam.action(CLOCK, phase="gather")
def opens(ctx: Ctx) -> Iterator[Effect]:
    """The round begins by itself, as in a team without a host; it waits while nobody is in it."""
    people = order.drawn(ctx)
    yield from order.begin(ctx, people) if people else (After(GATHER, "opens"),)


@jam.action(HOST, phase="run")
def next_(ctx: Ctx) -> Iterator[Effect]:
    """The next one's turn."""
    yield from order.go(ctx, turns.advance(ctx.room))


@jam.action(HOST, phase=RUN, who=kit.member())
def put_on(ctx: Ctx, who: str) -> Iterator[Effect]:
    """Give somebody the turn now who is here and did not sit out."""
    if who not in kit.willing(ctx):
        raise Refusal("not_in")
    if turns.whose(ctx.room) != who:
        yield from order.go(ctx, turns.put_on(ctx.room, who))


@jam.action(HOST, phase="run", on=kit.boolean(True))
def pause(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Let the clock stand, or run on."""
    yield from kit.bell.hold(ctx, on, "time")


@jam.action(HOST, phase="run")
def longer(ctx: Ctx) -> Iterator[Effect]:
    """Half a minute more for this turn."""
    yield from kit.bell.more(ctx, HALF, LONGEST, "time")


@jam.action(TURN, phase="run")
def pass_(ctx: Ctx) -> Iterator[Effect]:
    """Pass, or be done: the next one's turn, and no mark of which it was."""
    yield from order.go(ctx, turns.advance(ctx.room))


@jam.action(phase="run")
def later(ctx: Ctx) -> Iterator[Effect]:
    """Go behind the others; twice in a round."""
    times = ctx.own.get("later", 0)
    if ctx.me not in turns.ahead(ctx.room):
        raise Refusal("not_now")
    if times >= LATER:
        raise Refusal("twice", max=LATER)
    moved = list(turns.behind(ctx.room, ctx.me))
    if not moved:
        raise Refusal("last")
    yield Change(f"own/{ctx.me}/later", times + 1)
    yield from order.go(ctx, moved) if turns.whose(ctx.room) == ctx.me else moved


@jam.action(on=kit.boolean(True))
def sit(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Not this one for me; or: give me a turn, at the end."""
    yield from kit.marked(ctx, on)
    if on:
        yield from order.leave(ctx)
    else:
        yield from order.enter(ctx)


@jam.action(phase=RUN, after=True, text=kit.text(240))
def write(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Write instead of speaking: in my turn it is shown large; after it, it joins what was said."""
    said = ctx.room["said"]
    mine = turns.whose(ctx.room) == ctx.me
    if not mine and ctx.me in turns.ahead(ctx.room):
        raise Refusal("not_yours")
    if sum(one["by"] == ctx.me for one in said) >= EACH:
        raise Refusal("enough", max=EACH)
    if len(said) >= SAID:
        raise Refusal("full")
    yield Change(f"room/said/{len(said)}", {"by": ctx.me, "text": text, "n": ctx.room["n"]})
    if mine and "left" not in ctx.room["clock"]:
        yield from kit.bell.wind(ctx, READ, "time")


@jam.action(text=kit.text(60, empty=True))
def bring(ctx: Ctx, text: str) -> Iterator[Effect]:
    """What I would teach, or what I would play on; an empty text takes it back."""
    form = ctx.options["form"]
    kit.only(ctx, "teach", "conduct", code="other_form")
    if form == "conduct" and len(text) > OBJECT:
        raise Refusal("too_long", max=OBJECT, field="text")
    brought = ctx.room["brought"]
    at = next((i for i, one in enumerate(brought) if one["by"] == ctx.me), len(brought))
    if at >= BROUGHT:
        raise Refusal("full")
    if text or at < len(brought):
        yield Change(f"room/brought/{at}", {"by": ctx.me, "text": text})
    if form == "teach" and not text and turns.whose(ctx.room) != ctx.me:
        yield from order.leave(ctx)
    elif form == "teach" and not ctx.own.get("out"):
        yield from order.enter(ctx, brings=bool(text))


@jam.action(TURN, phase="run", i=kit.integer(0, BROUGHT - 1), on=kit.boolean(True))
def light(ctx: Ctx, i: int, on: bool) -> Iterator[Effect]:
    """Conduct: light the one who plays, or let them rest."""
    kit.only(ctx, "conduct", code="other_form")
    brought = ctx.room["brought"]
    if i >= len(brought) or not brought[i]["text"]:
        raise Refusal("no_tile")
    if on != brought[i].get("on", False):
        yield Change(f"room/brought/{i}/on", on)


@jam.action(TURN, phase="run", move=kit.one_of(*MOVES))
def show(ctx: Ctx, move: str) -> Iterator[Effect]:
    """Lead with a move, or add one to the chain, which is then danced from its beginning."""
    kit.only(ctx, "lead", "chain", code="other_form")
    chain = ctx.room["chain"]
    if ctx.options["form"] == "chain":
        if ctx.room["move"]:
            raise Refusal("shown")
        if len(chain) >= CHAIN:
            raise Refusal("full")
        yield Change(f"room/chain/{len(chain)}", {"by": ctx.me, "text": move})
        long = STEP * (1 + min(REPLAY, 1 + sum(bool(one["text"]) for one in chain)))
        yield from kit.bell.wind(ctx, long, "time")
    yield Change("room/move", move)


@jam.action(phase="run")
def wish(ctx: Ctx) -> Iterator[Effect]:
    """Show me more: one tap a turn, and nobody sees whose."""
    kit.only(ctx, "teach", code="other_form")
    if ctx.own.get("wish") != ctx.room["n"] and turns.whose(ctx.room) != ctx.me:
        yield Change(f"own/{ctx.me}/wish", ctx.room["n"])
        yield Change("room/more", ctx.room["more"] + 1)


@jam.action(CLOCK, phase="run")
def time(ctx: Ctx) -> Iterator[Effect]:
    """The time of this turn is over; so nobody has to break a silence."""
    left = kit.clock.left(ctx.room, ctx.now)
    yield from (After(left, "time"),) if left else order.go(ctx, turns.advance(ctx.room))


@jam.action(CLOCK, phase="run")
def lost(ctx: Ctx) -> Iterator[Effect]:
    """Whose turn it was has been away for so long; they can have it at the end."""
    who = turns.whose(ctx.room)
    if who and not ctx.people.get(who, {}).get("here"):
        yield from order.go(ctx, ())


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    yield from order.came(ctx)
    if ctx.room["phase"] == "run":
        yield from order.enter(ctx)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    if turns.whose(ctx.room) == ctx.me:
        yield After(GRACE, "lost")


@jam.back
def back(ctx: Ctx) -> Iterator[Effect]:
    yield from order.came(ctx)
    if ctx.room["phase"] == "run" and not ctx.own.get("out"):
        yield from order.enter(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    for key in ("said", "brought", "chain"):
        yield from kit.emptied(ctx, f"room/{key}", GONE)
    if turns.whose(ctx.room) == ctx.me:
        yield from order.go(ctx, turns.leave(ctx.room, ctx.me), wind=False)
    else:
        yield from turns.leave(ctx.room, ctx.me)
        if ctx.own.get("wish") == ctx.room["n"] and ctx.room["more"]:
            yield Change("room/more", ctx.room["more"] - 1)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """As many ask for more as did in this turn; a turn whose time is over goes on."""
    if ctx.room["n"]:
        more = sum(own.get("wish") == ctx.room["n"] for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/more", more)
    if ctx.room["phase"] == "run" and not kit.clock.left(ctx.room, ctx.now):
        yield After(1, "time")


@jam.heard
def heard(room: Any, options: Any, people: Any) -> set[str] | None:
    """One open microphone: whose turn it is; and beside the one who conducts, those who play."""
    who = turns.whose(room)
    return {who} | {one["by"] for one in room["brought"] if one.get("on")} if who else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """What was written, brought and danced; a name stands beside it only if that person wants."""
    for key in ("said", "brought"):
        made = [one for one in room[key] if one["text"]]
        if made:
            yield kit.Lines(key, [kit.beside(one["text"], names.get(one["by"])) for one in made])
    moves = [[one["text"]] for one in room["chain"] if one["text"]]
    if moves:
        yield kit.Table("chain", ("move",), moves, keyed=("move",))
