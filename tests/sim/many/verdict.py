"""What is looked at when everybody has come to rest, on every server and at the store."""

from __future__ import annotations

import json

from ..promise import differs, hold
from ..stage import ROOM
from ..tokens import TOKEN, kept
from .history import Past
from .stage import Stage
from .tab import FarTab


def verdict(stage: Stage, tabs: list[FarTab], everybody: list[FarTab]) -> None:
    store = stage.store
    room = store.room
    if room is None:
        hold(store.purged or store.cut, "a room goes only if somebody erases it")
        hold(not any(server.room for server in stage.alive), "what is gone is gone everywhere")
        return
    past = store.past
    for server in stage.alive:
        if server.room is not None:
            fold = server.room.node.fold
            hold(fold.offset == past.offset, "every server has all of the log",
                 server.name, fold.offset, past.offset)  # fmt: skip
            hold(server.room.node.standing.tag == past.tag, "every server has this history")
            hold(fold.state == past.tree, "the state is the log's", differs(fold.state, past.tree))
            hold(server.room.node.intake.in_flight == 0, "every op is answered to its server",
                 server.name, server.room.node.intake.in_flight)  # fmt: skip
    _places(stage, tabs, past)
    _ops(stage, everybody, past)
    _people(stage, tabs, past)
    _forgotten(stage, past)


def _places(stage: Stage, tabs: list[FarTab], past: Past) -> None:
    for tab in tabs:
        if tab.open:
            hold(tab.tree["meet"] == past.tree["meet"], "at rest everybody sees the same",
                 tab.seat.name, differs(tab.tree["meet"], past.tree["meet"]))  # fmt: skip
            hold(tab.tree["room"] == past.tree["room"], "at rest everybody sees the same",
                 tab.seat.name, differs(tab.tree["room"], past.tree["room"]))  # fmt: skip


def _ops(stage: Stage, everybody: list[FarTab], past: Past) -> None:
    """What was acknowledged is there, once and in order (that it is not there twice was looked at
    when it came)."""
    there: dict[str, set[int]] = {}
    for one in past.back():
        if one.entry is not None:
            there.setdefault(one.entry.author, set()).add(one.entry.n)
    lost = [
        (tab.seat.name, n, offset)
        for tab in everybody
        for n, (_, offset) in sorted(tab.acked.items())
        if n not in there.get(tab.author, ())
        and (tab.author, n) in stage.store.history.ops
        and not _settled(stage, tab, n)
        and not _went_on(stage, tab, n, there)
    ]
    hold(not lost or stage.store.cut, "what was acknowledged is on the log", lost)
    hold(not lost, "acknowledged and lost in a cut", lost)
    for tab in everybody:
        for n in tab.sure if tab.open else ():
            found = n in there.get(tab.author, ()) or _settled(stage, tab, n)
            found = found or _went_on(stage, tab, n, there)
            hold(found, "what was done is on the log", tab.seat.name, n)


def _went_on(stage: Stage, tab: FarTab, n: int, there: dict[str, set[int]]) -> bool:
    """A tab that may forget its ops at once said the next one to a server that knew no more than
    the store, before one that did could put back the ones before: with a settle time it would
    have said them again itself."""
    later = any(m > n for m in there.get(tab.author, ()))
    return bool(stage.store.cut and not stage.limits.settle_ms and later)


def _settled(stage: Stage, tab: FarTab, n: int) -> bool:
    """What was there at a Forget that is cut away is not said again, by nobody."""
    return any(past.marks.get(tab.author, 0) >= n for past in stage.store.history.forgets)


def _people(stage: Stage, tabs: list[FarTab], past: Past) -> None:
    here = {tab.me for tab in tabs if tab.open and tab.online}
    people = past.tree["meet"]["people"]
    if past.tree["meet"]["ended"] is None:
        for member, person in people.items():
            hold(person["here"] == (member in here), "who is here is here", person, here)


def _forgotten(stage: Stage, past: Past) -> None:
    """What a Forget was to take is nowhere in the store."""
    if not past.forgotten:
        return
    there = kept(stage.store, ROOM)
    then = past.at(past.forgotten)
    open_then = set(TOKEN.findall(json.dumps(then.tree)))
    for one in then.back():
        if one.entry is None:
            continue
        for token in stage.tokens.hidden(one.entry.payload):
            found = token in there and token not in open_then
            hold(not found, "what is forgotten has left the store", token)
