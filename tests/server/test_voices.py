"""Voices through a room: real servers, their real workers, and people with stock aiortc."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import redis_server
from tests.server.bot import Bot
from tests.server.running import JAM, ROOT, Made, Running, free_port
from tests.server.test_metrics import samples
from tests.voice.calls import Caller, addresses
from tests.voice.sounds import strength

BARE = (
    "-c",
    """
import sys
from server import cli, voice
voice.PACKAGES = ("no_such_package",)
sys.exit(cli.main(["serve", *sys.argv[1:]]))
""",
)
"""As where the extra `audio` is not installed."""
LOUD, SILENT = 1_000.0, 60.0
"""Of a tone that is heard, and of one that is not."""
pytestmark = [pytest.mark.asyncio]


class Person:
    """A bot in the room, and a caller beside it. `hertz` is the tone of their voice."""

    def __init__(self, server: Running, made: Made, name: str, hertz: float | None) -> None:
        way = made.host if name == "Host" else made.join
        self.bot = Bot(server.ws(made.room), way, name=name)
        self.hertz, self.caller = hertz, Caller(hertz)
        self.calls = 0

    @property
    def me(self) -> str:
        return str(self.bot.me["member"])

    def said(self, id: str, key: str) -> Any:
        """What the server has said of this call under this key, if it has."""
        found = (f["d"] for f in self.bot.frames if f["t"] == "rtc" and f["id"] == id)
        return next((d[key] for d in found if key in d), None)

    async def call(self) -> None:
        """A call that stands; tried again where the worker is not there yet."""
        while not await self._called():  # noqa: ASYNC110 - asked anew each time
            await asyncio.sleep(0.2)

    async def _called(self) -> bool:
        self.calls += 1
        id = f"{self.calls}"
        await self.caller.close()
        self.caller = Caller(self.hertz)
        offer = await self.caller.offer()
        await self.bot.say({"t": "rtc", "id": id, "d": {"offer": offer}})
        await self.bot.until(lambda bot: self.said(id, "answer") or self.said(id, "code"))
        if not self.said(id, "answer"):
            assert self.said(id, "code") == "voice_away"
            return False
        await self.caller.accept(self.said(id, "answer"))
        await self.bot.until(lambda bot: self.said(id, "state") == "connected")
        return True

    async def hears(self, **tones: tuple[float, bool]) -> None:
        """Wait until each of these tones is heard, or is not."""
        heard: dict[str, float] = {}
        async with asyncio.timeout(20):
            while True:
                sound = await self.caller.hear(15)
                heard = {name: strength(sound, hertz) for name, (hertz, _) in tones.items()}
                if all(
                    heard[name] > LOUD if there else heard[name] < SILENT
                    for name, (_, there) in tones.items()
                ):
                    return


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("voices")
    env = {"JAM_VOICE": "1", "JAM_PUBLIC_IP": "127.0.0.1"}
    server = Running(folder / "data", {**env, "JAM_METRICS": f"127.0.0.1:{free_port()}"}).start()
    yield server
    server.stop()


@asynccontextmanager
async def people(*servers: Running, **tones: float | None) -> AsyncIterator[dict[str, Person]]:
    """All of them in one room and in one call each, the host among them; at servers in turn."""
    made, places = servers[0].make(), itertools.cycle(servers)
    found = {name: Person(next(places), made, name, hertz) for name, hertz in tones.items()}
    with addresses("127.0.0.1"):
        try:
            for person in found.values():
                await person.bot.__aenter__()
                await person.bot.until(lambda bot: bot.tree)
            for person in found.values():
                await person.call()
            yield found
        finally:
            for person in found.values():
                await person.caller.close()
                await person.bot.leave()


async def test_voc1_the_room_steers_who_is_heard(server: Running) -> None:
    """VOC1: each hears the others and not themselves; a host mutes one, and everybody, and takes
    it back; a pair hears itself alone. All without another call."""
    a, b = 440.0, 1_000.0
    async with people(server, Host=None, Ana=a, Bo=b) as they:
        host, ana, bo = they["Host"], they["Ana"], they["Bo"]
        await host.hears(ana=(a, True), bo=(b, True))
        await ana.hears(ana=(a, False), bo=(b, True))
        live = await host.bot.until(lambda bot: len(bot.tree.get("live", {})) == 3)
        assert live
        muted = {"what": "voice", "on": True, "who": bo.me}
        assert (await host.bot.act("room.shut", muted))[1] == "ok"
        await host.hears(ana=(a, True), bo=(b, False))
        assert (await host.bot.act("room.shut", {"what": "voice", "on": True}))[1] == "ok"
        await host.hears(ana=(a, False), bo=(b, False))
        for who in ({"who": bo.me}, {}):
            gone = {"what": "voice", "on": False, **who}
            assert (await host.bot.act("room.shut", gone))[1] == "ok"
        await host.hears(ana=(a, True), bo=(b, True))
        assert ana.calls == bo.calls == 1
        assert samples(int(server.env["JAM_METRICS"].rpartition(":")[2]))["jam_calls", ()] == 3


async def test_voc2_a_worker_that_is_killed_is_replaced(server: Running) -> None:
    """VOC2: everybody is told to call again, and is heard again; no line of the room is lost."""
    async with people(server, Host=None, Ana=440.0) as they:
        host, ana = they["Host"], they["Ana"]
        await host.hears(ana=(440.0, True))
        before = len(host.bot.closes)
        os.kill(worker(server.process.pid), signal.SIGKILL)
        for person in they.values():
            await person.bot.until(lambda bot, one=person: one.said(f"{one.calls}", "gone"))
        assert (await host.bot.act("room.title", {"title": "on"}))[1] == "ok"
        for person in they.values():
            await person.call()
        await host.hears(ana=(440.0, True))
        assert len(host.bot.closes) == before and not ana.bot.closes


def worker(parent: int) -> int:
    """The one child of a server that is its voice worker."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    (found,) = (
        int(pid) for pid in children if b"--pipe" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    return found


def hired(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """A worker of many servers."""
    return subprocess.Popen([sys.executable, "-m", "server.cli", "voice"], cwd=ROOT, env=env)


async def test_voc4_many_servers_find_their_workers_in_redis(tmp_path: Path) -> None:
    """VOC4: people at two servers are in one call, at one worker; it dies, and another one that has
    come meanwhile has them."""
    url = redis_server.shared().url
    env = {"JAM_VOICE": "1", "JAM_REDIS_URL": url, "JAM_PUBLIC_IP": "127.0.0.1"}
    own = {**os.environ, **env, "JAM_VOICE_PORT": "0"}
    workers = [hired(own)]
    servers = [Running(tmp_path / f"data{i}", env) for i in range(2)]
    try:
        await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
        async with people(servers[0], servers[1], Host=None, Ana=440.0) as they:
            host, ana = they["Host"], they["Ana"]
            await host.hears(ana=(440.0, True))
            assert host.bot.frames[0]["voice"] == 1
            live = {ana.me: {"voice": True, "speaks": True}, host.me: {"voice": True}}
            for one in they.values():
                await one.bot.until(lambda bot: bot.tree.get("live") == live)
            workers.append(hired(own))
            workers[0].kill()
            for person in they.values():
                await person.bot.until(lambda bot, one=person: one.said(f"{one.calls}", "gone"))
                await person.call()
            await host.hears(ana=(440.0, True))
            assert not host.bot.closes and not ana.bot.closes
    finally:
        for one in workers:
            one.kill()
            one.wait()
        for server in servers:
            server.stop()


async def test_voc3_a_server_without_the_extra_says_so_and_lacks_nothing_else(
    tmp_path: Path,
) -> None:
    """VOC3: the word stands in the welcome; switched off there is no word at all."""
    for wanted, args, word in (("1", BARE, 0), ("0", JAM, None)):
        server = Running(tmp_path / wanted, {"JAM_VOICE": wanted}, args).start()
        try:
            made = server.make()
            async with Bot(server.ws(made.room), made.host, name="Host") as host:
                await host.until(lambda bot: bot.tree)
                assert host.frames[0].get("voice") == word
                await host.say({"t": "rtc", "id": "a", "d": {"offer": "v=0"}})
                (told,) = await host.until(lambda bot: [f for f in bot.frames if f["t"] == "rtc"])
                assert told["d"] == {"code": "voice_off"}
                assert (await host.act("room.title", {"title": "on"}))[1] == "ok"
        finally:
            server.stop()
