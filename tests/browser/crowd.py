"""People without a browser: plain sockets that fill a room and play along."""

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.kit import Change, apply
from tests.browser.house import House, Room
from tests.browser.loop import Loop

PATIENCE = 20.0
PACE = 1 / 16


def merge(into: Any, part: Any) -> Any:
    """Put one part of a snapshot to the others."""
    if isinstance(into, dict) and isinstance(part, dict):
        return {**into, **{k: merge(into[k], v) if k in into else v for k, v in part.items()}}
    if isinstance(into, list) and isinstance(part, list):
        return into + part
    return part


class Bot:
    """One person. Methods are called from the test and wait until the room has answered."""

    def __init__(self, crowd: "Crowd", socket: ClientConnection, name: str) -> None:
        self._crowd, self._socket, self.name = crowd, socket, name
        self.tree: dict[str, Any] = {}
        self.member = self.token = ""
        self.heard: list[str] = []
        self._n, self._pos, self._came = 0, "", False
        self._acks: dict[int, asyncio.Future[list[Any]]] = {}
        self._ops: dict[int, dict[str, Any]] = {}  # those without an answer, as they were said
        self._back: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()
        self.listening: asyncio.Task[None] | None = None

    # -- on the crowd's loop

    async def listen(self) -> None:
        said = asyncio.create_task(self._confirm())
        why: Exception | None = None
        try:
            async for text in self._socket:
                self.heard.append(str(text))
                self._take(json.loads(text))
        except ConnectionClosed:
            pass
        except Exception as error:
            why = error
        said.cancel()
        if self._back is not None:
            self._back.cancel()
        for answer in self._acks.values():
            if not answer.done():
                answer.set_exception(why or ConnectionError(self._socket.close_code))

    async def _confirm(self) -> None:
        """Say what was read, every second in which something came, as every client must."""
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(1)
                if self._came:
                    self._came = False
                    await self._say({"t": "k", "ct": 1, "pos": self._pos})

    def _take(self, frame: dict[str, Any]) -> None:
        kind = frame["t"]
        # An answer to our own word asks for none.
        self._came = self._came or "ct" not in frame
        self._pos = frame.get("pos", self._pos)
        if kind == "welcome":
            self.member, self.token = frame["me"]["member"], frame["token"]
        elif kind == "snap":
            self.tree = merge(self.tree if frame["i"] else {}, frame["st"])
            if frame["i"] + 1 == frame["k"]:
                self.ready.set()
        elif kind == "tick" and "c" in frame:
            self.tree = apply(self.tree, [Change.of(change) for change in frame["c"]])
        elif kind == "ack":
            for n, *answer in frame["r"]:
                self._ops.pop(n, None)
                waiting = self._acks.pop(n, None)
                if waiting and not waiting.done():
                    waiting.set_result(answer)
        elif kind == "err" and "n" in frame:
            if self._back is not None:
                self._back.cancel()
            self._back = asyncio.create_task(self._again(frame["n"], frame["retry_ms"] / 1000))

    async def _again(self, n: int, pause: float) -> None:
        """The room did not take op `n`, and nothing behind it: all of it is said again, in order
        and at a person's pace, as every client must (docs/protocol.md, "Acting once")."""
        await asyncio.sleep(pause)
        with suppress(ConnectionClosed):
            for at in sorted(op for op in self._ops if op >= n):
                await self._say(self._ops[at])
                await asyncio.sleep(PACE)

    async def _say(self, frame: dict[str, Any]) -> None:
        await self._socket.send(json.dumps(frame, ensure_ascii=False))

    async def _send(self, what: str, args: dict[str, Any]) -> asyncio.Future[list[Any]]:
        if self.listening and self.listening.done():
            raise AssertionError(f"{self.name} was sent away: {self._socket.close_code}")
        self._n += 1
        answer: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        self._acks[self._n] = answer
        frame = {"t": "op", "n": self._n, "do": what, "d": args}
        if not what.startswith("room."):
            frame["g"] = (self.tree["meet"].get("now") or {}).get("g", 0)
        self._ops[self._n] = frame
        await self._say(frame)
        return answer

    async def _do(self, what: str, args: dict[str, Any]) -> str:
        answer = await self._send(what, args)
        try:
            outcome = await asyncio.wait_for(answer, PATIENCE)
        except TimeoutError:
            last = [text[:300] for text in self.heard if '"t":"k"' not in text][-4:]
            raise AssertionError(f"no answer to {what}: {last}") from None
        return str(outcome[2] if len(outcome) > 2 else outcome[0])

    async def _many(self, what: str, all_args: list[dict[str, Any]]) -> None:
        for at in range(0, len(all_args), 200):
            answers = [await self._send(what, args) for args in all_args[at : at + 200]]
            outcomes = await asyncio.wait_for(asyncio.gather(*answers), PATIENCE)
            assert {outcome[0] for outcome in outcomes} == {"ok"}, outcomes

    # -- from the test

    def do(self, what: str, **args: Any) -> str:
        """Act, when the room has heard what was done on the pages of this test; comes back with
        "ok" or the code of the refusal."""
        self._crowd.first()
        return self._crowd.run(self._do(what, args))

    def many(self, what: str, all_args: list[dict[str, Any]]) -> None:
        """The same action over and over, without waiting for each answer."""
        self._crowd.run(self._many(what, all_args), 100)

    def live(self, key: str, **value: Any) -> None:
        """A live value."""
        self._crowd.run(self._say({"t": "eph", "key": key, "d": value}))

    def react(self, which: int) -> None:
        """A reaction."""
        self.live("react", r=which)

    def until(self, true: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Wait until the room is so."""
        end = time.monotonic() + PATIENCE
        pause = threading.Event()
        while not true(self.tree):
            if time.monotonic() > end:
                raise AssertionError(f"{self.name} still sees {json.dumps(self.tree)[:2000]}")
            pause.wait(0.02)
        return self.tree

    def leave(self) -> None:
        """Go, and say so."""
        self._crowd.run(self._say({"t": "bye"}))


class Crowd:
    """The thread in which the bots live."""

    def __init__(self) -> None:
        self._loop = Loop()
        self.run = self._loop.run
        self._sockets: list[ClientConnection] = []
        self.first: Callable[[], None] = lambda: None
        """What is waited for before somebody acts: people take turns, and a page shows what was
        done on it before the room knows."""

    def come(
        self, house: House, room: Room, name: str, lang: str = "en", host: bool = False
    ) -> Bot:
        """A person comes in."""
        way = (room.host_secret if host else room.join_secret)[2:]
        bot: Bot = self.run(self._come(house, room, name, lang, way))
        return bot

    def flock(self, house: House, room: Room, names: tuple[str, ...]) -> list[Bot]:
        """Several people come in at one moment."""
        way = room.join_secret[2:]

        async def all_come() -> list[Bot]:
            coming = (self._come(house, room, name, "en", way) for name in names)
            return list(await asyncio.gather(*coming))

        bots: list[Bot] = self.run(all_come())
        return bots

    async def _come(self, house: House, room: Room, name: str, lang: str, way: str) -> Bot:
        socket = await connect(
            f"ws://127.0.0.1:{house.port}/ws/{room.id}", subprotocols=["jam.v1"], max_size=2**24
        )
        bot = Bot(self, socket, name)
        bot.listening = asyncio.create_task(bot.listen())
        self._sockets.append(socket)
        hello = {"t": "hello", "v": 1, "cid": secrets.token_hex(16), "gen": 1}
        await socket.send(json.dumps({**hello, "cap": way, "name": name, "lang": lang}))
        await asyncio.wait_for(bot.ready.wait(), PATIENCE)
        return bot

    def close(self) -> None:
        """Everybody goes home."""

        async def end() -> None:
            await asyncio.gather(*(socket.close() for socket in self._sockets))

        self.run(end())
        self._loop.close()
