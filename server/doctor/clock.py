"""The clock: rooms end, and dates are told, by this machine's; Redis has one of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from server.settings import Settings

from . import store
from .finding import Finding, note, well, wrong

NAME = "clock"
BUILT = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
SAMPLES = 5
SOME_S, FAR_S = 1.0, 30.0
MEND = "let both keep time (timedatectl set-ntp true)"


def clock(
    settings: Settings, env: Mapping[str, str], now: Callable[[], float] = time.time
) -> Iterator[Finding]:
    if now() < BUILT:
        yield wrong(
            NAME, "This machine's clock is years behind: set it (timedatectl set-ntp true)."
        )
        return
    if not settings.redis_url:
        yield well(NAME, f"It is {datetime.fromtimestamp(now(), UTC):%Y-%m-%d %H:%M} UTC here.")
        return
    apart = _apart(settings.redis_url, now)
    if apart is None:
        return  # that Redis does not answer is told where Redis is looked at
    if abs(apart) >= FAR_S:
        yield wrong(NAME, f"Redis and this machine are {abs(apart):.0f} s apart: {MEND}.")
    elif abs(apart) >= SOME_S:
        yield note(NAME, f"Redis and this machine are {abs(apart):.1f} s apart: {MEND}.")
    else:
        yield well(NAME, f"Redis and this machine agree to {max(abs(apart) * 1000, 1):.0f} ms.")


def _apart(url: str, now: Callable[[], float]) -> float | None:
    """Seconds that Redis is ahead, by the answer that came soonest; None without one."""
    best: tuple[float, float] | None = None
    try:
        with store.connected(url) as redis:
            for _ in range(SAMPLES):
                begun, wall = time.perf_counter(), now()
                seconds, micros = redis.time()
                trip = time.perf_counter() - begun
                sample = (trip, seconds + micros / 1e6 - (wall + trip / 2))
                best = min(best or sample, sample)
    except store.away():
        return None
    return best[1] if best else None
