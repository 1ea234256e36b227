"""Words beside the activity: the side line, notes to the hosts, what a host says to everyone,
a call for help, and where the group talks elsewhere. None of it is in the harvest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.kit import Change, Refusal

from .moment import Moment

KEPT = 80
"""Entries of the side line, and of the notes, that stay; the oldest go."""


def said(at: Moment, text: str, card: bool) -> Iterator[Change]:
    """`room.say`: one sentence on every screen until the next one; empty takes it away."""
    if card:
        now = at.meet["now"]
        if now is None or now["card"] is None:
            raise Refusal("not_now")
        yield Change("meet/say", {"card": now["card"], "by": at.me, "at": at.now})
    elif text:
        yield Change("meet/say", {"text": text, "by": at.me, "at": at.now})
    else:
        yield Change("meet/say", None)


def unsaid(at: Moment) -> Iterator[Change]:
    """A card's own sentence goes with the card."""
    if "card" in (at.meet["say"] or {}):
        yield Change("meet/say", None)


def lined(at: Moment, text: str, to: str) -> Iterator[Change]:
    """`room.line`: a quiet word to everyone, or to the hosts only."""
    if to == "all" and at.role != "host" and closed(at, "line"):
        raise Refusal("shut")
    path, there = _list(at, to)
    entry = {"by": at.me, "text": text, "at": at.now}
    yield Change(f"{path}/{at.offset}", entry)
    yield from trimmed(path, there, 1)


def trimmed(path: str, there: Mapping[str, Any], more: int) -> Iterator[Change]:
    """The oldest go so that no more than KEPT stand there once `more` have come."""
    over = len(there) + more - KEPT
    for key in sorted(there, key=int)[: max(0, over)]:
        yield Change(f"{path}/{key}")


def unlined(at: Moment, entry: str) -> Iterator[Change]:
    """`room.unline {id}`: a host takes one entry away, wherever it stands."""
    for to in ("all", "host"):
        path, there = _list(at, to)
        if entry in there:
            yield Change(f"{path}/{entry}")


def lost(at: Moment) -> Iterator[Change]:
    """`room.lost`: the hosts see that this person is lost; nobody else does."""
    if at.me not in at.desk["calls"]:
        yield Change(f"desk/calls/{at.me}", {"at": at.now})
        yield tell(at.me, {**told(at, at.me), "lost": True})


def coming(at: Moment, who: str) -> Iterator[Change]:
    """`room.coming {who}`: a host is on the way; besides the hosts only who has called sees it."""
    call = at.desk["calls"].get(who)
    if call is None:
        raise Refusal("too_late")
    if "by" not in call:
        yield Change(f"desk/calls/{who}/by", at.me)
        yield tell(who, {**told(at, who), "lost": True, "coming": True})


def found(at: Moment, who: str) -> Iterator[Change]:
    """`room.found {who}`: helped, by a host or by themselves."""
    if at.role != "host" and who != at.me:
        raise Refusal("host_only")
    if who in at.desk["calls"]:
        yield Change(f"desk/calls/{who}")
        mine = told(at, who)
        yield tell(who, {key: mine[key] for key in mine if key not in ("lost", "coming")})


def gone(who: str) -> Iterator[Change]:
    """Nobody waits any more, neither at the hosts' desk nor on their own page."""
    yield Change(f"desk/calls/{who}")
    yield Change(f"mine/{who}")


def told(at: Moment, who: str) -> Mapping[str, Any]:
    """The room's own word to this person, which nobody else sees."""
    mine: Mapping[str, Any] = at.tree.root["mine"].get(who) or {}
    return mine


def tell(who: str, mine: Mapping[str, Any]) -> Change:
    """That it is this now; where nothing is left of it, none."""
    return Change(f"mine/{who}", dict(mine)) if mine else Change(f"mine/{who}")


def closed(at: Moment, what: str) -> bool:
    """Whether this is closed for everybody, or for the author."""
    at.person(at.me)
    return shut_for(at.meet, at.me, what)


def shut_for(meet: Mapping[str, Any], member: str, what: str) -> bool:
    """The same for anybody: what is closed for everybody is closed for them."""
    mine = meet["people"].get(member, {}).get("shut", {})
    return what in meet["shut"] or what in mine


def shut(at: Moment, what: str, on: bool, who: str | None) -> Iterator[Change]:
    """`room.shut {what, on, who?}`: close the line, the work or the microphones, for everybody or
    for one."""
    if who is None:
        if on != (what in at.meet["shut"]):
            yield Change(f"meet/shut/{what}", True) if on else Change(f"meet/shut/{what}")
        return
    mine = at.person(who).get("shut", {})
    if on and what not in mine:
        yield Change(f"meet/people/{who}/shut", {**mine, what: True})
    elif not on and what in mine:
        rest = {key: True for key in mine if key != what}
        path = f"meet/people/{who}/shut"
        yield Change(path, rest) if rest else Change(path)


def _list(at: Moment, to: str) -> tuple[str, Mapping[str, Any]]:
    if to == "host":
        return "desk/notes", at.desk["notes"]
    return "meet/line", at.meet["line"]
