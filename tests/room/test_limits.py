"""The bucket: its burst, then its rate, whatever the clock does. And that limits are bounds."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room.limits import Bucket, Limits


def test_LM1_a_burst_at_once_and_not_one_more() -> None:
    bucket = Bucket(20, 60, 0)
    assert [bucket.take(0) for _ in range(61)] == [True] * 60 + [False]
    assert bucket.wait_ms(0) == 50
    assert not bucket.take(49) and bucket.take(50)
    assert not bucket.take(50)


def test_LM1_it_never_holds_more_than_its_burst() -> None:
    bucket = Bucket(20, 60, 0)
    assert [bucket.take(10**9) for _ in range(61)].count(True) == 60


def test_LM1_a_clock_that_runs_backwards_gives_nothing() -> None:
    bucket = Bucket(1, 1, 1_000)
    assert bucket.take(1_000) and not bucket.take(0) and not bucket.take(1_999)
    assert bucket.take(2_000)


@given(st.integers(1, 50), st.integers(1, 50),
       st.lists(st.tuples(st.integers(0, 500), st.integers(1, 3)), max_size=60))  # fmt: skip
def test_LM2_never_more_than_burst_and_rate_and_the_wait_is_right(
    rate: int, burst: int, steps: list[tuple[int, int]]
) -> None:
    bucket, now, taken = Bucket(rate, burst, 0), 0, 0
    for ms, cost in steps:
        now += ms
        wait = bucket.wait_ms(now, cost)
        if bucket.take(now, cost):
            assert wait == 0
            taken += cost
        elif cost <= burst:
            assert wait > 0
            probe = Bucket(rate, burst, now)
            probe._full_at = bucket._full_at
            assert not probe.take(now + wait - 1, cost) and probe.take(now + wait, cost)
        assert taken * 1000 <= burst * 1000 + now * rate


def test_LM3_limits_are_positive_and_fit_each_other() -> None:
    limits = msgspec.to_builtins(Limits())
    assert all(type(value) is int and value > 0 for value in limits.values())
    assert limits["members"] <= limits["people"]
    assert limits["part_bytes"] <= limits["frame_bytes"] <= limits["unacked_bytes"]
    assert limits["dim_ms"] < limits["away_ms"] < limits["away_restart_ms"] < limits["seat_ms"]
    with pytest.raises(AttributeError):
        Limits().members = 7  # type: ignore[misc]
