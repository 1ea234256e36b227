"""A slow road: 50 kbit/s each way that everything on it shares, 600 ms there and back."""

import asyncio
from contextlib import suppress

from tests.browser.house import free_port
from tests.browser.loop import Loop

LINE_BYTES = 50_000 // 8
DELAY_S = 0.6


class Slow:
    """A road of 50 kbit/s each way that everything on it shares, 600 ms there and back."""

    def __init__(self, port: int) -> None:
        self.port, self._to = free_port(), port
        self._free = {"out": 0.0, "in": 0.0}
        self._loop = Loop()
        self._loop.run(self._start())

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(DELAY_S)  # the handshake of a line goes there and back
        there, onward = await asyncio.open_connection("127.0.0.1", self._to)
        with suppress(OSError, asyncio.CancelledError):  # the measurement is over
            await asyncio.gather(
                self._carry(reader, onward, "out"), self._carry(there, writer, "in")
            )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str
    ) -> None:
        loop = asyncio.get_running_loop()
        last = 0.0
        while data := await reader.read(1_400):
            # Behind all that is on the way already, then the length of the road.
            self._free[way] = max(self._free[way], loop.time()) + len(data) / LINE_BYTES
            last = self._free[way] + DELAY_S / 2
            loop.call_at(last, self._put, writer, data)
            await asyncio.sleep(max(0.0, self._free[way] - loop.time()))
        await asyncio.sleep(max(0.0, last - loop.time()) + 0.01)
        writer.close()

    @staticmethod
    def _put(writer: asyncio.StreamWriter, data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)

    def close(self) -> None:
        async def end() -> None:
            self._server.close()

        self._loop.run(end())
        self._loop.close()
