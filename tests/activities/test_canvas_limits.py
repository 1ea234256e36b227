"""Canvas: limits, what hosts do, erasing, live values and harvest. Rows: tests/RULES.md."""

import json
from typing import Any

import pytest

from server import kit
from server.kit import FieldError
from tests.activities.canvas_paper import DOT, LINE, Paper, given, rules


def test_can7_visible_limit() -> None:
    """CAN7: 5,000 visible marks fit, the next is refused; an undo makes room for one."""
    paper = Paper()
    paper.fill(rules.VISIBLE - 1, "ben")
    paper.mark("ana", 2)
    assert paper.refused("ana", "mark", **given(group=3)) == "board_full"
    paper.act("ana", "undo")
    paper.mark("ana", 3)
    assert paper.refused("ana", "mark", **given(group=4)) == "board_full"


def test_can7_redo_meets_the_limit() -> None:
    """CAN7: redo cannot go over the limit either, and may be tried again later."""
    paper = Paper()
    paper.fill(rules.VISIBLE - 1, "ben")
    paper.mark("ana", 2)
    paper.act("ana", "undo")
    paper.mark("host", 5)
    assert paper.refused("ana", "redo") == "board_full"
    paper.act("host", "undo")
    paper.act("ana", "redo")
    assert ("ana", 2) in paper.seen()


def test_can8_marks_in_all() -> None:
    """CAN8: 20,000 marks in all, undone ones included; then only a fresh sheet helps."""
    paper = Paper()
    paper.fill(rules.MARKS - 1, "ben", off=True)
    paper.mark("ana", 2)
    assert len(paper.room["marks"]) == rules.MARKS
    assert paper.refused("ana", "mark", **given(group=3)) == "board_full"
    paper.act("ana", "undo")
    assert paper.refused("ana", "mark", **given(group=3)) == "board_full"
    paper.act("host", "clear")
    paper.mark("ana", 3)
    assert paper.room["marks"] == [["ana", 3, 1, 1, 0, LINE]]
    assert paper.room["clear"] == 0
    assert paper.sums == {"seen": 1, "bytes": rules.weight(paper.room["marks"][0])}
    assert paper.act("host", "unclear") == []


def test_can8_a_clear_of_a_full_list_can_be_undone() -> None:
    """CAN8: until somebody draws on the fresh sheet, the full one can come back."""
    paper = Paper()
    paper.fill(rules.VISIBLE, "ben")
    paper.fill(rules.MARKS - rules.VISIBLE, "ben", off=True)
    paper.act("host", "clear")
    assert paper.seen() == []
    paper.act("host", "unclear")
    assert len(paper.seen()) == rules.VISIBLE


def test_can9_bytes() -> None:
    """CAN9: 8 MiB of marks fit to the last byte, one byte more does not."""
    cost = rules.weight(["ana", 1, 1, 1, 0, LINE])
    for over in (0, 1):
        paper = Paper()
        paper.mark("ben", 1)
        sums = {"seen": 1, "bytes": rules.BYTES - cost + over}
        paper.state = {**paper.state, "vault": {"sums": sums}}
        if over:
            assert paper.refused("ana", "mark", **given()) == "board_full"
        else:
            paper.mark()
            assert paper.sums["bytes"] == rules.BYTES


def test_can9_the_sum_of_bytes_is_true() -> None:
    """CAN9: the sum that is kept is the sum that one would count."""
    paper = Paper()
    for who, points in (("ana", LINE), ("ben", DOT), ("host", LINE)):
        paper.mark(who, points=points)
    paper.act("ana", "undo")
    assert paper.sums["bytes"] == sum(map(rules.weight, paper.room["marks"]))


def test_can10_hide_puts_one_persons_marks_away() -> None:
    """CAN10: a host hides and shows one person's marks; meanwhile that person draws nothing."""
    paper = Paper()
    paper.mark("ana", 1)
    paper.mark("ben", 1)
    paper.act("host", "hide", who="ana")
    assert paper.seen() == [("ben", 1)]
    assert paper.sums["seen"] == 1
    assert paper.refused("ana", "mark", **given()) == "put_away"
    assert paper.act("host", "hide", who="ana", on=True) == []
    paper.act("host", "hide", who="ana", on=False)
    assert paper.seen() == [("ana", 1), ("ben", 1)]
    assert paper.sums["seen"] == 2
    assert paper.act("host", "hide", who="ana", on=False) == []


def test_can10_hide_is_for_hosts_and_knows_past_people() -> None:
    """CAN10: only hosts hide; who has left can be hidden, a stranger cannot, nor a path."""
    paper = Paper()
    paper.mark("ben", 1)
    del paper.people["ben"]
    assert paper.refused("ana", "hide", who="ben") == "host_only"
    paper.act("host", "hide", who="ben")
    assert paper.seen() == []
    for who in ("nobody", "ana/x", "__proto__"):
        assert paper.refused("host", "hide", who=who) == "nobody"


def test_can10_undo_while_hidden_keeps_the_sums_true() -> None:
    """CAN10: what is hidden and undone is not counted twice."""
    paper = Paper()
    paper.mark("ana", 1)
    paper.mark("ana", 2)
    paper.act("host", "hide", who="ana")
    paper.act("ana", "undo")
    assert paper.sums["seen"] == 0
    paper.act("ana", "redo")
    paper.act("ana", "undo")
    paper.act("host", "hide", who="ana", on=False)
    assert paper.sums["seen"] == 1 == len(paper.seen())


def test_can10_hidden_limit() -> None:
    """CAN10: 200 people can be put away, the next one is refused."""
    paper = Paper()
    for at in range(rules.HIDDEN + 1):
        paper.people[f"p{at}"] = {}
    for at in range(rules.HIDDEN):
        paper.act("host", "hide", who=f"p{at}")
    assert paper.refused("host", "hide", who=f"p{rules.HIDDEN}") == "hidden_full"
    paper.act("host", "hide", who="p0", on=False)
    paper.act("host", "hide", who=f"p{rules.HIDDEN}")


def test_can11_clear_and_unclear() -> None:
    """CAN11: clear is the host's, is a watermark, and can be undone, with what came since."""
    paper = Paper()
    paper.mark("ana", 1)
    assert paper.refused("ana", "clear") == "host_only"
    assert paper.refused("ana", "unclear") == "host_only"
    assert paper.act("host", "unclear") == []
    changes = paper.act("host", "clear")
    assert [c.path for c in changes if c.path.startswith("room/")] == ["room/clear"]
    assert paper.seen() == []
    assert paper.sums["seen"] == 0
    assert paper.act("host", "clear") == []
    paper.mark("ben", 1)
    assert paper.act("ana", "undo") == []
    paper.act("host", "unclear")
    assert paper.seen() == [("ana", 1), ("ben", 1)]
    assert paper.sums["seen"] == 2
    assert paper.act("host", "unclear") == []


def test_can11_redo_does_not_reach_under_a_fresh_sheet() -> None:
    """CAN11: what was undone before the clear stays away."""
    paper = Paper()
    paper.mark("ana", 1)
    paper.act("ana", "undo")
    paper.act("host", "clear")
    paper.act("ana", "redo")
    assert paper.seen() == []
    assert paper.room["marks"][0][6] is True


def test_can12_lock() -> None:
    """CAN12: while locked only hosts draw; taking one's own back is always possible."""
    paper = Paper(lock=True)
    assert paper.refused("ana", "mark", **given()) == "locked"
    paper.mark("host", 1)
    assert paper.refused("ana", "lock", on=False) == "host_only"
    paper.act("host", "lock", on=False)
    assert paper.act("host", "lock", on=False) == []
    paper.mark("ana", 1)
    paper.act("host", "lock")
    paper.act("ana", "undo")
    assert paper.seen() == [("host", 1)]
    assert paper.refused("ana", "redo") == "locked"


def test_can13_erase_leaves_no_trace() -> None:
    """CAN13: after an erase the member's id and points are nowhere; others keep their places."""
    paper = Paper()
    paper.mark("ana", 1, points="AoGoGUJ")
    paper.mark("ben", 1)
    paper.mark("ana", 2)
    paper.act("ana", "undo")
    paper.act("host", "hide", who="ana")
    paper.erase("ana")
    assert "ana" not in json.dumps(paper.state)
    assert paper.seen() == [("ben", 1)]
    assert paper.room["marks"][1][:2] == ["ben", 1]
    assert paper.sums == {"seen": 1, "bytes": rules.weight(paper.room["marks"][1])}
    paper.mark("ben", 2)


def test_can13_erase_of_many_marks() -> None:
    """CAN13: 900 marks are emptied one by one, 901 as one change; the engine bears both."""
    for extra in (0, 1):
        paper = Paper()
        paper.fill(rules.AT_ONCE + extra)
        paper.mark("ben", 7)
        changes = paper.erase("ana")
        marks = [change for change in changes if change.path.startswith("room/marks")]
        assert len(marks) == (1 if extra else rules.AT_ONCE)
        assert paper.seen() == [("ben", 7)]


def test_can14_live_values() -> None:
    """CAN14: cursors and strokes under way are bounded whole numbers and one short string."""
    cursor, stroke = rules.jam.lives["cursor"], rules.jam.lives["stroke"]
    assert cursor.to == stroke.to == "room"
    cursor.check({"x": 9999, "y": 7499})
    for wrong in ({"x": 10000, "y": 0}, {"x": 0, "y": 7500}, {"x": -1, "y": 0}, {"x": 0.5, "y": 0}):
        with pytest.raises(FieldError):
            cursor.check(wrong)
    good = {"id": 1, "seq": -1, "pen": 51, "points": "A" * 400}
    stroke.check(good)
    stroke.check({**good, "points": ""})
    for more in ({"points": "A" * 401}, {"pen": 52}, {"seq": -2}, {"seq": 10_000}, {"id": -1}):
        with pytest.raises(FieldError):
            stroke.check({**good, **more})


def test_can15_harvest_has_no_names() -> None:
    """CAN15: what is kept is a picture and counts of inks, never who drew."""
    paper = Paper()
    assert kit.harvest(rules.jam, paper.room) == []
    for who, ink in (("ana", 0), ("ben", 0), ("ben", 11), ("ana", 12), ("ana", 4)):
        paper.mark(who, ink, ink=ink)
    paper.act("ana", "undo")
    picture, inks = kit.harvest(rules.jam, paper.room, {"ana": "Ana", "ben": "Ben"})
    assert isinstance(picture, kit.Picture)
    assert isinstance(inks, kit.Table)
    assert inks.rows == [("coral", 2), ("pink", 1)]
    assert "ana" not in (picture.markdown() + inks.markdown() + inks.csv()).lower()


def test_can16_nothing_is_written_to_what_is_lent() -> None:
    """CAN16: reducers only yield; the state they read is frozen here."""
    paper = Paper()
    paper.mark("ana", 1)
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("ana", "mark", given()),
        ("ana", "undo", {}),
        ("ana", "redo", {}),
        ("host", "hide", {"who": "ana"}),
        ("host", "clear", {}),
        ("host", "unclear", {}),
        ("host", "lock", {}),
    ]
    for me, name, args in steps:
        effects = kit.run(rules.jam, paper.state, name, args, paper.ctx(me), guard=True)
        paper.state = kit.apply(paper.state, effects.changes)
    kit.run_hook(rules.jam, paper.state, "erase", paper.ctx("ana"), guard=True)
