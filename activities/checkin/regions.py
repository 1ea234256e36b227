"""Regions: where on a drawn picture a dot lies, and on which part of a line.

A picture is 100 wide and 100 high. The regions are the same for the page (region.js, same vectors).
"""

from __future__ import annotations

from typing import Final

# The first box that holds the dot says where it is: left, top, right, bottom (all within).
REGIONS: Final[dict[str, tuple[tuple[str, int, int, int, int], ...]]] = {
    "sea": (
        ("island", 60, 34, 92, 55),
        ("boat", 14, 40, 42, 63),
        ("sky", 0, 0, 100, 39),
        ("shore", 0, 81, 100, 100),
        ("water", 0, 0, 100, 100),
    ),
    "hill": (
        ("top", 33, 12, 67, 36),
        ("river", 0, 86, 100, 100),
        ("slope", 20, 37, 80, 64),
        ("sky", 0, 0, 100, 54),
        ("foot", 0, 0, 100, 100),
    ),
    "city": (
        ("roofs", 0, 21, 100, 40),
        ("sky", 0, 0, 100, 20),
        ("street", 0, 85, 100, 100),
        ("park", 60, 60, 100, 84),
        ("houses", 0, 0, 100, 100),
    ),
    "table": (
        ("bread", 38, 38, 62, 62),
        ("head", 20, 0, 80, 19),
        ("near", 20, 81, 80, 100),
        ("table", 20, 20, 80, 80),
        ("door", 0, 0, 100, 100),
    ),
}
SIDES: Final = ("first", "toward", "middle", "beyond", "second")
"""The parts of a line, in the order of reading."""


def region(shape: str, x: int, y: int) -> str:
    """Where on that picture a dot lies."""
    return next(
        name
        for name, left, top, right, bottom in REGIONS[shape]
        if left <= x <= right and top <= y <= bottom
    )


def side(x: int) -> str:
    """Where on a line a dot lies."""
    return SIDES[min(4, x // 20)]
