"""Activity: what one kind declares, by decorators, and what its reducers are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from server.kit.effect import Effect
from server.kit.fields import REQUIRED, Field, check_all
from server.kit.harvest import Piece
from server.kit.rng import Rng

HOOKS: Final = ("join", "away", "back", "erase", "mend", "reveal", "close")
AUDIENCES: Final = ("room", "team", "own", "host")


class Role(StrEnum):
    """Who may act. A host may do what a member may; the clock may do everything."""

    MEMBER = "member"
    HOST = "host"
    TURN = "turn"
    CLOCK = "clock"


MEMBER, HOST, TURN, CLOCK = Role.MEMBER, Role.HOST, Role.TURN, Role.CLOCK


class Ctx:
    """What a reducer may know. Read only; lists and dicts in it belong to the room."""

    __slots__ = ("due", "me", "now", "offset", "options", "people", "rng", "role", "state")

    def __init__(
        self,
        me: str,
        role: str,
        now: int,
        offset: int,
        rng: Rng,
        options: Mapping[str, Any],
        people: Mapping[str, Any],
        due: int | None = None,
        state: Mapping[str, Any] | None = None,
    ) -> None:
        self.me, self.role, self.now, self.offset, self.rng = me, role, now, offset, rng
        self.due = now if due is None else due
        self.options, self.people = options, people
        self.state: Mapping[str, Any] = {} if state is None else state

    @property
    def room(self) -> Any:
        """The part everyone sees."""
        return self.state.get("room", {})

    @property
    def own(self) -> Any:
        """The part that only this member sees."""
        return self.state.get("own", {}).get(self.me, {})


Reducer = Callable[..., Iterator[Effect]]
F = TypeVar("F", bound=Callable[..., Any])
Phase = str | tuple[str, ...] | None


class Action:
    """One thing a person, a host or the clock can do."""

    __slots__ = ("after", "by", "fields", "name", "phase", "run")

    def __init__(
        self,
        name: str,
        by: Role,
        phase: tuple[str, ...],
        fields: dict[str, Field],
        run: Reducer,
        after: bool,
    ) -> None:
        self.name, self.by, self.phase, self.fields = name, by, phase, fields
        self.run, self.after = run, after

    @property
    def doc(self) -> str:
        """The first sentence of what it does, for strangers' clients."""
        return (self.run.__doc__ or "").strip().split("\n")[0]

    @property
    def grace(self) -> bool:
        """An op of the generation before still counts for 10 s."""
        return self.after

    def check(self, given: Mapping[str, Any], people: Iterable[str] = ()) -> dict[str, Any]:
        """The clean arguments; raises FieldError."""
        return check_all(self.fields, given, people if isinstance(people, Mapping) else {*people})

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the arguments."""
        return _schema(self.fields)


class Live:
    """A value that is passed on and never stored; the latest one wins."""

    __slots__ = ("fields", "name", "phase", "to")

    def __init__(
        self, name: str, to: str, phase: tuple[str, ...], fields: dict[str, Field]
    ) -> None:
        self.name, self.to, self.phase, self.fields = name, to, phase, fields

    def check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The clean value; raises FieldError."""
        return check_all(self.fields, given)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the value."""
        return _schema(self.fields)


class Activity:
    """A kind of activity. Its decorators collect; nothing runs until the engine asks."""

    def __init__(
        self,
        kind: str,
        *,
        options: Mapping[str, Field] | None = None,
        sealed: bool = False,
        refusals: Mapping[str, str] | None = None,
        revision: int = 1,
        before: Activity | None = None,
    ) -> None:
        """`before` are the rules of the revision before this one: what was opened by them goes on
        by them."""
        self.kind, self.sealed = kind, sealed
        self.revision, self.before = revision, before
        self.options: dict[str, Field] = dict(options or {})
        self.refusals: dict[str, str] = dict(refusals or {})
        self.usual = {name: field.default for name, field in self.options.items()}
        """The first value of each option."""
        self.actions: dict[str, Action] = {}
        self.lives: dict[str, Live] = {}
        self.hooks: dict[str, Reducer] = {}
        self.starter: Callable[[Ctx], Any] | None = None
        self.harvester: Callable[[Any, Mapping[str, str]], Iterable[Piece]] | None = None
        self.hearer: Callable[[Any, Any, Any], object] | None = None
        for name, field in self.options.items():
            if field.default is REQUIRED:
                raise TypeError(f"{kind}: option {name} needs a default")
            field.check(field.default)
        if revision < (1 if before is None else before.revision + 1):
            raise TypeError(f"{kind}: revision {revision} is none, or not after the one before it")
        if before is not None and before.kind != kind:
            raise TypeError(f"{kind}: {before.kind} is another kind")
        if before is not None and (gone := before.options.keys() - self.options.keys()):
            raise TypeError(f"{kind}: plans have the option {min(gone)}, it has to stay")

    def __repr__(self) -> str:
        return f"Activity({self.kind!r})"

    @property
    def revisions(self) -> tuple[int, ...]:
        """Those whose rules are here, the latest one first."""
        return (self.revision, *(self.before.revisions if self.before is not None else ()))

    def at(self, revision: int) -> Activity | None:
        """The rules of one revision, if they are here."""
        if revision == self.revision or self.before is None:
            return self if revision == self.revision else None
        return self.before.at(revision)

    def start(self, run: F) -> F:
        """``(ctx)`` -> the room/ part; as a generator it may yield effects and return the part."""
        self.starter = run
        return run

    def action(
        self, by: Role = MEMBER, *, phase: Phase = None, after: bool = False, **fields: Field
    ) -> Callable[[F], F]:
        """Declare an action under its function's name: ``(ctx, **fields)`` yields effects."""
        phases = _phases(phase)

        def add(run: F) -> F:
            name = run.__name__
            if name in self.actions:
                raise TypeError(f"{self.kind}: {name} is there twice")
            self.actions[name] = Action(name, by, phases, dict(fields), run, after)
            return run

        return add

    def live(self, name: str, *, to: str = "room", phase: Phase = None, **fields: Field) -> Live:
        """Declare a live value and who sees it: room, team, own or host."""
        if to not in AUDIENCES or name in self.lives:
            raise TypeError(f"{self.kind}: live {name} to {to}")
        self.lives[name] = Live(name, to, _phases(phase), dict(fields))
        return self.lives[name]

    def join(self, run: F) -> F:
        """``ctx.me`` has come into the room, or was there when the activity began."""
        return self._hook("join", run)

    def away(self, run: F) -> F:
        """``ctx.me`` has lost the line."""
        return self._hook("away", run)

    def back(self, run: F) -> F:
        """``ctx.me`` has come back."""
        return self._hook("back", run)

    def erase(self, run: F) -> F:
        """``ctx.me`` is to leave no trace. own/<me> is deleted by the engine; do the rest."""
        return self._hook("erase", run)

    def mend(self, run: F) -> F:
        """What was erased of ``ctx.me`` has come back: count anew what is kept as a sum."""
        return self._hook("mend", run)

    def reveal(self, run: F) -> F:
        """The time of the team in which this ran is over: show what was given to be shown, and
        nothing where nothing was. A sealed kind then forgets whose it was."""
        return self._hook("reveal", run)

    def close(self, run: F) -> F:
        """The activity ends; ``ctx.me`` is whoever ended it."""
        return self._hook("close", run)

    def harvest(self, run: F) -> F:
        """``(room, names)`` yields Table, Lines and Picture for keeping."""
        self.harvester = run
        return run

    def heard(self, run: F) -> F:
        """``(room, options, people)`` -> whose microphones are open as things stand; None for
        everybody's. Hosts are heard besides, except in a team."""
        if self.hearer is not None:
            raise TypeError(f"{self.kind}: heard is there twice")
        self.hearer = run
        return run

    def clean_options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The options with their defaults; raises FieldError."""
        return check_all(self.options, given)

    def _hook(self, name: str, run: F) -> F:
        if name in self.hooks:
            raise TypeError(f"{self.kind}: {name} is there twice")
        self.hooks[name] = run
        return run


def _phases(phase: Phase) -> tuple[str, ...]:
    return () if phase is None else (phase,) if isinstance(phase, str) else tuple(phase)


def _schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: field.schema() for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.default is REQUIRED],
        "additionalProperties": False,
    }
