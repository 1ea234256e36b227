"""People of a room: who comes, goes and returns, their names, inks and raised hands.

Facts (`sys.*`) are written by the server; the rest is what people do themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from . import names
from .moment import Moment

INKS = 12
SHAPES = 4


def joined(at: Moment) -> Iterator[Change]:
    """`sys.join {member, name, role}`: a new person, with the ink that is rarest in the room."""
    told = at.asked.d
    member, role = told["member"], told["role"]
    if member in at.people:
        raise Refusal("not_now")
    if len(at.people) >= at.limits.people:
        yield Change(f"meet/people/{_oldest(at)}")
    worn = [person["ink"] for person in at.people.values()]
    ink = min(range(INKS), key=lambda i: (worn.count(i), (i * 7) % INKS))  # neighbours differ
    person = {
        "name": names.apart(told["name"], (p["name"] for p in at.people.values())),
        "ink": ink,
        "shape": (len(worn) // INKS + ink) % SHAPES,
        "role": role,
        "here": True,
    }
    yield Change(f"meet/people/{member}", person)


def _oldest(at: Moment) -> str:
    """Who has been away longest, to make room; raises `full` if everybody is here."""
    seen = at.sys["seen"]
    away = [m for m, p in at.people.items() if not p["here"] and p["role"] != "host"]
    if not away:
        raise Refusal("full")
    return min(away, key=lambda m: (seen.get(m, 0), m))


def came_back(at: Moment) -> Iterator[Change]:
    """`sys.back {member}`: a socket again, after an `away`."""
    member = at.asked.d["member"]
    if at.person(member)["here"]:
        return
    yield Change(f"meet/people/{member}/here", True)
    yield Change(f"sys/seen/{member}")


def went_away(at: Moment) -> Iterator[Change]:
    """`sys.away {member}`: no socket after the grace. Hand and name stay as they were left."""
    member = at.asked.d["member"]
    if not at.person(member)["here"]:
        return
    yield Change(f"meet/people/{member}/here", False)
    yield Change(f"sys/seen/{member}", at.now)


def role_given(at: Moment) -> Iterator[Change]:
    """`sys.role {member, role}`: a host key was shown by somebody who is in the room."""
    member = at.asked.d["member"]
    at.person(member)
    yield Change(f"meet/people/{member}/role", at.asked.d["role"])


def renamed(at: Moment, name: str) -> Iterator[Change]:
    """`room.rename {name}`: another name for oneself, apart from everybody else's."""
    mine = names.clean(name, at.limits.name_chars)
    if not mine:
        raise Refusal("too_short", field="name")
    others = (p["name"] for m, p in at.people.items() if m != at.me)
    yield Change(f"meet/people/{at.me}/name", names.apart(mine, others))


def hand(at: Moment, up: bool) -> Iterator[Change]:
    """`room.hand {up}`: one's own hand; hands form a queue in the order of raising."""
    if up:
        if "hand" not in at.person(at.me):
            yield Change(f"meet/people/{at.me}/hand", at.offset)
    else:
        yield Change(f"meet/people/{at.me}/hand")


def lowered(at: Moment, who: str) -> Iterator[Change]:
    """`room.lower {who}`: a host gives the word, or takes a forgotten hand down."""
    at.person(who)
    yield Change(f"meet/people/{who}/hand")
