"""Drawings as marks: the string that points travel in (see static/parts/stroke.js)."""

import itertools
import math

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SHIFT = 2

Point = tuple[float, float]


def number(n: int) -> str:
    """One zigzag number."""
    left = -2 * n - 1 if n < 0 else 2 * n
    out = ""
    while True:
        five, left = left & 31, left >> 5
        out += ALPHABET[five | 32 if left else five]
        if not left:
            return out


def encode(points: list[Point]) -> str:
    """Points of the page (0-9999, 0-7499) as a string."""
    out, at = ALPHABET[SHIFT], (0, 0)
    for x, y in points:
        to = (
            max(0, min(9999 >> SHIFT, round(x / 2**SHIFT))),
            max(0, min(7499 >> SHIFT, round(y / 2**SHIFT))),
        )
        out += number(to[0] - at[0]) + number(to[1] - at[1])
        at = to
    return out


def decode(text: str) -> list[tuple[int, int]]:
    """The points of a mark, without pressures."""
    head = ALPHABET.index(text[0])
    shift, axes = head & 7, 3 if head & 8 else 2
    numbers: list[int] = []
    n = bits = 0
    for sign in text[1:].replace(".", ""):
        value = ALPHABET.index(sign)
        n |= (value & 31) << bits
        bits += 5
        if not value & 32:
            numbers.append((n >> 1) ^ -(n & 1))
            n = bits = 0
    at, points = [0, 0, 0], []
    for i in range(0, len(numbers), axes):
        at = [a + d for a, d in zip(at, [*numbers[i : i + axes], 0], strict=False)] + [0]
        points.append((at[0] << shift, at[1] << shift))
    return points


def breadth(text: str) -> int:
    """How broad a mark is, in units of the page."""
    columns = [x for x, _ in decode(text)]
    return max(columns) - min(columns)


def by_hand(points: list[Point], wobble: float = 18) -> list[Point]:
    """The same line as a hand draws it: closer points, a little off."""
    out: list[Point] = []
    for i, ((ax, ay), (bx, by)) in enumerate(itertools.pairwise(points)):
        steps = max(2, int(math.hypot(bx - ax, by - ay) / 130))
        for k in range(steps):
            t = k / steps
            off = wobble * math.sin(i * 2.1 + k * 0.9)
            out.append((ax + (bx - ax) * t + off, ay + (by - ay) * t - off * 0.7))
    return [*out, points[-1]]


def ring(cx: float, cy: float, r: float, start: float = 0, end: float = 360) -> list[Point]:
    """A round line."""
    steps = max(8, int(abs(end - start) / 14))
    turn = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [
        (cx + r * (1 + 0.03 * math.sin(3 * a)) * math.cos(a), cy + r * math.sin(a)) for a in turn
    ]


Stroke = tuple[int, int, list[Point]]
"""Ink, width, points."""


def street() -> list[list[Stroke]]:
    """A street in strokes, each list by another hand."""
    ground = [(250.0 + 475 * i, 6350 + 210 * math.sin(i * 0.75)) for i in range(21)]
    house: list[Stroke] = [
        (1, 2, by_hand([(1500, 3500), (1400, 6250)])),
        (1, 2, by_hand([(1250, 3600), (2400, 2300), (3600, 3620), (1300, 3560)])),
        (1, 2, by_hand([(3420, 3600), (3480, 6300)])),
    ]
    rooms: list[Stroke] = [
        (6, 1, by_hand([(1750, 4050), (2150, 4020), (2170, 4450), (1740, 4480), (1750, 4050)])),
        (6, 1, by_hand([(2760, 4040), (3160, 4020), (3180, 4460), (2770, 4470), (2760, 4040)])),
        (1, 1, by_hand([(2150, 6250), (2180, 5150), (2480, 4950), (2760, 5170), (2740, 6250)])),
    ]
    tree: list[Stroke] = [
        (4, 3, by_hand([(4750, 6250), (4720, 5200), (4640, 4300)])),
        (4, 2, by_hand([(4720, 5150), (5150, 4600)])),
        (3, 3, ring(4700, 3250, 900)),
        (0, 2, ring(4400, 3150, 70)),
        (0, 2, ring(4900, 2800, 70)),
        (0, 2, ring(5000, 3450, 70)),
    ]
    tower: list[Stroke] = [
        (9, 2, by_hand([(7800, 6150), (7850, 2300), (8950, 2330), (8980, 6200)])),
        (6, 2, by_hand([(7800, 2250), (8050, 1800), (8950, 1830), (9000, 2300)])),
        *(
            (9, 1, by_hand([(x, y), (x + 230, y), (x + 230, y + 320), (x, y + 320), (x, y)], 8))
            for x in (8080, 8520)
            for y in (2700, 3400, 4100)
        ),
        (11, 2, by_hand([(8230, 6150), (8240, 5150), (8560, 5130), (8580, 6160)])),
    ]
    sun: list[Stroke] = [
        (2, 3, ring(6700, 1250, 520)),
        *(
            (2, 3, [(6700 + 760 * c, 1250 + 760 * s), (6700 + 1050 * c, 1250 + 1050 * s)])
            for c, s in ((math.cos(a * 0.897), math.sin(a * 0.897)) for a in range(7))
        ),
    ]
    flags: list[Stroke] = [
        (11, 2, [(400 + 300 * i, 900 + 420 * math.sin(i * 0.32)) for i in range(14)]),
        *(
            (ink, 2, by_hand([(x, y), (x + 160, y + 560), (x + 420, y + 60), (x, y)], 6))
            for ink, x, y in ((11, 950, 1240), (9, 1950, 1360), (0, 2950, 1180))
        ),
    ]
    bicycle: list[Stroke] = [
        (8, 2, ring(5700, 6750, 330)),
        (8, 2, ring(6850, 6750, 330)),
        (8, 2, by_hand([(5700, 6750), (6050, 6150), (6650, 6150), (6250, 6750), (5700, 6750)], 8)),
        (8, 2, by_hand([(6250, 6750), (6000, 5980), (5850, 5960)], 8)),
        (8, 2, by_hand([(6850, 6750), (6600, 5900), (6800, 5820)], 8)),
    ]
    birds: list[Stroke] = [
        (7, 1, [(4600, 900), (4800, 760), (4950, 900), (5120, 750), (5320, 890)]),
        (7, 1, [(5200, 1350), (5350, 1230), (5480, 1350), (5620, 1220), (5780, 1340)]),
    ]
    return [[(4, 2, ground)], house, rooms, tree, tower, sun, flags, bicycle, birds]
