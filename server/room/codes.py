"""Every code a person can meet: why something was refused, and why a socket was closed.

The browser has each sentence in five languages under `refused.<code>`; the English here is for
outside clients. Close codes below 4500 mean "come back", from 4500 on "stay away".
"""

from __future__ import annotations

from typing import Final

REFUSALS: Final[dict[str, str]] = {
    # what an action can meet
    "not_now": "That is not open at the moment.",
    "not_yours": "It is somebody else's turn.",
    "host_only": "Only a host can do that.",
    "closed": "The room has moved on to something else.",
    "no_action": "This room does not know that action.",
    "no_card": "There is no such card.",
    "no_plan": "There is no such plan.",
    "ended": "This jam is over.",
    "fault": "That did not work, and nothing was changed.",
    "missing": "Something is missing there.",
    "unknown": "There is something in it that this room does not know.",
    "nobody": "That person is not in the room.",
    "too_long": "That is longer than there is room for.",
    "too_short": "There is nothing in it yet.",
    "not_a_choice": "That is not one of the choices.",
    "not_a_number": "That needs a whole number within its bounds.",
    "not_text": "That needs text.",
    "not_a_list": "That list is too long, or not a list.",
    "full": "The room is full right now.",
    "moved": "Somebody else has moved on already.",
    "shut": "This is closed for now.",
    "taken": "Somebody else has this place at the moment.",
    "voice_hall": "A phone in the hall makes no sound.",
    "host_stays": "That is another host's place to decide.",
    "too_late": "The time for taking it back is over.",
    "not_a_link": "That needs a whole address that begins with https://.",
    "wrong_code": "This code opens no room.",
    "locked": "The door is closed for now.",
    "many_rooms": "That is a lot of rooms from one place. Another one opens in a few minutes.",
    # what a frame can meet
    "bad_frame": "That message could not be read.",
    "bad_hello": "The first message must be a greeting.",
    "gap": "A message is missing before this one.",
    "too_fast": "That is a lot at once. The rest goes out in a moment.",
    "too_large": "That is too large to share. Try a smaller piece.",
    "stalled": "Saving is paused. It goes out as soon as it can.",
    "stale": "This page is open in a newer tab.",
    "bad_link": "This link opens no room.",
    "link_closed": "This link has been closed.",
    "no_room": "There is no such room.",
    "removed": "Your visit to this room has ended.",
    "slow": "The line is slow. Catching up.",
    "reload": "This page is too old for the room. Load it again.",
    "superseded": "This seat is open in another tab.",
    "flush": "Coming back in a moment.",
    "resync": "Reading the room again.",
}

RESTART: Final = 1012
FLUSH: Final = 4000
SLOW: Final = 4008
RESYNC: Final = 4010
TOO_FAST: Final = 4029
FULL: Final = 4030
LOCKED: Final = 4031
BAD_HELLO: Final = 4500
BAD_LINK: Final = 4501
LINK_CLOSED: Final = 4502
REMOVED: Final = 4503
NO_ROOM: Final = 4504
SUPERSEDED: Final = 4509
RELOAD: Final = 4511

CLOSES: Final[dict[int, str]] = {
    1001: "flush",
    1006: "flush",
    1007: "bad_frame",
    1008: "bad_frame",
    1009: "too_large",
    1011: "fault",
    RESTART: "flush",
    1013: "full",
    FLUSH: "flush",
    SLOW: "slow",
    RESYNC: "resync",
    TOO_FAST: "too_fast",
    FULL: "full",
    LOCKED: "locked",
    BAD_HELLO: "bad_hello",
    BAD_LINK: "bad_link",
    LINK_CLOSED: "link_closed",
    REMOVED: "removed",
    NO_ROOM: "no_room",
    SUPERSEDED: "superseded",
    RELOAD: "reload",
}


def comes_back(code: int) -> bool:
    """Whether a client that was closed with `code` should try again by itself."""
    return code < 4500


def sentence(code: str) -> str:
    """Plain English for an outside client; never empty."""
    return REFUSALS.get(code, REFUSALS["fault"])
