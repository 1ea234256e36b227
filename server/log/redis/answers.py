"""What the scripts answer, as the types of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.log.base import (
    Answer,
    Appended,
    Duplicate,
    Entry,
    Full,
    Gap,
    Gone,
    Mark,
    Meta,
    ReadResult,
    Snapshot,
    WrongEpoch,
)


def appended(raw: Sequence[Any]) -> Answer:
    match bytes(raw[0]):
        case b"ok":
            return Appended(int(raw[1]), int(raw[2]), raw[3].decode())
        case b"dup":
            return Duplicate(int(raw[1]))
        case b"gap":
            return Gap(int(raw[1]))
        case b"epoch":
            return WrongEpoch(raw[1].decode())
        case b"full":
            return Full()
        case _:
            return Gone()


def pairs(flat: Sequence[bytes] | Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """A hash, as a script lists it or as the client has put it together."""
    if isinstance(flat, Mapping):
        return dict(flat)
    return dict(zip(flat[::2], flat[1::2], strict=True))


def meta(room: str, told: Mapping[bytes, bytes]) -> Meta:
    contents = told[b"content_expires"]
    state = told[b"state"].decode()
    assert state in ("open", "ended")
    return Meta(
        room=room,
        epoch=told[b"epoch"].decode(),
        top=int(told[b"top"]),
        tag=told[b"tag"].decode(),
        ts=int(told[b"ts"]),
        state="open" if state == "open" else "ended",
        expires=int(told[b"expires"]),
        content_expires=int(contents) if contents else None,
        floor=int(told[b"floor"]),
        floor_tag=told[b"floor_tag"].decode(),
        forgotten=int(told[b"forgotten"]),
        snapshot=int(told[b"snapshot"]),
        ops=int(told[b"ops"]),
        size=int(told[b"size"]),
        fresh=int(told[b"fresh"]),
        secret=told[b"secret"],
    )


def read(room: str, raw: Sequence[Any] | None) -> ReadResult | Gone:
    if raw is None:
        return Gone()
    told, verdict, entries, people, facts = raw
    word = verdict.decode()
    assert word in ("same", "rewound", "trimmed")
    return ReadResult(
        meta(room, pairs(told)),
        [_entry(id, fields) for id, fields in entries],
        word,
        {mark.author: mark for flat in (people, facts) for mark in _marks(pairs(flat))},
    )


def _entry(id: bytes, fields: Sequence[bytes]) -> Entry:
    told = pairs(fields)
    return Entry(
        int(id.partition(b"-")[0]),
        int(told[b"ts"]),
        told[b"t"].decode(),
        told[b"a"].decode(),
        int(told[b"n"]),
        told[b"b"],
    )


def _marks(told: Mapping[bytes, bytes]) -> list[Mark]:
    found = []
    for author, value in told.items():
        n, offset, ts = value.split()
        found.append(Mark(author.decode(), int(n), int(offset), int(ts)))
    return found


def snapshot(raw: Sequence[bytes | None]) -> Snapshot | None:
    """Of offset, tag and blob; none of them where there is no snapshot."""
    offset, tag, blob = raw
    if offset is None or tag is None or blob is None:
        return None
    return Snapshot(int(offset), tag.decode(), blob)
