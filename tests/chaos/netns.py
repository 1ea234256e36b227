"""Two hosts that are none: network namespaces with a wire between them, and nothing else.

The wire can be pulled (`Wire.pull`), or lose in silence what goes one way or both ways
(`Wire.lose`): whoever sends hears no refusal, no reset and no end of the line.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import itertools
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.chaos.relay import relayed

NET = 0x40000000
"""CLONE_NEWNET, which Python names from 3.12 on."""
FOLDER = Path("/run/netns")
NOWHERE = "02:00:00:00:00:99"
"""An address that no end of a wire has: what is sent to it nobody takes."""
_made = itertools.count()


def ip(*args: str) -> str:
    """Ask `ip`; what it says, and raises what it says where it will not."""
    done = subprocess.run(["ip", *args], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"ip {' '.join(args)}: {done.stderr.strip()}")
    return done.stdout


def missing() -> str:
    """Why there can be no namespaces here, or ""."""
    if sys.platform != "linux":
        return "network namespaces are a thing of Linux"
    if not shutil.which("ip"):
        return "`ip` is missing (Debian: iproute2)"
    if os.geteuid():
        return "only root may make network namespaces"
    name = f"jam-{os.getpid()}-{next(_made)}"
    try:
        ip("netns", "add", name)
    except OSError as error:  # a container that may not
        return str(error)
    ip("netns", "del", name)
    return ""


class End(NamedTuple):
    """One end of the wire: its namespace, address and MAC."""

    space: str
    address: str
    mac: str

    @property
    def before(self) -> tuple[str, ...]:
        """What stands before a command that is to run there."""
        return ("ip", "netns", "exec", self.space)

    def ip(self, *args: str) -> str:
        return ip("-n", self.space, *args)

    def set(self, name: str, value: object) -> None:
        """One setting of the kernel, for this namespace alone."""
        path = f"/proc/sys/{name.replace('.', '/')}"
        command = [*self.before, "sh", "-c", f"echo {value} > {path}"]
        subprocess.run(command, check=True)


class Wire:
    """`here` and `there` reach each other, and nobody else."""

    def __init__(self, here: End, there: End) -> None:
        self.here, self.there = here, there

    def lose(self, *ends: End) -> None:
        """What these ends send is lost from now on."""
        for end in ends or (self.here, self.there):
            self._to(end, NOWHERE)

    def pull(self) -> None:
        """The wire is pulled out: neither end has a carrier."""
        self.there.ip("link", "set", "jam", "down")

    def heal(self) -> None:
        self.there.ip("link", "set", "jam", "up")
        for end in (self.here, self.there):
            self._to(end, self.other(end).mac)

    def other(self, end: End) -> End:
        return self.there if end is self.here else self.here

    def _to(self, end: End, mac: str) -> None:
        to = self.other(end).address
        end.ip("neigh", "replace", to, "lladdr", mac, "dev", "jam", "nud", "permanent")


@contextlib.contextmanager
def wired() -> Iterator[Wire]:
    """Both ends, in namespaces of their own that are gone afterwards."""
    _sweep()
    names = [f"jam-{os.getpid()}-{next(_made)}" for _ in range(2)]
    ends = [End(name, f"10.99.0.{i}", f"02:00:00:00:00:0{i}") for i, name in enumerate(names, 1)]
    here, there = ends
    try:
        for end in ends:
            ip("netns", "add", end.space)
            end.ip("link", "set", "lo", "up")
        more = ["type", "veth", "peer", "name", "jam", "netns", there.space]
        here.ip("link", "add", "jam", *more)
        for end in ends:
            end.ip("link", "set", "jam", "address", end.mac)
            end.ip("address", "add", f"{end.address}/30", "dev", "jam")
            end.ip("link", "set", "jam", "up")
        wire = Wire(here, there)
        wire.heal()
        yield wire
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                ip("netns", "del", end.space)


def _sweep() -> None:
    """What tests that were killed have left behind."""
    for path in FOLDER.glob("jam-*-*"):
        pid = path.name.split("-")[1]
        if pid.isdecimal() and not Path("/proc", pid).exists():
            with contextlib.suppress(OSError):
                ip("netns", "del", path.name)


class Gate:
    """A port of ours that leads to the same port of the loopback address in a namespace."""

    def __init__(self, space: str, port: int) -> None:
        self._space, self._port = space, port
        self._door = socket.create_server(("127.0.0.1", port))
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._live)

    def __enter__(self) -> Gate:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    def _live(self) -> None:
        """This thread lives in that namespace: what it connects to lies there."""
        libc = ctypes.CDLL(None, use_errno=True)
        with (FOLDER / self._space).open() as space:
            if libc.setns(space.fileno(), NET):
                raise OSError(ctypes.get_errno(), "setns")
        self._loop.run_until_complete(self._lead())

    async def _lead(self) -> None:
        async with relayed([self._port], heard=self._door):
            await self._over.wait()
