"""Link secrets and member tokens: how they are hashed, and what a hash may open.

A room's log keeps only `SHA256("jam1" | HKDF(secret, "auth"))[:16]`, so that a dump of the store
opens nothing (safety.md §2). HKDF is RFC 5869 with SHA-256, one block.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec

JOIN_BYTES = 16
HOST_BYTES = 32
TOKEN_BYTES = 32
MAX_SECRET = 64


class Key(msgspec.Struct, frozen=True):
    """What a hash opens: a link (`role`) or one person's seat (`member`)."""

    role: str = ""
    member: str = ""


def key_id(secret: str) -> str:
    """The id under which a secret's key is kept: 32 hexadecimal characters."""
    block = hmac.new(b"", secret.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    auth = hmac.new(block, b"auth\x01", hashlib.sha256).digest()
    return hashlib.sha256(b"jam1" + auth).hexdigest()[:32]


def encode(key: Key) -> bytes:
    return msgspec.json.encode(key)


def decode(data: bytes) -> Key:
    return msgspec.json.decode(data, type=Key)
