"""Bot: a player with a line to a room, over the wire like everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections import Counter
from collections.abc import Container
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from server.kit import Rng

from .player import Player

CONFIRM_S = 1.0
PATIENCE_S = 15.0
STAY_AWAY = 4500
"""Close codes from here on say: stay away."""


class Bot:
    """One seat. `run` goes on until it is cancelled or the room says goodbye."""

    def __init__(self, address: str, cap: str, rng: Rng, news: asyncio.Event | None = None) -> None:
        self.address, self.cap = address, cap
        self.player = Player(rng)
        self.token = ""
        self.ready = asyncio.Event()
        """Set once the whole state is there."""
        self.news = news or asyncio.Event()
        """Set with whatever the room says, for those who watch; several bots may share one."""
        self.over = False
        """Whether there is nothing to come back for."""
        self.refused: list[tuple[str, str]] = []
        self.did: Counter[str] = Counter()
        """The actions that the room has taken, by name."""
        self._cid = "".join(f"{rng.below(256):02x}" for _ in range(16))
        self._gen = self._n = self._seen = 0
        self._met = False
        self._doing: dict[int, str] = {}
        self._line: ClientConnection | None = None

    async def come(self) -> None:
        """Come in, or come back; returns when the line is gone."""
        self._gen += 1
        hello: dict[str, Any] = {"t": "hello", "v": 1, "cid": self._cid, "gen": self._gen}
        hello |= {"token": self.token} if self.token else {"cap": self.cap}
        hello |= {"name": self.player.name, "lang": "en"}
        try:
            async with connect(
                self.address,
                subprotocols=["jam.v1"],  # type: ignore[list-item]
                compression=None,
                ping_interval=None,
                open_timeout=PATIENCE_S,
                close_timeout=0.5,
                max_size=2**24,
                proxy=None,
            ) as self._line:
                await self._line.send(json.dumps(hello))
                confirming = asyncio.create_task(self._confirm(self._line))
                try:
                    async for data in self._line:
                        self._take(data)
                finally:
                    confirming.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await confirming
        except (OSError, TimeoutError, WebSocketException):
            pass
        finally:
            if self._line is not None:
                self.over = self.over or (self._line.close_code or 0) >= STAY_AWAY
            self._line, self._met = None, False
            self.news.set()

    @property
    def done(self) -> int:
        """How many actions the room has taken."""
        return self.did.total()

    @property
    def here(self) -> bool:
        """Whether there is a line, and a state."""
        return self._met and bool(self.player.tree)

    async def act(self, never: Container[str] = ()) -> bool:
        """Do the next thing, if there is one and it is none of these; whether there was. One thing
        at a time: before the room has answered nothing else is done."""
        if not self.here or self._doing:
            return False
        if move := self.player.move():
            what, g, args = move
            return what not in never and await self.do(what, args, g)
        if gesture := self.player.gesture():
            what, args = gesture
            return await (self.live if what == "react" else self.do)(what, args)
        return False

    async def do(self, what: str, args: dict[str, Any], g: int | None = None) -> bool:
        """Ask for an action. False without a line."""
        if self._line is None:
            return False
        self._n += 1
        self._doing[self._n] = what
        frame: dict[str, Any] = {"t": "op", "n": self._n, "do": what, "d": args}
        if self._seen != self._n - 1:
            frame["p"] = self._seen  # what was lost with a line is given up
        self._seen = self._n
        return await self._say(frame if g is None else {**frame, "g": g})

    async def live(self, key: str, args: dict[str, Any]) -> bool:
        """A live value, which nobody keeps."""
        return await self._say({"t": "eph", "key": key, "d": args})

    async def drop(self) -> None:
        """Lose the line without a word."""
        if self._line is not None:
            self._line.transport.abort()

    async def leave(self) -> None:
        """Go, and say so."""
        await self._say({"t": "bye"})

    async def _say(self, frame: dict[str, Any]) -> bool:
        if self._line is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._line.send(json.dumps(frame))
                return True
        return False

    def _take(self, data: str | bytes) -> None:
        text = zlib.decompress(data).decode() if isinstance(data, bytes) else data
        frame = json.loads(text)
        kind = frame["t"]
        if kind == "welcome":
            self.token = frame.get("token", self.token)
            self._seen = frame["n"]
            self._n = max(self._n, self._seen)
            self._met = True
            self._doing.clear()
        if kind == "err" and "n" in frame:
            self._seen = min(self._seen, frame["n"] - 1)
        if kind == "ack":
            for n, outcome, *more in frame["r"]:
                what = self._doing.pop(n, "")
                if outcome == "ok":
                    self.did[what] += 1
                elif outcome == "refused" or len(more) > 1:
                    self.refused.append((what, str(more[1] if len(more) > 1 else "")))
        self.player.take(frame)
        if kind == "snap" and frame["i"] + 1 == frame["k"]:
            self.ready.set()
        self.over = bool((self.player.tree.get("meet") or {}).get("ended"))
        self.news.set()

    async def _confirm(self, line: ClientConnection) -> None:
        """Say that what came was read, as every page does."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(CONFIRM_S)
                await line.send(json.dumps({"t": "k", "ct": 1}))
