"""Everything that a person did, taken back, and for ten minutes put back again.

Taking back is the kind's own `erase`, in what runs, in the teams and in all that ran before. What
it replaced is written down at `sys/undone/<who>`: where, what stood there (`was`) and what was
left there (`left`); a missing one of these means that nothing stood there. Putting back is a merge
of three: a place that was touched since keeps what it has, counts take the difference.

A journal of more than 1 MiB is not kept: then `desk/undone/<who>`, which tells the hosts until
when there is a way back, is not there either. What people wrote in secret leaves the journal when
its activity forgets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from server import kit
from server.kit import Change, Fault, PatchError, Refusal

from . import talk
from .instance import ROOTS, Instance, Step, inside, past, running
from .moment import Moment

KEEP_MS = 10 * 60 * 1000
MAX_BYTES = 1024 * 1024
JOURNALS = 8
"""Kept at once; the oldest goes."""
LINES = (("meet/line", "line"), ("desk/notes", "notes"))
SECRET = ("own", "vault", "team")
_encode = msgspec.json.Encoder().encode
_GONE: Any = object()


def undone(at: Moment, step: Step, who: str) -> None:
    """`room.undo {who}`. Raises `nobody` for somebody of whom nothing is known."""
    if not who.isalnum():  # nobody's id, and no part of a path
        raise Refusal("nobody")
    parts = [part for part in (_erased(at, step, i, who) for i in _instances(at)) if part]
    lines: dict[str, Any] = {}
    for path, name in LINES:
        there = kit.get(at.tree.root, path)
        mine = {key: entry for key, entry in there.items() if entry["by"] == who}
        step.write(at, [Change(f"{path}/{key}") for key in mine])
        if mine:
            lines[name] = mine
    if not parts and not lines:
        at.person(who)
        return
    before = at.sys["undone"].get(who, {"parts": [], "line": {}, "notes": {}})
    until = at.now + KEEP_MS
    journal = {
        "until": until,
        "parts": [*before["parts"], *parts],
        **{name: {**before[name], **lines.get(name, {})} for _, name in LINES},
    }
    if len(_encode(journal)) > MAX_BYTES:
        step.write(at, _dropped(who))
        return
    others = [w for w in at.sys["undone"] if w != who]
    if len(others) >= JOURNALS:
        step.write(at, _dropped(min(others, key=lambda w: at.sys["undone"][w]["until"])))
    step.write(
        at, [Change(f"sys/undone/{who}", journal), Change(f"desk/undone/{who}", {"until": until})]
    )


def withdrawn(at: Moment, step: Step, g: int) -> None:
    """`room.withdraw {g}`: what I gave there is gone, and nobody can put it back."""
    there = [instance for instance in _instances(at) if instance.g == g]
    if not there:
        raise Refusal("closed")
    for instance in there:
        _erased(at, step, instance, at.me)
    if at.me in at.sys["undone"]:
        step.write(at, _dropped(at.me))


def redone(at: Moment, step: Step, who: str) -> None:
    """`room.redo {who}`: all of it comes back where its place is still free."""
    journal = at.sys["undone"].get(who)
    if journal is None or journal["until"] <= at.now:
        raise Refusal("too_late")
    step.write(at, _dropped(who))
    for part in reversed(journal["parts"]):
        base = _base(at, part)
        if base is not None:
            for entry in reversed(part["was"]):
                step.write(at, _restored(at, base + entry["path"], entry))
    for instance in _instances(at):
        _mended(at, step, instance, who)
    for path, name in LINES:
        there = kit.get(at.tree.root, path)
        missing = {key: entry for key, entry in journal[name].items() if key not in there}
        # the oldest leave before these come, for a list may be as long as it can be
        merged = {**there, **missing}
        step.write(at, talk.trimmed(path, merged, 0))
        kept = sorted(merged, key=int)[-talk.KEPT :]
        step.write(at, [Change(f"{path}/{key}", missing[key]) for key in kept if key in missing])


def due(state: Mapping[str, Any]) -> int | None:
    """When the next journal is over."""
    return min((told["until"] for told in state["sys"]["undone"].values()), default=None)


def cleaned(at: Moment) -> Iterator[Change]:
    """Journals whose time is over at `due`, as the fact says, or at the latest now."""
    now = max(at.now, at.asked.d["due"])
    for who, told in at.sys["undone"].items():
        if told["until"] <= now:
            yield from _dropped(who)


def forgotten(at: Moment, g: int) -> Iterator[Change]:
    """Activity `g` forgets who gave what: so does every journal."""
    for who, told in at.sys["undone"].items():
        for index, part in enumerate(told["parts"]):
            if _now_called(at, part["g"]) == g:
                was = [e for e in part["was"] if e["path"].partition("/")[0] not in SECRET]
                if len(was) != len(part["was"]):
                    yield Change(f"sys/undone/{who}/parts/{index}/was", was)


def _dropped(who: str) -> list[Change]:
    return [Change(f"sys/undone/{who}"), Change(f"desk/undone/{who}")]


def _instances(at: Moment) -> list[Instance]:
    """All there are; what is nested first, for a person's whole own part goes with the outer."""
    now = running(at)
    return [*inside(at), *([now] if now is not None else []), *past(at)]


def _erased(at: Moment, step: Step, instance: Instance, who: str) -> dict[str, Any] | None:
    """Run the kind's erase there; what it replaced, or None if there was nothing.

    A kind's mistake leaves this one activity as it is.
    """
    before = at.tree.share()
    written = len(step.changes)
    try:
        ctx = instance.ctx(at, who)
        instance.land(at, step, kit.run_hook(instance.rules, instance.state(at), "erase", ctx))
    except (Fault, PatchError, Refusal):
        step.fault = f"{instance.rules.kind}.erase"
        return None
    after = at.tree.share()
    base = instance.base
    paths = _outermost([change.path for change in step.changes[written:]])
    was = [e for path in paths for e in _entries(before, after, path, base)]
    if not was:
        return None
    part: dict[str, Any] = {"g": instance.g, "was": was}
    if instance.team:
        part |= {"team": instance.team, "in": instance.nested}
    return part


def _outermost(paths: list[str]) -> list[str]:
    """Each once, without those below another one, in their order."""
    unique = dict.fromkeys(paths)
    return [
        path
        for path in unique
        if not any(path[:i] in unique for i, c in enumerate(path) if c == "/")
    ]


def _entries(before: Any, after: Any, path: str, base: str) -> Iterator[dict[str, Any]]:
    if path[len(base) :].partition("/")[0] not in ROOTS:
        return  # the room's own bookkeeping, as timers are
    was, left = kit.get(before, path, _GONE), kit.get(after, path, _GONE)
    if isinstance(was, list) and isinstance(left, list) and len(was) == len(left):
        for index, (one, other) in enumerate(zip(was, left, strict=True)):
            if one is not other and one != other:
                yield _entry(f"{path}/{index}", base, one, other)
    elif was is not left and was != left:
        yield _entry(path, base, was, left)


def _entry(path: str, base: str, was: Any, left: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": path[len(base) :]}
    if was is not _GONE:
        entry["was"] = was
    if left is not _GONE:
        entry["left"] = left
    return entry


def _now_called(at: Moment, g: int) -> int:
    """The generation under which an activity goes on, if it was brought back."""
    for told in at.meet["past"]:
        if told["g"] == g and "again" in told:
            g = told["again"]
    return g


def _base(at: Moment, part: Mapping[str, Any]) -> str | None:
    """Where the activity of this part of a journal lies today; None if it is nowhere."""
    g = _now_called(at, part["g"])
    now = at.meet["now"]
    if now is not None and now["g"] == g:
        base, inside = "", now.get("in") or {}
    elif str(g) in at.tree.root["past"]:
        told = next(p for p in at.meet["past"] if p["g"] == g)
        base, inside = f"past/{g}/", told.get("in") or {}
    else:
        return None
    if "team" in part and inside.get(part["team"], {}).get("g") != part["in"]:
        return None
    return base


def _restored(at: Moment, path: str, entry: Mapping[str, Any]) -> list[Change]:
    root = at.tree.root
    now = kit.get(root, path, _GONE)
    parent = kit.get(root, path.rpartition("/")[0], _GONE)
    if parent is _GONE or (isinstance(parent, list) and now is _GONE):
        return []  # that place is gone
    value = _merged(now, entry.get("left", _GONE), entry.get("was", _GONE))
    if value is now:
        return []
    return [Change(path)] if value is _GONE else [Change(path, value)]


def _merged(now: Any, left: Any, was: Any) -> Any:
    """What stands there now, with the step from `was` to `left` taken back."""
    if now is left or (now is not _GONE and left is not _GONE and now == left):
        return was
    kinds = {type(now), type(left), type(was)}
    if kinds == {int}:
        return now + was - left
    if isinstance(now, dict) and isinstance(was, dict):
        below = left if isinstance(left, dict) else {}
        made = {}
        for key in {**now, **was}:
            value = _merged(now.get(key, _GONE), below.get(key, _GONE), was.get(key, _GONE))
            if value is not _GONE:
                made[key] = value
        return made if made != now else now
    return now


def _mended(at: Moment, step: Step, instance: Instance, who: str) -> None:
    """Let the kind count anew what it keeps sums of."""
    try:
        ctx = instance.ctx(at, who)
        instance.land(at, step, kit.run_hook(instance.rules, instance.state(at), "mend", ctx))
    except (Fault, PatchError, Refusal):
        step.fault = f"{instance.rules.kind}.mend"
