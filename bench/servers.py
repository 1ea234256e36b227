"""The servers that are measured: how each is started, and what a client says to it at first."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bench.jam import JamRoom

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"


@dataclass(frozen=True)
class Server:
    """One row of the tables."""

    name: str
    title: str
    command: tuple[str, ...]
    """{port}, {mode} and {data} are filled in."""
    protocol: str = "jam.v1"
    modes: tuple[str, ...] = ("relay", "tick", "sink", "beat")
    path: str = "/{room}"
    opening: tuple[str, ...] = ()
    wrap: str = "{}"
    expected: int = 0
    """Frames a client receives before it is counted as joined."""
    needs: str = ""
    env: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is set in the environment, by mode."""
    works: tuple[str, ...] = ()
    """The loads it is for; empty for all, the storms included."""

    def missing(self) -> str:
        """Why it cannot run here, or ""."""
        if shutil.which(self.command[0]) is None and not Path(self.command[0]).exists():
            return f"{Path(self.command[0]).name} is not installed"
        if self.needs and not (HERE / self.needs).exists():
            return f"{self.needs} is missing (npm ci in bench/peers brings it)"
        return ""

    def lines(self, rooms: int, people: int, senders: int, port: int) -> list[list[str]]:
        """For every client: path, subprotocol, sends, expected frames, opening messages."""
        made = []
        for number in range(rooms):
            room = f"room{number}"
            for person in range(people):
                # The last ones speak, so that the first may be the one that is stuck.
                sends = "1" if person >= people - senders else "0"
                opening = [text.replace("{room}", room) for text in self.opening]
                path = self.path.replace("{room}", room)
                made.append([path, self.protocol, sends, str(self.expected), *opening])
        return made

    def message(self, work: str, payload: str) -> str:
        """What a client sends: the work's payload in this server's wrapping."""
        return self.wrap.replace("{}", payload)


class Whole(Server):
    """The whole of Jam Room: rooms are made through its API, and people say hello."""

    def lines(self, rooms: int, people: int, senders: int, port: int) -> list[list[str]]:
        made = []
        for _ in range(rooms):
            room = JamRoom.make(port)
            for person in range(people):
                sends = "1" if person >= people - senders else "0"
                opening = room.opening(person)
                made.append([room.path, self.protocol, sends, str(self.expected), *opening])
        return made

    def message(self, work: str, payload: str) -> str:
        return JamRoom.logged(work) if self.works else JamRoom.passed_on(work)


PYTHON = sys.executable
NODE = "node"
# The whole server reads, judges and keeps everything, and the tick that would send it never comes.
READ_ONLY = {"JAM_LIMIT_TICK_MS": "600000", "JAM_LIMIT_BEAT_MS": "600000"}


def table(build: Path) -> list[Server]:
    """All servers, the reference first."""
    ref = str(build / "ref")
    return [
        Server("c", "C reference (epoll)", (ref, "{port}", "{mode}")),
        Server(
            "direct", "our socket layer", (PYTHON, str(PEERS / "direct.py"), "{port}", "{mode}")
        ),
        Whole(
            "jam",
            "Jam Room, whole",
            (PYTHON, "-m", "server.cli", "serve", "--port", "{port}", "--data", "{data}"),
            modes=("tick", "sink"),
            expected=2,
            env={"sink": READ_ONLY},
        ),
        Whole(
            "logged",
            "Jam Room, every message logged",
            (PYTHON, "-m", "server.cli", "serve", "--port", "{port}", "--data", "{data}"),
            modes=("tick",),
            expected=2,
            works=("room", "rooms"),
        ),
        Server(
            "ws",
            "Node ws 8",
            (NODE, str(PEERS / "ws.js"), "{port}", "{mode}"),
            needs="peers/node_modules/ws",
        ),
        Server(
            "socketio",
            "socket.io 4",
            (NODE, str(PEERS / "socketio.js"), "{port}", "{mode}"),
            protocol="",
            path="/socket.io/?EIO=4&transport=websocket",
            opening=("<40", '<42["join","{room}"]'),
            wrap='42["m",{}]',
            expected=2,
            needs="peers/node_modules/socket.io",
        ),
        Server(
            "broadcast",
            "websockets.broadcast",
            (PYTHON, str(PEERS / "broadcast.py"), "{port}", "{mode}"),
        ),
        Server(
            "stock",
            "stock Starlette, uvicorn",
            (PYTHON, str(PEERS / "stock.py"), "{port}", "{mode}"),
        ),
    ]


@dataclass
class Running:
    """A server process that accepts connections."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """CPU seconds so far, user and system, of all its threads, to the microsecond."""
        # The kernel's own clock of a process; /proc/<pid>/stat counts in steps of 10 ms.
        with contextlib.suppress(OSError):
            return time.clock_gettime((~self.process.pid << 3) | 2)
        parts = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> int:
        """Resident memory in KiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0


@contextlib.contextmanager
def running(
    server: Server, mode: str, port: int, data: Path, core: str, extra: tuple[str, ...] = ()
) -> Iterator[Running]:
    """Start the server on one core, wait until it accepts, and end it afterwards."""
    values = {"{port}": str(port), "{mode}": mode, "{data}": str(data)}
    command = [values.get(part, part) for part in server.command] + list(extra)
    if core and shutil.which("taskset"):
        command = ["taskset", "-c", core, *command]
    env = {**os.environ, **server.env.get(mode, {})}
    log: IO[Any]
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=env, cwd=HERE.parent, start_new_session=True
        )
        try:
            limit = time.monotonic() + 15
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                if process.poll() is not None or time.monotonic() > limit:
                    tail = (data / "server.log").read_text(errors="replace")[-400:]
                    raise RuntimeError(f"{server.name} did not start: {tail}")
                time.sleep(0.05)
            yield Running(process, port)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def versions() -> dict[str, str]:
    """What was measured with."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"Python": sys.version.split()[0]}
    for name in ("uvicorn", "uvloop", "httptools", "websockets", "starlette"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    if shutil.which(NODE):
        out = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=False)
        found["node"] = out.stdout.strip().lstrip("v")
    lock = json.loads((PEERS / "package-lock.json").read_text())["packages"]
    for name in ("ws", "socket.io"):
        found[name] = lock[f"node_modules/{name}"]["version"]
    return found
