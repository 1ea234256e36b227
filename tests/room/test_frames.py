"""FR1: what a client makes of the server's frames; tests/js/frames.test.js reads the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.room.world import JOIN, Person, Wire, World

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "frames.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_FR1_frames_make_the_same_tree_in_both_languages(case: dict[str, Any]) -> None:
    person = Person(World(kinds={}, cards={}), JOIN, "Ada")
    person.wire = Wire()
    person.wire.frames = case["frames"]
    person.read()
    assert person.tree == case["tree"]
    assert person.pos == case["pos"]


def test_FR2_a_room_sends_frames_of_these_shapes_alone() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.open", card="street")
    bo.say({"t": "eph", "key": "cursor", "d": {"x": 1, "y": 2}})
    bo.ask("canvas.mark", group=1, ink=1, width=1, shape="free", points="AoGoGUJ")
    fields = {
        "welcome": {"t", "v", "me", "token", "n", "settled", "mode", "now", "limits"},
        "snap": {"t", "pos", "i", "k", "st"},
        "tick": {"t", "pos", "ts", "c", "x"},
        "ack": {"t", "r", "settled"},
        "k": {"t", "now", "pos", "ct"},
    }
    for frame in [*host.wire.frames, *bo.wire.frames]:
        assert set(frame) <= fields[frame["t"]], frame
