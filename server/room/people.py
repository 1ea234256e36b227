"""People of a room: who comes, goes and returns, their names, inks and raised hands.

Facts (`sys.*`) are written by the server; the rest is what people do themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from . import baton, microphone, names, talk
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
        yield from _dropped(at, _oldest(at))
    worn = [person["ink"] for person in at.people.values()]
    ink = min(range(INKS), key=lambda i: (worn.count(i), (i * 7) % INKS))  # neighbours differ
    person = {
        "name": names.apart(told["name"], _worn(at, role)),
        "ink": ink,
        "shape": (len(worn) // INKS + ink) % SHAPES,
        "role": role,
        "here": True,
    }
    yield Change(f"meet/people/{member}", person)
    yield from _first(at, member, role)


def _worn(at: Moment, role: str) -> Iterator[str]:
    """Names that a newcomer may not have. Whoever shows the host's key is likely the host whose
    phone went empty: they keep the name of a host who is away, or silent."""
    silent = at.sys["silent"]
    for member, person in at.people.items():
        gone = not person["here"] or member in silent
        if role != "host" or not gone or not baton.keyed(person):
            yield person["name"]


def _first(at: Moment, member: str, role: str) -> Iterator[Change]:
    """Who opened the room is known: should the host's link get out, the others came by it."""
    if role == "host" and not at.sys["first"]:
        yield Change("sys/first", member)


def _oldest(at: Moment) -> str:
    """Who has been away longest, to make room, and first of all who was asked to leave; raises
    `full` if everybody is here. Whose work can still be put back stays."""
    seen = at.sys["seen"]
    away = [m for m, p in at.people.items() if not p["here"] and p["role"] != "host"]
    free = [m for m in away if not at.people[m].get("out") or m not in at.sys["undone"]]
    if not free:
        raise Refusal("full")
    return min(free, key=lambda m: (not at.people[m].get("out"), seen.get(m, 0), m))


def _dropped(at: Moment, member: str) -> Iterator[Change]:
    """Nobody knows this person any more; what they gave and said stays."""
    yield Change(f"meet/people/{member}")
    yield from microphone.left(at, member)
    yield from talk.gone(member)
    yield Change(f"sys/seen/{member}")
    yield Change(f"sys/agreed/{member}")
    if at.meet["standin"] == member:
        yield Change("meet/standin", None)


def came_back(at: Moment) -> Iterator[Change]:
    """`sys.back {member}`: a socket again, after an `away`."""
    member = at.asked.d["member"]
    person = at.person(member)
    if person["here"] or person.get("out"):
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
    yield from microphone.left(at, member)


def role_given(at: Moment) -> Iterator[Change]:
    """`sys.role {member, role}`: a host key was shown by somebody who is in the room."""
    member = at.asked.d["member"]
    if at.person(member).get("out"):
        raise Refusal("nobody")
    yield Change(f"meet/people/{member}/role", at.asked.d["role"])
    for lent in ("made", "acting"):
        if lent in at.person(member):
            yield Change(f"meet/people/{member}/{lent}")
    yield from talk.shut(at, "voice", False, member)
    yield from _first(at, member, at.asked.d["role"])


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


def marked(at: Moment, mark: str, on: bool) -> Iterator[Change]:
    """`room.place`, `room.named`: something true of oneself, or not."""
    if on != (mark in at.person(at.me)):
        path = f"meet/people/{at.me}/{mark}"
        yield Change(path, True) if on else Change(path)
        if on and mark == "hall":
            yield from microphone.left(at, at.me)
