"""Who comes in: a greeting is checked, a person is found or made, a socket gets its seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from . import codes, keys, names, wire
from .keys import Key

CID = 32
MAX_LANG = 12


class Refused(Exception):
    """The greeting opens nothing: the close code to send, and whether it was a wrong try."""

    def __init__(self, close: int, wrong: bool = False) -> None:
        super().__init__(close)
        self.close = close
        self.code = codes.CLOSES[close]
        self.wrong = wrong


class Visit(msgspec.Struct, frozen=True):
    """What a greeting shows: the person it belongs to (empty for a new one) and the best role."""

    member: str
    role: str
    name: str
    link: str = ""
    """The id of the link that was shown, for the token of a new seat."""
    spends: str = ""
    """The id of a one-use key: spent by this greeting."""
    known: bool = False
    """Comes in through a locked door: a seat, a host's key, or a way in that a host gave."""


def check(hello: wire.Hello) -> None:
    """The shape of a greeting. Raises Refused."""
    if hello.v > wire.VERSION or hello.v < 1:
        raise Refused(codes.RELOAD)
    if len(hello.cid) != CID or not all(c in "0123456789abcdef" for c in hello.cid):
        raise Refused(codes.BAD_HELLO)
    if not 0 <= hello.gen < 2**53:
        raise Refused(codes.BAD_HELLO)
    if hello.lang is not None and len(hello.lang) > MAX_LANG:
        raise Refused(codes.BAD_HELLO)
    for secret in (hello.cap, hello.token):
        if secret is not None and not 1 <= len(secret) <= keys.MAX_SECRET:
            raise Refused(codes.BAD_LINK, wrong=True)


def visit(
    hello: wire.Hello,
    opens: Mapping[str, Key],
    people: Mapping[str, Any],
    name_chars: int,
    wall: int,
) -> Visit:
    """Whom this greeting belongs to. Raises Refused; all wrong secrets look the same.

    A token finds its seat, a link makes a new one; together they are one person with a new role.
    A pass leads to its own seat, whatever token stands beside it. Who was removed comes in only by
    a way in that a host gave, or with the host's key. A missing key is no wrong try
    (decisions.md 35).
    """
    token = _found(opens, hello.token)
    cap = _found(opens, hello.cap)
    if cap is not None and (cap.role == "closed" or cap.over(wall)):
        if token is None or not _seat(token, people):
            raise Refused(codes.REMOVED if _out(token, people) else codes.LINK_CLOSED)
        cap = None  # the seat is theirs, however old the link is that they kept
    opened = cap is not None and (cap.once or cap.role == "host") and not _out(cap, people)
    if not opened and (_out(token, people) or _out(cap, people)):
        raise Refused(codes.REMOVED)
    pass_ = cap if cap is not None and cap.once and cap.member else None
    member = _seat(pass_, people) or _seat(token, people) or _seat(cap, people)
    link = cap.role if cap is not None and cap.way_in else ""
    if not member and not link:
        tried = hello.token is not None or hello.cap is not None
        raise Refused(codes.BAD_LINK, wrong=tried)  # or the token of a seat that is gone
    known = bool(member) or opened
    name = names.clean(hello.name or "", name_chars)
    shown = keys.key_id(hello.cap) if cap is not None and hello.cap is not None else ""
    once = cap is not None and cap.once
    if hello.as_ == "screen" and not once:
        # it sees what is on the wall for all and holds no seat: a locked door keeps out people
        return Visit("", "screen", name, known=True)
    through = pass_.link if pass_ is not None else shown if link and not once else ""
    # a host may come with the host's link and take part like everybody else
    role = "member" if hello.as_ == "member" else link or "member"
    return Visit(member, role, name, through, shown if once else "", known)


def _found(opens: Mapping[str, Key], secret: str | None) -> Key | None:
    return None if secret is None else opens.get(keys.key_id(secret))


def _seat(key: Key | None, people: Mapping[str, Any]) -> str:
    """The person whom this key belongs to, if they are in the room."""
    if key is None or not key.member or key.member not in people or _out(key, people):
        return ""
    return key.member


def _out(key: Key | None, people: Mapping[str, Any]) -> bool:
    """Whether this is the key of somebody who was removed."""
    if key is None or not key.member:
        return False
    return key.role == "out" or bool(people.get(key.member, {}).get("out"))
