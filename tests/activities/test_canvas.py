"""Canvas: marks, their strings of points, undo and redo. Rows: tests/RULES.md."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.activities.canvas_paper import LINE, Paper, given, rules

VECTORS = json.loads(
    (Path(__file__).resolve().parents[1] / "vectors" / "stroke.json").read_text("utf-8")
)


@pytest.mark.parametrize("good", VECTORS["good"], ids=lambda one: one["name"])
def test_can1_good_points_are_counted(good: Any) -> None:
    """CAN1: rules and browser read the same strings."""
    assert rules.count(good["text"]) == len(good["points"])


@pytest.mark.parametrize("bad", VECTORS["bad"], ids=lambda one: one["name"])
def test_can1_bad_points_are_refused(bad: Any) -> None:
    """CAN1: what the browser would not draw is refused by the rules, in a sentence."""
    with pytest.raises((ValueError, KeyError, IndexError)):
        rules.count(bad["text"])
    paper = Paper()
    text = bad["text"]
    # the field cleans ends: an empty or trimmed text is judged after that
    if text and text == text.strip():
        assert paper.refused("ana", "mark", **given(points=text)) == "bad_points"
    assert paper.room["marks"] == []


def test_can1_every_prefix_is_counted_or_refused() -> None:
    """CAN1: totality, on every prefix and every single changed character of real strings."""
    for good in VECTORS["good"]:
        text = good["text"]
        for cut in range(1, len(text)):
            for sign in "A_.g":
                for one in (text[:cut], text[:cut] + sign + text[cut + 1 :]):
                    with contextlib.suppress(KeyError, ValueError):
                        assert rules.count(one) > 0


def test_can2_length_of_points() -> None:
    """CAN2: 3,500 characters are a mark; 3,501 and a million points are refused unread."""
    paper = Paper()
    full = "AgBA" + "AA" * 1748
    assert len(full) == rules.POINTS
    paper.mark(points=full)
    assert rules.count(full + "AA") == 1750
    for long in (full + "A", full + "AA", "A" + "CD" * 1_000_000):
        assert paper.refused("ana", "mark", **given(points=long)) == "too_long"
    assert len(paper.room["marks"]) == 1


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("group", 0, 2**31 - 1), ("ink", 0, 12), ("width", 0, 3)],
)
def test_can3_bounds(field: str, low: int, high: int) -> None:
    """CAN3: numbers of a mark at and beyond their bounds."""
    paper = Paper()
    for value in (low, high):
        paper.mark(**{field: value})
    for value in (low - 1, high + 1, True, 1.0, "1", None):
        assert paper.refused("ana", "mark", **given(**{field: value})) == "not_a_number"


def test_can3_shapes() -> None:
    """CAN3: a mark says what it is; strangers' shapes and fields are refused."""
    paper = Paper()
    for at, shape in enumerate(rules.SHAPES):
        paper.mark(shape=shape)
        assert paper.room["marks"][at] == ["ana", 1, 1, 1, at, LINE]
    assert paper.refused("ana", "mark", **given(shape="tank")) == "not_a_choice"
    assert paper.refused("ana", "mark", **given(member="ben")) == "unknown"


def test_can4_marks_stand_in_one_order() -> None:
    """CAN4: a mark goes to the end of the one list, and costs one small change."""
    paper = Paper()
    paper.mark("ana", 1)
    paper.mark("ben", 1)
    changes = paper.act("ana", "mark", **given(group=2, ink=12))
    public = [change.path for change in changes if change.path.startswith("room/")]
    assert public == ["room/marks/2"]
    assert paper.seen() == [("ana", 1), ("ben", 1), ("ana", 2)]


def test_can5_undo_takes_my_last_group() -> None:
    """CAN5: undo is mine alone, takes a whole group, and shifts nothing."""
    paper = Paper()
    for who, group in (("ana", 1), ("ana", 2), ("ben", 9), ("ana", 2)):
        paper.mark(who, group)
    changes = paper.act("ana", "undo")
    assert [c.path for c in changes if c.path.startswith("room/")] == [
        "room/marks/3/6",
        "room/marks/1/6",
    ]
    assert paper.seen() == [("ana", 1), ("ben", 9)]
    paper.act("ana", "undo")
    assert paper.seen() == [("ben", 9)]
    assert paper.act("ana", "undo") == []
    assert len(paper.room["marks"]) == 4


def test_can5_undo_takes_at_most_a_hundred() -> None:
    """CAN5: one undo never makes more than 100 marks change."""
    paper = Paper()
    paper.fill(rules.TOGETHER)
    paper.act("ana", "undo")
    assert paper.seen() == []
    paper = Paper()
    paper.fill(rules.TOGETHER + 1)
    paper.act("ana", "undo")
    assert len(paper.seen()) == 1
    paper.act("ana", "undo")
    assert paper.seen() == []
    paper.act("ana", "redo")
    paper.act("ana", "redo")
    assert len(paper.seen()) == rules.TOGETHER + 1


def test_can6_redo_gives_back_in_order() -> None:
    """CAN6: redo puts back what the last undo took; a new mark ends it."""
    paper = Paper()
    for group in (1, 2, 3):
        paper.mark("ana", group)
    paper.act("ana", "undo")
    paper.act("ana", "undo")
    paper.act("ana", "redo")
    assert paper.seen() == [("ana", 1), ("ana", 2)]
    paper.act("ana", "redo")
    assert paper.seen() == [("ana", 1), ("ana", 2), ("ana", 3)]
    assert paper.act("ana", "redo") == []
    paper.act("ana", "undo")
    paper.mark("ana", 4)
    assert paper.act("ana", "redo") == []
    assert paper.seen() == [("ana", 1), ("ana", 2), ("ana", 4)]
    paper.act("ana", "undo")
    paper.act("ana", "redo")
    assert paper.seen() == [("ana", 1), ("ana", 2), ("ana", 4)]


def test_can6_redo_is_private() -> None:
    """CAN6: what I took back is known to me alone."""
    paper = Paper()
    paper.mark("ana", 1)
    paper.act("ana", "undo")
    assert paper.state["own"] == {"ana": {"redo": [[0]]}}
    assert paper.act("ben", "redo") == []


def test_can6_redo_remembers_two_hundred() -> None:
    """CAN6: 200 undos can be redone; of 201 the oldest is let go."""
    for extra in (0, 1):
        paper = Paper()
        for group in range(rules.REDOS + extra):
            paper.mark("ana", group)
        for _ in range(rules.REDOS + extra):
            paper.act("ana", "undo")
        assert paper.seen() == []
        assert len(paper.state["own"]["ana"]["redo"]) == rules.REDOS
        for _ in range(rules.REDOS + 1):
            paper.act("ana", "redo")
        assert len(paper.seen()) == rules.REDOS
