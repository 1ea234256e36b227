"""Who comes in: a greeting is checked, a person is found or made, a socket gets its seat."""

from __future__ import annotations

from collections.abc import Mapping

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
    hello: wire.Hello, opens: Mapping[str, Key], people: Mapping[str, object], name_chars: int
) -> Visit:
    """Whom this greeting belongs to. Raises Refused; all wrong secrets look the same.

    A token finds its seat, a link makes a new one; together they are one person with a new role.
    A missing key is no wrong try (decisions.md 35).
    """
    shown = [opens.get(keys.key_id(s)) for s in (hello.token, hello.cap) if s is not None]
    found = [key for key in shown if key is not None]
    if not found:
        raise Refused(codes.BAD_LINK, wrong=bool(shown))
    member = next((k.member for k in found if k.member and k.member in people), "")
    link = next((k.role for k in found if k.role), "")
    if not member and not link:
        raise Refused(codes.BAD_LINK, wrong=True)  # the token of a seat that is gone
    role = link or "member"
    if hello.as_ == "screen" and link:
        role, member = "screen", ""
    return Visit(member, role, names.clean(hello.name or "", name_chars))
