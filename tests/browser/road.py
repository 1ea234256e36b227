"""The road to a house: a TCP proxy on which single travellers can be sent into a tunnel.

A traveller is known by a word in the User-Agent of the browser.
"""

import asyncio
from contextlib import suppress

from tests.browser.house import free_port
from tests.browser.loop import Loop


class Road:
    """Listens on a port of its own and leads to the house's."""

    def __init__(self, port_of_house: int) -> None:
        self.port, self._to = free_port(), port_of_house
        self.dark: set[str] = set()
        self._open: dict[asyncio.StreamWriter, str] = {}
        self._loop = Loop()
        self._loop.run(self._start())

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            who = head.decode("latin-1")
            if any(name in who for name in self.dark):
                raise ConnectionError(who)
            there, onward = await asyncio.open_connection("127.0.0.1", self._to)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.transport.abort()
            return
        self._open[writer], self._open[onward] = who, who
        onward.write(head)
        await asyncio.gather(self._carry(reader, onward), self._carry(there, writer))
        for end in (writer, onward):
            self._open.pop(end, None)
            end.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    def tunnel(self, name: str) -> None:
        """Everything of this traveller stops, and nothing new gets through."""

        async def enter() -> None:
            self.dark.add(name)
            for writer, who in list(self._open.items()):
                if name in who:
                    writer.transport.abort()

        self._loop.run(enter())

    def daylight(self, name: str) -> None:
        """The end of the tunnel."""
        self.dark.discard(name)

    def lead(self, port_of_house: int) -> None:
        """To another house from now on."""
        self._to = port_of_house

    def close(self) -> None:
        """No road any more."""

        async def end() -> None:
            self._server.close()
            for writer in list(self._open):
                writer.transport.abort()
            await self._server.wait_closed()

        self._loop.run(end())
        self._loop.close()
