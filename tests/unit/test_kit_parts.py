"""K15-K18: turns, harvest pieces, mounted paths, frozen copies."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from server import kit
from server.kit import Change, Lines, PatchError, Picture, Piece, Table, frozen, turns
from server.kit.harvest import cell, escape


def room(*order: str, at: int = 0) -> dict[str, Any]:
    return {"turn": {"order": list(order), "at": at}}


def after(state: dict[str, Any], changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = kit.apply({"room": state}, changes)["room"]
    return found


def test_k15_a_round_goes_once_through_everybody() -> None:
    now = after({}, turns.begin(["a", "b"]))
    assert turns.whose(now) == "a"
    now = after(now, turns.advance(now))
    assert turns.whose(now) == "b"
    now = after(now, turns.advance(now))
    assert turns.whose(now) is None
    assert list(turns.advance(now)) == []
    assert turns.whose({}) is None
    assert turns.whose({"turn": None}) is None
    assert list(turns.advance({})) == []


def test_k15_coming_and_going_keeps_the_turn_where_it_is() -> None:
    now = room("a", "b", "c", at=1)
    assert turns.whose(after(now, turns.leave(now, "a"))) == "b"
    assert turns.whose(after(now, turns.leave(now, "b"))) == "c"
    assert turns.whose(after(now, turns.leave(now, "c"))) == "b"
    assert list(turns.leave(now, "z")) == []
    grown = after(now, turns.enter(now, "d"))
    assert grown["turn"]["order"] == ["a", "b", "c", "d"]
    assert list(turns.enter(now, "b")) == []
    assert list(turns.enter({}, "b")) == list(turns.leave({}, "b")) == []
    last = room("a", at=0)
    assert turns.whose(after(last, turns.leave(last, "a"))) is None


def test_k15_behind_the_others_and_on_before_them() -> None:
    now = room("a", "b", "c", "d", at=1)
    assert turns.ahead(now) == ["b", "c", "d"]
    assert turns.ahead({}) == turns.ahead({"turn": None}) == []
    assert after(now, turns.behind(now, "b"))["turn"] == {"order": ["a", "c", "d", "b"], "at": 1}
    assert after(now, turns.behind(now, "c"))["turn"] == {"order": ["a", "b", "d", "c"], "at": 1}
    for last_or_past in ("d", "a", "z"):
        assert list(turns.behind(now, last_or_past)) == []
    assert after(now, turns.put_on(now, "d"))["turn"] == {"order": ["a", "b", "d", "c"], "at": 2}
    assert after(now, turns.put_on(now, "a"))["turn"] == {"order": ["b", "a", "c", "d"], "at": 1}
    assert after(now, turns.put_on(now, "e"))["turn"]["order"] == ["a", "b", "e", "c", "d"]
    assert list(turns.put_on(now, "b")) == []
    over = room("a", "b", at=2)
    assert turns.whose(after(over, turns.put_on(over, "a"))) == "a"
    assert after({}, turns.put_on({}, "a"))["turn"] == {"order": ["a"], "at": 0}


def test_k15_who_is_gone_is_skipped_up_to_the_next_one_who_is_here() -> None:
    now = room("a", "b", "c", "d", at=1)
    left = after(now, turns.skip(now, {"a", "b", "c"}))
    assert left["turn"] == {"order": ["a", "d"], "at": 1}
    assert list(turns.skip(now, {"a", "c", "d"})) == [], "whoever is gone may be back by then"
    over = after(now, turns.skip(now, {"b", "c", "d"}))
    assert over["turn"] == {"order": ["a"], "at": 1} and turns.whose(over) is None
    assert list(turns.skip({}, {"a"})) == []


NASTY = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0x", " =1", "\n=1"),
    *("＝1", "＋1", "－1", "＠x"),
]


@pytest.mark.parametrize("text", NASTY)
def test_k16_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f'"\'{text}"'


@pytest.mark.parametrize("text", ["sun", 'a "b"', "a,b", "a\nb", "1+1", "a=b", "", "'x", "مرحبا"])
def test_k16_other_text_comes_back_as_it_was(text: str) -> None:
    table = Table("t", ("a", "b"), [(text, 3)])
    rows = list(csv.reader(io.StringIO(table.csv(), newline="")))
    assert rows == [["a", "b"], [text, "3"]]
    assert table.csv().endswith("\r\n")


def test_k16_values_that_are_no_text() -> None:
    assert [cell(value) for value in (None, True, False, -5)] == ['""', '"yes"', '"no"', '"-5"']


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("plain words, here.", "plain words, here."),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("[x](http://y.z)", r"\[x\](http\://y.z)"),
        ("www.x.org", r"www\.x.org"),
        ("a@b.c", r"a\@b.c"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("a|b", r"a\|b"),
        ("# a", r"\# a"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("1. a", r"1\. a"),
        ("12) a", r"12\) a"),
        ("=== ", r"\==="),
        ("a\n# b\n\n- c", "a # b - c"),
        ("\\", "\\\\"),
        ("$x$", r"\$x\$"),
        ("", ""),
    ],
)
def test_k16_markdown_shows_text_as_it_was_written(text: str, want: str) -> None:
    assert escape(text) == want


def test_k16_pieces_as_markdown_and_csv() -> None:
    words = {"icon": "Icon", "icon.sun": "Sun", "t": "Title", "w": "Word|s"}
    table = Table("t", ("icon", "w"), [("sun", "a|b"), ("", None)], keyed=("icon",))
    assert table.markdown(lambda key: words.get(key, key)) == (
        "| Icon | Word\\|s |\n| --- | --- |\n| Sun | a\\|b |\n|  |  |\n"
    )
    assert table.csv(lambda key: words[key]) == '"Icon","Word|s"\r\n"Sun","a|b"\r\n"",""\r\n'
    assert Table("t", ("a",), []).markdown() == ""
    assert Table("t", ("a",), [(True,), (False,)]).markdown().count("✓") == 1
    with pytest.raises(ValueError, match="as long as"):
        Table("t", ("a",), [(1, 2)])
    lines = Lines("l", ["# one", "=two"])
    assert lines.markdown() == "- \\# one\n- \\=two\n"
    assert lines.csv() == '"l"\r\n"# one"\r\n"\'=two"\r\n'
    picture = Picture("p", ["a house"])
    assert (picture.markdown(), picture.csv()) == ("- a house\n", "")
    for call in (Piece().markdown, Piece().csv):
        with pytest.raises(NotImplementedError):
            call()


@pytest.mark.parametrize(
    ("path", "want"),
    [
        ("room/phase", "team/3/in/phase"),
        ("room/list/0/x", "team/3/in/list/0/x"),
        ("own/bo", "own/bo/in"),
        ("own/bo/pick", "own/bo/in/pick"),
        ("host/note", "host/in/3/note"),
        ("vault/word", "vault/in/3/word"),
        ("live/bo/cursor", "team/3/live/bo/cursor"),
    ],
)
def test_k17_nested_paths_go_below_in(path: str, want: str) -> None:
    assert kit.mounted(path, "3") == want


@pytest.mark.parametrize("path", ["team/1/x", "meet/title", "room", "own", "vault/", "", "in/x"])
def test_k17_what_cannot_be_nested_is_refused(path: str) -> None:
    with pytest.raises(PatchError, match="path"):
        kit.mounted(path, "3")


def test_k17_a_nested_activity_reads_what_it_has_written_and_no_more() -> None:
    outer: dict[str, Any] = {
        "room": {"x": 1},
        "own": {"bo": {"outer": 1}, "cy": {"in": {"theirs": 1}}},
        "host": {},
        "vault": {"outer": 1},
        "team": {"3": {"name": "t"}, "4": {"in": {"phase": "z"}}},
    }
    changes = [
        Change("room/phase", "a"),
        Change("own/bo/pick", 1),
        Change("host/n", 1),
        Change("vault/w", 1),
    ]
    state = kit.apply(outer, kit.mount(changes, "3"))
    want = {"room": {"phase": "a"}, "own": {"bo": {"pick": 1}}, "host": {"n": 1}, "vault": {"w": 1}}
    inner = kit.inner(state, "3", ["bo", "ana"])
    assert inner == {**want, "team": {}}
    emptied = kit.apply(state, kit.mount(kit.forgetting(inner), "3"))
    assert kit.inner(emptied, "3", ["bo"])["own"] == {}
    assert emptied["own"]["bo"] == {"outer": 1}
    assert emptied["own"]["cy"] == outer["own"]["cy"]
    assert emptied["vault"] == {"outer": 1, "in": {"3": {}}}
    assert kit.inner(outer, "9", [])["room"] == {}


def test_k18_a_frozen_copy_equals_its_model_and_stays() -> None:
    model: dict[str, Any] = {"a": [1, {"b": None}], "c": "x"}
    copy = frozen(model)
    assert copy == model
    assert json.dumps(copy) == json.dumps(model)
    assert isinstance(copy, dict)
    assert [*copy["a"]] == [1, {"b": None}]
    writes: list[Callable[[], Any]] = [
        lambda: copy.pop("a"),
        lambda: copy["a"].extend([1]),
        lambda: copy["a"][1].update(b=1),
        lambda: copy["a"].__setitem__(0, 2),
    ]
    for write in writes:
        with pytest.raises(TypeError, match="read only"):
            write()
    model["a"].append(3)
    assert len(copy["a"]) == 2
    assert {**copy, "c": 1}["c"] == 1, "a copy of it may be changed"
