"""The paper to colour while people gather: 12 x 8 cells, each with one person's ink and a turn."""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from .moment import Moment

CELLS = 96
TURNS = 3
"""Ways in which a piece lies; one more touch takes it away."""


def dabbed(at: Moment, cell: int) -> Iterator[Change]:
    """`room.dab {cell}`: lay one's ink there; on one's own ink turn it, and at last lift it."""
    if at.meet["now"] is not None:
        raise Refusal("not_now")
    ink = at.person(at.me)["ink"]
    lies = at.meet["paper"].get(str(cell))
    path = f"meet/paper/{cell}"
    if lies is None or lies // 4 != ink:
        yield Change(path, ink * 4)
    elif lies % 4 < TURNS - 1:
        yield Change(path, lies + 1)
    else:
        yield Change(path)
