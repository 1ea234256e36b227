"""How a log goes on: which op may follow, with which tag. Pure, and the same for every store."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from .base import (
    FACT,
    Answer,
    Caps,
    Duplicate,
    Entry,
    Full,
    Gap,
    Gone,
    Mark,
    Meta,
    Verdict,
    WrongEpoch,
)


def first_tag(secret: bytes, epoch: str) -> str:
    """The tag at the start of an epoch, before its first op."""
    return hashlib.sha1(secret + epoch.encode(), usedforsecurity=False).hexdigest()[:12]


def next_tag(secret: bytes, before: str, ts: int, author: str, n: int, payload: bytes) -> str:
    """Chains the history. Tags travel in positions: without the secret, which never does, a person
    who sees one could try out what a hidden op says."""
    head = f"{before}|{ts}|{author}|{n}|".encode()
    return hashlib.sha1(secret + head + payload, usedforsecurity=False).hexdigest()[:12]


def is_fact(author: str) -> bool:
    return author.startswith(FACT)


def member_of(author: str) -> str:
    """What stands before the cid: authors that share it share CIDS marks."""
    return author.partition(":")[0]


def begin(room: str, epoch: str, ts: int, expires: int, secret: bytes) -> Meta:
    tag = first_tag(secret, epoch)
    return Meta(
        room=room, epoch=epoch, top=0, tag=tag, ts=ts, state="open", expires=expires,
        content_expires=None, floor=0, floor_tag=tag, forgotten=0, snapshot=-1, ops=0, size=0,
        fresh=0, secret=secret,
    )  # fmt: skip


def restart(meta: Meta, epoch: str, secret: bytes) -> Meta:
    """The room after `clear`: a new epoch at the same offset with a snapshot there."""
    tag = first_tag(secret, epoch)
    return replace(
        meta, epoch=epoch, tag=tag, content_expires=None, floor=meta.top, floor_tag=tag,
        forgotten=meta.top, snapshot=meta.top, ops=0, size=0, fresh=0, secret=secret,
    )  # fmt: skip


def refuse(
    meta: Meta | None, epoch: str, mark: Mark | None, n: int, p: int | None, size: int, caps: Caps
) -> Answer | None:
    """Why an op may not be appended; None if it may. The order of the checks is the contract."""
    if meta is None or meta.state != "open":
        return Gone()
    if meta.epoch != epoch:
        return WrongEpoch(meta.epoch)
    last = mark.n if mark else 0
    if n <= last:
        return Duplicate(mark.offset if mark else 0)
    if p is not None and p > last:
        return Gap(last)
    if meta.top - max(meta.snapshot, 0) >= caps.ops or meta.fresh + size > caps.size:
        return Full()
    return None


def follow(meta: Meta, author: str, n: int, payload: bytes, now: int) -> tuple[Meta, Entry]:
    """The op at the next offset, and the room after it."""
    ts = max(now, meta.ts)
    tag = next_tag(meta.secret, meta.tag, ts, author, n, payload)
    size = len(payload)
    entry = Entry(meta.top + 1, ts, tag, author, n, payload)
    after = replace(
        meta, top=entry.offset, tag=tag, ts=ts, ops=meta.ops + 1,
        size=meta.size + size, fresh=meta.fresh + size,
    )  # fmt: skip
    return after, entry


def verdict(meta: Meta, offset: int, tag: str | None, tag_there: str | None) -> Verdict:
    """Whether a position is on this history. `tag_there` is None where none is kept."""
    if offset > meta.top:
        return "rewound"
    if offset < meta.floor or tag_there is None:
        return "trimmed"
    return "same" if tag is None or tag == tag_there else "rewound"
