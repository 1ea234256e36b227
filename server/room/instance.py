"""An instance: one activity at its place in the state - running, nested in a team, or past.

The rules of a kind always see the same small tree; where that tree lies and where its changes and
timers go is known here alone. Nested instances live under the segment `in` (decisions.md 7).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from server import kit
from server.kit import CLOCK, HOST, MEMBER, Activity, After, Change, Ctx, Effects, Nest, Refusal

from .beyond import Beyond
from .moment import Moment
from .revision import rules_of

ROOTS = ("room", "own", "host", "vault", "team")


class Step:
    """What one step did, for the fold: changes already applied, and whether to forget."""

    __slots__ = ("changes", "fault", "forget", "forgot")

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.forget = False
        self.forgot: list[int] = []  # the generations that forget, for journals of undo
        self.fault = ""

    def write(self, at: Moment, changes: Iterable[Change]) -> None:
        """Apply and keep. Raises PatchError, and then none of these is applied."""
        found = list(changes)
        at.tree.apply(found)
        self.changes.extend(found)


class Instance:
    """`team` names the team it is nested in, `past` the generation it had; or they are empty.

    `g` is the generation of what everybody is at, or was; `nested` that of the one in the team.
    """

    __slots__ = ("g", "nested", "options", "past", "rules", "team")

    def __init__(
        self,
        rules: Activity,
        options: Mapping[str, Any],
        team: str = "",
        past: str = "",
        g: int = 0,
        nested: int = 0,
    ) -> None:
        # What began before its kind had an option goes on with that option's first value.
        self.rules, self.team, self.past = rules, team, past
        self.options = {**rules.usual, **options}
        self.g, self.nested = g, nested

    @property
    def base(self) -> str:
        """What stands before its paths in the room's tree."""
        return f"past/{self.past}/" if self.past else ""

    def state(self, at: Moment) -> dict[str, Any]:
        """The activity's own tree. Read only."""
        root = at.tree.root
        if self.past:
            root = root["past"][self.past]
        if self.team:
            return kit.inner(root, self.team, members_of(root, self.team))
        return part(root)

    def ctx(self, at: Moment, member: str, role: str = "", due: int | None = None) -> Ctx:
        people = at.people
        if self.team:
            people = {who: people[who] for who in self._members(at) if who in people}
        if not role:  # in a team everybody leads
            hosts = at.people.get(member, {}).get("role") == "host"
            role = HOST if hosts or (self.team and member in people) else MEMBER
        return Ctx(member, role, at.now, at.offset, at.rng(), self.options, people, due)

    def _members(self, at: Moment) -> list[str]:
        root = at.tree.root
        return members_of(root["past"][self.past] if self.past else root, self.team)

    def land(self, at: Moment, step: Step, effects: Effects, base: int | None = None) -> None:
        """Apply what a reducer gave, at its place; set its timers; open what it nests.

        `base` is when a chain of timers counts from. A past activity starts nothing any more.
        """
        if self.team and (effects.nests or effects.reveals):
            raise kit.Fault(f"{self.rules.kind}: a team inside a team")
        changes = kit.mount(effects.changes, self.team) if self.team else effects.changes
        if self.past:
            if self.rules.sealed:  # the tie of name and answer is forgotten: nothing ties it again
                changes = [c for c in changes if c.path.partition("/")[0] not in kit.FORGOTTEN]
            step.write(at, [Change(self.base + c.path, c.value) for c in changes])
            return
        regroups = any(c.path.startswith("room/team") for c in changes)
        before = {**_teams_of(at)} if regroups else {}
        step.write(at, changes)
        for timer in effects.timers:
            self._wind(at, step, timer, at.now if base is None else base)
        if effects.forget:
            step.forget = True
            step.forgot.append(at.meet["now"]["g"])
        for nest in effects.nests:
            nested(at, step, nest)
        if regroups:
            regrouped(at, step, before, {nest.team for nest in effects.nests})

    def _wind(self, at: Moment, step: Step, timer: After, base: int) -> None:
        path = f"sys/timers/{self.team + '.' if self.team else ''}{timer.name}"
        if timer.ms == 0:
            step.write(at, [Change(path)])
            return
        serial = at.sys["serial"] + 1
        value = {"due": base + timer.ms, "serial": serial, "args": timer.args}
        step.write(at, [Change("sys/serial", serial), Change(path, value)])


def part(tree: Mapping[str, Any]) -> dict[str, Any]:
    """An activity's own tree, out of the room's or out of the past."""
    return {root: tree.get(root) or {} for root in ROOTS}


def members_of(tree: Mapping[str, Any], team: str) -> list[str]:
    """Who is in a team, in a fixed order."""
    teams = (tree.get("room") or {}).get("team") or {}
    return sorted(member for member, t in teams.items() if t == team)


def activity(at: Moment, kind: str, told: Mapping[str, Any]) -> Activity:
    """The rules by which this is opened, or goes on. Raises Refusal `no_card`: no server has that
    kind; or Beyond: another one has it, at that revision."""
    found = rules_of(at.kinds, told, kind)
    if found is not None:
        return found
    if kind in (told.get("revs") or {}):
        raise Beyond
    raise Refusal("no_card")


def running(at: Moment) -> Instance | None:
    """What everybody is at, if this server knows the kind."""
    now = at.meet["now"]
    rules = None if now is None else rules_of(at.kinds, now)
    return None if rules is None else Instance(rules, now["options"], g=now["g"])


def inside(at: Moment) -> Iterator[Instance]:
    """The nested instances of what runs, by team."""
    yield from _teams(at, at.meet["now"] or {}, "")


def past(at: Moment) -> Iterator[Instance]:
    """What ran before and is still kept, oldest first, after what was nested in it."""
    for told in at.meet["past"]:
        g = str(told["g"])
        if g in at.tree.root["past"] and "again" not in told:
            yield from _teams(at, told, g)
            if (rules := rules_of(at.kinds, told)) is not None:
                yield Instance(rules, told["options"], past=g, g=told["g"])


def _teams(at: Moment, told: Mapping[str, Any], past: str) -> Iterator[Instance]:
    for team, inner in sorted((told.get("in") or {}).items()):
        if (rules := rules_of(at.kinds, told, inner["kind"])) is not None:
            yield Instance(rules, inner["options"], team, past, told["g"], inner["g"])


def meant(at: Moment, kind: str, name: str, g: int | None) -> Instance:
    """The instance that an op is for. Raises Refusal `closed` if it runs no more.

    Members act in their own team only; hosts in all. An op for the generation before still counts
    for a while where its action says so.
    """
    now = at.meet["now"]
    if now is not None and now["kind"] == kind and g in (None, now["g"]):
        return Instance(activity(at, kind, now), now["options"])
    for team, told in ((now or {}).get("in") or {}).items():
        if told["g"] == g and told["kind"] == kind:
            if at.role != "host" and at.me not in members_of(at.tree.root, team):
                raise Refusal("not_now")
            return Instance(activity(at, kind, now), told["options"], team)
    told = next((p for p in at.meet["past"] if p["g"] == g and p["kind"] == kind), None)
    if told is None or str(g) not in at.tree.root["past"]:
        raise Refusal("closed")
    rules = activity(at, kind, told)
    action = rules.actions.get(name)
    if action is None or not action.grace or at.now - told["closed"] > at.limits.grace_ms:
        raise Refusal("closed")
    return Instance(rules, told["options"], past=str(g))


def nested(at: Moment, step: Step, nest: Nest) -> None:
    """Open a kind inside a team, in place of what ran there. Raises Refusal or Fault."""
    old = next((found for found in inside(at) if found.team == nest.team), None)
    if old is not None:
        step.write(at, _away(at, old))
    path = f"meet/now/in/{nest.team}"
    if nest.kind == "":
        step.write(at, [Change(path)])
        return
    rules = activity(at, nest.kind, at.meet["now"])
    fresh = Instance(rules, rules.clean_options(nest.options), nest.team)
    started = kit.start(rules, fresh.ctx(at, at.me, HOST))
    g = at.sys["g"] + 1
    told = {"g": g, "kind": nest.kind, "options": dict(fresh.options), "opened": at.now}
    step.write(at, [Change("sys/g", g), Change(path, told)])
    was = (at.meet["now"].get("inner") or {}).get(nest.kind)
    if was != told["options"]:  # what was made inside can be looked at when it runs no more
        step.write(at, [Change(f"meet/now/inner/{nest.kind}", told["options"])])
    step.write(at, [Change(f"team/{nest.team}/in", started.state["room"])])
    fresh.land(at, step, Effects(list(_hidden(started.state)), started.timers, False))
    for member in members_of(at.tree.root, nest.team):
        fresh.land(at, step, kit.run_hook(rules, fresh.state(at), "join", fresh.ctx(at, member)))


def revealed(at: Moment, step: Step, teams: Container[str]) -> bool:
    """What was given in these teams to be shown is shown there, by the clock. Was anything?"""
    found = len(step.changes)
    for inner in [one for one in inside(at) if one.team in teams]:
        _told(at, step, inner, "reveal", "", CLOCK)
    return len(step.changes) > found


def regrouped(at: Moment, step: Step, before: Mapping[str, str], fresh: Container[str]) -> None:
    """Who changed teams comes into what runs there, and is away from what they left, whose sums are
    counted anew without them. What was opened just now (`fresh`) has greeted its people."""
    after = _teams_of(at)
    moved = [who for who in sorted({*before, *after}) if before.get(who) != after.get(who)]
    for inner in [found for found in inside(at) if found.team not in fresh] if moved else ():
        for who in moved:
            if inner.team not in (before.get(who), after.get(who)):
                continue
            for name in ("join",) if after.get(who) == inner.team else ("away", "mend"):
                _told(at, step, inner, name, who)


def _told(at: Moment, step: Step, inner: Instance, name: str, who: str, role: str = "") -> None:
    """A hook of a kind in a team. Its mistake keeps nobody out, and nobody from coming home."""
    try:
        effects = kit.run_hook(inner.rules, inner.state(at), name, inner.ctx(at, who, role))
        inner.land(at, step, effects)
    except (kit.Fault, kit.PatchError, Refusal):
        step.fault = f"{inner.rules.kind}.{name}"


def _teams_of(at: Moment) -> Mapping[str, str]:
    return (at.tree.root.get("room") or {}).get("team") or {}


def _hidden(state: Mapping[str, Any]) -> Iterator[Change]:
    """What a fresh activity holds outside room/, each part under its audience's own path."""
    for root in ("own", "host", "vault"):
        for key, value in (state.get(root) or {}).items():
            yield Change(f"{root}/{key}", value)


def _away(at: Moment, old: Instance) -> list[Change]:
    """The deletions that take a nested activity out of the state."""
    team = old.team
    gone = [Change(f"team/{team}/in"), Change(f"host/in/{team}"), Change(f"vault/in/{team}")]
    gone += [Change(f"own/{member}/in") for member in members_of(at.tree.root, team)]
    names = [name for name in at.sys["timers"] if name.startswith(f"{team}.")]
    return gone + [Change(f"sys/timers/{name}") for name in names]
