"""Scripts: what several people might do in an activity, some of it hostile, from its own schema."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from server.kit import Activity

PEOPLE = ("idana", "idbo", "idcy")
LATER = "iddi"
NAMES = {who: who.replace("id", "Name") for who in (*PEOPLE, LATER)}
HOST = PEOPLE[0]
HOSTILE: tuple[Any, ...] = (
    None, True, -1, 2**53 + 1, 0.5, "", " ", "x" * 5000, "a\u202eb\u0000", "\ud800", "__proto__",
    "a/b", "../room", "=1+1", [], [[]], {}, {"__proto__": 1}, {"a": {"a": {}}}, "0",
)  # fmt: skip
# Texts with a grammar of their own, which chance would never hit.
SAMPLES: dict[tuple[str, str], tuple[Any, ...]] = {
    ("canvas", "points"): ("AAA", "AoGoGUJ", "AAAUUUU"),
    ("canvas", "who"): PEOPLE,
    ("groups", "t"): ("1g0", "1g1", "2g0"),
    ("canvas", "marks"): (["1.1.0.AAA"], ["12.3.13.AoGoGUJ", "0.0.0.AAA"], []),
    ("ring", "points"): ("AAA", "AoGoGUJ", "AAAUUUU"),
}


class Step(NamedTuple):
    """``do`` is act, wait, join, away, back or reload."""

    do: str
    who: str = ""
    name: str = ""
    args: dict[str, Any] = {}  # noqa: RUF012
    ms: int = 0
    typed: tuple[str, ...] = ()


class Writer:
    """Makes up values. Every free text it writes is one of a kind, so that it can be traced."""

    def __init__(self, chance: Random, activity: Activity, hostile: bool = True) -> None:
        self.chance, self.activity, self.hostile = chance, activity, hostile
        self.count = 0
        self.typed: list[str] = []

    def one_in(self, n: int) -> bool:
        return self.chance.randrange(n) == 0

    def text(self, least: int, most: int) -> str:
        if self.hostile and self.one_in(8):
            return self.chance.choice(["x" * most, "y" * (most + 1), "é" * most, "\u202e", ""])
        self.count += 1
        word = f"zq{self.count}w"
        if len(word) > most:
            return "z" * max(least, 1)
        self.typed.append(word)
        return word

    def value(self, name: str, schema: dict[str, Any]) -> Any:
        """A value that the schema allows, or nearly."""
        samples = SAMPLES.get((self.activity.kind, name))
        if samples:
            return self.chance.choice(samples)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if "anyOf" in schema:
            return self.value(name, self.chance.choice(schema["anyOf"]))
        kind = schema["type"]
        if kind == "null":
            return None
        if kind == "boolean":
            return self.chance.choice([True, False])
        if kind == "integer":
            low, high = schema["minimum"], schema["maximum"]
            small = [n for n in (0, 1, 2, 3, low, high) if low <= n <= high]
            return self.chance.choice(small)
        if kind == "array":
            length = self.chance.randrange(min(schema["maxItems"], 4) + 1)
            return [self.value(name, schema["items"]) for _ in range(length)]
        if schema.get("format") == "member":
            return self.chance.choice(PEOPLE)
        if schema.get("format") == "data":
            return {}
        return self.text(schema["minLength"], schema["maxLength"])

    def args(self, name: str) -> dict[str, Any]:
        """Arguments for an action, now and then with something wrong in them."""
        schema = self.activity.actions[name].schema()["properties"]
        given = {
            field: self.value(field, described)
            for field, described in schema.items()
            if "default" not in described or not self.one_in(3)
        }
        if self.hostile and self.one_in(6):
            wrong = [*schema, "by", "__class__"]
            given[self.chance.choice(wrong)] = self.chance.choice(HOSTILE)
        if self.hostile and given and self.one_in(12):
            given.pop(self.chance.choice(sorted(given)))
        return given

    def step(self) -> Step:
        roll = self.chance.randrange(20)
        who = self.chance.choice(PEOPLE)
        if roll == 0:
            return Step("wait", ms=self.chance.choice([1, 1000, 60_000]))
        if roll == 1:
            return Step(self.chance.choice(["away", "back"]), who)
        names = list(self.activity.actions)
        name = self.chance.choice(names)
        # hosts' actions by hosts, else the game would hardly move on
        if self.activity.actions[name].by == "host" and not self.one_in(4):
            who = HOST
        if self.hostile and self.one_in(30):
            name = self.chance.choice(["nothing", "start", "__init__", ""])
            return Step("act", who, name, {})
        self.typed = []
        args = self.args(name)
        return Step("act", who, name, args, typed=tuple(self.typed))

    def script(self, length: int) -> list[Step]:
        steps = [self.step() for _ in range(length)]
        if length > 3 and self.one_in(2):
            steps.insert(length // 2, Step("join", LATER))
        return steps

    def options(self) -> dict[str, Any]:
        """Some options set, the others left."""
        return {
            name: self.value(name, field.schema())
            for name, field in self.activity.options.items()
            if self.one_in(2)
        }
