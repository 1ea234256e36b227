"""Microphones: who is asked to open theirs, and the one place for music.

Who may be heard is in `voices`; nothing of a sound ever comes into the room's state.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.kit import Change, Refusal

from . import baton, talk
from .moment import Moment

ASKED = "speak"
"""In `mine/<who>`: they are asked, since this offset."""


def invited(at: Moment, who: str) -> Iterator[Change]:
    """`room.invite {who}`: please open your microphone; they alone see it. Who was muted by name
    is so no more."""
    _heard_from(at, who)
    yield from talk.shut(at, "voice", False, who)
    yield Change(f"mine/{who}/{ASKED}", at.offset)


def answered(at: Moment, who: str) -> Iterator[Change]:
    """`room.invited`: done, or not now; nobody hears which."""
    mine = talk.told(at, who)
    if ASKED in mine:
        yield talk.tell(who, {key: mine[key] for key in mine if key != ASKED})


def music(at: Moment, on: bool, who: str | None) -> Iterator[Change]:
    """`room.music {on, who?}`: one plays, without what takes noise out of a voice. People take the
    place when it is free and give it back; a host may give it to anybody, and take it back."""
    to = who or at.me
    if to != at.me and at.role != "host":
        raise Refusal("host_only")
    holder = at.meet.get("music")
    if not on:
        if holder == to:
            yield Change("meet/music", None)
        return
    _heard_from(at, to)
    if holder not in (None, to) and at.role != "host":
        raise Refusal("taken")
    if holder != to:
        yield Change("meet/music", to)


def left(at: Moment, who: str) -> Iterator[Change]:
    """They are away, or where no phone makes a sound."""
    if at.meet.get("music") == who:
        yield Change("meet/music", None)
    yield from answered(at, who)


def _heard_from(at: Moment, who: str) -> None:
    """Raises `nobody` for who is not here, `voice_hall` for whose phone makes no sound."""
    person = baton.present(at, who)
    if not person["here"]:
        raise Refusal("nobody")
    if person.get("hall"):
        raise Refusal("voice_hall")
