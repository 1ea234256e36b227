"""Running the site: listen, open the log, serve, and leave without losing anybody."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from server.address import listen
from server.log import CannotOpen
from server.settings import SettingError, Settings
from server.web import app as web
from server.web.errands import unheard, wordless
from server.web.protocol import uvicorn_options
from server.web.scrape import Scrape


class Server(uvicorn.Server):
    """uvicorn, but people are told to come back before their sockets are closed: by itself it
    closes all of them with 1012 at once, and only then asks the application (speed.md §10)."""

    def __init__(self, config: uvicorn.Config, site: web.Site, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._site, self._ready = site, ready
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._draining is not None:
            super().handle_exit(sig, frame)  # asked twice: at once
            return
        loop = asyncio.get_event_loop()
        loop.call_soon_threadsafe(self._drain)

    def _drain(self) -> None:
        self._draining = asyncio.ensure_future(self._drained())

    async def _drained(self) -> None:
        try:
            await self._site.hub.drain()
        finally:
            self.should_exit = True


def run(settings: Settings, *, ready: Callable[[int], None]) -> None:
    """Serve until asked to stop. Raises SettingError or PortTaken with one sentence each."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(wordless)
    door = listen(settings.host, settings.port, 4096)
    port = int(door.getsockname()[1])
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(settings, door, port, ready))
    finally:
        door.close()


async def _serve(
    settings: Settings, door: socket.socket, port: int, ready: Callable[[int], None]
) -> None:
    asyncio.get_running_loop().set_exception_handler(unheard)
    site = web.make(settings, port)
    try:
        await site.log.open()
    except CannotOpen as no:
        raise SettingError(str(no)) from no
    scrape = Scrape(site.hub)
    try:
        if settings.metrics is not None:
            await scrape.open(settings.metrics)
    except SettingError:
        await site.log.close()
        raise
    options = uvicorn_options()
    options.pop("loop", None)  # this loop runs already
    proxies = list(settings.trusted_proxies)
    # What is alive now stays alive: looking through it again and again for garbage cost a third of
    # the time of reading a cursor (py-spy, 850 messages a second).
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    config = uvicorn.Config(
        site.app,
        log_config=None,
        lifespan="on",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or "",
        date_header=False,
        **options,
    )
    server = Server(config, site, lambda: ready(port))
    await server.serve(sockets=[door])
    scrape.close()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory
