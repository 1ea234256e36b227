"""V-CHILD: a worker as a process: what starts it, what it hears, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from server.settings import SettingError, Settings
from server.voice import child as module
from server.voice import installed, line, process
from server.voice.child import Child, environment
from server.voice.line import Up
from tests.voice.calls import Caller, addresses, until
from tests.voice.sounds import strength

ROOT = Path(__file__).resolve().parents[2]
HOME = {"HOME": "/somebody"}
SEATS = {"ana": ["", True, True, False], "bo": ["", True, True, False]}
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Site:
    """A server's side: what it is told, and how often rooms may have moved."""

    def __init__(self, child: Child) -> None:
        self.child, self.told, self.places = child, [dict[str, Any]()][:0], list[str]()

    async def open(self) -> Site:
        await self.child.open(self.told.append, lambda: self.places.append(self.child.place("r")))
        return self

    def say(self, do: str, **more: Any) -> bool:
        return self.child.say("r", {"do": do, "room": "r", "server": self.child.name, **more})

    async def call(self, name: str, member: str, hertz: float | None = None) -> Caller:
        caller = Caller(hertz)
        self.say("seats", epoch="e", offset=1, seats=SEATS)
        assert self.say("offer", call=name, member=member, sdp=await caller.offer())
        await until(lambda: any(one.get("call") == name for one in self.told))
        await caller.accept(next(one["sdp"] for one in self.told if one.get("call") == name))
        state = {"is": "state", "server": self.child.name, "room": "r", "member": member}
        await until(lambda: {**state, "call": name, "state": "connected"} in self.told)
        return caller


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    """One process for those who need a whole one."""
    made = Site(Child(Settings.read(HOME)))
    assert made.child.place("r") == "" and not made.say("forget")
    await made.open()
    assert made.child.place("r") == "", "nobody waits for it"
    with addresses("127.0.0.1"):
        await until(lambda: made.child.place("r") != "")
        yield made
    await made.child.close()
    assert made.child.pid is None and made.child.place("r") == ""
    await made.child.close()


async def test_vchild1_an_offer_through_the_pipe_becomes_a_call_with_sound(site: Site) -> None:
    ana, bo = await site.call("c1", "ana", 440), await site.call("c2", "bo")
    try:
        assert strength(await bo.hear(40), 440) > 300
        speaking = {"is": "speaking", "room": "r", "members": ["ana"]}
        assert [one for one in site.told if one["is"] == "speaking"] == [speaking]
    finally:
        await ana.close()
        await bo.close()


async def test_vchild2_a_worker_that_is_killed_is_renewed_and_calls_begin_anew(site: Site) -> None:
    before, moved = site.child.place("r"), len(site.places)
    assert site.child.pid is not None
    os.kill(site.child.pid, signal.SIGKILL)
    await until(lambda: len(site.places) > moved)
    assert site.places[moved] == "" and not site.say("forget")
    await until(lambda: site.child.place("r") != "")
    assert site.child.place("r") != before
    caller = await site.call("again", "ana")
    await caller.close()


async def test_vchild3_who_listens_to_it_may_fail_and_hears_the_next_word(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*told: Any) -> None:
        raise ValueError("not now")

    monkeypatch.setattr(site.child, "_told", broken)
    site.say("offer", call="c8", member="ana", sdp="")
    monkeypatch.undo()
    site.say("offer", call="c9", member="ana", sdp="")
    await until(lambda: any(one.get("call") == "c9" for one in site.told))
    boot = site.child.place("r")
    site.child._take(b"junk")
    site.child._take(b'{"is":"later"}')
    site.child._take(b'{"is":"bye","boot":"x"}')
    assert site.child.place("r") == "", "it leaves: nobody calls it any more"
    site.child._take(line.write(Up("w", boot, 0)))
    assert site.child.place("r") == boot


# -- a process alone


async def start(*args: str, **env: str) -> Process:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
    command = [sys.executable, "-m", "server.cli", "voice", *args]
    pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
    return await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**plain, **env}, limit=1 << 20, **pipes
    )


async def word(process: Process, what: str) -> dict[str, Any]:
    """The next one of its sort."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while True:
            said: dict[str, Any] = json.loads(await process.stdout.readline())
            if said["is"] == what:
                return said


async def test_vchild4_it_ends_with_its_input_and_has_told_nothing_of_anybody() -> None:
    """VCHILD4: also with the most that can be logged, and with what nobody understands."""
    worker = await start("--pipe", JAM_LOG_LEVEL="debug", JAM_PUBLIC_IP="127.0.0.1")
    assert worker.stdin is not None and worker.stdout is not None
    up = await word(worker, "up")
    worker.send_signal(signal.SIGINT)  # Ctrl+C is the server's
    with addresses("127.0.0.1"):
        caller = Caller(440)
        sdp = await caller.offer()
        order = {"do": "offer", "server": "s", "room": "room1", "member": "ana", "sdp": sdp}
        for junk in (b"\xff\xfe\n", b"x" * 500_000 + b"\n", b'{"do":"dance"}\n\n'):
            worker.stdin.write(junk)
        worker.stdin.write(json.dumps({**order, "call": "c1"}).encode() + b"\n")
        answer = (await word(worker, "answer"))["sdp"]
        await caller.accept(answer)
        assert (await word(worker, "state"))["state"] == "connected"
        worker.stdin.write(json.dumps({**order, "call": "c2", "sdp": sdp[:300]}).encode() + b"\n")
        await word(worker, "no")
        worker.stdin.close()
        assert await word(worker, "bye") == {"is": "bye", "boot": up["boot"]}
        assert await worker.wait() == 0
        await caller.close()
    assert worker.stderr is not None
    said = (await worker.stderr.read()).decode()
    assert "DEBUG jam.voice voices are ready" in said
    assert "DEBUG jam.voice a message of 2 bytes was not understood" in said
    assert not [text for text in said.split() if "127." in text or "::" in text]
    pieces = {piece for piece in re.split(r"[\s:=;/]", sdp + answer) if len(piece) > 8}
    assert len(pieces) > 20 and not [piece for piece in pieces if piece in said]
    assert "ana" not in said and "room1" not in said


async def test_vchild5_asked_to_stop_it_says_goodbye() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        worker, late = await asyncio.gather(start("--pipe"), start("--pipe", "--voice-port", port))
        assert await late.wait() == 2
        assert late.stderr is not None
        said = (await late.stderr.read()).decode()
        assert said == (
            f"jam: UDP port {port} is in use by another program; choose another as "
            "JAM_VOICE_PORT.\n"
        )
    await word(worker, "up")
    worker.terminate()
    await word(worker, "bye")
    assert await worker.wait() == 0


class Silent(Child):
    """Starts something else."""

    def __init__(self, code: str) -> None:
        super().__init__(Settings.read(HOME))
        self.command = [sys.executable, "-c", code]


async def test_vchild6_one_that_falls_silent_is_ended_and_one_that_cannot_start_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    monkeypatch.setattr(module, "PAUSES_S", (0.01,))
    up = b'{"is":"up","worker":"w","boot":"b","calls":0}'
    code = f"import sys, time; sys.stdout.buffer.write({up!r} + b'\\n'); sys.stdout.flush()\n"
    site = await Site(Silent(code + "time.sleep(99)")).open()
    monkeypatch.setattr(module, "BEGIN", 1000)
    await until(lambda: len(site.places) >= 3)
    assert site.places[:3] == ["b", "", "b"]
    await site.child.close()
    none = Silent("")
    none.command = ["/nowhere/at-all"]
    site = await Site(none).open()
    await until(lambda: caplog.text.count("a voice worker was not started") >= 2)
    await site.child.close()
    assert site.places == [] and "nowhere" not in caplog.text


async def test_vchild7_a_stubborn_one_is_not_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAVE_S", 0.05)
    child = Silent("import time; print('.', flush=True); time.sleep(99)")
    site = await Site(child).open()
    await until(lambda: child.pid is not None)
    pid = child.pid
    assert pid is not None
    await site.child.close()

    def gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    await until(gone)


# -- settings


def settings(**env: str) -> Settings:
    return Settings.read({**HOME, **{f"JAM_{name}": value for name, value in env.items()}})


async def test_vchild8_a_child_knows_what_it_needs_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JAM_REDIS_URL", "redis://:word@h")
    monkeypatch.setenv("JAM_TURN_SECRET", "0123456789abcdef")
    given = environment(settings(HOST="::1", VOICE_PORT="5000", PUBLIC_IP="203.0.113.7, ::2"))
    ours = {name: value for name, value in given.items() if name.startswith("JAM_")}
    assert ours == {
        "JAM_HOST": "::1",
        "JAM_BASE_URL": "",
        "JAM_VOICE_PORT": "5000",
        "JAM_PUBLIC_IP": "203.0.113.7,::2",
        "JAM_LOG_LEVEL": "info",
    }
    assert Settings.read({**HOME, **ours}).public_ip == ("203.0.113.7", "::2")
    assert given["PYTHONPATH"].split(os.pathsep)[0] == str(ROOT)


@pytest.mark.parametrize(
    ("env", "local", "want"),
    [
        ({}, True, ["127.0.0.1"]),
        ({"HOST": "::1"}, True, ["::1"]),
        ({"HOST": "localhost", "BASE_URL": "http://localhost:8000"}, True, ["127.0.0.1"]),
        ({"BASE_URL": "https://jam.example.org"}, False, ["10.0.0.9", "127.0.0.1"]),
        ({"LAN": "1"}, False, ["10.0.0.9"]),
        ({"PUBLIC_IP": "203.0.113.7"}, False, ["203.0.113.7"]),
    ],
)
async def test_vchild9_people_are_told_where_they_can_reach_it(
    env: dict[str, str], local: bool, want: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "own", lambda: ["10.0.0.9"])
    given = settings(**env)
    assert process._alone(given) is local
    assert process.addresses(given, local) == want
    monkeypatch.setattr(process, "own", list)
    assert process.addresses(settings(LAN="1"), False) == ["127.0.0.1"]


async def test_vchild10_what_is_missing_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingError, match="JAM_REDIS_URL must be set"):
        process.run(settings(), False)
    assert installed()
    monkeypatch.setattr("server.voice.PACKAGES", ("aiortc", "no_such_package"))
    assert not installed()
    with pytest.raises(SettingError, match=r"jamroom\[audio\]"):
        process.run(settings(), True)
    assert "above 1023" in process.sentence(PermissionError(13, "x"), 5)
    assert process.sentence(OSError(99, "odd"), 5) == "Nothing can listen on UDP port 5: odd."
