"""Stage: play an activity from a test, without a server, a clock or a wire.

    stage = Stage("checkin", people=["ana", "bo"], host="ana", named=True)
    assert stage.act("bo", "choose", icon="sun", word="soft").ok
    stage.act("ana", "show")
    assert stage.sees("bo")["room"]["answers"] == [{"icon": "sun", "word": "soft"}]

Each person has a tree of their own that is kept by the changes they may see, as in a browser;
``stage.sees`` fails when it is not what a fresh snapshot would show. Who comes into a team, or
out of one, is shown the whole anew, as the room does. What a team was given to run is noted in
``stage.nests``; it is played in tests/room.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from server import kit
from server.kit import Activity, Change

SEED = b"stage" * 6 + b"!!"


class Outcome(NamedTuple):
    """What became of an action: ``ok``, ``noop``, ``refused`` (with its code) or ``fault``."""

    kind: str
    code: str = ""
    facts: dict[str, Any] = {}  # noqa: RUF012
    changes: tuple[Change, ...] = ()

    @property
    def ok(self) -> bool:
        return self.kind == "ok"


def load(kind: str) -> Activity:
    """The activity of ``activities/<kind>/rules.py``."""
    found: Activity = importlib.import_module(f"activities.{kind}.rules").jam
    return found


def may_see(path: str, who: str, host: bool, team: str = "") -> bool:
    """Default deny: what is not named here is seen by nobody."""
    root, _, rest = path.partition("/")
    if root == "room":
        return True
    if root == "own":
        return rest == who or rest.startswith(who + "/")
    if root == "team":
        return bool(team) and (rest == team or rest.startswith(team + "/"))
    return root == "host" and host


def team_of(state: dict[str, Any], who: str) -> str:
    """The team that somebody is in, or ""."""
    return str((state["room"].get("team") or {}).get(who, ""))


def view(state: dict[str, Any], who: str, host: bool, team: str = "") -> dict[str, Any]:
    """The part of a state that somebody may see."""
    seen: dict[str, Any] = {"room": state["room"], "own": {}}
    if who in state["own"]:
        seen["own"] = {who: state["own"][who]}
    if host:
        seen["host"] = state["host"]
    if team and team in state["team"]:
        seen["team"] = {team: state["team"][team]}
    elif team:
        seen["team"] = {}
    return seen


class Stage:
    """One activity and its people. Time passes only in ``wait``."""

    def __init__(
        self,
        kind: str | Activity,
        people: Iterable[str] = ("ana", "bo"),
        host: str = "",
        seed: bytes = SEED,
        names: dict[str, str] | None = None,
        guard: bool = True,
        **options: Any,
    ) -> None:
        self.activity = load(kind) if isinstance(kind, str) else kind
        self.options = self.activity.clean_options(options)
        self.seed, self.now, self.offset = seed, 1_000_000, 0
        self.names, self.guard = names or {}, guard
        self.people: dict[str, dict[str, Any]] = {}
        self.timers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.trees: dict[str, dict[str, Any]] = {}
        self.sent: dict[str, list[list[Any]]] = {}
        self.changes: list[Change] = []
        self.faults: list[kit.Fault] = []
        self.nests: dict[str, tuple[str, dict[str, Any]]] = {}
        self.forgotten = 0
        people = list(people)
        self.host = host or people[0]
        for who in people:
            self._seat(who)
        started = kit.start(self.activity, self._ctx("", "clock"), guard=self.guard)
        self.state: dict[str, Any] = started.state
        self._wind(started.timers)
        for who in people:
            self._snap(who)
        for who in people:
            self._hook("join", who)

    def act(self, who: str, name: str, /, **args: Any) -> Outcome:
        """Somebody does something."""
        role = "host" if who == self.host else "member"
        return self._run(name, args, self._ctx(who, role))

    def heard(self) -> set[str] | None:
        """Whose microphones are open besides the hosts'; None for everybody's."""
        named = kit.heard(
            self.activity, self.state["room"], self.options, self.people, guard=self.guard
        )
        return None if named is None else {*named}

    def wait(self, ms: int) -> None:
        """Let time pass; due timers fire in their order."""
        end = self.now + ms
        while True:
            due = sorted((at, name) for name, (at, _) in self.timers.items() if at <= end)
            if not due:
                break
            at, name = due[0]
            _, args = self.timers.pop(name)
            self.now = max(self.now, at)
            self._run(name, args, self._ctx("", "clock", at))
        self.now = end

    def join(self, who: str) -> None:
        """Somebody new comes in, and is shown the room."""
        self._seat(who)
        self._snap(who)
        self._hook("join", who)

    def away(self, who: str) -> None:
        """Somebody loses the line."""
        self.people[who]["here"] = False
        self._hook("away", who)

    def back(self, who: str) -> None:
        """Somebody comes back."""
        self.people[who]["here"] = True
        self._hook("back", who)

    def reveal(self) -> Outcome:
        """The time of the team in which this runs is over."""
        ctx = self._ctx("", "clock")
        return self._apply(kit.run_hook(self.activity, self.state, "reveal", ctx, guard=self.guard))

    def erase(self, who: str) -> None:
        """Somebody leaves no trace."""
        self._hook("erase", who)
        del self.people[who], self.trees[who]

    def sees(self, who: str) -> dict[str, Any]:
        """The tree that somebody has in the browser."""
        fresh = view(self.state, who, who == self.host, team_of(self.state, who))
        assert self.trees[who] == fresh, f"{who} would see something else after a reload"
        return self.trees[who]

    def harvest(self, named: Iterable[str] = ()) -> list[kit.Piece]:
        """What there is to keep; only these people want their names beside what they gave."""
        room = json.loads(json.dumps(self.state["room"]))
        return kit.harvest(self.activity, room, {who: self._names()[who] for who in named})

    def bytes_of(self, who: str) -> str:
        """All that was ever sent to somebody."""
        return json.dumps(self.sent[who], ensure_ascii=False)

    def reload(self) -> None:
        """The server starts again from what it has stored; a store may sort its keys."""
        self.state = json.loads(json.dumps(self.state, sort_keys=True))

    def _names(self) -> dict[str, str]:
        return {who: facts["name"] for who, facts in self.people.items()}

    def _seat(self, who: str) -> None:
        role = "host" if who == self.host else "member"
        name = self.names.get(who, who.title())
        self.people[who] = {"name": name, "ink": 0, "shape": 0, "role": role, "here": True}

    def _snap(self, who: str) -> None:
        seen = view(self.state, who, who == self.host, team_of(self.state, who))
        self.trees[who] = json.loads(json.dumps(seen))
        self.sent.setdefault(who, []).append([self.trees[who]])

    def _ctx(self, me: str, role: str, due: int | None = None) -> kit.Ctx:
        self.offset += 1
        rng = kit.Rng(self.seed, self.offset)
        people = json.loads(json.dumps(self.people))
        return kit.Ctx(me, role, self.now, self.offset, rng, self.options, people, due)

    def _run(self, name: str, args: dict[str, Any], ctx: kit.Ctx) -> Outcome:
        try:
            effects = kit.run(self.activity, self.state, name, args, ctx, guard=self.guard)
            return self._apply(effects)
        except kit.Refusal as refusal:
            return Outcome("refused", refusal.code, refusal.facts)
        except kit.Fault as fault:
            self.faults.append(fault)
            return Outcome("fault", str(fault))

    def _hook(self, name: str, who: str) -> None:
        role = "host" if who == self.host else "member"
        self._apply(
            kit.run_hook(self.activity, self.state, name, self._ctx(who, role), guard=self.guard)
        )

    def _apply(self, effects: kit.Effects) -> Outcome:
        before = {who: team_of(self.state, who) for who in self.trees}
        try:
            self.state = kit.apply(self.state, effects.changes)
        except kit.PatchError as error:
            raise kit.Fault(f"{self.activity.kind}: {error}") from error
        self.changes.extend(effects.changes)
        self._wind(effects.timers)
        if effects.forget:
            self.forgotten += 1
            self.seed = kit.ratchet(self.seed, self.offset)
        for nest in effects.nests:
            if nest.kind:
                self.nests[nest.team] = (nest.kind, dict(nest.options))
            else:
                self.nests.pop(nest.team, None)
        wires: dict[tuple[int, ...], list[Any]] = {}  # most people are sent the same
        for who in self.trees:
            host, team = who == self.host, team_of(self.state, who)
            if team != before[who]:
                self._snap(who)
                continue
            paths = enumerate(change.path for change in effects.changes)
            seen = tuple(at for at, path in paths if may_see(path, who, host, team))
            if seen not in wires:
                mine = kit.coalesce([effects.changes[at] for at in seen])
                wires[seen] = json.loads(json.dumps([change.wire() for change in mine]))
            self.sent[who].append(wires[seen])
            if seen:
                self.trees[who] = kit.apply(self.trees[who], map(Change.of, wires[seen]))
        changed = effects.changes or effects.timers or effects.forget or effects.nests
        return Outcome("ok" if changed else "noop", changes=tuple(effects.changes))

    def _wind(self, timers: list[kit.After]) -> None:
        for timer in timers:
            self.timers.pop(timer.name, None)
            if timer.ms:
                self.timers[timer.name] = (self.now + timer.ms, timer.args)
