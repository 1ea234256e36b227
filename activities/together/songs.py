"""Songs: how many lines there are to sing or to echo, how long each lasts; and words of our own.

The words of the songs are in songs/<lang>.json. Words that a host pastes lie under room/, are
erased with the room, and are in no harvest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal

SONGS: Final[Mapping[str, tuple[tuple[str, int, int], ...]]] = {
    "en": (("row", 8, 3_200), ("syne", 16, 4_600)),
    "fr": (("choux", 16, 3_200), ("fontaine", 18, 4_400)),
    "es": (("colores", 13, 4_800), ("pollitos", 12, 3_600)),
    "pt": (("ciranda", 8, 4_000), ("peixe", 12, 3_600)),
    "ar": (("lamma", 12, 5_200), ("hamama", 8, 4_400)),
}
"""Each song's lines and milliseconds a line."""
ECHOES: Final = 5
ECHO_MS: Final = 5_000
LINES: Final = 80
LINE_MS: Final = 4_000
"""A line of pasted words."""

tongue_field = kit.one_of("", *SONGS, default="")
song_field = kit.integer(0, 1, default=0)


def slots(room: Mapping[str, Any], form: str) -> tuple[int, int]:
    """How many moments there are, and how many ms each lasts, unless a host has changed that."""
    if form == "echo":
        return 2 * (len(room["words"]) or ECHOES), ECHO_MS
    if room["words"]:
        return len(room["words"]), LINE_MS
    _, lines, ms = SONGS[room["song"][0] or "en"][room["song"][1]]
    return lines, ms


def songs(jam: Activity) -> None:
    """Let a host pick one, or bring another."""

    @jam.action(HOST, phase=("ready", "done"), tongue=tongue_field, song=song_field)
    def pick(ctx: Ctx, tongue: str, song: int) -> Iterator[Effect]:
        """Pick the language and the song; pasted words go."""
        kit.only(ctx, "lyrics", "echo")
        yield Change("room/song", [tongue, song])
        yield Change("room/beat", 0)
        yield Change("room/words", [])
        yield Change("host/by")

    @jam.action(HOST, phase=("ready", "done"), text=kit.text(4_000, lines=True))
    def paste(ctx: Ctx, text: str) -> Iterator[Effect]:
        """Paste words of our own, a line each. They stay in this room; nothing of them is kept."""
        kit.only(ctx, "lyrics", "echo")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > LINES:
            raise Refusal("many_lines", max=LINES)
        yield Change("room/words", lines)
        yield Change("room/beat", 0)
        yield Change("host/by", ctx.me)
