"""Run: one reducer, hook, start or harvest, judged and checked. The only way into a kind's code.

A Refusal is an answer; a Fault is a kind's mistake. Neither has any effect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from server.kit.activity import (
    CLOCK,
    HOST,
    MEMBER,
    TURN,
    Action,
    Activity,
    Ctx,
)
from server.kit.change import GONE, MAX_INT, Change, PatchError, apply, check_value, split
from server.kit.effect import After, Forget, Nest, Reveal
from server.kit.fields import Refusal
from server.kit.frozen import frozen
from server.kit.harvest import Piece
from server.kit.turns import whose

ROOTS: Final = ("room", "own", "host", "vault", "team")
FORGOTTEN: Final = ("own", "vault", "team")
MAX_EFFECTS: Final = 1_000
MAX_DELAY: Final = 24 * 60 * 60 * 1000


class Fault(Exception):
    """A kind's code did what no kind may. Logged by its class and place, never by its values."""


class Effects(NamedTuple):
    """What an action does. With ``forget`` the deletions are already among the changes."""

    changes: list[Change]
    timers: list[After]
    forget: bool
    nests: tuple[Nest, ...] = ()
    reveals: tuple[str, ...] = ()


class Started(NamedTuple):
    """A new activity: its whole tree, and the timers it asks for."""

    state: dict[str, Any]
    timers: list[After]


def start(activity: Activity, ctx: Ctx, *, guard: bool = False) -> Started:
    """The state of a new activity. ``guard`` freezes what the kind is given. Raises Fault."""
    state: dict[str, Any] = {"room": {}, "own": {}, "host": {}, "vault": {}, "team": {}}
    _lend(ctx, state, guard)
    try:
        made = activity.starter(ctx) if activity.starter else {}
        found: list[Any] = []
        if hasattr(made, "__next__"):
            made = _drain(made, found)
        if not isinstance(made, dict):
            raise Fault(f"{activity.kind}: start returns {type(made).__name__}")
        check_value(made, "room")
        effects = _sorted_out(activity, found, state)
        return Started(apply({**state, "room": made}, effects.changes), effects.timers)
    except Fault:
        raise
    except Exception as error:
        raise Fault(f"{activity.kind}: start: {type(error).__name__}") from error


def run(
    activity: Activity,
    state: Mapping[str, Any],
    name: str,
    args: Mapping[str, Any],
    ctx: Ctx,
    *,
    guard: bool = False,
) -> Effects:
    """The effects of an action at this state; raises Refusal or Fault."""
    action = activity.actions.get(name)
    if action is None:
        raise Refusal("no_action")
    _may(action, state, ctx)
    clean = action.check(args, ctx.people)
    _lend(ctx, state, guard)
    return _effects(activity, name, action.run, clean, ctx, state)


def run_hook(
    activity: Activity, state: Mapping[str, Any], name: str, ctx: Ctx, *, guard: bool = False
) -> Effects:
    """The effects of join, away, back, erase, mend, reveal or close; none if the kind has no such
    hook.

    After an erase nothing is left under own/ of that member, whatever the kind does. A sealed kind
    that has revealed something has forgotten whose it was.
    """
    hook = activity.hooks.get(name)
    effects = Effects([], [], False)
    if hook is not None:
        _lend(ctx, state, guard)
        effects = _effects(activity, name, hook, {}, ctx, state)
    if name == "erase" and ctx.me in state.get("own", {}):
        effects.changes.append(Change(f"own/{ctx.me}"))
    if name == "reveal" and activity.sealed and effects.changes and not effects.forget:
        gone = forgetting(apply(state, effects.changes))
        return effects._replace(changes=[*effects.changes, *gone], forget=True)
    return effects


def harvest(
    activity: Activity, room: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> list[Piece]:
    """What there is to keep, from the public part alone; raises Fault."""
    if activity.harvester is None:
        return []
    try:
        pieces = list(activity.harvester(frozen(room), dict(names or {})))
    except Exception as error:
        raise Fault(f"{activity.kind}: harvest: {type(error).__name__}") from error
    if not all(isinstance(piece, Piece) for piece in pieces):
        raise Fault(f"{activity.kind}: harvest yields strange things")
    return pieces


def heard(
    activity: Activity,
    room: Mapping[str, Any],
    options: Mapping[str, Any],
    people: Mapping[str, Any],
    *,
    guard: bool = False,
) -> frozenset[str] | None:
    """Who may be heard while this runs, from the public part alone; None for everybody. Raises
    Fault."""
    if activity.hearer is None:
        return None
    lent = (room, options, people)
    try:
        named = activity.hearer(*(frozen(one) if guard else one for one in lent))
        if named is None:
            return None
        if isinstance(named, Collection) and not isinstance(named, str | bytes):
            found = frozenset(named)
            if all(isinstance(who, str) for who in found):
                return found
    except Exception as error:
        raise Fault(f"{activity.kind}: heard: {type(error).__name__}") from error
    raise Fault(f"{activity.kind}: heard returns {type(named).__name__}")


def forgetting(state: Mapping[str, Any]) -> list[Change]:
    """The deletions that empty own/, vault/ and team/."""
    return [Change(f"{root}/{key}") for root in FORGOTTEN for key in sorted(state.get(root, {}))]


def _may(action: Action, state: Mapping[str, Any], ctx: Ctx) -> None:
    if ctx.role != CLOCK:
        if action.by == CLOCK or ctx.role not in (MEMBER, HOST):
            raise Refusal("no_action")
        if action.by == HOST and ctx.role != HOST:
            raise Refusal("host_only")
    room = state.get("room", {})
    if action.phase and room.get("phase") not in action.phase:
        raise Refusal("not_now")
    if action.by == TURN and ctx.role != CLOCK and whose(room) != ctx.me:
        raise Refusal("not_yours")


def _lend(ctx: Ctx, state: Mapping[str, Any], guard: bool) -> None:
    ctx.state = frozen(state) if guard else state
    if guard:
        ctx.options, ctx.people = frozen(ctx.options), frozen(ctx.people)


def _effects(
    activity: Activity, name: str, code: Any, args: dict[str, Any], ctx: Ctx, state: Any
) -> Effects:
    found: list[Any] = []
    try:
        made = code(ctx, **args)
        if made is not None:
            _drain(iter(made), found)
        return _sorted_out(activity, found, state)
    except (Refusal, Fault):
        raise
    except Exception as error:
        raise Fault(f"{activity.kind}.{name}: {type(error).__name__}") from error


def _drain(effects: Any, found: list[Any]) -> Any:
    """Read a generator to its end; its return value."""
    while True:
        try:
            effect = next(effects)
        except StopIteration as end:
            return end.value
        if len(found) >= MAX_EFFECTS:
            raise Fault("too many effects")
        # copied as it comes: what a reducer does to its own list later must not reach the room
        if isinstance(effect, Change):
            effect = Change(effect.path, plain(effect.value))
        found.append(effect)


def _sorted_out(activity: Activity, found: Iterable[Any], state: Mapping[str, Any]) -> Effects:
    changes: list[Change] = []
    timers: list[After] = []
    nests: list[Nest] = []
    reveals: list[str] = []
    forget = False
    for effect in found:
        if isinstance(effect, Change):
            segments = split(effect.path)
            if len(segments) < 2 or segments[0] not in ROOTS:
                raise PatchError("path", effect.path)
            if effect.value is not GONE:
                check_value(effect.value, effect.path)
            changes.append(effect)
        elif isinstance(effect, After):
            timers.append(_timer(activity, effect))
        elif isinstance(effect, Forget):
            forget = True
        elif isinstance(effect, Nest):
            nests.append(_nest(activity, effect))
        elif isinstance(effect, Reveal):
            reveals.append(effect.team)
        else:
            raise Fault(f"{activity.kind}: {type(effect).__name__} is no effect")
    if forget:
        after = apply(state, changes)
        changes.extend(forgetting(after))
    return Effects(changes, timers, forget, tuple(nests), tuple(reveals))


def _nest(activity: Activity, nest: Nest) -> Nest:
    if not nest.team or "/" in nest.team or "." in nest.team or not isinstance(nest.kind, str):
        raise Fault(f"{activity.kind}: {nest!r}")
    split(f"team/{nest.team}")  # raises for a segment that no browser may meet
    return Nest(nest.team, nest.kind, **plain(nest.options))


def _timer(activity: Activity, timer: After) -> After:
    if timer.name not in activity.actions or type(timer.ms) is not int:
        raise Fault(f"{activity.kind}: After({timer.ms!r}, {timer.name!r})")
    if not 0 <= timer.ms <= MAX_DELAY:
        raise Fault(f"{activity.kind}: After({timer.ms})")
    return After(timer.ms, timer.name, **plain(timer.args))


def plain(value: Any) -> Any:
    """A deep copy in plain JSON types; tuples become lists. Raises Fault for anything else."""
    kind = type(value)
    if value is GONE or value is None or kind is bool or kind is str:
        return value
    if kind is int:
        if -MAX_INT <= value <= MAX_INT:
            return value
        raise Fault("an integer beyond 2**53")
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise Fault(f"{kind.__name__} is no value")
