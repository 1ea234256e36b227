"""What is looked at when everybody has come to rest: views, ops, presence, what was forgotten."""

from __future__ import annotations

import json
from typing import Any

from .client import Tab
from .promise import differs, hold
from .stage import ROOM, Stage
from .tokens import TOKEN, kept


def verdict(stage: Stage, tabs: list[Tab]) -> None:
    """Everybody has come to rest: look at what was promised."""
    reference = stage.reference
    node = stage.node
    assert node is not None
    top = len(reference.trees) - 1
    reference.rest()
    hold(node.fold.offset == top, "the node has all of the log", node.fold.offset, top)
    hold(node.fold.state == reference.trees[top], "the node's state is the log's")
    hold(node.fold.seed == reference.seeds[top], "the node's seed is the log's")
    here = {}
    for tab in tabs:
        if not tab.open:
            continue
        here[tab.seat.member] = True
        seen = {k: v for k, v in tab.tree.items() if k != "live"}
        want = reference.view(tab.seat.member, "", top)
        for root in ("meet", "room", "own", "mine", "host", "desk", "team"):
            mine = _bare(seen.get(root), root)
            ours = _bare(want.get(root), root)
            hold(mine == ours, "at rest everybody has their view", tab.seat.name, root,
                 differs(mine, ours))  # fmt: skip
        for n in tab.sure:
            found = (tab.author, n) in reference.entries
            hold(found, "what was done is on the log", tab.seat.name, n)
    people = reference.trees[top]["meet"]["people"]
    for member, person in people.items():
        hold(person["here"] == (member in here), "who is here is here", person, here)
    for member in node.delivery.lives:
        hold(member in here, "live values go with their person", member)
    _forgotten(stage)


def _forgotten(stage: Stage) -> None:
    """What a Forget was to take is nowhere in the store."""
    reference = stage.reference
    there = kept(stage.rooms, ROOM)
    then = set(TOKEN.findall(json.dumps(reference.trees[reference.forgets[-1]])))
    for token in reference.hidden_then():
        hold(token in then or token not in there, "what is forgotten has left the store", token)


def _bare(part: Any, root: str) -> Any:
    """A part without live values and without what is empty anyway."""
    if root in ("meet", "room"):
        return part
    found = {}
    for key, value in (part or {}).items():
        if key == "live":
            continue
        if root in ("own", "team") and isinstance(value, dict):
            value = {k: v for k, v in value.items() if k != "live"}
        if value not in ({}, None):
            found[key] = value
    return found
