"""What the keys and channels of rooms and servers are called in Redis.

All keys of one room share a hash tag, so that one script may touch them all. The two indexes are
one for all rooms: rooms in Redis Cluster are not promised.
"""

from __future__ import annotations

LIVES = "jam:lives"
"""Sorted set: room -> when its life is over (wall clock, ms)."""
DUES = "jam:dues"
"""Sorted set: room -> when its contents are due to go."""
LOST = "jam:lost"
"""Channel: somebody finds nothing where a room was; whoever knows that it is gone says so."""
SERVERS = "jam:servers"
"""Set: the names of servers whose leases may still hold."""
PARTS = "mldftskp"
"""One letter for each key of a room; `lua/common.lua` says what each holds."""


def room(name: str) -> list[str]:
    """The keys of one room, in the order in which every script expects them."""
    return [key(name, part) for part in PARTS]


def key(name: str, part: str) -> str:
    return f"jam:{{r:{name}}}:{part}"


def grave(name: str) -> str:
    """Stands for a day where a room was purged: nobody brings it back."""
    return key(name, "x")


def news(name: str) -> str:
    """Channel: ops as they are appended, and what else is true for the room from now on."""
    return key(name, "c")


def passing(name: str) -> str:
    """Channel: live values, which are nowhere kept."""
    return key(name, "e")


def lease(node: str) -> str:
    """Lives as long as the server does, and a few seconds more: what it announces."""
    return f"jam:n:{node}"


def probe(node: str) -> str:
    """Channel: a server listens there to itself, to know that it hears at all."""
    return f"jam:q:{node}"
