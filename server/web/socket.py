"""WebSockets carried to the rest of the server: as ready-made bytes, or as ASGI messages.

Two implementations keep the contract of `Socket` and pass one test suite: `DirectSocket` writes
through `server.web.protocol.JamProtocol`; `AsgiSocket` works under any ASGI server.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from server.web.frames import Frame
from server.web.guard import Meter, address_key
from server.web.line import CLOSE_SECONDS, CLOSED, FAULT, HIGH, LOG, LOW, TOO_FAST, Socket, describe

__all__ = ["AsgiSocket", "DirectSocket", "Socket", "run_socket"]

SUBPROTOCOL = "jam.v1"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Line(Protocol):
    """What a DirectSocket needs of the protocol below it."""

    def end(self, code: int, reason: str = "") -> None: ...
    def cut(self) -> None: ...
    def unsent(self) -> int: ...
    def begin(self) -> None: ...


class DirectSocket(Socket):
    """Writes the frame's bytes as they are. Made by JamProtocol only.

    Writing to the descriptor past the transport was measured and gains 1 to 5 %: not worth a
    number that the kernel gives to somebody else as soon as the line is closed.
    """

    __slots__ = ("_line", "_write")

    def __init__(self, line: Line, write: Callable[[bytes], None]) -> None:
        super().__init__()
        self._line: Line | None = line
        self._write = write

    def attach(
        self,
        on_message: Callable[[bytes, bool], None],
        on_writable: Callable[[], None],
        on_close: Callable[[int], None],
    ) -> None:
        super().attach(on_message, on_writable, on_close)
        if self._line is not None:
            self._line.begin()

    def send(self, frame: Frame) -> bool:
        if self.writable:
            self._write(frame.wire)
            return True
        return False

    def unsent(self) -> int:
        return 0 if self._line is None else self._line.unsent()

    def close(self, code: int, reason: str = "") -> None:
        if self._line is not None:
            self._line.end(code, reason)

    def abort(self) -> None:
        if self._line is not None:
            self._line.cut()

    def gone(self) -> None:
        """The line is lost: no call leads to it any more, so that both can be freed."""
        self.writable = False
        self._line = None


class AsgiSocket(Socket):
    """The same contract over plain ASGI messages.

    ASGI tells nobody how full a buffer is, so one task writes and what it has not yet written
    is counted here; more than HIGH bytes waiting means not writable, as on a DirectSocket.
    """

    __slots__ = ("_code", "_ended", "_loop", "_meter", "_queue", "_timer", "_waiting", "_wake")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.writable = True
        self._loop = loop
        self._meter = Meter()
        self._queue: deque[Frame] = deque()
        self._waiting = 0
        self._wake = asyncio.Event()
        self._ended: asyncio.Future[int] = loop.create_future()
        self._code: tuple[int, str] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def send(self, frame: Frame) -> bool:
        if not self.writable:
            return False
        self._queue.append(frame)
        self._waiting += len(frame)
        self.writable = self._waiting <= HIGH
        self._wake.set()
        return True

    def unsent(self) -> int:
        return self._waiting

    def close(self, code: int, reason: str = "") -> None:
        if self._code is None and not self._ended.done():
            self._code = (code, reason)
            self.writable = False
            self._timer = self._loop.call_later(CLOSE_SECONDS, self.abort)
            self._wake.set()

    def abort(self) -> None:
        self._finish(1006)

    async def run(self, receive: Receive, send: Send) -> None:
        """Carry messages both ways until the line ends; then report its close."""
        tasks = [
            self._loop.create_task(self._read(receive)),
            self._loop.create_task(self._drain(send)),
        ]
        try:
            code = await self._ended
        except asyncio.CancelledError:
            code = 1012
            raise
        finally:
            self.writable = False
            if self._timer is not None:
                self._timer.cancel()
            for task in tasks:
                task.cancel()
            # Each task ends by its own cancellation or by the server's error; both are known.
            await asyncio.gather(*tasks, return_exceptions=True)
            self._report(self._code[0] if self._code else code)

    def _report(self, code: int) -> None:
        on_close = self.on_close
        self.detach()
        try:
            on_close(code)
        except Exception as fault:
            LOG.error("on_close failed: %s", describe(fault))

    def _finish(self, code: int) -> None:
        self.writable = False
        if not self._ended.done():
            self._ended.set_result(code)

    def _violation(self, reason: str, code: int) -> None:
        CLOSED[reason] += 1
        self.close(code, reason)

    async def _read(self, receive: Receive) -> None:
        try:
            while True:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    self._finish(message.get("code") or 1005)
                    return
                if message["type"] == "websocket.receive" and self._code is None:
                    self._take(message)
        except Exception:
            self._finish(1006)

    def _take(self, message: Message) -> None:
        text = message.get("text")
        try:
            data = (message.get("bytes") or b"") if text is None else text.encode()
        except UnicodeEncodeError:
            self._violation("bad_text", 1007)
            return
        now = int(self._loop.time() * 1000)
        if not self._meter.message(len(data), now):
            self._violation("too_fast", TOO_FAST)
        elif len(data) > self.max_message:
            self._violation("too_big", 1009)
        else:
            try:
                self.on_message(data, text is not None)
            except Exception as fault:
                LOG.error("on_message failed: %s", describe(fault))
                self._violation("fault", FAULT)

    async def _drain(self, send: Send) -> None:
        try:
            while True:
                while self._queue:
                    frame = self._queue.popleft()
                    text = frame.payload.decode() if frame.kind == "text" else None
                    body = {"text": text} if text is not None else {"bytes": frame.payload}
                    await send({"type": "websocket.send", **body})
                    self._waiting -= len(frame)
                    if not self.writable and self._waiting <= LOW and self._code is None:
                        self.writable = True
                        self._has_room()
                if self._code is not None:
                    code, reason = self._code
                    await send({"type": "websocket.close", "code": code, "reason": reason})
                    return
                self._wake.clear()
                await self._wake.wait()
        except Exception:
            # Servers say in their own ways that the line is lost (OSError, RuntimeError).
            self._finish(1006)

    def _has_room(self) -> None:
        try:
            self.on_writable()
        except Exception as fault:
            LOG.error("on_writable failed: %s", describe(fault))
            self._violation("fault", FAULT)


async def run_socket(
    scope: Scope, receive: Receive, send: Send, attach: Callable[[Socket], None]
) -> None:
    """Serve one WebSocket from handshake to end; returns when the line is gone.

    Takes subprotocol jam.v1 and refuses the handshake without it. `attach(socket)` runs right
    after the accept with no await between, so that no message can come before it.
    """
    await receive()  # websocket.connect
    if SUBPROTOCOL not in scope.get("subprotocols", ()):
        CLOSED["subprotocol"] += 1
        await send({"type": "websocket.close", "code": 1002})
        return
    direct = (scope.get("extensions") or {}).get("jam.socket")
    socket = direct if isinstance(direct, DirectSocket) else None
    fallback = None if socket is not None else AsgiSocket(asyncio.get_running_loop())
    client = scope.get("client")
    line: Socket = socket or fallback  # type: ignore[assignment]
    line.address = address_key(client[0] if client else None)
    await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
    try:
        attach(line)
    except Exception as fault:
        LOG.error("attach failed: %s", describe(fault))
        CLOSED["fault"] += 1
        line.close(FAULT)
    if fallback is not None:
        await fallback.run(receive, send)
        return
    while (await receive())["type"] != "websocket.disconnect":
        pass
