"""No secret and no word of anybody in the log of the server, and none in its files afterwards."""

import asyncio
import base64
from pathlib import Path

import pytest

from tests.server import calls
from tests.server.bot import Bot
from tests.server.calls import anew, call, passed
from tests.server.lines import dial, ended, handshake, hello
from tests.server.running import Made, Running

ENV = {"JAM_LOG_LEVEL": "debug", "JAM_TRUSTED_PROXIES": "127.0.0.0/8", "JAM_CLEANUP": "1"}
pytestmark = pytest.mark.asyncio
WORD, NAME, TITLE = "Zanzibarkanari", "Qwertilde", "Vogelfreitag"
ADDRESS = "10.77.66.55"


def found(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Which of these stand in which file, as bytes of any of the usual shapes."""
    hits = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        for word in words:
            raw = word.encode()
            shapes = {raw, raw.lower(), raw.hex().encode(), word.encode("utf-16-le")}
            shapes.add(base64.b64encode(raw)[:-4])
            hits += [(path.name, word) for shape in shapes if shape in data]
    return hits


async def jam(server: Running) -> tuple[Made, Bot]:
    """A room in which all canaries have been said; its host has left."""
    made = server.make(title=TITLE)
    headers = {"X-Forwarded-For": ADDRESS}
    async with Bot(server.ws(made.room), made.host, name=NAME) as host:
        await host.until(lambda bot: bot.tree)
        await host.act("room.open", {"kind": "checkin"})
        await host.act("checkin.choose", {"icon": "sun", "word": WORD})
        await host.act("room.open", {"kind": "prompt"})
        await host.act("prompt.add", {"title": WORD, "who": NAME})
        await host.act("prompt.nothing", {WORD: NAME})
        await host.act("prompt.heart", {"i": WORD})
        await host.say({"t": WORD})
        async with dial(server, made.room, additional_headers=headers) as line:
            await line.send(hello(made.join, name=NAME, more=[WORD]))
            await line.recv()
            await line.send("{" + WORD)
            await line.send(WORD.encode())
            await ended(line)
        server.ask("POST", "/api/rooms", {"title": WORD, WORD: NAME}, headers)
        server.ask("POST", "/api/rooms", b'{"title": "' + WORD.encode(), headers)
        server.ask("POST", "/api/qr", {"text": f"{WORD}#j.{made.join}"})
        server.ask("GET", f"/{WORD}?{NAME}", headers={"Authorization": f"Bearer {WORD}"})
        server.ask("GET", f"/api/rooms/{made.room}/harvest.md", headers={"Authorization": WORD})
        handshake(server, f"/ws/{made.room}?{WORD}", [("Sec-WebSocket-Protocol", WORD)])
        handshake(server, f"/ws/{made.room}", [("Origin", f"http://{WORD}")])
    return made, host


async def test_srv24_the_log_says_nothing_of_anybody(server: Running) -> None:
    made, host = await jam(server)
    assert found(server.data, WORD, NAME), "the room is in the store as long as it lives"
    assert not found(server.data, made.join, made.host, host.token), "links are kept as hashes"
    said = "\n".join(server.said)
    for secret in (
        WORD, NAME, TITLE, ADDRESS, made.room, made.join, made.host, host.token, host.cid,
        host.me["member"],
    ):  # fmt: skip
        assert secret not in said, said
    assert "Traceback" not in said


async def test_LNK18_no_secret_made_later_is_in_log_or_store(server: Running) -> None:
    """Links anew, passes, ways in, spoken codes, knocks: spent or not."""
    made, name = server.make(), "Klopfenstein"
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        told = [anew(server, made, host.token, what) for what in ("join", "host")]
        told += [passed(server, made, host.token) for _ in range(2)]
        code = call(server, "POST", f"rooms/{made.room}/code", host.token).json["code"]
        knock = call(server, "POST", "code", body={"code": code, "name": name}).json["knock"]
        (asked,) = await host.until(lambda bot: bot.tree.get("desk", {}).get("knocks"))
        await host.act("room.let", {"knock": asked, "in": True})
        body = {"room": made.room, "knock": knock}
        told += [code, knock, calls.secret(call(server, "POST", "knock", body=body), "o")]
        call(server, "POST", "code", body={"code": told[0], "name": name, name: code})
        async with (
            Bot(server.ws(made.room), told[3]) as device,
            Bot(server.ws(made.room), told[-1]) as late,
        ):
            await device.until(lambda bot: bot.tree)
            await late.until(lambda bot: bot.tree)
            told += [device.token, late.token]
    assert len(set(told)) == 9
    assert not found(server.data, *told)
    said = "\n".join(server.said)
    for word in (*told, name, made.room):
        assert word not in said, said
    assert "Traceback" not in said


async def test_srv25_what_is_erased_leaves_no_byte(server: Running) -> None:
    made, _ = await jam(server)
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        answer = host.act("room.end", {"erase": True})
        assert await guest.gone() == 4504 and await host.gone() == 4504
        assert answer.done() and answer.result()[1] == "ok"
        assert guest.tree["meet"]["ended"]["erase"] is True  # heard why before it closed
    await purged(server, made.room)
    assert server.ask("GET", f"/r/{made.room}").status == 404
    token = {"Authorization": f"Bearer {host.token}"}
    assert server.ask("GET", f"/api/rooms/{made.room}/harvest.md", headers=token).status == 404
    async with Bot(server.ws(made.room), made.host) as late:
        assert await late.gone() == 4501
    others = [made.room, host.me["member"], guest.me["member"], host.cid]
    assert not found(server.data, *others)


async def purged(server: Running, room: str) -> None:
    """Until the room is gone; asked all the while, so that nothing may bring it back to life."""

    def ask() -> None:
        while server.ask("GET", f"/api/rooms/{room}").status != 404:
            pass
        for _ in range(50):
            assert server.ask("GET", f"/api/rooms/{room}").status == 404

    await asyncio.to_thread(ask)


async def test_srv26_a_kill_in_the_middle_of_erasing_keeps_nothing(data: Path) -> None:
    server = Running(data, ENV).start()
    try:
        made, _ = await jam(server)
        async with Bot(server.ws(made.room), made.host) as host:
            assert (await host.act("room.end", {"erase": True}))[1] == "ok"
            server.kill()
        server.start()
        await purged(server, made.room)
        assert not found(data, WORD, NAME, TITLE, made.room)
    finally:
        server.stop()
    assert not found(data, WORD, NAME, TITLE, made.room)
