"""Who leads: hosts of three sorts, the stand-in, and the one baton.

A host holds the host's key ("keyed"), was made one by a host (`made`), or leads while no host is
here (`acting`). Whoever holds the baton is a host; an acting host is one only as its holder, so
that giving the baton on ends it. Nobody holds it only while no host is here. Whoever becomes a host
can be heard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.kit import Change, Refusal

from . import talk
from .moment import Moment

Person = Mapping[str, Any]


def keyed(person: Person) -> bool:
    """Holds the host's key; nobody can take that role from them."""
    return person["role"] == "host" and not person.get("made") and not person.get("acting")


def lasting(person: Person) -> bool:
    """A host of their own right, not only for as long as no host is here."""
    return person["role"] == "host" and not person.get("acting")


def hosted(at: Moment) -> bool:
    """Whether a host is here whose line is not silent."""
    silent = at.sys["silent"]
    return any(p["role"] == "host" and p["here"] and m not in silent for m, p in at.people.items())


def given(at: Moment, to: str | None) -> Iterator[Change]:
    """The baton goes to this person, or to nobody. Who was acting is a member again."""
    was = at.meet["baton"]
    if was == to:
        return
    if was is not None and at.people.get(was, {}).get("acting"):
        yield Change(f"meet/people/{was}/role", "member")
        yield Change(f"meet/people/{was}/acting")
    if to is not None and at.people[to]["role"] != "host":
        yield Change(f"meet/people/{to}/role", "host")
        yield Change(f"meet/people/{to}/acting", True)
        yield from talk.shut(at, "voice", False, to)
    yield Change("meet/baton", to)


def next_after(at: Moment, gone: str) -> str | None:
    """Who leads when `gone` does not: a host who is here, or else the stand-in, or else nobody."""
    there = {m: p for m, p in at.people.items() if m != gone and p["here"]}
    hosts = [m for m, p in there.items() if lasting(p) and m not in at.sys["silent"]]
    if hosts:
        return min(hosts, key=lambda m: not keyed(there[m]))
    standin: str | None = at.meet["standin"]
    return standin if standin in there and standin not in at.sys["silent"] else None


def came(at: Moment, member: str) -> Iterator[Change]:
    """This person is here, or a host now: a baton that nobody has is a host's."""
    if member in at.sys["silent"]:
        yield Change("sys/silent", [m for m in at.sys["silent"] if m != member])
    if at.meet["baton"] is None and lasting(at.people[member]):
        yield from given(at, member)


def went(at: Moment, member: str) -> Iterator[Change]:
    """The holder has gone: another host who is here leads. With none, the silence decides."""
    if at.meet["baton"] == member:
        to = next_after(at, member)
        if to is not None and lasting(at.people[to]):
            yield from given(at, to)


def silent(at: Moment) -> Iterator[Change]:
    """`sys.baton {silent}`: no host has had a line for a while; these of them still count as
    here. The stand-in leads, or whoever offers to."""
    now = at.asked.d["silent"]
    yield Change("sys/silent", now)
    there = [m for m, p in at.people.items() if p["role"] == "host" and p["here"] and m not in now]
    if there:  # one came in the same moment
        if at.meet["baton"] is None:
            yield from given(at, there[0])
        return
    standin = at.meet["standin"]
    person = at.people.get(standin) if standin is not None else None
    free = person is not None and person["here"] and person["role"] == "member"
    yield from given(at, standin if free else None)


def lead(at: Moment) -> Iterator[Change]:
    """`room.lead`: a host takes the baton back at any time, anybody while nobody leads."""
    mine = at.person(at.me)
    if mine["role"] != "host" and (at.meet["baton"] is not None or hosted(at)):
        raise Refusal("not_now")
    yield from given(at, at.me)


def passed(at: Moment, to: str) -> Iterator[Change]:
    """`room.pass {to}`: somebody who is here leads from now on."""
    if not present(at, to)["here"]:
        raise Refusal("nobody")
    yield from given(at, to)


def standin(at: Moment, who: str | None) -> Iterator[Change]:
    """`room.standin {who}`: who leads when all hosts are silent."""
    if who is not None:
        present(at, who)
    yield Change("meet/standin", who)


def made(at: Moment, who: str) -> Iterator[Change]:
    """`room.host {who, on: true}`: one more host, for as long as a host does not take it back."""
    person = present(at, who)
    if lasting(person):
        return
    if person.get("acting"):
        yield Change(f"meet/people/{who}/acting")
    yield Change(f"meet/people/{who}/role", "host")
    yield Change(f"meet/people/{who}/made", True)
    yield from talk.shut(at, "voice", False, who)
    if at.meet["baton"] is None and person["here"]:
        yield Change("meet/baton", who)


def unmade(at: Moment, who: str) -> Iterator[Change]:
    """`room.host {who, on: false}`: a member again; what they led, another one leads."""
    person = at.person(who)
    if person["role"] != "host":
        return
    may_end(at, who)
    yield from _handed_on(at, who)
    yield Change(f"meet/people/{who}/role", "member")
    yield Change(f"meet/people/{who}/made")


def removed(at: Moment, who: str) -> Iterator[Change]:
    """What somebody who is asked to leave held: the baton, a role, the stand-in's place."""
    may_end(at, who)
    if at.meet["standin"] == who:
        yield Change("meet/standin", None)
    yield from _handed_on(at, who)
    if at.people[who]["role"] == "host":
        yield Change(f"meet/people/{who}/role", "member")
        yield Change(f"meet/people/{who}/made")


def may_end(at: Moment, who: str) -> None:
    """Raises `host_stays`, for nobody takes a keyed host's role; or `host_only`, for whoever leads
    only for a while takes no host's."""
    person = at.person(who)
    if keyed(person):
        raise Refusal("host_stays")
    if person.get("made") and at.person(at.me).get("acting"):
        raise Refusal("host_only")


def present(at: Moment, who: str) -> dict[str, Any]:
    """Somebody of the room who was not asked to leave; raises `nobody`."""
    person = at.person(who)
    if person.get("out"):
        raise Refusal("nobody")
    return person


def _handed_on(at: Moment, who: str) -> Iterator[Change]:
    if at.meet["baton"] == who:
        mine = at.me != who and lasting(at.person(at.me))
        yield from given(at, at.me if mine else next_after(at, who))
