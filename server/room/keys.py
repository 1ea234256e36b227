"""Link secrets and member tokens: how they are hashed, and what a hash may open.

A room's log keeps only `SHA256("jam1" | HKDF(secret, "auth"))[:16]`, so that a dump of the store
opens nothing (safety.md §2). HKDF is RFC 5869 with SHA-256, one block.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import msgspec

JOIN_BYTES = 16
HOST_BYTES = 32
TOKEN_BYTES = 32
MAX_SECRET = 64
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's alphabet, of which no letter is taken for another: ids and spoken codes."""
LINKS = 20
"""Links of a room that open something, personal ways in among them."""
SEAT_KEYS = 20
"""Tokens and unspent passes of one seat."""
CLOSED = 20
"""Closed links that are still told from wrong ones."""
OUT = 200
"""Tokens of removed people that are still told from wrong ones."""
ONCE_MS = 15 * 60 * 1000
"""How long a pass or a personal way in waits to be used."""


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a hash opens: a link (`role`) or one person's seat (`member`)."""

    role: str = ""
    """`member` or `host` for a link; `closed` for one that opens nothing any more; `out` for a
    token of somebody who was removed."""
    member: str = ""
    once: bool = False
    """Spent by the first greeting that shows it."""
    until: int = 0
    """Wall clock, ms: from here on it opens nothing. 0 is no end."""
    link: str = ""
    """Of a token: the id of the link through which the seat was taken."""
    at: int = 0
    """Wall clock, ms: when it was made; the oldest go first when there are too many."""

    def over(self, now: int) -> bool:
        return bool(self.until) and self.until <= now

    @property
    def way_in(self) -> bool:
        """A link that is not closed, whatever its time."""
        return self.role in ("member", "host") and not self.member


def key_id(secret: str) -> str:
    """The id under which a secret's key is kept: 32 hexadecimal characters."""
    block = hmac.new(b"", secret.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    auth = hmac.new(block, b"auth\x01", hashlib.sha256).digest()
    return hashlib.sha256(b"jam1" + auth).hexdigest()[:32]


def encode(key: Key) -> bytes:
    return msgspec.json.encode(key)


def decode(data: bytes) -> Key:
    return msgspec.json.decode(data, type=Key)


def surplus(opens: Mapping[str, Key], fresh: str = "") -> list[str]:
    """The ids that have to go so that every bound holds: one-use keys before others, and the
    oldest first. `fresh` was made just now and stays."""
    shelves: dict[tuple[str, str], list[str]] = {}
    for found, key in opens.items():
        if key.role in ("out", "closed"):
            shelf = (key.role, "")
        else:
            shelf = ("seat", key.member) if key.member else ("link", "")
        shelves.setdefault(shelf, []).append(found)
    bounds = {"out": OUT, "closed": CLOSED, "seat": SEAT_KEYS, "link": LINKS}
    gone: list[str] = []
    for (kind, _), ids in shelves.items():
        over = len(ids) - bounds[kind]
        if over > 0:
            # a link for everybody is never pushed out by ways in for one person
            ids = [i for i in ids if i != fresh]
            ids.sort(key=lambda i: (not opens[i].once, opens[i].at, i))
            gone += ids[:over]
    return gone
