"""Laws that hold for every kind, whoever wrote it. Each raises AssertionError when it is broken.

Z1 totality - Z2 determinism - Z3 patches and merging - Z4 snapshots - Z5 no hidden text reaches
others before somebody reveals it - Z6 erase - Z7 harvest - Z8 walls - Z9 declaration - Z12 reveal
- Z14 heard.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from server import kit
from server.kit import Action, Activity, Change, Field, Live
from tests.laws.script import HOST, NAMES, PEOPLE, Step, Writer
from tests.stage import Outcome, Stage, may_see, view

ENGINE_CODES = {
    "not_now", "not_yours", "host_only", "no_action", "too_long", "too_short", "not_a_choice",
    "not_a_number", "not_text", "not_a_list", "nobody", "missing", "unknown",
}  # fmt: skip
ROOT = Path(__file__).parents[2]


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def take(stage: Stage, step: Step) -> Outcome | None:
    """One step of a script."""
    if step.do == "act":
        return stage.act(step.who, step.name, **step.args)
    if step.do == "wait":
        stage.wait(step.ms)
    elif step.do == "reload":
        stage.reload()
    elif step.who in stage.people or step.do == "join":
        getattr(stage, step.do)(step.who)
    return None


def opened(activity: Activity, options: dict[str, Any], guard: bool = True) -> Stage:
    return Stage(activity, PEOPLE, HOST, names=NAMES, guard=guard, **options)


def clean(activity: Activity, options: dict[str, Any]) -> dict[str, Any]:
    """The options, if they are good ones; else none."""
    try:
        return activity.clean_options(options)
    except kit.Refusal:
        return {}


def play(activity: Activity, options: dict[str, Any], steps: Sequence[Step]) -> Stage:
    stage = opened(activity, options)
    for step in steps:
        take(stage, step)
    return stage


class Watch:
    """Plays a script and holds it to the laws at every step."""

    def __init__(self, activity: Activity, options: dict[str, Any]) -> None:
        self.stage = opened(activity, options)
        self.activity = activity
        self.hidden: dict[str, str] = {}  # text that only its author may know yet -> author
        self.given: dict[str, set[str]] = {}  # and those whom a host or the clock gave it
        self.typed: dict[str, list[str]] = {who: [] for who in NAMES}
        self.signed: set[str] = set()

    def step(self, step: Step) -> None:
        stage = self.stage
        outcome = take(stage, step)
        # Z1: whatever people send, it is done, without effect, or refused with a known code
        assert not stage.faults, f"{step}: {stage.faults[0]!r}"
        if outcome is not None and outcome.kind == "refused":
            assert outcome.code in ENGINE_CODES | set(self.activity.refusals), outcome
            json.dumps(outcome.facts)
        for who in stage.trees:
            stage.sees(who)  # Z3
        self.taint(step, outcome)
        walls(stage.state)
        self.heard()

    def taint(self, step: Step, outcome: Outcome | None) -> None:
        """Z5: what a kind keeps in own/ or vault/ is shown by a host or the clock, to all or to a
        team, or never."""
        stage = self.stage
        if outcome is not None and outcome.ok:
            secret = dump([stage.state["own"], stage.state["vault"]])
            self.typed[step.who] += step.typed
            self.hidden.update({word: step.who for word in step.typed if f'"{word}"' in secret})
            if step.args.get("named") is True:
                self.signed.add(step.who)
        action = self.activity.actions.get(step.name)
        reveals = step.do == "wait" or (action is not None and action.by in ("host", "clock"))
        told = dump(outcome.facts) if outcome is not None else ""
        public = dump([stage.state["room"], stage.state["team"]])
        for word, author in list(self.hidden.items()):
            assert word not in told or author == step.who, f"{step}: refusal tells {word}"
            if reveals and f'"{word}"' in public:
                del self.hidden[word]
                continue
            knows = self.given.setdefault(word, {author})
            for who in stage.trees:
                if who not in knows and f'"{word}"' in json.dumps(stage.sent[who][-1]):
                    assert reveals, f"{step}: {who}"
                    knows.add(who)

    def heard(self) -> None:
        """Z14: who may be heard follows from what all can see, and is people or nobody."""
        named = self.stage.heard()
        assert named == self.stage.heard(), "who is heard changes by asking"
        assert named is None or named <= NAMES.keys(), f"{named} are heard"

    def reveal(self) -> None:
        """Z12: when its time in a team is over, a kind shows once what was given to be shown; a
        sealed one then ties nobody to anything."""
        stage = self.stage
        outcome = stage.reveal()
        for who in stage.trees:
            stage.sees(who)
        walls(stage.state)
        public = dump(stage.state["room"])
        for word in list(self.hidden):
            if f'"{word}"' in public:
                del self.hidden[word]
        assert outcome.ok or outcome.kind == "noop"
        if outcome.changes and self.activity.sealed:
            left = [stage.state[root] for root in kit.FORGOTTEN]
            assert not any(left), f"after the show it is known who gave what: {left}"
        assert not stage.reveal().changes, "a reveal shows once"

    def erase(self, who: str) -> None:
        """Z6: after an erase neither id nor name nor text of the member is anywhere.

        What a Forget has cut off from its author cannot be found; that is its promise.
        """
        stage = self.stage
        name = stage.people[who]["name"]
        stage.erase(who)
        left = dump(stage.state) + dump([args for _, args in stage.timers.values()])
        assert who not in left, f"the id of {who} is left in {left}"
        assert name not in left, f"the name of {who} is left"
        for word in self.typed[who]:
            assert stage.forgotten or f'"{word}"' not in left, f"{word} of {who} is left"
        for other in stage.trees:
            stage.sees(other)
        assert not stage.faults

    def harvest(self) -> None:
        """Z7: a harvest says nothing that is not public, and names nobody who did not sign or
        allow it; nobody's id is in it either way."""
        stage = self.stage
        for piece in stage.harvest(stage.people):
            kept = piece.markdown() + piece.csv()
            for who in NAMES:
                assert who not in kept, f"the id of {who} is in the harvest"
        pieces = stage.harvest()
        kept = "".join(piece.markdown() + piece.csv() for piece in pieces)
        for word in self.hidden:
            assert word not in kept
        for who, name in NAMES.items():
            assert who not in kept, f"the id of {who} is in the harvest"
            assert who in self.signed or name not in kept, f"{name} is in the harvest"
        assert len({piece.name for piece in pieces}) == len(pieces), "names of pieces are files"


def walls(value: Any) -> None:
    """Z8: no float, no wide dict, no integer beyond a browser's."""
    assert not isinstance(value, float)
    if isinstance(value, dict):
        assert len(value) <= 200
        for item in value.values():
            walls(item)
    elif isinstance(value, list):
        for item in value:
            walls(item)
    elif isinstance(value, int):
        assert abs(value) <= 2**53


def law_play(activity: Activity, chance: Random, length: int = 14) -> None:
    """Z1, Z3, Z5-Z8 over one script."""
    writer = Writer(chance, activity)
    watch = Watch(activity, clean(activity, writer.options()))
    for step in writer.script(length):
        watch.step(step)
    if chance.randrange(2):
        watch.reveal()
    watch.harvest()
    watch.erase(chance.choice(PEOPLE[1:]))


def law_again(activity: Activity, chance: Random, length: int = 14) -> None:
    """Z2, Z4: the same again, with a restart after any step, ends the same; Z3 over many steps."""
    writer = Writer(chance, activity)
    options, steps = clean(activity, writer.options()), writer.script(length)
    cut = chance.randrange(length)
    once = play(activity, options, steps[:cut])
    state, since = once.state, len(once.changes)
    for step in steps[cut:]:
        take(once, step)
    again = play(activity, options, [*steps[:cut], Step("reload"), *steps[cut:]])
    assert dump(once.state) == dump(again.state), "a restart makes a difference"
    assert once.sent == play(activity, options, steps).sent, "twice the same is not the same"
    for who in PEOPLE:
        host = who == HOST
        mine = [change for change in once.changes[since:] if may_see(change.path, who, host)]
        merged = [Change.of(wire) for wire in json.loads(json.dumps(wires(kit.coalesce(mine))))]
        assert kit.apply(view(state, who, host), merged) == view(once.state, who, host)


def wires(changes: Sequence[Change]) -> list[list[Any]]:
    return [change.wire() for change in changes]


def law_flood(activity: Activity, times: int = 220) -> None:
    """Z1, Z8: nothing breaks when anybody does the same thing over and over."""
    for name, action in activity.actions.items():
        stage = opened(activity, {}, guard=False)  # the lent copies would cost most of the time
        writer = Writer(Random(name), activity, hostile=False)
        for at in range(times):
            if at % 20 == 1 or not action.schema()["properties"]:
                for other in activity.actions:
                    stage.act(HOST, other, **writer.args(other))
            stage.act(HOST if action.by == "host" else PEOPLE[1], name, **writer.args(name))
            assert not stage.faults, f"{name}, {at} times: {stage.faults[0]!r}"
        walls(stage.state)


def law_hashes(names: Sequence[str]) -> None:
    """Z2: two processes that hash differently write the same bytes."""
    found = []
    for seed in ("1", "2"):
        found.append(
            subprocess.run(
                [sys.executable, "-m", "tests.laws.child", *names],
                cwd=ROOT,
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": ""},
                capture_output=True,
                check=True,
                text=True,
            ).stdout.split()
        )
    assert len(found[0]) == len(names)
    different = [name for name, one, two in zip(names, *found, strict=True) if one != two]
    assert not different, f"{different} depend on the order of a set"


def law_declared(activity: Activity) -> None:
    """Z9: what a stranger's client is told is there, and an erase."""
    assert "erase" in activity.hooks, "a kind without erase keeps what people want gone"
    assert activity.starter is not None
    assert activity.actions
    assert activity.harvester is not None
    assert activity.clean_options({}) == {
        name: field.default for name, field in activity.options.items()
    }
    for field in activity.options.values():
        assert json.loads(json.dumps(field.schema())) == field.schema()
    for name, action in activity.actions.items():
        assert action.doc.endswith((".", ":")), f"{name} says what it does in a sentence"
        assert json.loads(json.dumps(action.schema())) == action.schema()
    for code, sentence in activity.refusals.items():
        assert code not in ENGINE_CODES
        assert sentence.endswith("."), code
    for name, live in activity.lives.items():
        assert not activity.sealed or live.phase, f"{name}: no live value while answers are held"


def law_bounds(activity: Activity) -> None:
    """Z8: each field takes its bound and refuses the next."""
    people = {who: {"name": ""} for who in PEOPLE}
    takers: list[Action | Live] = [*activity.actions.values(), *activity.lives.values()]
    declared: list[tuple[str, dict[str, Field]]] = [
        *((taker.name, taker.fields) for taker in takers),
        ("options", activity.options),
    ]
    for name, fields in declared:
        writer = Writer(Random(1), activity, hostile=False)
        base = {field: writer.value(field, what.schema()) for field, what in fields.items()}
        kit.check_all(fields, base, people)
        for field, what in fields.items():
            for value, code in edges(what.schema()):
                given = {**base, field: value}
                if code is None:
                    assert kit.check_all(fields, given, people)[field] == value, f"{name}.{field}"
                    continue
                with pytest.raises(kit.FieldError) as caught:
                    kit.check_all(fields, given, people)
                assert caught.value.code == code, f"{name}.{field}"


def edges(schema: dict[str, Any]) -> list[tuple[Any, str | None]]:
    """Values at a field's bounds, and just beyond them with the code they are refused with."""
    if "anyOf" in schema:
        inner = [edge for edge in edges(schema["anyOf"][0]) if edge[0] is not None]
        return [(None, None), *inner]
    if "enum" in schema:
        return [*((value, None) for value in schema["enum"]), ("zq", "not_a_choice")]
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        wrong = [low - 1, high + 1, low + 0.5, str(low), None, True]
        return [(low, None), (high, None), *((value, "not_a_number") for value in wrong)]
    if schema["type"] == "boolean":
        return [(True, None), (False, None), (0, "not_a_choice"), (None, "not_a_choice")]
    if schema["type"] == "array":
        return [([], None), ([0] * (schema["maxItems"] + 1), "not_a_list"), ({}, "not_a_list")]
    if schema.get("format") == "data":
        fits = {"a": "x" * (schema["maxLength"] - 17)}  # the key, and eight for each value
        wrong = [{"a": fits["a"] + "x"}, {"a": 0.5}, {"A": 1}, {"a": {"a": {"a": {}}}}, [], None]
        return [({}, None), (fits, None), *((value, "not_a_list") for value in wrong)]
    if schema.get("format") == "member":
        return [(PEOPLE[1], None), ("nobody", "nobody"), (None, "nobody")]
    most = schema["maxLength"]
    short: list[tuple[Any, str | None]] = [("", None if schema["minLength"] == 0 else "too_short")]
    at_most = "\U0001f327" * most  # four bytes and two UTF-16 units each, one code point
    return [*short, (at_most, None), (at_most + "a", "too_long"), (7, "not_text")]
