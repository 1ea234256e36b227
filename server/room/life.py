"""How long a room and its contents live (decisions.md 33). Wall clock in, wall clock out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.kit import Refusal

HOUR_MS = 60 * 60 * 1000
DAY_MS = 24 * HOUR_MS
UNDATED_MS = 14 * DAY_MS
"""From the last use, for a room without a date."""
AFTER_MS = DAY_MS
"""After the planned end of the last date."""
KEPT_MS = DAY_MS
DATES = 60
PAST_MS = HOUR_MS
AHEAD_MS = 366 * DAY_MS
SHORTEST, LONGEST, USUAL = 5, 1440, 90
"""Minutes that one date may be planned for."""
SHAPES_LIFE = ("meet/starts", "meet/minutes", "meet/kept", "meet/keep")
"""A change that begins so changes how long a room lives."""


def life(meet: Mapping[str, Any], used: int) -> tuple[int, int]:
    """(when the room goes, when its contents go) for a room that was last used at `used`.

    A room without dates goes 14 days after its last use; with dates a day after the planned end of
    the last one, but never sooner than a day after its last use, nor before its contents. Contents
    go `kept` after the last use; between dates they stay only if the group was asked and nobody
    said no.
    """
    kept = int(meet.get("kept") or KEPT_MS)
    contents = used + kept
    starts = meet.get("starts") or []
    if not starts:
        return used + UNDATED_MS, contents
    last = max(starts)
    end = last + int(meet.get("minutes") or 0) * 60_000
    if last > used and agreed(meet):
        contents = max(contents, end + kept)
    after = max(AFTER_MS, kept)  # a host who keeps things longer keeps the room they are in
    return max(end, used) + after, contents


def agreed(meet: Mapping[str, Any]) -> bool:
    """Whether the group was asked to keep its contents, somebody said yes and nobody no."""
    keep = meet.get("keep") or {}
    return bool(keep.get("yes")) and not keep.get("no")


def dates(starts: Any, minutes: Any, now: int) -> tuple[list[int], int]:
    """Dates and planned length as a room keeps them: sorted, each once. Raises Refusal.

    `starts` may be one date, a list, or None; `minutes` may be None.
    """
    listed = [] if starts is None else starts if isinstance(starts, list) else [starts]
    if len(listed) > DATES:
        raise Refusal("not_a_list", max=DATES)
    bounds = {"min": now - PAST_MS, "max": now + AHEAD_MS}
    for start in listed:
        if type(start) is not int or not bounds["min"] <= start <= bounds["max"]:
            raise Refusal("not_a_number", field="starts", **bounds)
    if minutes is None:
        minutes = USUAL if listed else 0
    elif type(minutes) is not int or not SHORTEST <= minutes <= LONGEST:
        raise Refusal("not_a_number", field="minutes", min=SHORTEST, max=LONGEST)
    return sorted(set(listed)), minutes


def upcoming(meet: Mapping[str, Any], now: int) -> int | None:
    """The date that comes next: one that goes on counts until its planned end."""
    length = int(meet.get("minutes") or 0) * 60_000
    ahead = [start for start in meet.get("starts") or [] if start + length > now]
    return min(ahead, default=None)
