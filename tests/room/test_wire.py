"""Frames in: what the decoder takes, at each bound and one above it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room import wire
from server.room.position import Position, opened, salted


def bad(data: bytes) -> bool:
    try:
        wire.decode(data)
    except wire.BadFrame:
        return True
    return False


def eph(d: str) -> bytes:
    return b'{"t":"eph","key":"x","d":%b}' % d.encode()


@pytest.mark.parametrize("d", ["[%s]" % ("[" * 6 + "]" * 6), '{"a":' * 7 + "1" + "}" * 7])
def test_WF1_eight_levels_are_read_and_nine_are_not(d: str) -> None:
    assert not bad(eph(d))
    assert not bad(eph(d[:-1] + ("," if d[0] == "[" else ',"b":') + "[]" * (d[0] == "[")
                       + "{}" * (d[0] == "{") + d[-1]))  # fmt: skip
    assert bad(eph(f"[{d}]"))


@pytest.mark.parametrize(
    "text", ["[" * 500, "{" * 500, '\\"' + "[" * 500, "\\\\", "]}" * 50 + "[" * 9]
)
def test_WF2_brackets_inside_a_text_are_no_depth(text: str) -> None:
    assert not bad(eph(f'"{text}"'))
    assert not bad(eph(f'{{"{text}":[["{text}"]]}}'))
    assert bad(eph(f'["{text}",{"[" * 8}{"]" * 8}]'))


def test_WF2_a_text_ends_where_it_ends() -> None:
    assert bad(eph('["\\\\",%s]' % ("[" * 8 + "]" * 8)))  # the quote is not escaped: a backslash is
    assert not bad(eph('["\\",%s"]' % ("[" * 8 + "]" * 8)))


def test_WF3_closing_brackets_do_not_buy_depth() -> None:
    assert bad(eph("[" + "[[]]," * 20 + "[" * 8 + "]" * 8 + "]"))
    assert not bad(eph("[" + "[[]]," * 20 + "[]]"))


@pytest.mark.parametrize(("commas", "refused"), [(1998, False), (1999, True)])
def test_WF4_2000_commas_are_read_and_one_more_is_not(commas: int, refused: bool) -> None:
    # two more stand between the fields of the frame
    assert bad(eph("[0" + ",0" * commas + "]")) is refused
    assert not bad(eph('"' + "," * 5_000 + '"'))


@pytest.mark.parametrize("nothing", ["NaN", "Infinity", "-Infinity", "1e999", "01", "'x'", "0x1"])
def test_WF5_what_is_no_json_is_not_read(nothing: str) -> None:
    assert bad(eph(nothing))


@pytest.mark.parametrize(
    ("frame", "refused"),
    [({"n": 1}, False), ({"n": 0}, True), ({"n": 2**53}, False), ({"n": 2**53 + 1}, True),
     ({"n": 1, "p": 0}, False), ({"n": 1, "p": -1}, True), ({"n": 1, "g": 2**53 + 1}, True)],
)  # fmt: skip
def test_WF6_numbers_are_those_that_every_store_holds(frame: dict[str, Any], refused: bool) -> None:
    assert bad(json.dumps({"t": "op", "do": "a.b", **frame}).encode()) is refused


@pytest.mark.parametrize("value", [2**53, -(2**53), True, None, "x", [], {}, {"a": [1, {"b": ""}]}])
def test_WF7_plain_values_pass(value: Any) -> None:
    wire.plain(value)


@pytest.mark.parametrize(
    "value", [2**53 + 1, -(2**53) - 1, 1.0, 0.5, "\ud800", {"\udc00": 1}, {"__proto__": 1},
              [{"constructor": 1}], {"a": {"prototype": 1}}, b"x", {1: 2}],
)  # fmt: skip
def test_WF7_what_no_state_may_hold_does_not(value: Any) -> None:
    if value == {1: 2}:
        wire.plain(value)  # JSON has no such key; a whole number harms nobody
        return
    with pytest.raises(wire.BadFrame):
        wire.plain(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN)
def test_WF8_what_is_plain_and_flat_comes_through_as_it_is(value: Any) -> None:
    frame = json.dumps({"t": "eph", "key": "x", "d": value}).encode()
    if _depth(value) < wire.MAX_DEPTH:
        got = wire.decode(frame)
        assert isinstance(got, wire.Eph) and got.d == value
        wire.plain(got.d)
    else:
        assert bad(frame)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


# -- positions


@given(st.text(max_size=90))
def test_WF9_a_position_is_read_or_is_none(text: str) -> None:
    found = opened(text)
    assert found is None or f"{found[0]}.{found[1]}" == ".".join(text.split(".")[:1]) + (
        f".{int(text.split('.')[1])}"
    )


def test_WF9_a_position_means_nothing_without_the_salt() -> None:
    sealed = Position("e1", 7, "aaaaaaaaaaaa").seal(b"salt")
    assert opened(sealed) == ("e1", 7, salted("aaaaaaaaaaaa", b"salt"))
    assert "aaaaaaaaaaaa" not in sealed
    assert sealed != Position("e1", 7, "aaaaaaaaaaaa").seal(b"other")
    assert sealed != Position("e1", 7, "aaaaaaaaaaab").seal(b"salt")


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "e1.1", "e1.-1.x", "e1.1.x.y", "e1.1e2.x", "e1.٣.x",
     "e1." + "9" * 16 + ".x", "e" * 81],
)  # fmt: skip
def test_WF9_nonsense_is_no_position(text: str) -> None:
    assert opened(text) is None
