"""The same room by Janus and its AudioBridge, a mixer in C: Debian's package.

It decodes who sends and encodes for each one on its own. It has no FEC here, which is less work
than ours has; the bits a second and the encoder's effort are the same.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.voices.desk import answer

ROOM = 1234
GENERAL = """
general: {{ configs_folder = "{folder}" log_to_stdout = false debug_level = 2 admin_secret = "x" }}
media: {{ rtp_port_range = "20000-29000" }}
nat: {{ nice_debug = false ice_lite = true ice_enforce_list = "{host}" full_trickle = false }}
plugins: {{ disable = "{plugins}" }}
transports: {{ disable = "{transports}" }}
"""
SOCKETS = """
general: {{ json = "compact" ws = true ws_port = {port} ws_ip = "127.0.0.1" wss = false }}
admin: {{ admin_ws = false }}
"""
BRIDGE = """
room-{room}: {{ description = "bench" sampling_rate = 48000 audiolevel_ext = true record = false }}
"""
LIBRARY = Path("/usr/lib") / f"{os.uname().machine}-linux-gnu" / "janus"


def address() -> str:
    """One of this machine's that is not loopback, which Janus will not use; or nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, suppress(OSError):
        one.connect(("192.0.2.1", 9))  # asks the way, and sends nothing
        found = str(one.getsockname()[0])
        return "" if found.startswith("127.") else found
    return ""


def missing() -> str:
    """Why it cannot be measured here, or nothing."""
    if shutil.which("janus") is None:
        return "janus is not installed (Debian: apt-get install janus)"
    return "" if address() else "this machine has no address but loopback, which Janus does not use"


def others(kind: str, keep: str) -> str:
    """All parts of that kind but the one, for its list of what not to load."""
    names = sorted(path.name for path in (LIBRARY / kind).glob("*.so"))
    return ",".join(name for name in names if keep not in name)


class Janus:
    """One process of it, and one line to it."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._handles: list[int] = []

    async def start(self, folder: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        plugins, transports = others("plugins", "audiobridge"), others("transports", "websockets")
        texts = {
            "janus": GENERAL.format(
                folder=folder, host=self._host, plugins=plugins, transports=transports
            ),
            "janus.transport.websockets": SOCKETS.format(port=port),
            "janus.plugin.audiobridge": BRIDGE.format(room=ROOM),
        }
        for name, text in texts.items():
            (folder / f"{name}.jcfg").write_text(text)
        self.process = await asyncio.create_subprocess_exec(
            "janus", "-F", str(folder), "-C", str(folder / "janus.jcfg"),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        for _ in range(100):
            with suppress(OSError):
                self._line = await connect(
                    f"ws://127.0.0.1:{port}",
                    subprotocols=["janus-protocol"],  # type: ignore[list-item]
                )
                break
            await asyncio.sleep(0.1)
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._read(self._line))]
        self._session = (await self._ask({"janus": "create"}))["data"]["id"]
        self._tasks.append(loop.create_task(self._alive()))

    async def _read(self, line: ClientConnection) -> None:
        async for text in line:
            told = json.loads(text)
            wait = self._waiting.get(told.get("transaction", ""))
            if wait is not None and told["janus"] != "ack" and not wait.done():
                wait.set_result(told)

    async def _alive(self) -> None:
        while True:
            await asyncio.sleep(20)
            await self._ask({"janus": "keepalive"}, whole=False)

    async def _ask(self, what: dict[str, Any], whole: bool = True) -> dict[str, Any]:
        name = secrets.token_hex(6)
        wait = self._waiting[name] = asyncio.get_running_loop().create_future()
        if hasattr(self, "_session"):
            what = {**what, "session_id": self._session}
        await self._line.send(json.dumps({**what, "transaction": name}))
        try:
            return await asyncio.wait_for(wait, 30) if whole else {}
        finally:
            if whole:
                del self._waiting[name]

    async def offer(self, member: str, sdp: str) -> dict[str, Any]:
        told = await self._ask({"janus": "attach", "plugin": "janus.plugin.audiobridge"})
        handle = told["data"]["id"]
        self._handles.append(handle)
        join = {
            "request": "join", "room": ROOM, "display": member, "muted": False,
            "quality": 5, "bitrate": 24_000, "expected_loss": 0,
        }  # fmt: skip
        await self._ask({"janus": "message", "handle_id": handle, "body": join})
        told = await self._ask(
            {
                "janus": "message",
                "handle_id": handle,
                "body": {"request": "configure", "muted": False},
                "jsep": {"type": "offer", "sdp": sdp},
            }
        )
        return {"sdp": told["jsep"]["sdp"]}

    def tier(self, tier: str) -> None:
        """There are none."""

    def count(self) -> dict[str, Any]:
        """Of its process."""
        there = Path(f"/proc/{self.process.pid}")
        used = there.joinpath("stat").read_text().rpartition(")")[2].split()
        pages = int(there.joinpath("statm").read_text().split()[1])
        return {
            "cpu": (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK"),
            "rss": pages * os.sysconf("SC_PAGE_SIZE") / 1024,
        }

    async def close(self) -> None:
        self.process.kill()
        await self.process.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def main() -> None:
    """The process."""
    with tempfile.TemporaryDirectory(prefix="jam-janus-") as folder:
        janus = Janus(sys.argv[1])
        await janus.start(Path(folder))
        try:
            await answer(janus)
        finally:
            await janus.close()


if __name__ == "__main__":
    asyncio.run(main())
