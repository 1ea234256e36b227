"""Activity: what one kind declares, by decorators, and what its reducers are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from server.kit.change import Change
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


class After:
    """Run an action in ``ms`` of log time; 0 takes the waiting one back.

    One is pending per action: a new one replaces it.
    """

    __slots__ = ("args", "ms", "name")

    def __init__(self, ms: int, name: str, /, **args: Any) -> None:
        self.ms, self.name, self.args = ms, name, args

    def __repr__(self) -> str:
        return f"After({self.ms}, {self.name!r}, {self.args})"


class Forget:
    """Clear own/, vault/ and team/, here and in the store, for good."""

    __slots__ = ()


class Nest:
    """Let a team run a kind of its own; an empty kind ends it. One runs in a team at a time.

    Who is in a team stands at ``room/team/<member>``; the nested activity has its own generation
    at ``meet/now/in/<team>``.
    """

    __slots__ = ("kind", "options", "team")

    def __init__(self, team: str, kind: str = "", /, **options: Any) -> None:
        self.team, self.kind, self.options = team, kind, options

    def __repr__(self) -> str:
        return f"Nest({self.team!r}, {self.kind!r})"


class Reveal:
    """Show in a team what was given there to be shown: its time is over.

    The kind that it runs does that (`Activity.reveal`), as if by the clock; whoever yields this is
    then run again, and reads what has been shown.
    """

    __slots__ = ("team",)

    def __init__(self, team: str) -> None:
        self.team = team

    def __repr__(self) -> str:
        return f"Reveal({self.team!r})"


Effect = Change | After | Forget | Nest | Reveal


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
        rev: int = 1,
    ) -> None:
        self.kind, self.sealed, self.rev = kind, sealed, rev
        self.options: dict[str, Field] = dict(options or {})
        self.refusals: dict[str, str] = dict(refusals or {})
        self.usual = {name: field.default for name, field in self.options.items()}
        """The first value of each option."""
        self.actions: dict[str, Action] = {}
        self.lives: dict[str, Live] = {}
        self.hooks: dict[str, Reducer] = {}
        self.starter: Callable[[Ctx], Any] | None = None
        self.harvester: Callable[[Any, Mapping[str, str]], Iterable[Piece]] | None = None
        for name, field in self.options.items():
            if field.default is REQUIRED:
                raise TypeError(f"{kind}: option {name} needs a default")
            field.check(field.default)

    def __repr__(self) -> str:
        return f"Activity({self.kind!r})"

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
