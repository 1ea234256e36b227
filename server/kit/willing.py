"""Willing: who may be picked, paired or given a turn.

Whoever taps "not this one" is never picked, and nobody is told who did: the mark lies at
``own/<member>/out`` and in nothing that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit.activity import Activity, Ctx
from server.kit.change import Change
from server.kit.fields import boolean
from server.kit.place import flag

MARK = "out"


def sit_out(jam: Activity) -> None:
    """Give a kind the action ``sit {on}``: not this one, and back again.

    A kind that takes people out of an order or a team at that moment declares its own ``sit``, with
    ``marked`` in it.
    """

    @jam.action(on=boolean(True))
    def sit(ctx: Ctx, on: bool) -> Iterator[Change]:
        """Not this one for me; or: pick me again."""
        yield from marked(ctx, on)


def marked(ctx: Ctx, on: bool) -> Iterator[Change]:
    """The mark of one who does not want to be picked, or its end."""
    yield from flag(f"own/{ctx.me}", ctx.own, MARK, on)


def here(ctx: Ctx) -> list[str]:
    """All who are here and have a seat; by member id."""
    return [
        who
        for who, person in sorted(ctx.people.items())
        if person.get("here") and person.get("role") != "screen"
    ]


def willing(ctx: Ctx) -> list[str]:
    """All who are here, have a seat, and did not tap "not this one"; by member id."""
    own = ctx.state.get("own", {})
    return [who for who in here(ctx) if not own.get(who, {}).get(MARK)]
