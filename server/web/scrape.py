"""`/metrics` on an address of its own (JAM_METRICS): one question, one answer, and goodbye.

Not part of the site: whoever can reach the rooms must not thereby reach this, and a proxy in front
of the rooms cannot let it through by mistake.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
from collections.abc import Callable
from contextlib import suppress

from server.address import PortTaken, listen
from server.settings import SettingError
from server.web.figures import Figures
from server.web.hub import Hub
from server.web.line import describe

HEAD_BYTES = 8 * 1024
HEAD_S = 5.0
PACKAGE = "prometheus_client"
_log = logging.getLogger("jam.metrics")


class Scrape:
    """Answers `GET /metrics`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._server: asyncio.Server | None = None
        self._encode: Callable[[str], tuple[bytes, str]]
        self.port = 0

    async def open(self, where: tuple[str, int]) -> None:
        """Listen there. Raises SettingError with one sentence."""
        host, port = where
        if importlib.util.find_spec(PACKAGE) is None:
            raise SettingError(
                "JAM_METRICS needs the package prometheus-client: install jamroom[metrics],"
                " or leave it unset."
            )
        try:
            door = listen(host, port)
        except PortTaken as no:
            cause = no.__cause__
            why = cause.strerror if isinstance(cause, OSError) and cause.strerror else "unknown"
            raise SettingError(
                f"JAM_METRICS: nothing can listen on {host} port {port} ({why}); choose another."
            ) from no
        self._encode = encoder(Figures(self._hub))
        self._hub.place.metrics.on = True
        self.port = int(door.getsockname()[1])
        self._server = await asyncio.start_server(self._asked, sock=door, limit=HEAD_BYTES)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, TimeoutError):
            try:
                async with asyncio.timeout(HEAD_S):
                    head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(head))
                async with asyncio.timeout(HEAD_S):
                    await writer.drain()
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                pass  # no question that we know
            finally:
                writer.close()

    def _answer(self, head: bytes) -> bytes:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, _, rest = first.partition(" ")
        if method not in ("GET", "HEAD"):
            return _reply("405 Method Not Allowed", b"only GET\n")
        if rest.partition(" ")[0].partition("?")[0] != "/metrics":
            return _reply("404 Not Found", b"only /metrics\n")
        wished = next((v for k, _, v in map(_header, lines) if k == "accept"), "")
        try:
            body, sort = self._encode(wished.strip())
        except Exception as fault:
            _log.error("figures could not be written: %s", describe(fault))
            return _reply("500 Internal Server Error", b"see the log\n")
        return _reply("200 OK", body, sort, method == "HEAD")


def encoder(figures: Figures) -> Callable[[str], tuple[bytes, str]]:
    """Figures as text in the form that an Accept header wishes, and that form's name. Those of
    the process itself (memory, time, open files) come with the library."""
    from prometheus_client import CollectorRegistry, ProcessCollector
    from prometheus_client.exposition import choose_encoder

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(figures)

    def encode(wished: str) -> tuple[bytes, str]:
        write, sort = choose_encoder(wished)
        return write(registry), sort

    return encode


def _header(line: str) -> tuple[str, str, str]:
    name, colon, value = line.partition(":")
    return name.strip().lower(), colon, value


def _reply(status: str, body: bytes, sort: str = "text/plain", bare: bool = False) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\ncontent-type: {sort}\r\ncontent-length: {len(body)}\r\n"
        "cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
    )
    return head.encode("latin-1") + (b"" if bare else body)
