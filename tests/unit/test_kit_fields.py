"""K7, K8: what actions accept, and what text is after cleaning."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import kit
from server.kit import Field, FieldError
from server.kit.fields import MAX_MARKS

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PEOPLE: dict[str, Any] = {"ana": {}, "bo": {}}


def code(field: Field, value: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(FieldError) as caught:
        field.check(value, PEOPLE)
    return caught.value.code, caught.value.facts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (kit.boolean(), True),
        (kit.integer(-2, 5), -2),
        (kit.integer(-2, 5), 5),
        (kit.text(5), "abcde"),
        (kit.text(5), "\U0001f327" * 5),
        (kit.text(5, empty=True), ""),
        (kit.text(9, lines=True), "a\nb"),
        (kit.one_of("a", "b"), "b"),
        (kit.one_of(1, 2), 1),
        (kit.member(), "bo"),
        (kit.list_of(kit.integer(0, 9), 3), [1, 2, 3]),
        (kit.list_of(kit.integer(0, 9), 3), []),
        (kit.optional(kit.integer(0, 9)), None),
        (kit.optional(kit.integer(0, 9)), 9),
    ],
)
def test_k7_values_within_the_bounds_are_kept(field: Field, value: Any) -> None:
    assert field.check(value, PEOPLE) == value


HOSTILE = [None, True, 1, 1.0, "", "x", [], ["x"], {}, {"a": 1}, float("nan"), 10**30]


@pytest.mark.parametrize(
    ("field", "value", "want"),
    [
        (kit.boolean(), 1, "not_a_choice"),
        (kit.boolean(), None, "not_a_choice"),
        (kit.integer(-2, 5), -3, "not_a_number"),
        (kit.integer(-2, 5), 6, "not_a_number"),
        (kit.integer(0, 5), 1.0, "not_a_number"),
        (kit.integer(0, 5), True, "not_a_number"),
        (kit.integer(0, 5), "1", "not_a_number"),
        (kit.text(5), "abcdef", "too_long"),
        (kit.text(5), "a" * 100_000, "too_long"),
        (kit.text(5), "", "too_short"),
        (kit.text(5), " \u200b\u202e\t ", "too_short"),
        (kit.text(5), 7, "not_text"),
        (kit.text(5), "a\ud800", "not_text"),
        (kit.one_of("a", "b"), "c", "not_a_choice"),
        (kit.one_of(0, 1), True, "not_a_choice"),
        (kit.one_of("a"), ["a"], "not_a_choice"),
        (kit.member(), "cy", "nobody"),
        (kit.member(), None, "nobody"),
        (kit.member(), ["ana"], "nobody"),
        (kit.list_of(kit.integer(0, 9), 3), [1, 2, 3, 4], "not_a_list"),
        (kit.list_of(kit.integer(0, 9), 3), "123", "not_a_list"),
        (kit.list_of(kit.integer(0, 9), 3), [1, 10], "not_a_number"),
        (kit.optional(kit.integer(0, 9)), 10, "not_a_number"),
    ],
)
def test_k7_values_beyond_them_are_refused_with_a_code(field: Field, value: Any, want: str) -> None:
    assert code(field, value)[0] == want


def test_k7_a_refusal_says_the_bound() -> None:
    assert code(kit.text(5), "abcdef") == ("too_long", {"max": 5})
    assert code(kit.integer(1, 5), 9) == ("not_a_number", {"min": 1, "max": 5})
    assert code(kit.list_of(kit.boolean(), 0), [True]) == ("not_a_list", {"max": 0})


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_k7_no_value_breaks_a_field(value: Any) -> None:
    fields = [kit.boolean(), kit.integer(0, 3), kit.text(3), kit.one_of("a", 1), kit.member()]
    for field in [*fields, kit.list_of(kit.text(2), 2), kit.optional(kit.text(2))]:
        try:
            field.check(value, PEOPLE)
        except FieldError as error:
            assert error.code


def test_k7_arguments_are_all_known_and_all_there() -> None:
    fields = {"a": kit.integer(0, 9), "b": kit.text(3, default="hi")}
    assert kit.check_all(fields, {"a": 1}) == {"a": 1, "b": "hi"}
    for given_, want in [
        ({}, ("missing", {"field": "a"})),
        ({"a": 1, "c": 2}, ("unknown", {})),
        ({"a": 99}, ("not_a_number", {"min": 0, "max": 9, "field": "a"})),
    ]:
        with pytest.raises(FieldError) as caught:
            kit.check_all(fields, given_)
        assert (caught.value.code, caught.value.facts) == want


def test_k7_each_field_describes_itself() -> None:
    assert kit.boolean(True).schema() == {"type": "boolean", "default": True}
    assert kit.integer(1, 9).schema() == {"type": "integer", "minimum": 1, "maximum": 9}
    assert kit.text(9).schema() == {"type": "string", "minLength": 1, "maxLength": 9}
    assert kit.text(9, empty=True).schema()["minLength"] == 0
    assert kit.one_of("a", "b", default="a").schema() == {"enum": ["a", "b"], "default": "a"}
    assert kit.member().schema() == {"type": "string", "format": "member"}
    assert kit.list_of(kit.boolean(), 2).schema() == {
        "type": "array",
        "items": {"type": "boolean"},
        "maxItems": 2,
    }
    assert kit.optional(kit.boolean()).schema() == {
        "anyOf": [{"type": "boolean"}, {"type": "null"}],
        "default": None,
    }


def test_k7_bounds_beyond_what_a_browser_counts_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="integer"):
        kit.integer(0, 2**53 + 1)
    with pytest.raises(ValueError, match="integer"):
        kit.integer(2, 1)


@pytest.mark.parametrize(
    ("given_", "want"),
    [
        ("  hello  ", "hello"),
        ("e\u0301", "é"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("a\x00b\x07c\x7fd", "abcd"),
        ("a\u200b\u00ad\ufeffb", "ab"),
        ("a\tb\nc\r\nd\u2028e", "a b c d e"),
        (PERSIAN, PERSIAN),
        (FAMILY, FAMILY),
        ("\u200da\u200d\u200d \u200db\u200d", "a b"),
        ("Z" + "\u0334" * 40, "Z" + "\u0334" * MAX_MARKS),
        ("\u091c\u093c\u0941\u0902", "\u091c\u093c\u0941\u0902"),
        ("مرحباً", "مرحباً"),
    ],
)  # fmt: skip
def test_k8_text_is_cleaned(given_: str, want: str) -> None:
    assert kit.clean_text(given_) == want


def test_k8_lines_stay_where_they_are_wanted() -> None:
    assert kit.clean_text("a\r\nb\u2029c\x0bd\n", lines=True) == "a\nb\nc\nd"


@settings(max_examples=300)
@given(
    st.text(
        st.one_of(
            st.characters(exclude_categories=["Cs"]),
            st.sampled_from("\u200c\u200d\u0301\u0334 \n\t\u202e\ufe0f"),
        ),
        max_size=30,
    ),
    st.booleans(),
)
def test_k8_cleaning_twice_changes_nothing(value: str, lines: bool) -> None:
    once = kit.clean_text(value, lines)
    assert kit.clean_text(once, lines) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.bidirectional(char) in ("LRE", "RLO", "PDI", "RLI") for char in once)
    assert lines or "\n" not in once


def test_k8_a_tower_of_marks_costs_no_time() -> None:
    tower = "a" + "\u0316\u0301" * 50_000  # without its bound, normalising takes minutes
    assert len(kit.clean_text(tower)) <= 1 + MAX_MARKS
