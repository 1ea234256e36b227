"""The voices of all rooms of this server: what rooms say goes to the workers, and back.

The room's side is `server.room.calls`, the workers' is `server.voice`; here is only who is meant,
and the time. Without voices a server has none of this, and its rooms lack nothing else.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from server.room.node import Node
from server.settings import Settings
from server.voice import installed
from server.voice.child import Child
from server.voice.line import Line
from server.web.turn import Turn

if TYPE_CHECKING:
    from server.web.hosting import Hosted

LOOK_S: Final = 1.0
"""Between two looks whether a worker is to be told all again (`calls.SEATS_MS`)."""


class _Switch:
    """One room's way to whichever worker has it."""

    def __init__(self, room: str, line: Line, turn: Turn) -> None:
        self._room, self._line, self._turn = room, line, turn

    def place(self) -> str:
        return self._line.place(self._room)

    def say(self, message: Mapping[str, Any]) -> bool:
        return self._line.say(
            self._room, {**message, "room": self._room, "server": self._line.name}
        )

    def ice(self) -> list[dict[str, Any]]:
        return self._turn.ice()

    def token(self) -> str:
        return f"{self._room}.{secrets.token_hex(12)}"

    def chance(self) -> float:
        return secrets.randbelow(1000) / 1000


class Voices:
    """`rooms` are those that are hosted here, by their names. Without a `line` voices are wanted,
    and not installed; where they are not `sure`, they are there when a worker is."""

    def __init__(
        self, line: Line | None, turn: Turn, rooms: Mapping[str, Hosted], sure: bool = True
    ) -> None:
        self._line, self._turn, self._rooms, self._sure = line, turn, rooms, sure
        self._looking: asyncio.Task[None] | None = None

    def join(self, room: str, node: Node) -> None:
        """A room is hosted here from now on."""
        if self._line is not None:
            node.calls.switch = _Switch(room, self._line, self._turn)
        node.seats.voice = lambda: self._word(room)

    def _word(self, room: str) -> int | None:
        """What a welcome says: 1, there are voices; 0, they are not installed; None, nothing."""
        if self._line is None:
            return 0
        return 1 if self._sure or self._line.place(room) else None

    def open(self) -> None:
        """From here on there may be voices; nobody waits for them."""
        if self._line is not None:
            self._looking = asyncio.create_task(self._look(self._line))

    async def close(self) -> None:
        """Every call ends."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking
        if self._line is not None:
            await self._line.close()

    def _told(self, message: dict[str, Any]) -> None:
        """An answer knows its room by the name of its call."""
        room = message.get("room") or str(message.get("call", "")).partition(".")[0]
        hosted = self._rooms.get(room)
        if hosted is not None:
            hosted.node.calls.told(message, hosted.place.log.now())
            hosted.settle_soon()

    def _moved(self) -> None:
        for hosted in [*self._rooms.values()]:
            hosted.node.calls.moved(hosted.place.log.now())
            hosted.settle_soon()

    async def _look(self, line: Line) -> None:
        await line.open(self._told, self._moved)
        while True:
            await asyncio.sleep(LOOK_S)
            for hosted in [*self._rooms.values()]:
                hosted.node.calls.follow(hosted.place.log.now())


def voices(settings: Settings, rooms: Mapping[str, Hosted]) -> Voices | None:
    """As the settings say: with workers elsewhere, with one of this server's own, or none."""
    if settings.voice is False:
        return None
    turn = Turn(settings.turn, settings.turn_secret)
    if settings.redis_url:
        from server.voice.far import Far

        return Voices(Far(settings.redis_url), turn, rooms, sure=settings.voice is True)
    return Voices(Child(settings) if installed() else None, turn, rooms)
