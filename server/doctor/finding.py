"""What was found, as one sentence for the person who runs the server."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["well", "note", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """`wrong` has to be mended; a `note` is good to know. No sentence holds a secret."""

    check: str
    level: Level
    say: str


def well(check: str, say: str) -> Finding:
    return Finding(check, "well", say)


def note(check: str, say: str) -> Finding:
    return Finding(check, "note", say)


def wrong(check: str, say: str) -> Finding:
    return Finding(check, "wrong", say)
