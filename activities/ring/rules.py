"""A ring: pass it on. Something goes from hand to hand, and at the end everybody sees its way.

What is made reaches the next one by the clock, at the end of a step. Whoever is away, late, passes
or sits out is skipped; an empty piece is never passed on. Nobody has to take part, and nobody can
see who does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.ring import papers, passing, replay, thanks
from server import kit
from server.kit import (
    HOST,
    Activity,
    Change,
    Ctx,
    Effect,
    Forget,
    Lines,
    Picture,
    Piece,
    Refusal,
    Table,
)

TEXT: Final = 140
MARKS: Final = 60
"""Of one drawing; and at most papers.INK characters."""
OWN: Final = -1
"""The step of a page of one's own, which goes nowhere."""

jam = Activity(
    "ring",
    options={
        "text": kit.text(240, empty=True, default=""),
        "prompt": kit.optional(kit.integer(0, 99)),
        "form": kit.one_of("telephone", "chain", "story", "thanks", "placed", default="telephone"),
        "shown": kit.one_of("all", "private", default="all"),
        "named": kit.boolean(False),
        "seconds": kit.integer(20, 180, default=60),
        "steps": kit.integer(2, 7, default=5),
        "least": kit.integer(2, 8, default=5),
        "most": kit.integer(2, 12, default=7),
    },
    sealed=True,
    refusals={
        "few": "It takes two to pass something on.",
        "moved": "It has gone on already, with what was on it by then.",
        "nothing": "There is nothing on this page yet.",
        "paper_full": "This paper is full.",
        "bad_points": "This stroke could not be read.",
        "no_piece": "There is no such piece.",
    },
)
step_field, text_field = kit.integer(OWN, 6), kit.text(TEXT, empty=True, default="")
pics_field = kit.list_of(kit.integer(0, len(papers.PICTURES) - 1), 5)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    return {"phase": "ready", "step": 0, "steps": 0, "count": 0, "clock": None}


@jam.action(HOST, phase="ready")
def begin(ctx: Ctx) -> Iterator[Effect]:
    """Everybody who wants to gets something to begin, and the clock runs."""
    here = kit.here(ctx)
    if len(here) < (1 if ctx.options["form"] == "placed" else 2):
        raise Refusal("few")
    yield Change("room/phase", "pass")
    if ctx.options["form"] == "thanks":
        order = kit.ring.cycle(kit.willing(ctx), ctx.rng)
        yield Change("vault/cycle", order)
        yield Change("room/steps", 1)
        yield from thanks.given_out(ctx, thanks.owed(order, [], set(), True))
    else:
        rings, chains = papers.begun(ctx)
        steps = papers.steps(ctx, rings)
        yield Change("vault/rings", rings)
        yield Change("vault/chains", [])
        yield Change("room/steps", steps)
        yield Change("room/ink", papers.ink(len(here), steps))
        held = {chain["by"]: at for at, chain in enumerate(chains)}
        yield from papers.passed_on(ctx, held, chains)
    yield from passing.clock(ctx)


@jam.action(phase=("ready", "pass", "done"), step=step_field, text=text_field)
def draft(ctx: Ctx, step: int, text: str) -> Iterator[Effect]:
    """Keep what I am writing, so that it goes on as it stands when the clock rings."""
    if at := _open(ctx, step):
        yield Change(f"{at}/t", text)


@jam.action(
    phase=("ready", "pass", "done"),
    step=step_field,
    ink=kit.integer(0, kit.stroke.ERASER),
    width=kit.integer(0, 3),
    shape=kit.integer(0, 13),
    points=kit.text(kit.stroke.POINTS),
)
def stroke(ctx: Ctx, step: int, ink: int, width: int, shape: int, points: str) -> Iterator[Effect]:
    """One mark more on the paper before me."""
    at = _open(ctx, step)
    if not at:
        return
    if not kit.stroke.good(points):
        raise Refusal("bad_points")
    marks = (ctx.own.get(at.rpartition("/")[2]) or {}).get("m", [])
    most = papers.INK if step == OWN else ctx.room.get("ink", papers.INK)
    if len(marks) >= MARKS or sum(len(its[3]) for its in marks) + len(points) > most:
        raise Refusal("paper_full")
    mark = [ink, width, shape, points]
    yield Change(f"{at}/m/{len(marks)}", mark) if marks else Change(f"{at}/m", [mark])


@jam.action(phase=("ready", "pass", "done"), step=step_field)
def unstroke(ctx: Ctx, step: int) -> Iterator[Effect]:
    """Take my last mark back."""
    at = _open(ctx, step)
    marks = (ctx.own.get(at.rpartition("/")[2]) or {}).get("m", []) if at else []
    if marks:
        yield Change(f"{at}/m/{len(marks) - 1}")


@jam.action(phase="pass", step=step_field, pics=pics_field)
def pick(ctx: Ctx, step: int, pics: list[int]) -> Iterator[Effect]:
    """The pictures of my story, up to five."""
    if step != OWN and (at := _open(ctx, step)):
        yield Change(f"{at}/x", pics)


@jam.action(phase="pass", step=step_field, text=text_field, named=kit.boolean(False))
def hand(ctx: Ctx, step: int, text: str, named: bool) -> Iterator[Effect]:
    """Hand mine in; it goes on when the step is over, or as soon as everybody has."""
    at = _open(ctx, step)
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
        yield Change(f"own/{ctx.me}/mine", {k: mine[k] for k in mine if k not in ("done", "pass")})


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


passing.clocked(jam)
replay.shown_by(jam)


@jam.action(HOST, phase=("pass", "done"))
def show(ctx: Ctx) -> Iterator[Effect]:
    """Show the way of each piece; who made which is forgotten, unless they signed."""
    yield from _shown(ctx, ctx.options["form"] in ("thanks", "placed"))
    if not thanks.private(ctx):
        yield Forget()
        return
    # what is for one person alone must stay with that person: it goes when the activity closes
    lines = thanks.told(ctx)
    yield Change("room/private", True)
    yield Change("vault/lines", lines)
    yield from thanks.given_out(ctx, {})
    for who, got in sorted(thanks.delivered(lines, ctx.options["named"]).items()):
        if who in ctx.people:
            yield Change(f"own/{who}/got", got)


@jam.away
def away(ctx: Ctx) -> Iterator[Effect]:
    if ctx.room["phase"] == "pass" and "job" in ctx.own:
        yield from passing.early(ctx)


@jam.reveal
def reveal(ctx: Ctx) -> Iterator[Effect]:
    """All of it at once, for there is no time left to go through it one by one."""
    if ctx.room["phase"] in ("pass", "done") and replay.ways(ctx):
        yield from _shown(ctx, True)
    elif ctx.room["phase"] == "shown":
        yield from replay.freed(ctx)


@jam.close
def close(ctx: Ctx) -> Iterator[Effect]:
    """What a host has begun to show is kept whole, also if there was no time for all of it."""
    if ctx.room["phase"] == "shown":
        yield from replay.freed(ctx)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    """Nothing of theirs goes on. What was shown unsigned belongs to nobody any more."""
    vault, own = ctx.state["vault"], ctx.state["own"]
    gone = [ctx.me]
    if "cycle" in vault:
        gone += [who for who, to in vault["held"].items() if to == ctx.me and who != ctx.me]
        yield from thanks.without(ctx, ctx.me)
    else:
        yield from papers.without(ctx, ctx.me)
    yield from replay.without(ctx, ctx.me)
    fewer = sum(passing.counts(own.get(who, {})) for who in gone)
    if fewer and ctx.room["phase"] == "pass":
        yield Change("room/count", ctx.room["count"] - fewer)


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """The count says how many have handed in."""
    if ctx.room["phase"] == "pass":
        count = sum(passing.counts(own) for own in ctx.state["own"].values())
        yield from kit.put(ctx, "room/count", count)


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """Each chain as a line, or as the pictures of its story. A name stands only with what was
    signed, or with thanks, and only of those who ticked that it may be kept."""
    chains = [[p for p in chain if not p.get("off")] for chain in room.get("chains", [])]
    chains = [chain for chain in chains if chain]
    if not chains:
        return
    if any("x" in piece for chain in chains for piece in chain):
        columns = ("number", "pa", "pb", "pc", "pd", "pe", "words")
        rows = [replay.told(at, piece) for at, chain in enumerate(chains, 1) for piece in chain]
        yield Table("stories", columns, rows, keyed=columns[1:6])
        return
    lines = [" / ".join(replay.line(piece, names) for piece in chain) for chain in chains]
    yield Lines("thanks" if "to" in chains[0][0] else "chains", lines)
    drawn = [piece.get("t", "") for chain in chains for piece in chain if "m" in piece]
    if drawn:
        yield Picture("drawings", list(filter(None, drawn)))


def _shown(ctx: Ctx, together: bool) -> Iterator[Effect]:
    yield from replay.opened(ctx, replay.ways(ctx), together)
    yield Change("room/count", 0)
    yield from kit.bell.stop(ctx, "strike")


def _open(ctx: Ctx, step: int) -> str:
    """Where what I make now lies; "" when there is nothing before me in this step."""
    if step == OWN:
        return "" if "job" in ctx.own else f"own/{ctx.me}/page"
    if ctx.room["phase"] != "pass" or step != ctx.room["step"] or "job" not in ctx.own:
        return ""
    return "" if (ctx.own.get("mine") or {}).get("done") else f"own/{ctx.me}/mine"
