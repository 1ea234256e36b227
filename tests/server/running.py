"""`jam serve` as a process of its own: started, asked, frozen, killed, started again."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
OPEN = "Jam Room is open"
JAM = ("-m", "server.cli", "serve")


class Reply(NamedTuple):
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Made(NamedTuple):
    """A room with the secrets of its two links."""

    room: str
    join: str
    host: str


def free_port() -> int:
    """A port that nobody has now; a server that is killed comes back to the same one."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Running:
    """A server on a free port that it keeps over restarts. `said` is all it wrote, line by line;
    `before` stands before the command."""

    def __init__(
        self,
        data: Path,
        env: dict[str, str] | None = None,
        args: tuple[str, ...] = JAM,
        before: tuple[str, ...] = (),
    ) -> None:
        self.data, self.args, self.before, self.port = data, args, before, free_port()
        plain = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
        # Voices load much and have tests of their own: who wants them says JAM_VOICE=1.
        self.env = {**plain, "PYTHONUNBUFFERED": "1", "JAM_VOICE": "0", **(env or {})}
        self.said: list[str] = []
        self.process: subprocess.Popen[str]

    def start(self) -> Running:
        """Returns when people can come in."""
        command = [*self.before, sys.executable, *self.args]
        command += ["--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        ready = threading.Event()
        before = len(self.said)
        self._listener = threading.Thread(target=self._listen, args=(ready,), daemon=True)
        self._listener.start()
        ready.wait()
        assert any(OPEN in line for line in self.said[before:]), "\n".join(self.said)
        return self

    def _listen(self, ready: threading.Event) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line.rstrip("\n"))
                if OPEN in line:
                    ready.set()
        ready.set()

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def wait(self) -> int:
        """Until it is gone; its exit code."""
        code = self.process.wait(60)
        self._listener.join()
        return code

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        self.signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """As an operator would."""
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
        return self.wait()

    # -- what one asks it

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ws(self, room: str, port: int | None = None) -> str:
        return f"ws://127.0.0.1:{port or self.port}/ws/{room}"

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """One HTTP request on a line of its own; `body` is bytes, or JSON of anything else."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            line.request(method, path, data, headers or {})
            reply = line.getresponse()
            told = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, told, reply.read())
        finally:
            line.close()

    def make(self, **wish: Any) -> Made:
        """A new room."""
        reply = self.ask("POST", "/api/rooms", {"title": "", "lang": "en", **wish})
        assert reply.status == 201, reply
        made = reply.json
        join, host = (made[key].partition("#")[2][2:] for key in ("join_url", "host_url"))
        return Made(made["room"], join, host)
