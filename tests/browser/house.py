"""A real `jam serve` in a process of its own, which can be killed and started again."""

import json
import os
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Room(NamedTuple):
    """A room and the two ways in."""

    id: str
    join: str
    host: str

    @property
    def join_secret(self) -> str:
        return self.join.split("#")[1]

    @property
    def host_secret(self) -> str:
        return self.host.split("#")[1]


class House:
    """One server. `url` is what people open; behind a road it is not the server's own."""

    def __init__(self, *, port: int = 0, url: str = "", **env: str) -> None:
        self.port = port or free_port()
        self.url = url or f"http://127.0.0.1:{self.port}"
        self.data = Path(tempfile.mkdtemp(prefix="jam-house-"))
        self._env = env
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Open the doors; comes back once people can come in."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
        env |= {"JAM_DATA": str(self.data), "PYTHONUNBUFFERED": "1", "JAM_VOICE": "0", **self._env}
        if self.url != f"http://127.0.0.1:{self.port}":
            env["JAM_BASE_URL"] = self.url
        command = [sys.executable, "-m", "server.cli", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(self._process, lines), daemon=True)
        self._reader.start()
        said = []
        while True:
            line = lines.get(timeout=PATIENCE)
            said.append(line)
            if "is open" in line:
                return
            if not line:
                raise RuntimeError("the server did not start:\n" + "".join(said))

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        """Keep the pipe empty, so that the server never waits for a reader."""
        assert process.stdout
        for line in process.stdout:
            lines.put(line)
        lines.put("")
        process.stdout.close()

    def children(self) -> list[int]:
        """The processes that it has started."""
        assert self._process
        pid = self._process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill(self) -> None:
        """As a power cut does it."""
        assert self._process
        self._process.kill()
        self._process.wait()
        self._reader.join(10)

    def close(self) -> None:
        """Close the doors and leave nothing behind."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
                self._reader.join(10)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.data, ignore_errors=True)

    def ask(self, path: str, body: Any = None, token: str = "") -> bytes:
        """A request without a browser, past every road."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    def room(self, title: str = "", lang: str = "en", plan: list[str] | None = None) -> Room:
        """A room made without the start page."""
        made = json.loads(
            self.ask("/api/rooms", {"title": title, "lang": lang, "plan": plan or ["weather"]})
        )
        ways = (made["join_url"].split("#")[1], made["host_url"].split("#")[1])
        join, host = (f"{self.url}/r/{made['room']}#{way}" for way in ways)
        return Room(made["room"], join, host)
