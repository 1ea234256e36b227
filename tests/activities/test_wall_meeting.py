"""WA20-WA23: "I can": two people find each other if both want it, and nobody else is told."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.laws import dump
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy", "di"]


def wall(**options: Any) -> Stage:
    room = Stage("wall", PEOPLE, host="ana", columns="offers", can=True, **options)
    assert room.act("bo", "add", text="A drill", col=1).ok
    return room


def own(room: Stage, who: str) -> Any:
    return room.sees(who)["own"].get(who, {})


def test_wa20_the_author_learns_that_somebody_can_and_no_more() -> None:
    room = wall()
    before = dump(room.state["room"])
    assert room.act("cy", "can", i=0, words="Door 7").ok
    assert "able" not in own(room, "bo"), "the clock brings it, not the tap"
    room.wait(1)
    assert own(room, "bo")["able"] == [{"i": 0, "on": True}]
    assert "Door 7" not in room.bytes_of("bo") and "cy" not in room.bytes_of("bo")
    assert dump(room.state["room"]) == before
    for other in ("ana", "di"):
        assert not any(word in room.bytes_of(other) for word in ("Door 7", "able", "cans", "ties"))
    assert own(room, "cy") == {
        "cans": [{"i": 0, "words": "Door 7", "named": False, "on": True}]
    }  # fmt: skip
    room.act("di", "can", i=0, words="Di at the bar", named=True)
    room.wait(1)
    assert own(room, "bo")["able"][1] == {"i": 0, "on": True, "who": "di"}
    assert "Di at the bar" not in room.bytes_of("bo")


def test_wa21_only_if_both_want_it_each_reads_the_others_words() -> None:
    room = wall()
    room.act("cy", "can", i=0, words="Door 7")
    room.act("di", "can", i=0, words="Door 9")
    room.wait(1)
    assert room.act("bo", "meet", a=2, words="x").code == "no_note"
    assert room.act("cy", "meet", a=0, words="x").code == "no_note"
    assert room.act("bo", "meet", a=0, words="Red coat").ok
    assert "Red coat" not in room.bytes_of("cy")
    room.wait(1)
    assert own(room, "bo")["able"][0] == {
        "i": 0, "on": True, "mine": "Red coat", "words": "Door 7"
    }  # fmt: skip
    assert own(room, "cy")["cans"][0]["theirs"] == "Red coat"
    assert "bo" not in room.bytes_of("cy"), "whose note it is, only the words may tell"
    for other in ("ana", "di"):
        assert "Red coat" not in room.bytes_of(other) and "Door 7" not in room.bytes_of(other)
    assert "Door 9" not in room.bytes_of("bo")
    assert room.act("bo", "meet", a=0, words="Other").kind == "noop"
    assert room.act("cy", "cannot", i=0).kind == "noop", "what is given is given"
    assert room.act("cy", "can", i=0, words="Other").kind == "noop"
    room.wait(1)
    assert "Other" not in dump(room.state)


def test_wa21_an_offer_can_be_taken_back_and_made_again() -> None:
    room = wall()
    assert room.act("cy", "cannot", i=0).kind == "noop"
    room.act("cy", "can", i=0, words="Door 7")
    room.wait(1)
    assert room.act("cy", "cannot", i=0).ok
    room.wait(1)
    assert own(room, "bo")["able"] == [{"i": 0, "on": False}] and "Door 7" not in dump(room.state)
    assert room.act("bo", "meet", a=0, words="x").code == "no_note"
    room.act("cy", "can", i=0, words="Door 8", named=True)
    room.wait(1)
    assert own(room, "bo")["able"] == [{"i": 0, "on": True, "who": "cy"}]
    # taken back in the very moment of the answer: nobody reads anything
    room.act("bo", "meet", a=0, words="Red coat")
    room.act("cy", "cannot", i=0)
    room.wait(1)
    assert "Red coat" not in room.bytes_of("cy") and "Door 8" not in room.bytes_of("bo")


def test_wa22_who_and_how_often() -> None:
    room = wall()
    assert room.act("bo", "can", i=0, words="x").code == "your_own"
    assert room.act("cy", "can", i=1, words="x").code == "no_note"
    assert room.act("cy", "can", i=0, words="").code == "too_short"
    assert room.act("cy", "can", i=0, words="x" * 80).ok
    assert room.act("cy", "can", i=0, words="x" * 81).facts == {"max": 80, "field": "words"}
    for n in range(20):
        room.act("bo" if n < 19 else "di", "add", text=f"n{n}")
    for i in range(1, 20):
        assert room.act("cy", "can", i=i, words="x").ok
    assert room.act("cy", "can", i=20, words="x").facts == {"max": 20}
    assert room.act("cy", "can", i=3, words="y").ok, "one of them again"
    plain = Stage("wall", PEOPLE, host="ana")
    plain.act("bo", "add", text="x")
    assert plain.act("cy", "can", i=0, words="x").code == "not_now"


def test_wa22_a_hundred_offers_reach_one_author() -> None:
    people = [f"p{n}" for n in range(103)]
    room = Stage("wall", people, guard=False, can=True)
    room.act("p0", "add", text="x")
    for who in people[1:102]:
        assert room.act(who, "can", i=0, words="here").ok
    room.wait(1)
    assert len(own(room, "p0")["able"]) == 100
    room.act("p102", "can", i=0, words="here")
    room.wait(1)
    assert len(own(room, "p0")["able"]) == 100
    assert room.act("p0", "meet", a=99, words="x").ok
    assert room.act("p0", "meet", a=100, words="x").code == "not_a_number"


def test_wa23_erase_takes_ones_words_out_of_the_others_hands() -> None:
    for gone, left in (("cy", "bo"), ("bo", "cy")):
        room = wall()
        room.act("cy", "can", i=0, words="Door 7", named=True)
        room.wait(1)
        room.act("bo", "meet", a=0, words="Red coat")
        room.wait(1)
        room.erase(gone)
        words = {"cy": "Door 7", "bo": "Red coat"}
        assert words[gone] not in dump(room.state) and gone not in dump(room.state)
        assert dump(own(room, left)).count('"i": -1') == 1
        room.act("di", "can", i=0, words="z") if gone == "cy" else None
        room.wait(1)
        assert not room.faults


TAPS = st.tuples(
    st.sampled_from(["can", "cannot", "meet", "withdraw", "add", "wait"]),
    st.sampled_from(PEOPLE),
    st.integers(0, 3),
    st.booleans(),
)


@settings(max_examples=80)
@given(st.lists(TAPS, max_size=25), st.booleans())
def test_wa20_whatever_people_do_words_reach_two_who_both_said_yes(
    taps: list[tuple[str, str, int, bool]], hold: bool
) -> None:
    """WA20: a person's words are sent to one other at most for each tap, and only after both."""
    room = Stage("wall", PEOPLE, host="ana", columns="offers", can=True, hold=hold)
    for who in PEOPLE[1:]:
        room.act(who, "write" if hold else "add", text=f"note {who}")
    room.act("ana", "show")
    said: dict[str, str] = {}
    for n, (name, who, i, named) in enumerate(taps):
        words = f"way{n}w"
        if name == "wait":
            room.wait(1)
        elif name in ("can", "meet"):
            args = {"i": i, "named": named} if name == "can" else {"a": i}
            if room.act(who, name, words=words, **args).ok:
                said[words] = who
        elif name == "add":
            room.act(who, "add", text=f"more {n}")
        elif name in ("cannot", "withdraw"):
            room.act(who, name, i=i)
    room.wait(1)
    assert not room.faults
    for words, who in said.items():
        readers = [o for o in PEOPLE if o != who and words in room.bytes_of(o)]
        assert len(readers) <= 1
        for reader in readers:
            theirs = [w for w, o in said.items() if o == reader and w in room.bytes_of(who)]
            assert theirs, "both, or neither"
    assert not any(words in dump([room.state["room"], room.state["host"]]) for words in said)
    for other in PEOPLE:
        assert '"ties"' not in room.bytes_of(other)
