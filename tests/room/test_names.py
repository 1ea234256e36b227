"""Names: what is cleaned away, which two are alike, and how they are told apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.kit import FieldError
from server.room import names

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize("mark", DIRECTIONS + "\u0000\u0007\u001b\u007f\u0085\u200b\ufeff\u00ad")
def test_NM1_no_invisible_or_direction_mark_stays(mark: str) -> None:
    assert mark not in names.clean(f"{mark}A{mark}na{mark}", 40)
    assert names.skeleton(names.clean(f"{mark}A{mark}na{mark}", 40)) == "ana"


@pytest.mark.parametrize("blank", "\u2800\u3164\uffa0\u115f\u1160\u3000\u00a0\u2003")
def test_NM1_a_name_of_blank_letters_is_none(blank: str) -> None:
    assert names.clean(blank * 3, 40) == ""
    assert names.clean(f"A{blank}{blank}B", 40) == "A B"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "ANA"), ("Ana", "Аnа"), ("Bo", "B0"), ("Bo", "Во".replace("В", "B")),
        ("Alice", "A1ice"), ("Alice", "Al|ce".replace("|", "\u0456")), ("Ana", "A n a"),
        ("Ana", "A-n-a"), ("Ána", "Ana"), ("Ana", "𝒜𝓃𝒶"), ("Ana", "Ａｎａ"), ("Sam", "$am"),
        ("Ana", "@na"), ("straße", "STRASSE"), ("Pop", "Рор".replace("Р", "P")), ("Ido", "ıdo"),
("Ana", "An\u0301a"),
    ],
)  # fmt: skip
def test_NM2_two_names_that_a_person_could_mix_up_are_alike(one: str, other: str) -> None:
    assert names.skeleton(one) == names.skeleton(other)
    assert names.apart(other, [one]) == f"{other} 2"


@pytest.mark.parametrize(
    ("one", "other"), [("Ana", "Anna"), ("Bo", "Ba"), ("王", "玉"), ("نور", "نورا")]
)
def test_NM2_other_names_are_not(one: str, other: str) -> None:
    assert names.skeleton(one) != names.skeleton(other)
    assert names.apart(other, [one]) == other


def test_NM3_numbers_go_on_until_one_is_free() -> None:
    assert names.apart("Ana", ["ana", "Ana 2", "ANA 3"]) == "Ana 4"
    assert names.apart("Ana", ["Ana", "Ana 3"]) == "Ana 2"


@pytest.mark.parametrize(("length", "kept"), [(40, 40), (41, 40)])
def test_NM4_a_name_has_at_most_its_code_points(length: int, kept: int) -> None:
    assert len(names.clean("n" * length, 40)) == kept


@pytest.mark.parametrize("length", [40, 41])
def test_NM4_and_at_most_160_bytes(length: int) -> None:
    assert names.clean("𝒜" * length, 60) == "𝒜" * 40


def test_NM5_broken_unicode_is_refused() -> None:
    with pytest.raises(FieldError):
        names.clean("a\ud800", 40)


@given(NAME, st.integers(1, 60))
def test_NM6_cleaning_bounds_one_line_and_changes_nothing_twice(name: str, limit: int) -> None:
    once = names.clean(name, limit)
    assert names.clean(once, limit) == once == once.strip()
    assert len(once) <= limit and len(once.encode()) <= names.MAX_BYTES
    assert not any(unicodedata.category(c) == "Cc" for c in once)
    assert not set(once) & set(DIRECTIONS)


@given(st.lists(NAME.map(lambda n: names.clean(n, 40)).filter(names.skeleton), max_size=8))
def test_NM7_whoever_comes_in_one_after_the_other_no_two_are_alike(wished: list[str]) -> None:
    room: list[str] = []
    for name in wished:
        room.append(names.apart(name, room))
    assert len({names.skeleton(name) for name in room}) == len(room)
