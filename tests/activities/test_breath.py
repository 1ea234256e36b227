"""BR1-BR4: quiet, breath and dance on one clock; it can rest, and its end is a bell."""

from __future__ import annotations

from typing import Any

import pytest

from activities.breath.rules import LONGEST, MINUTE
from tests.stage import Stage

PEOPLE = ["ana", "bo", "cy"]


def stage(**options: Any) -> Stage:
    return Stage("breath", PEOPLE, host="ana", **options)


def left(room: Stage) -> int:
    clock = room.state["room"]["clock"]
    return int(clock.get("left", clock["at"] + clock["ms"] - room.now))


def phase(room: Stage) -> str:
    return str(room.sees("bo")["room"]["phase"])


@pytest.mark.parametrize(("form", "lead"), [("circle", 0), ("quiet", 0), ("floor", 4_500)])
def test_br1_it_begins_for_all_at_once_and_ends_by_itself(form: str, lead: int) -> None:
    room = stage(form=form, minutes=2)
    assert room.act("bo", "begin").code == "host_only"
    assert room.act("ana", "begin").ok
    assert room.sees("cy")["room"]["clock"] == {"at": room.now + lead, "ms": 2 * MINUTE}
    room.wait(lead + 2 * MINUTE - 1)
    assert phase(room) == "run"
    room.wait(1)
    assert phase(room) == "over" and room.state["room"]["clock"] is None
    assert room.act("ana", "begin").ok and phase(room) == "run", "again"


def test_br1_minutes_have_bounds() -> None:
    assert [stage(minutes=n).options["minutes"] for n in (1, 20)] == [1, 20]
    for n in (0, 21):
        with pytest.raises(Exception, match="not_a_number"):
            stage(minutes=n)


def test_br2_it_rests_goes_on_gets_longer_and_ends_early() -> None:
    room = stage(minutes=1)
    assert [room.act("ana", what).code for what in ("pause", "longer", "finish")] == ["not_now"] * 3
    room.act("ana", "begin")
    room.wait(20_000)
    assert room.act("ana", "pause").ok and left(room) == 40_000
    room.wait(10 * MINUTE)
    assert phase(room) == "run" and left(room) == 40_000
    assert room.act("ana", "longer").ok and left(room) == 100_000
    assert room.act("ana", "pause", on=False).ok
    room.wait(99_999)
    assert phase(room) == "run"
    room.wait(1)
    assert phase(room) == "over"
    room.act("ana", "begin")
    while room.act("ana", "longer").ok:
        assert left(room) <= LONGEST
    assert left(room) == LONGEST
    assert [room.act("bo", what).code for what in ("pause", "longer", "finish")] == [
        "host_only"
    ] * 3
    assert room.act("ana", "finish").ok and phase(room) == "over"
    assert not room.timers


def test_br2_a_count_in_that_rests_is_counted_again() -> None:
    room = stage(form="floor", minutes=1)
    room.act("ana", "begin")
    room.wait(1_000)
    room.act("ana", "pause")
    assert left(room) == MINUTE + 3_500
    room.wait(60_000)
    room.act("ana", "pause", on=False)
    assert room.state["room"]["clock"] == {"at": room.now + 3_500, "ms": MINUTE}


def test_br3_how_many_dance_and_never_who() -> None:
    room = stage(form="floor")
    assert room.act("bo", "dance").ok and room.act("cy", "dance").ok
    assert room.act("bo", "dance").kind == "noop"
    assert room.sees("ana")["room"]["dancing"] == 2
    assert '"cy"' not in room.bytes_of("ana")
    assert room.act("bo", "dance", on=False).ok
    assert room.act("bo", "dance", on=False).kind == "noop"
    room.away("cy")
    room.back("cy")
    assert room.state["room"]["dancing"] == 1
    room.erase("cy")
    assert room.state["room"]["dancing"] == 0


def test_br4_nothing_is_kept() -> None:
    room = stage()
    room.act("ana", "begin")
    room.join("di")
    assert room.sees("di")["room"]["phase"] == "run"
    assert room.harvest(PEOPLE) == []


def test_br1_a_team_without_a_host_begins_by_itself() -> None:
    room = stage(auto=True, minutes=1)
    room.wait(9_999)
    assert phase(room) == "ready"
    room.wait(1)
    assert phase(room) == "run"
    early = stage(auto=True, minutes=1)
    early.act("ana", "begin")
    assert "opens" not in early.timers
    assert not stage().timers


@pytest.mark.parametrize("form", ["circle", "quiet", "floor"])
def test_vseat13_nobody_is_heard_while_we_are_quiet(form: str) -> None:
    room = stage(form=form)
    calm = None if form == "floor" else set()
    assert room.heard() is None
    room.act("ana", "begin")
    assert room.heard() == calm
    room.act("ana", "pause")
    assert room.heard() is None, "while it rests people may talk"
    room.act("ana", "pause", on=False)
    assert room.heard() == calm
    room.act("ana", "finish")
    assert room.heard() is None
