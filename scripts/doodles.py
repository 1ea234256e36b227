"""Small drawings, so that people whom chance moves draw something that can be looked at."""

from __future__ import annotations

from server.kit import stroke

Box = tuple[int, int, int, int]
"""A part of the paper: left, top, wide, high."""
DOODLES: tuple[tuple[str, ...], ...] = (
    (
        "50,20 70,30 75,50 65,70 45,72 30,60 28,40 38,25 50,20",
        "50,5 50,14",
        "85,45 95,45",
        "50,80 50,92",
    ),
    (
        "20,90 20,45 80,45 80,90 20,90",
        "12,50 50,12 88,50",
        "42,90 42,62 58,62 58,90",
        "66,28 66,12 74,12 74,36",
    ),
    (
        "15,50 35,30 60,30 78,50 60,70 35,70 15,50",
        "78,50 94,32 92,68 78,50",
        "32,46 35,46 35,49",
        "50,36 56,50 50,64",
    ),
    (
        "22,35 26,85 66,85 72,35 22,35",
        "72,46 90,46 88,66 70,70",
        "36,26 32,16 40,8",
        "54,26 50,16 58,8",
    ),
    (
        "50,50 36,40 40,24 52,20 62,30 50,50 68,48 76,58 66,68 50,50 46,68 32,66 32,54 50,50",
        "50,56 52,96",
        "51,80 34,72",
        "51,86 70,76",
    ),
    (
        "10,60 28,86 74,86 92,60 10,60",
        "50,60 50,10",
        "50,12 84,48 50,50",
        "50,18 24,50 50,50",
    ),
    (
        "8,50 24,34 40,48 50,56 60,48 76,34 92,50",
        "20,76 32,66 42,76 52,66 62,76",
        "62,16 74,8 84,18",
        "26,18 34,10 44,20",
    ),
    (
        "50,8 60,38 92,38 66,56 76,90 50,68 24,90 34,56 8,38 40,38 50,8",
        "42,50 44,53",
        "58,50 58,53",
        "42,60 50,65 58,60",
    ),
)
"""Sun, house, fish, cup, flower, boat, sea, star: strokes in hundredths of their paper."""
WHOLE = (0, 0, 10_000, 7_500)


def drawn(which: int, nth: int, box: Box) -> str:
    """One stroke of a small drawing within a part of the paper."""
    left, top, wide, high = box
    lines = DOODLES[which % len(DOODLES)]
    spots = [spot.split(",") for spot in lines[nth % len(lines)].split()]
    return stroke.write(
        [stroke.Point(left + int(x) * wide // 100, top + int(y) * high // 100) for x, y in spots]
    )


def patch(which: int, columns: int = 6, rows: int = 5) -> Box:
    """A place of one's own on a paper for all."""
    wide, high = 10_000 // columns, 7_500 // rows
    at = which % (columns * rows)
    return at % columns * wide, at // columns * high, wide, high
