"""A client of Jam Room as docs/protocol.md asks of one, and nothing of the server's own code.

Made for the tests, and a model for whoever writes a client: an outbox until settled, one person by
token, back by position after a lost line, confirmation of what was read.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
import time
import zlib
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.server.tree import merge, patch

CONFIRM_BYTES = 32 * 1024
CONFIRM_S = 1.0
LONGEST_PAUSE_S = 2.0
STAY_AWAY = 4500
Answer = asyncio.Future[list[Any]]


class Op:
    """One op of the outbox. `answer` is [n, outcome, offset, code?, args?], or ["settled"]."""

    def __init__(self, n: int, frame: dict[str, Any]) -> None:
        self.n, self.frame = n, {"t": "op", "n": n, **frame}
        self.sent = 0
        self.answer: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()


class Bot:
    """One tab of one person. `async with Bot(...) as bot` comes back by itself until it is left."""

    def __init__(self, url: str, cap: str = "", token: str = "", **hello: Any) -> None:
        self.url, self.cap, self.token, self.hello = url, cap, token, hello
        self.cid, self.gen = secrets.token_hex(16), 0
        self.me: dict[str, Any] = {}
        self.tree: dict[str, Any] = {}
        self.pos = ""
        self.frames: list[dict[str, Any]] = []  # all but ticks, snaps and beats
        self.closes: list[int] = []
        self.wrong: Exception | None = None  # a frame that does not fit; this client ends with it
        self.read = 0
        self.patience = 8.0
        self.reading = asyncio.Event()  # cleared, this client reads nothing more
        self.reading.set()
        self.online = False
        self._ops: list[Op] = []
        self._last = self._base = self._cursor = 0
        self._held = False
        self._parts: dict[str, Any] | None = None
        self._news = asyncio.Event()
        self._wake = asyncio.Event()
        self._line: ClientConnection | None = None
        self._confirmed = (0, 0.0)  # bytes read and moment of the last confirmation
        self._rng = random.Random(self.cid)

    async def __aenter__(self) -> Bot:
        self._task = asyncio.create_task(self._live())
        return self

    async def __aexit__(self, kind: type[BaseException] | None = None, *_: object) -> None:
        await self.leave()
        if kind is None:
            self.hold()

    async def leave(self) -> None:
        """Come back no more, whatever was found wrong."""
        while not self._task.done():  # a line that is ending just now takes a cancel for its own
            self._task.cancel()
            await asyncio.wait([self._task], timeout=0.5)

    # -- what one does with it

    def act(self, do: str, d: dict[str, Any] | None = None, **more: Any) -> Answer:
        """Ask for a change; it goes out now or when the line is back, and is done once."""
        self._last += 1
        op = Op(self._last, {"do": do, "d": d or {}, **more})
        self._ops.append(op)
        self._wake.set()
        return op.answer

    async def say(self, frame: dict[str, Any]) -> None:
        """A frame as it is, if there is a line."""
        if self._line is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._line.send(json.dumps(frame))

    def hold(self) -> None:
        """Raises what this client has found wrong."""
        assert self.wrong is None, f"a frame that does not fit: {self.wrong!r}"

    async def until(self, true: Callable[[Bot], Any]) -> Any:
        """Wait until something holds of this client, and return it."""
        while not true(self) and not self._task.done():
            self._news.clear()
            await self._news.wait()
        found = true(self)
        if not found:
            self.hold()
        assert found, f"the line is closed for good: {self.closes} {self.frames[-3:]}"
        return found

    async def gone(self) -> int:
        """Wait until the server has told this client to stay away; the close code."""
        await asyncio.wait([self._task])
        self.hold()
        return self.closes[-1]

    async def drop(self) -> None:
        """Lose the line without a word; it will be dialled again."""
        if self._line is not None:
            self._line.transport.abort()

    # -- lines

    async def _live(self) -> None:
        try:
            await self._come_and_go()
        except Exception as wrong:
            self.wrong = wrong
            self.on_wrong(wrong)
            self._news.set()

    async def _come_and_go(self) -> None:
        pause = 0.1
        while not self.closes or self.closes[-1] < STAY_AWAY:
            try:
                async with connect(
                    self.url,
                    subprotocols=["jam.v1"],  # type: ignore[list-item]
                    compression=None,
                    ping_interval=None,
                    close_timeout=0.5,
                    open_timeout=self.patience,
                    max_size=None,
                    proxy=None,
                ) as self._line:
                    pause = await self._talk(self._line)
            except (OSError, TimeoutError, WebSocketException):
                pass
            finally:
                self._line, self.online, self._parts = None, False, None
            # everybody lost the line at once: come back each at a time of its own
            await asyncio.sleep(self._rng.uniform(0, pause))
            pause = min(pause * 2, LONGEST_PAUSE_S)
            self._news.set()

    async def _talk(self, line: ClientConnection) -> float:
        """One line from greeting to end; returns the pause that the server asked for."""
        self.gen += 1
        greeting = {"t": "hello", "v": 1, "cid": self.cid, "gen": self.gen, **self.hello}
        if self.token:
            greeting["token"] = self.token
        if self.cap:
            greeting["cap"] = self.cap
        if self.pos:
            greeting["pos"] = self.pos
        await line.send(json.dumps(greeting))
        writer = asyncio.create_task(self._write(line))
        try:
            while True:
                await self.reading.wait()
                async with asyncio.timeout(self.patience):
                    data = await line.recv()
                await self._take(data)
        except TimeoutError:  # silence: the line is dead, whatever it says
            line.transport.abort()
            return 0.1
        except ConnectionClosed as end:
            self.closes.append(end.rcvd.code if end.rcvd else 1006)
            said = self.frames[-1] if self.frames else {}
            return said["after_ms"] / 1000 if said.get("t") == "bye" else 0.1
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionClosed):
                await writer

    async def _write(self, line: ClientConnection) -> None:
        """Send what may go, in order, each once on this line unless the server goes back."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            before = self._base
            for op in list(self._ops):
                if not self.online or self._held:
                    break
                if op.n > self._cursor:
                    self._cursor = op.n
                    op.sent += 1
                    self.on_sent(op)
                    past = {} if before == op.n - 1 else {"p": before}
                    await line.send(json.dumps({**op.frame, **past}))
                before = op.n

    # -- frames

    async def _take(self, data: str | bytes) -> None:
        self.read += len(data)
        text = zlib.decompress(data).decode() if isinstance(data, bytes) else data
        frame: dict[str, Any] = json.loads(text)
        kind = frame["t"]
        if kind not in ("tick", "snap", "k"):
            self.frames.append(frame)
        getattr(self, f"_{kind}", self._ignore)(frame)
        now = time.monotonic()
        if self.read - self._confirmed[0] >= CONFIRM_BYTES or now - self._confirmed[1] >= CONFIRM_S:
            self._confirmed = (self.read, now)
            await self.say({"t": "k", "pos": self.pos})
        self._news.set()

    def _welcome(self, frame: dict[str, Any]) -> None:
        self.me, self.token = frame["me"], frame.get("token", self.token)
        self._base = self._cursor = frame["n"]
        self._last = max(self._last, frame["n"])
        self._held, self.online = False, True
        self._settle(frame["settled"])
        # what has had no answer is said again, too: it is not done twice, and the answer repeated
        waiting = (op.n for op in self._ops if not op.answer.done())
        self._cursor = min(self._cursor, next(waiting, self._cursor + 1) - 1)
        self._wake.set()

    def _snap(self, frame: dict[str, Any]) -> None:
        self._parts = merge(self._parts, frame["st"]) if frame["i"] else frame["st"]
        if frame["i"] == frame["k"] - 1:
            assert self._parts is not None
            self.tree, self._parts, self.pos = self._parts, None, frame["pos"]
            self.on_state()

    def _tick(self, frame: dict[str, Any]) -> None:
        for change in (*frame.get("c", ()), *frame.get("x", ())):
            if change[0] != "live/room/react":
                patch(self.tree, change)
        self.pos = frame["pos"]
        self.on_state()

    def _ack(self, frame: dict[str, Any]) -> None:
        answers = {answer[0]: answer for answer in frame["r"]}
        for op in self._ops:
            if op.n in answers and not op.answer.done():
                op.answer.set_result(answers[op.n])
                self.on_answer(op, answers[op.n])
        self._settle(frame["settled"])

    def _settle(self, n: int) -> None:
        """Ops up to n are done, or refused, for good."""
        while self._ops and self._ops[0].n <= n:
            op = self._ops.pop(0)
            self._base = max(self._base, op.n)
            if not op.answer.done():
                op.answer.set_result(["settled"])
                self.on_answer(op, ["settled"])

    def _err(self, frame: dict[str, Any]) -> None:
        if "n" in frame:  # keep these, and go on from there after a while
            self._cursor = min(self._cursor, frame["n"] - 1)
            if frame["code"] == "gap":
                self._base = min(self._base, frame["n"] - 1)
            self._held = True
            asyncio.get_running_loop().call_later(frame["retry_ms"] / 1000, self._go_on)

    def _go_on(self) -> None:
        self._held = False
        self._wake.set()

    def _ignore(self, frame: dict[str, Any]) -> None:
        """A beat; or a frame of a newer server, which disturbs nobody."""

    # -- for those who watch

    def on_sent(self, op: Op) -> None: ...
    def on_answer(self, op: Op, answer: list[Any]) -> None: ...
    def on_state(self) -> None: ...
    def on_wrong(self, wrong: Exception) -> None: ...
