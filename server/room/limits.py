"""What a room allows, as numbers, and the bucket that counts rates. Time is passed in."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds of one room. Every one is a setting (`JAM_LIMIT_<NAME>`) and is shown at `/limits`.

    Sizes are bytes, rates are per second, times are milliseconds.
    """

    members: int = 100
    people: int = 200
    name_chars: int = 40
    title_chars: int = 80
    plan_steps: int = 40
    past: int = 24
    frame_bytes: int = 32 * 1024
    hello_bytes: int = 1024
    live_bytes: int = 1024
    ops_rate: int = 20
    ops_burst: int = 60
    room_ops_rate: int = 300
    room_ops_burst: int = 600
    live_rate: int = 30
    live_burst: int = 60
    reacts_rate: int = 3
    reacts_burst: int = 10
    renames_per_10s: int = 1
    rtc_bytes: int = 16 * 1024
    rtc_per_minute: int = 6
    words_rate: int = 1
    words_burst: int = 5
    frames_rate: int = 60
    frames_burst: int = 240
    bytes_rate: int = 64 * 1024
    bytes_burst: int = 256 * 1024
    in_flight: int = 240
    answers_kept: int = 256
    ring_bytes: int = 1024 * 1024
    ring_ms: int = 60_000
    part_bytes: int = 32 * 1024
    unacked_bytes: int = 256 * 1024
    unacked_ms: int = 5_000
    slow_ms: int = 30_000
    tick_ms: int = 50
    light_ms: int = 500
    crowd: int = 20
    beat_ms: int = 3_000
    hidden_beat_ms: int = 15_000
    dim_ms: int = 2_000
    away_ms: int = 12_000
    away_restart_ms: int = 30_000
    rest_ms: int = 60_000
    baton_ms: int = 20_000
    seat_ms: int = 120_000
    grace_ms: int = 10_000
    settle_ms: int = 10_000
    snapshot_ops: int = 512
    snapshot_bytes: int = 256 * 1024
    past_bytes: int = 16 * 1024 * 1024
    rooms: int = 1_000
    address_sockets: int = 200
    address_rate: int = 6
    address_burst: int = 120
    address_strangers: int = 120
    address_rooms: int = 5
    wrong_per_minute: int = 10


class Bucket:
    """A token bucket: `rate` tokens a second, at most `burst` at once. Integer milliseconds in.

    It starts full. All it keeps is when it will be full again, in thousandths of a token since the
    clock's zero: a take is one comparison and one sum, which every read of a socket pays twice.
    A clock that goes back gives nothing.
    """

    __slots__ = ("_full_at", "burst", "rate")

    def __init__(self, rate: int, burst: int, now: int = 0) -> None:
        self.rate = rate
        self.burst = burst
        self._full_at = now * rate

    def take(self, now: int, cost: int = 1) -> bool:
        """Take `cost` tokens if they are there; otherwise none."""
        at = now * self.rate
        full_at = self._full_at
        if full_at < at:
            full_at = at
        full_at += cost * 1000
        if full_at - at > self.burst * 1000:
            return False
        self._full_at = full_at
        return True

    def wait_ms(self, now: int, cost: int = 1) -> int:
        """How long until `cost` tokens are there; at least 1 if they are not there yet."""
        at = now * self.rate
        lack = max(self._full_at, at) + cost * 1000 - at - self.burst * 1000
        return 0 if lack <= 0 else -(-lack // self.rate)

    def full(self, now: int) -> bool:
        """Nothing has been taken that time has not given back."""
        return self._full_at <= now * self.rate
