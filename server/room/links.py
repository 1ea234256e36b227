"""What the log knows of links and of people at the door: how often a link was made anew, who asks
to come in with a spoken code. Secrets are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from . import baton
from .moment import Moment

KNOCKS = 20
"""People who may wait at the door at once."""
KNOCK_MS = 15 * 60 * 1000


def anew(at: Moment) -> Iterator[Change]:
    """`sys.links {what, by}`: the link for everybody (`join`) or for hosts (`host`) was made anew.

    Where whoever opened the room makes the host's link anew, all other hosts keep their seats as
    hosts by that person's word: one of them may be the stranger to whom the old link got.
    """
    what = at.asked.d["what"]
    counted = {"join": 0, "host": 0, **(at.meet.get("links") or {})}
    if what not in counted:
        raise Refusal("not_a_choice")
    yield Change("meet/links", {**counted, what: counted[what] + 1})
    by = at.asked.d.get("by", "")
    if what == "host" and by and by == at.sys["first"]:
        for member, person in at.people.items():
            if member != by and baton.keyed(person):
                yield Change(f"meet/people/{member}/made", True)


def knocked(at: Moment) -> Iterator[Change]:
    """`sys.knock {id, name}`: somebody with the spoken code waits for a host to open."""
    waiting = dict((at.tree.root.get("desk") or {}).get("knocks") or {})
    for knock, told in list(waiting.items()):
        if at.now - told["at"] >= KNOCK_MS:
            del waiting[knock]
            yield Change(f"desk/knocks/{knock}")
    if len(waiting) >= KNOCKS:
        raise Refusal("full")
    told = {"name": at.asked.d["name"], "at": at.now}
    yield Change(f"desk/knocks/{at.asked.d['id']}", told)


def left(at: Moment) -> Iterator[Change]:
    """`sys.unknock {id}`: somebody waits no more."""
    yield Change(f"desk/knocks/{at.asked.d['id']}")
