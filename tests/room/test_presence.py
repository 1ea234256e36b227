"""Presence at its bounds: dimmed, away, back, a seat kept, a longer grace after a restart."""

from __future__ import annotations

from server.room.limits import Limits
from server.room.presence import Presence

LIMITS = Limits()


def test_PR1_dimmed_after_two_seconds_and_away_after_twelve_each_once() -> None:
    p = Presence(LIMITS)
    assert p.came("bo") is False
    assert p.went("bo", 0) is True
    assert p.next_due == 2_000
    assert p.due(1_999) == ([], [])
    assert p.due(2_000) == (["bo"], [])
    assert p.due(2_001) == ([], [])
    assert p.next_due == 12_000
    assert p.due(11_999) == ([], [])
    assert p.due(12_000) == ([], ["bo"])
    assert p.due(12_001) == ([], []) and p.next_due is None


def test_PR1_a_late_look_says_away_alone() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 0)
    assert p.due(60_000) == ([], ["bo"])


def test_PR2_coming_back_takes_it_all_back_and_says_whether_it_showed() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 0)
    assert p.came("bo") is False
    assert p.due(60_000) == ([], [])
    p.went("bo", 60_000)
    p.due(62_000)
    assert p.came("bo") is True
    assert p.next_due is None and p.here("bo")


def test_PR3_the_last_socket_counts() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.came("bo")
    assert p.went("bo", 0) is False
    assert p.here("bo") and p.due(60_000) == ([], [])
    assert p.went("bo", 60_000) is True
    assert not p.here("bo") and not p.anyone


def test_PR4_a_bye_has_no_grace() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 5, bye=True)
    assert p.due(5) == ([], ["bo"])


def test_PR5_a_seat_is_kept_for_two_minutes() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 0)
    p.due(120_000)
    assert p.seated("bo") and p.seats == 1
    p.due(120_001)
    assert not p.seated("bo") and p.seats == 0


def test_PR6_after_a_restart_the_grace_is_thirty_seconds() -> None:
    p = Presence(LIMITS)
    p.restore(["bo", "cy"], 0)
    p.came("cy")
    assert p.due(29_999)[1] == []
    assert p.due(30_000)[1] == ["bo"]
    assert p.seated("bo")


def test_PR7_an_away_that_could_not_be_written_is_due_again() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 0)
    assert p.due(12_000)[1] == ["bo"]
    p.again("bo", 12_000)
    assert p.due(14_999)[1] == [] and p.due(15_000)[1] == ["bo"]
    p.came("bo")
    p.again("bo", 15_000)
    assert p.next_due is None


def test_PR8_whoever_is_at_no_living_server_waits_no_thirty_seconds() -> None:
    """PR8: a server that had just read the room gave the ghosts of a dead one the grace of a
    restart: they were shown for up to 43 s."""
    p = Presence(LIMITS)
    p.restore(["bo", "cy", "di"], 0)
    p.hasten(["bo", "cy", "nobody"], 4_000, LIMITS.away_ms)
    p.hasten(["bo", "cy"], 6_000, LIMITS.away_ms)  # told at each beat, counted from the first
    p.came("cy")
    p.went("cy", 5_000, hidden=True)
    p.hasten(["cy"], 6_000, LIMITS.away_ms)  # a line of one's own has the grace of its own
    assert p.due(15_999)[1] == []
    assert p.due(16_000)[1] == ["bo"]
    assert p.due(30_000)[1] == ["di"]
    assert p.due(65_000)[1] == ["cy"]
