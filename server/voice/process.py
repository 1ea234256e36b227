"""The process of a voice worker, `jam voice`: one UDP port, and a way to the servers.

It ends with its server, or when it is asked to. No address is in anything that it says.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import ipaddress
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from server.address import own
from server.log.jobs import report
from server.settings import SettingError, Settings

from . import installed
from .line import Bye, Up, Word

PRIORITY: Final = -5
"""Before others, where the system lets us: a stall of 20 ms can be heard."""
STRANGERS: Final = ("asyncio", "aiortc", "aioice", "libav", "redis")
"""Loggers of others, which may name addresses where they tell much."""


class Way(Protocol):
    """How a worker and servers reach each other."""

    async def open(self, take: Callable[[bytes], None], ended: Callable[[], None]) -> None:
        """From now on messages come; `ended` hears that none will any more."""

    def say(self, server: str, word: Word) -> None:
        """To that server."""

    async def beat(self, up: Up) -> None:
        """A sign of life, to all."""

    async def close(self, bye: Bye) -> None:
        """The last word, to all."""


def run(settings: Settings, pipe: bool) -> None:
    """Work until asked to stop. Raises SettingError with one sentence."""
    if not installed():
        raise SettingError('Voices need more packages: pip install "jamroom[audio]".')
    if not pipe and not settings.redis_url:
        raise SettingError(
            "JAM_REDIS_URL must be set: servers find their voice workers there. A server without"
            " it starts one by itself."
        )
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(levelname)s %(name)s %(message)s"
    )
    for name in STRANGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if pipe:  # Ctrl+C is for the server, whose end is ours
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Not the loop of Windows that cannot watch sockets.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(_work(settings, _way(settings, pipe), pipe))


def _way(settings: Settings, pipe: bool) -> Callable[[str], Way]:
    """Made with the name of this start, once there is one."""
    if pipe:
        from .pipe import Pipe

        return lambda boot: Pipe()
    from .post import Post

    return lambda boot: Post(settings.redis_url, boot)


async def _work(settings: Settings, way_of: Callable[[str], Way], pipe: bool) -> None:
    # What it takes is loaded here and nowhere else.
    from .control import BEAT_S, Control
    from .port import Port, monotonic
    from .worker import Worker

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unheard)
    stop = asyncio.Event()
    for which in (signal.SIGTERM, *(() if pipe else (signal.SIGINT,))):
        with suppress(NotImplementedError):
            loop.add_signal_handler(which, stop.set)
    local = pipe and _alone(settings)
    try:
        port = Port(here(settings) if local else "::", settings.voice_port)
    except OSError as no:
        raise SettingError(sentence(no, settings.voice_port)) from None
    number = port.address[1]
    reach = [(address, number) for address in addresses(settings, local)]
    control = Control(
        lambda tell: Worker(port, reach, tell),
        lambda server, word: way.say(server, word),
        monotonic,
        f"port-{number}",
    )
    way = way_of(control.boot)
    await way.open(control.take, stop.set)
    # What is alive now stays alive: nobody's sound waits for a look through all of it.
    gc.collect()
    gc.freeze()
    # Calls that have ended hang together in circles, 110 KiB each: those are looked through.
    gc.set_threshold(5_000, 10, 5)
    with suppress(OSError, AttributeError):  # not before: to load all that is not urgent
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    level = logging.DEBUG if pipe else logging.INFO
    logging.getLogger("jam.voice").log(level, "voices are ready")
    while not stop.is_set():
        await way.beat(control.up())
        control.sweep()
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT_S):
                await stop.wait()
    await way.close(Bye(control.boot))
    await control.worker.close()


def _alone(settings: Settings) -> bool:
    """Whether only this machine can open the rooms; then only it can reach the voices."""
    host = urlsplit(settings.base_url).hostname
    return loopback(settings.host) and not settings.public_ip and (not host or loopback(host))


def loopback(host: str) -> bool:
    """Whether this leads to this machine alone."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def addresses(settings: Settings, local: bool) -> list[str]:
    """Where people reach the port."""
    if settings.public_ip:
        return [*settings.public_ip]
    found = [] if local else own()
    return [*found, here(settings)] if loopback(settings.host) or not found else found


def here(settings: Settings) -> str:
    """This machine for itself."""
    return "::1" if ":" in settings.host else "127.0.0.1"


def sentence(no: OSError, port: int) -> str:
    """What to tell the person who started it."""
    if no.errno == errno.EADDRINUSE:
        return f"UDP port {port} is in use by another program; choose another as JAM_VOICE_PORT."
    if no.errno in (errno.EACCES, errno.EPERM):
        return f"UDP port {port} may not be used by this user; choose one above 1023."
    return f"Nothing can listen on UDP port {port}: {no.strerror or type(no).__name__}."


def _unheard(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What would otherwise be printed with all that it holds."""
    wrong = context.get("exception")
    report("something failed", wrong if isinstance(wrong, BaseException) else Exception())
