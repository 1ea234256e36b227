"""What the simulated rooms play: the real kinds, one that uses every part of the engine, and
arguments for all of them made up from their fields."""

from __future__ import annotations

from random import Random
from typing import Any

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Forget, Refusal
from tests.room.world import KINDS as REAL

echo = Activity("echo", options={"start": kit.integer(0, 9, default=0)})


@echo.start
def _start(ctx: Any) -> dict[str, Any]:
    if ctx.options["start"] == 9:
        raise ZeroDivisionError  # after what ran before has been closed already
    return {"phase": "open", "list": [], "words": {}, "count": 0}


@echo.action(after=True, text=kit.text(200))
def add(ctx: Any, text: str) -> Any:
    """A list grows at its end."""
    if len(ctx.room["list"]) >= 30:
        raise Refusal("full")
    yield Change(f"room/list/{len(ctx.room['list'])}", text)


@echo.action(many=kit.integer(1, 3))
def pop(ctx: Any, many: int) -> Any:
    """A list loses its last elements."""
    for at in range(len(ctx.room["list"]) - 1, max(-1, len(ctx.room["list"]) - 1 - many), -1):
        yield Change(f"room/list/{at}")


@echo.action(key=kit.one_of("a", "b", "c"), text=kit.text(60))
def put(ctx: Any, key: str, text: str) -> Any:
    """A dict, with something below its keys."""
    yield Change(f"room/words/{key}", {"text": text, "by": ctx.me})
    yield Change(f"room/words/{key}/at", ctx.offset)


@echo.action(key=kit.one_of("a", "b", "c"))
def drop(ctx: Any, key: str) -> Any:
    """A key goes."""
    yield Change(f"room/words/{key}")


@echo.action(text=kit.text(60))
def hide(ctx: Any, text: str) -> Any:
    """Each hidden root holds something of it; everybody sees how many there are."""
    if "secret" not in ctx.own:
        yield Change("room/count", ctx.room["count"] + 1)
    yield Change(f"own/{ctx.me}/secret", text)
    yield Change(f"vault/{ctx.me}", {"was": text})


@echo.action(text=kit.text(60))
def tell(ctx: Any, text: str) -> Any:
    """For hosts."""
    yield Change(f"host/notes/{ctx.me}", text)


@echo.action(HOST)
def show(ctx: Any) -> Any:
    """What was hidden comes out in chance order, and whose it was is forgotten."""
    own = ctx.state["own"]
    held = sorted(own[m]["secret"] for m in own if "secret" in own[m])
    yield Change("room/shown", ctx.rng.shuffled(held))
    yield Change("room/count", 0)
    yield Forget()


@echo.action(HOST, many=kit.integer(0, 2))
def team(ctx: Any, many: int) -> Any:
    """Teams are drawn anew; what a team has, it keeps."""
    if not many:
        yield Change("room/team")
        return
    for at, who in enumerate(ctx.rng.shuffled(sorted(ctx.people))):
        yield Change(f"room/team/{who}", f"t{at % many}")


@echo.action(text=kit.text(60))
def among(ctx: Any, text: str) -> Any:
    """For one's team."""
    ours = ctx.room.get("team", {}).get(ctx.me)
    if ours is None:
        raise Refusal("not_now")
    log = ctx.state["team"].get(ours, {}).get("log", [])
    if not log:
        yield Change(f"team/{ours}/log", [])
    yield Change(f"team/{ours}/log/{len(log)}", text)


@echo.action(HOST, ms=kit.integer(0, 3_000))
def later(ctx: Any, ms: int) -> Any:
    """A timer, a chain of three, or none."""
    yield After(ms, "bell", times=2)


@echo.action(CLOCK, times=kit.integer(0, 9))
def bell(ctx: Any, times: int) -> Any:
    """The clock rings."""
    yield Change("room/bell", {"due": ctx.due, "times": times})
    if times:
        yield After(700, "bell", times=times - 1)


@echo.action()
def broken(ctx: Any) -> Any:
    """A kind's mistake."""
    yield Change("room/half", True)
    raise ZeroDivisionError


@echo.join
def _join(ctx: Any) -> Any:
    yield Change(f"own/{ctx.me}/joined", ctx.offset)


@echo.away
def _away(ctx: Any) -> Any:
    yield Change("room/left", ctx.me)


@echo.back
def _back(ctx: Any) -> Any:
    yield Change("room/left")


@echo.erase
def _erase(ctx: Any) -> Any:
    for key, told in ctx.room["words"].items():
        if told["by"] == ctx.me:
            yield Change(f"room/words/{key}")
    if "secret" in ctx.own and ctx.room["count"]:
        yield Change("room/count", ctx.room["count"] - 1)
    yield Change(f"vault/{ctx.me}")
    yield Change(f"host/notes/{ctx.me}")


echo.live("dot", x=kit.integer(0, 99))
echo.live("wink", to="host", x=kit.integer(0, 99))
echo.live("nudge", to="team", x=kit.integer(0, 99))
echo.live("note", to="own", x=kit.integer(0, 99))

KINDS: dict[str, Activity] = {"echo": echo, **REAL}
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "round": [{"seconds": 15}, {"form": "teach"}, {"form": "chain", "order": "host"}],
    "breath": [{}, {"form": "quiet", "minutes": 1}, {"form": "floor"}],
    "echo": [{}, {}, {}, {"start": 9}],
    "checkin": [
        {},
        {"named": True},
        {"form": "dots", "shape": "city", "named": True},
        {"form": "dots", "live": True},
        {"form": "line"},
        {"form": "dial"},
        {"form": "count"},
    ],
    "canvas": [
        {},
        {"mode": "own", "signs": 140, "years": True, "named": True, "hearts": True},
        {"mode": "tiles", "seconds": 2, "auto": True},
        {"mode": "doors"},
        {"mode": "parts", "ask": False},
        {"mode": "map"},
    ],
    "prompt": [{}],
    "groups": [
        {},
        {"size": 3, "inside": "prompt", "shown": True},
        {"form": "merge", "seconds": 20},
        {"form": "clinic", "seconds": 20},
        {"form": "buddy"},
    ],
    "together": [{}, {"form": "lyrics", "tongue": "pt"}, {"form": "echo"}],
    "steps": [
        {},
        {"sequence": "senses", "pace": "own"},
        {"sequence": "blue", "count": 3},
        {"sequence": "own", "texts": ["One", "Two"], "seconds": [5]},
    ],
    "ring": [{"least": 2}, {"form": "thanks"}, {"form": "thanks", "shown": "private"}],
    "wall": [
        {},
        {"columns": "keep", "hold": True, "hearts": True, "votes": 3},
        {"columns": "offers", "hold": True, "can": True},
        {"columns": "questions", "votes": 2, "tidy": True, "signed": True},
        {"columns": "ideas", "hold": True, "score": True},
        {"columns": "front"},
        {"columns": "custom", "titles": ["A", "B", "C", "D"]},
    ],
    "quiz": [
        {},
        {"form": "either", "hidden": False},
        {"form": "spectrum"},
        {"form": "three"},
        {"form": "count", "goal": 5},
    ],
    "words": [{}, {"show": "fall", "ms": 9_000}, {"show": "lines", "each": 3, "named": True}],
}
PLAN = [{"card": "weather"}, {"card": "street"}]


def arguments(rng: Random, fields: dict[str, Any], people: list[str], token: str) -> dict[str, Any]:
    """Values that the fields take; texts carry `token`, by which the checker knows them again."""
    return {name: _value(rng, name, field.schema(), people, token)
            for name, field in fields.items()
            if "default" not in field.schema() or rng.random() < 0.7}  # fmt: skip


def _value(rng: Random, name: str, schema: dict[str, Any], people: list[str], token: str) -> Any:
    if name == "points":
        return "A" + "".join(rng.choice("ACEG") for _ in range(2 * rng.randint(1, 20)))
    if name == "marks":
        return [f"{rng.randint(0, 12)}.1.0.AAA"]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "anyOf" in schema:
        few = schema["anyOf"][0]
        return None if rng.random() < 0.3 else _value(rng, name, few, people, token)
    kind = schema["type"]
    if kind == "boolean":
        return rng.random() < 0.7
    if kind == "integer":
        lo, hi = schema["minimum"], schema["maximum"]
        return min(hi, lo + rng.choice((0, 0, 1, 2, 3, 5, 700, 2000)))
    if kind == "array":
        many = min(schema["maxItems"], rng.choice((0, 1, 1, 2)))
        return [_value(rng, name, schema["items"], people, token) for _ in range(many)]
    if schema.get("format") == "member":
        return rng.choice(people)
    if kind == "string":
        if name == "who" and people and rng.random() < 0.5:
            return rng.choice(people)
        return (token + "x" * rng.choice((0, 0, 5, 40)))[: schema["maxLength"]]
    raise AssertionError(f"no values for {schema}")
