"""The running activity: opened, acted upon, closed, brought back. Its rules are a kind's own.

Everything here is a sequence of steps on the moment's tree; `fold` makes a step of several
changes all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from server import kit
from server.kit import (
    CLOCK,
    HOST,
    MEMBER,
    Activity,
    Change,
    Ctx,
    Effects,
    Fault,
    PatchError,
    Refusal,
)

from .moment import Moment

ROOTS = ("room", "own", "host", "vault", "team")
_encode = msgspec.json.Encoder().encode
LATE_MS = 2_000
"""A chain of timers counts from when it was due, unless it is later than this."""


class Step:
    """What one step did, for the fold: changes already applied, and whether to forget."""

    __slots__ = ("changes", "fault", "forget")

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.forget = False
        self.fault = ""

    def write(self, at: Moment, changes: Iterable[Change]) -> None:
        """Apply and keep. Raises PatchError, and then none of these is applied."""
        found = list(changes)
        at.tree.apply(found)
        self.changes.extend(found)


def part(tree: Mapping[str, Any]) -> dict[str, Any]:
    """An activity's own tree, out of the room's or out of the past."""
    return {root: tree.get(root) or {} for root in ROOTS}


def context(
    at: Moment, member: str, role: str, options: Mapping[str, Any], due: int | None = None
) -> Ctx:
    return Ctx(member, role, at.now, at.offset, at.rng(), options, at.people, due)


def activity(at: Moment, kind: str) -> Activity:
    """Raises Refusal `no_card`: this server does not have that kind."""
    found = at.kinds.get(kind)
    if found is None:
        raise Refusal("no_card")
    return found


def act(at: Moment, step: Step) -> None:
    """A member's op on the running activity, or on the one before it where that still counts."""
    kind, _, name = at.asked.do.partition(".")
    now = at.meet["now"]
    g = at.asked.g
    if now is not None and now["kind"] == kind and g in (None, now["g"]):
        rules = activity(at, kind)
        role = HOST if at.role == "host" else MEMBER
        ctx = context(at, at.me, role, now["options"])
        effects = kit.run(rules, part(at.tree.root), name, at.asked.d, ctx)
        _land(at, step, effects, "")
        return
    past = at.tree.root["past"].get(str(g))
    told = next((p for p in at.meet["past"] if p["g"] == g), None)
    if past is None or told is None or told["kind"] != kind:
        raise Refusal("closed")
    rules = activity(at, kind)
    action = rules.actions.get(name)
    if action is None or not action.grace or at.now - told["closed"] > at.limits.grace_ms:
        raise Refusal("closed")
    role = HOST if at.role == "host" else MEMBER
    ctx = context(at, at.me, role, told["options"])
    effects = kit.run(rules, part(past), name, at.asked.d, ctx)
    _land(at, step, Effects(effects.changes, [], False), f"past/{g}/")


def ring(at: Moment, step: Step) -> None:
    """`sys.timer {g, name, serial}`: the clock acts; stale bells do nothing."""
    told = at.asked.d
    now = at.meet["now"]
    timer = at.sys["timers"].get(told["name"])
    if now is None or now["g"] != told["g"] or not timer or timer["serial"] != told["serial"]:
        return
    step.write(at, [Change(f"sys/timers/{told['name']}")])
    due = timer["due"]
    ctx = context(at, "", CLOCK, now["options"], due)
    rules = activity(at, now["kind"])
    effects = kit.run(rules, part(at.tree.root), told["name"], timer["args"], ctx)
    _land(at, step, effects, "", base=due if at.now - due < LATE_MS else at.now)


def hook(at: Moment, step: Step, name: str, member: str) -> None:
    """Tell the running activity that somebody came, went or is to be erased.

    A kind's mistake here must not keep anybody out of the room: it is noted, and nothing more.
    """
    now = at.meet["now"]
    if now is None or now["kind"] not in at.kinds:
        return
    role = HOST if at.people.get(member, {}).get("role") == "host" else MEMBER
    ctx = context(at, member, role, now["options"])
    rules = at.kinds[now["kind"]]
    try:
        _land(at, step, kit.run_hook(rules, part(at.tree.root), name, ctx), "")
    except (Fault, PatchError, Refusal):
        step.fault = f"{rules.kind}.{name}"


def opened(
    at: Moment, step: Step, kind: str, options: Mapping[str, Any], card: str | None, minutes: int
) -> None:
    """Close what runs, and open this for everybody. Raises Refusal or Fault."""
    rules = activity(at, kind)
    chosen = rules.clean_options(options)
    closed(at, step)
    g = at.sys["g"] + 1
    started = kit.start(rules, context(at, at.me, HOST, chosen))
    step.write(at, [Change("sys/g", g), Change("room", started.state["room"])])
    step.write(at, _spread(started.state))
    step.write(at, [Change("meet/now", _now(at, g, kind, chosen, card, minutes))])
    _land(at, step, Effects([], started.timers, False), "")
    for member, person in at.people.items():
        if person["here"] and person["role"] != "screen":
            hook(at, step, "join", member)


def again(at: Moment, step: Step, g: int) -> None:
    """Bring a past activity back as a new generation, with all that was made in it."""
    told = next((p for p in at.meet["past"] if p["g"] == g), None)
    if told is None or str(g) not in at.tree.root["past"]:
        raise Refusal("no_card")
    if at.meet["now"] is not None:
        closed(at, step)
    state = at.tree.root["past"][str(g)]
    fresh = at.sys["g"] + 1
    step.write(at, [Change("sys/g", fresh), Change("room", state["room"])])
    step.write(at, _spread(state))
    step.write(at, [Change(f"past/{g}"), Change(f"sys/sizes/{g}")])
    index = at.meet["past"].index(told)
    step.write(at, [Change(f"meet/past/{index}/again", fresh)])
    back = _now(at, fresh, told["kind"], told["options"], told["card"], told["minutes"])
    step.write(at, [Change("meet/now", back)])


def closed(at: Moment, step: Step) -> None:
    """Move what runs into the past. A sealed kind forgets who gave what when it closes."""
    now = at.meet["now"]
    if now is None:
        return
    rules = at.kinds.get(now["kind"])
    if rules is not None:
        hook(at, step, "close", at.me)
        if rules.sealed:
            step.write(at, kit.forgetting(part(at.tree.root)))
            step.forget = True
    state = part(at.tree.root)
    g = now["g"]
    step.write(at, [Change(f"past/{g}", state)])
    step.write(at, _emptied(state))
    listed = {k: now[k] for k in ("g", "kind", "card", "options", "opened", "minutes")}
    index = len(at.meet["past"])
    step.write(at, [Change(f"meet/past/{index}", {**listed, "closed": at.now})])
    step.write(at, [Change("meet/now", None)])
    size = len(_encode(state))
    step.write(at, [Change(f"sys/sizes/{g}", size)])
    step.write(at, _outgrown(at))


def _outgrown(at: Moment) -> list[Change]:
    """The oldest past activities go when there are too many or too much of them."""
    sizes = at.sys["sizes"]
    kept = sorted(at.tree.root["past"], key=int)
    total = sum(sizes.get(g, 0) for g in kept)
    gone: list[Change] = []
    while len(kept) > at.limits.past or (total > at.limits.past_bytes and len(kept) > 1):
        oldest = kept.pop(0)
        total -= sizes.get(oldest, 0)
        gone += [Change(f"past/{oldest}"), Change(f"sys/sizes/{oldest}")]
    return gone


def _now(
    at: Moment, g: int, kind: str, options: Mapping[str, Any], card: str | None, minutes: int
) -> dict[str, Any]:
    return {
        "g": g,
        "kind": kind,
        "card": card,
        "options": dict(options),
        "opened": at.now,
        "ends": at.now + minutes * 60_000 if minutes else None,
        "minutes": minutes,
    }


def _spread(state: Mapping[str, Any]) -> Iterator[Change]:
    """The hidden parts, each under its audience's own path."""
    for root in ROOTS[1:]:
        for key, value in (state.get(root) or {}).items():
            yield Change(f"{root}/{key}", value)


def _emptied(state: Mapping[str, Any]) -> Iterator[Change]:
    """Deletions by audience: the bare roots are nobody's to hear of."""
    for root in ROOTS[1:]:
        for key in state[root]:
            yield Change(f"{root}/{key}")
    yield Change("room", {})
    yield Change("sys/timers", {})


def _land(at: Moment, step: Step, effects: Effects, prefix: str, base: int | None = None) -> None:
    """Apply what a reducer gave, at its place, and set its timers."""
    if prefix:
        step.write(at, [Change(prefix + c.path, c.value) for c in effects.changes])
    else:
        step.write(at, effects.changes)
    for timer in effects.timers:
        path = f"sys/timers/{timer.name}"
        if timer.ms == 0:
            step.write(at, [Change(path)])
            continue
        serial = at.sys["serial"] + 1
        due = (at.now if base is None else base) + timer.ms
        value = {"due": due, "serial": serial, "args": timer.args}
        step.write(at, [Change("sys/serial", serial), Change(path, value)])
    step.forget = step.forget or effects.forget
