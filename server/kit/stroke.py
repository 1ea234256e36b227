"""Stroke: the one string that a mark's points travel in, on any paper of any kind.

First character: number of bits that coordinates were shifted right (0-5), plus 8 when every point
carries a pressure. Then for each point the differences to the one before, as zigzag numbers in
groups of five bits, lowest first, 32 meaning that more follow, at most three characters each. A
full stop before a point lifts the pen. Its twin is static/parts/stroke.js (same vectors).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from server.kit.change import Change
from server.kit.fields import Field, Refusal, integer, text

WIDE: Final = 9999
HIGH: Final = 7499
_INKS: Final = "coral orange yellow lime green jade aqua sky blue violet plum pink"
INKS: Final = tuple(_INKS.split())
ERASER: Final = len(INKS)
POINTS: Final = 3_500
"""The longest string of points of one mark, in characters; longer strokes are several marks."""
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET)}
_LIFT: Final = "."

Mark = list[Any]
"""``[ink, width, shape, points]``: one mark of a sheet that has one hand."""


class Point(NamedTuple):
    """A place on the page; ``lift`` says that the pen was lifted before it."""

    x: int
    y: int
    lift: bool = False


def count(points: str) -> int:
    """How many points a string of points has; KeyError or ValueError when it is not one."""
    head = _VALUE[points[0]]
    shift, pressed = head & 7, head >> 3
    if shift > 5 or pressed > 1:
        raise ValueError(points[0])
    at, most = [0, 0, 0], (WIDE >> shift, HIGH >> shift, 15)
    axis = number = bits = total = 0
    last = _LIFT
    for sign in points[1:]:
        if sign == _LIFT:
            if axis or bits or last == _LIFT:
                raise ValueError(sign)
            last = sign
            continue
        last, value = sign, _VALUE[sign]
        number |= (value & 31) << bits
        if value & 32:
            bits += 5
            if bits > 10:
                raise ValueError("long")
            continue
        at[axis] += (number >> 1) ^ -(number & 1)
        if not 0 <= at[axis] <= most[axis]:
            raise ValueError("outside")
        number = bits = 0
        axis = (axis + 1) % (2 + pressed)
        total += not axis
    if axis or bits or not total or last == _LIFT:
        raise ValueError("cut")
    return total


def good(points: str) -> bool:
    """Is this a string of points?"""
    try:
        return count(points) > 0
    except (KeyError, ValueError, IndexError):
        return False


def read(points: str) -> list[Point]:
    """The places of a string that ``count`` takes; what it says of pressure is left out."""
    head = _VALUE[points[0]]
    shift, axes = head & 7, 2 + (head >> 3)
    at, out = [0, 0, 0], []
    axis = number = bits = 0
    lift = False
    for sign in points[1:]:
        if sign == _LIFT:
            lift = True
            continue
        value = _VALUE[sign]
        number |= (value & 31) << bits
        if value & 32:
            bits += 5
            continue
        at[axis] += (number >> 1) ^ -(number & 1)
        number = bits = 0
        axis = (axis + 1) % axes
        if not axis:
            out.append(Point(at[0] << shift, at[1] << shift, lift))
            lift = False
    return out


def write(points: Iterable[Point], shift: int = 1) -> str:
    """The string of these places, each rounded to ``1 << shift``; "" for none."""
    out, x, y = [ALPHABET[shift]], 0, 0
    for at, point in enumerate(points):
        if point.lift and at:
            out.append(_LIFT)
        to = min(WIDE, max(0, point.x)) >> shift, min(HIGH, max(0, point.y)) >> shift
        out.extend((*_number(to[0] - x), *_number(to[1] - y)))
        x, y = to
    return "".join(out) if len(out) > 1 else ""


def below(points: str, edge: int) -> str:
    """What of a stroke lies at or below that height; "" when nothing does."""
    kept: list[Point] = []
    lift = True
    for point in read(points):
        lift = lift or point.lift
        if point.y >= edge:
            kept.append(Point(point.x, point.y, lift))
        lift = point.y < edge
    return write(kept, _VALUE[points[0]] & 7)


def fields(shape: Field) -> dict[str, Any]:
    """What an action takes that puts a mark on a paper."""
    pen = {"ink": integer(0, ERASER), "width": integer(0, 3)}
    return {**pen, "shape": shape, "points": text(POINTS)}


def legible(points: str) -> str:
    """These points, if they are some; else refused with `bad_points`."""
    if not good(points):
        raise Refusal("bad_points")
    return points


def laid(path: str, marks: Sequence[Mark], new: Mark) -> Change:
    """One mark more at that path, where these are."""
    return Change(f"{path}/{len(marks)}", new) if marks else Change(path, [new])


def weight(mark: Mark) -> int:
    """What a mark counts against the bytes of a sheet: about its length on the wire."""
    return len(mark[-1]) + 16


def _number(n: int) -> Iterator[str]:
    """One zigzag number."""
    left = -2 * n - 1 if n < 0 else 2 * n
    while True:
        five, left = left & 31, left >> 5
        yield ALPHABET[five | 32 if left else five]
        if not left:
            return
