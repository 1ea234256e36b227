"""What everybody is at: acted upon, rung, opened, closed, brought back.

Everything here is a sequence of steps on the moment's tree; `fold` makes a step of several
changes all or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from server import kit
from server.kit import CLOCK, HOST, Change, Effects, Fault, PatchError, Refusal

from . import talk
from .instance import ROOTS, Instance, Step, activity, inside, meant, part, revealed, running
from .moment import Moment

LATE_MS = 2_000
"""A chain of timers counts from when it was due, unless it is later than this."""
_encode = msgspec.json.Encoder().encode


def act(at: Moment, step: Step) -> None:
    """A member's op on what it is meant for. Raises Refusal or Fault."""
    if at.role != "host" and talk.closed(at, "work"):
        raise Refusal("shut")
    kind, _, name = at.asked.do.partition(".")
    instance = meant(at, kind, name, at.asked.g)

    def acted() -> Effects:
        ctx = instance.ctx(at, at.me)
        return kit.run(instance.rules, instance.state(at), name, at.asked.d, ctx)

    _played(at, step, instance, acted)


def ring(at: Moment, step: Step) -> None:
    """`sys.timer {g, name, serial}`: the clock acts; stale bells do nothing."""
    told = at.asked.d
    now = at.meet["now"]
    timer = at.sys["timers"].get(told["name"])
    if now is None or now["g"] != told["g"] or not timer or timer["serial"] != told["serial"]:
        return
    step.write(at, [Change(f"sys/timers/{told['name']}")])
    team, _, name = told["name"].rpartition(".")
    found = [i for i in inside(at) if i.team == team] if team else [running(at)]
    due = timer["due"]
    for instance in found:
        if instance is not None:
            _rung(at, step, instance, name, timer["args"], due)


def _rung(
    at: Moment, step: Step, instance: Instance, name: str, args: dict[str, Any], due: int
) -> None:
    def rung() -> Effects:
        ctx = instance.ctx(at, "", CLOCK, due)
        return kit.run(instance.rules, instance.state(at), name, args, ctx)

    _played(at, step, instance, rung, due if at.now - due < LATE_MS else at.now)


def _played(
    at: Moment, step: Step, on: Instance, play: Callable[[], Effects], base: int | None = None
) -> None:
    """What a reducer gives, landed. Where it has teams show what was given in them, it is run again
    on what they then have."""
    effects = play()
    if effects.reveals and not (on.past or on.team) and revealed(at, step, effects.reveals):
        effects = play()
    on.land(at, step, effects, base)


def hook(at: Moment, step: Step, name: str, member: str) -> None:
    """Tell what runs, and what runs in this person's team, that somebody came or went.

    A kind's mistake here must not keep anybody out of the room: it is noted, and nothing more.
    """
    for instance in _met(at, member):

        def told(one: Instance = instance) -> Effects:
            return kit.run_hook(one.rules, one.state(at), name, one.ctx(at, member))

        try:
            _played(at, step, instance, told)
        except (Fault, PatchError, Refusal):
            step.fault = f"{instance.rules.kind}.{name}"


def _met(at: Moment, member: str) -> Iterator[Instance]:
    """What runs, and then what runs in this person's team, if it does still."""
    team = ((at.tree.root.get("room") or {}).get("team") or {}).get(member)
    outer = running(at)
    if outer is not None:
        yield outer
    yield from (one for one in inside(at) if one.team == team)


def opened(
    at: Moment, step: Step, kind: str, options: Mapping[str, Any], card: str | None, minutes: int
) -> None:
    """Close what runs, and open this for everybody. The op that brings it about says by which
    revisions. Raises Refusal, Beyond or Fault."""
    told = at.asked.d.get("revs")
    revs = {"revs": told} if told else {}
    rules = activity(at, kind, revs)
    chosen = rules.clean_options(options)
    closed(at, step)
    g = at.sys["g"] + 1
    fresh = Instance(rules, chosen)
    started = kit.start(rules, fresh.ctx(at, at.me, HOST))
    step.write(at, [Change("sys/g", g), Change("room", started.state["room"])])
    step.write(at, _spread(started.state))
    step.write(at, _now_on(at, _now(at, g, kind, chosen, card, minutes) | revs))
    fresh.land(at, step, Effects([], started.timers, False))
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
    back |= {key: told[key] for key in ("inner", "out", "revs") if told.get(key)}
    step.write(at, _now_on(at, back))


def _now_on(at: Moment, now: dict[str, Any]) -> Iterator[Change]:
    yield Change("meet/now", now)
    if at.meet["rest"]:
        yield Change("meet/rest", False)


def closed(at: Moment, step: Step) -> None:
    """Move what runs into the past. A sealed kind forgets who gave what when it closes."""
    now = at.meet["now"]
    if now is None:
        return
    found = running(at)
    if found is not None:
        hook(at, step, "close", at.me)
        now = at.meet["now"]  # as the hook left it: what ran in teams may be over
        if found.rules.sealed:
            step.write(at, kit.forgetting(part(at.tree.root)))
            step.forget = True
            step.forgot.append(now["g"])
    state = part(at.tree.root)
    g = now["g"]
    step.write(at, [Change(f"past/{g}", state)])
    step.write(at, _emptied(state))
    listed = {k: now[k] for k in ("g", "kind", "card", "options", "opened", "minutes")}
    for key in ("in", "inner", "out", "revs"):
        if now.get(key):
            listed[key] = now[key]
    index = len(at.meet["past"])
    step.write(at, [Change(f"meet/past/{index}", {**listed, "closed": at.now})])
    step.write(at, talk.unsaid(at))
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
        "by": at.me,
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
