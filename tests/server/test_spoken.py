"""Spoken codes and people at the door, on a running server and with the clock in our hand."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.requests import Request

from server.room.keys import LETTERS
from server.room.links import KNOCK_MS, KNOCKS
from server.web.asking import Handler, answered
from server.web.spoken import CODE_MS, TRIES, Spoken, heard
from tests.server.bot import Bot
from tests.server.calls import bearer, call, close_of, secret
from tests.server.lines import dial, hello
from tests.server.running import Made, Reply, Running
from tests.server.test_life import World

ENV = {"JAM_TRUSTED_PROXIES": "127.0.0.0/8", "JAM_LIMIT_ADDRESS_ROOMS": "50"}
pytestmark = pytest.mark.asyncio


def code_of(server: Running, made: Made, token: str) -> str:
    reply = call(server, "POST", f"rooms/{made.room}/code", token)
    assert reply.status == 201, reply
    return str(reply.json["code"])


def say(server: Running, code: Any, sender: str, name: str = "Cy") -> Reply:
    return call(server, "POST", "code", body={"code": code, "name": name}, sender=sender)


def knocks(bot: Bot) -> dict[str, Any]:
    found: dict[str, Any] = bot.tree.get("desk", {}).get("knocks", {})
    return found


async def test_LNK9_a_code_said_aloud_leads_to_the_door_and_a_host_opens(server: Running) -> None:
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await host.until(lambda bot: bot.tree)
        await guest.until(lambda bot: bot.tree)
        code = code_of(server, made, host.token)
        assert len(code) == 8 and set(code) <= set(LETTERS) and not set(code) & set("ilou")
        said = f" {code[:3].upper()} {code[3:]}. ".replace("0", "O").replace("1", "l")
        ways = {}
        for name, let_in in (("Cy\u202e", True), ("Eve", False)):
            reply = say(server, said, "10.4.0.1", name)
            assert reply.status == 202 and reply.json["room"] == made.room
            body = {"room": made.room, "knock": reply.json["knock"]}
            (asked,) = await host.until(knocks)
            assert knocks(host)[asked]["name"] == name.strip("\u202e")
            assert asked not in body["knock"]  # what a host reads opens nothing
            assert call(server, "POST", "knock", body=body).json == {"state": "waiting"}
            assert (await host.act("room.let", {"knock": asked, "in": let_in}))[1] == "ok"
            await host.until(lambda bot: not knocks(bot))
            ways[let_in] = call(server, "POST", "knock", body=body)
        assert ways[False].json == {"state": "no"}
        assert ways[True].json["state"] == "in"
        way = secret(ways[True], "o")
        async with Bot(server.ws(made.room), way, name="Cy") as late:
            await late.until(lambda bot: bot.tree)
            assert late.me["role"] == "member" and late.token
        assert await close_of(server, made.room, way) == 4501
        assert "desk" not in guest.tree and way not in json.dumps(host.tree)
        # a new code takes the place of the one before; one can be taken back
        newer = code_of(server, made, host.token)
        assert say(server, code, "10.4.0.2").json["code"] == "wrong_code"
        assert say(server, newer, "10.4.0.2").status == 202
        reply = call(server, "DELETE", f"rooms/{made.room}/code", guest.token)
        assert (reply.status, reply.json["code"]) == (403, "host_only")
        assert call(server, "DELETE", f"rooms/{made.room}/code", host.token).status == 204
        assert say(server, newer, "10.4.0.2").status == 404


async def test_LNK10_ten_wrong_codes_a_minute_for_an_address(server: Running) -> None:
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        code = code_of(server, made, host.token)
        wrong: list[Any] = ["00000000", "x", "", None, 5, "é" * 8, "a" * 5000, [code], code + "0"]
        for typed in wrong:
            reply = say(server, typed, "10.4.1.1")
            assert (reply.status, reply.json["code"]) == (404, "wrong_code"), typed
        knock = {"room": made.room, "knock": "A" * 22}
        reply = call(server, "POST", "knock", body=knock, sender="10.4.1.1")
        assert (reply.status, reply.json["code"]) == (404, "wrong_code")
        for reply in (
            say(server, code, "10.4.1.1"),
            call(server, "POST", "knock", body=knock, sender="10.4.1.1"),
        ):
            assert (reply.status, reply.json["code"]) == (429, "too_fast")
        # links are tried with the same count, and nobody else pays for that
        for sender, heard_ in (("10.4.1.1", "too_fast"), ("10.4.1.2", "bad_link")):
            more = {"X-Forwarded-For": sender}
            async with dial(server, made.room, additional_headers=more) as line:
                await line.send(hello("A" * 22))
                assert json.loads(await line.recv())["code"] == heard_
        assert say(server, code, "10.4.1.3").status == 202


async def test_LNK11_a_code_is_burnt_by_a_hundred_wrong_tries(server: Running) -> None:
    """From ten addresses: tries count for every code that lives."""
    made, other = server.make(), server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(other.room), other.host) as second,
    ):
        await host.until(lambda bot: bot.tree)
        await second.until(lambda bot: bot.tree)
        code = code_of(server, made, host.token)
        for at in range(TRIES - 1):
            assert say(server, "00000000", f"10.4.2.{at // 10}").status == 404
        fresh = code_of(server, other, second.token)
        assert say(server, code, "10.4.3.1").status == 202
        assert say(server, "00000000", "10.4.3.2").status == 404  # the hundredth
        reply = say(server, code, "10.4.3.3")
        assert (reply.status, reply.json["code"]) == (404, "wrong_code")
        assert say(server, fresh, "10.4.3.4").status == 202  # made later: has its own hundred


async def test_LNK12_twenty_people_wait_at_a_door(server: Running) -> None:
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        code = code_of(server, made, host.token)
        for at in range(KNOCKS):
            assert say(server, code, "10.4.4.1", f"P{at}").status == 202
        reply = say(server, code, "10.4.4.1")
        assert (reply.status, reply.json["code"]) == (400, "full")
        await host.until(lambda bot: len(knocks(bot)) == KNOCKS)
        await host.act("room.let", {"knock": next(iter(knocks(host))), "in": False})
        assert say(server, code, "10.4.4.1", "x" * 41).status == 202


async def test_LNK13_a_restart_forgets_codes_and_who_waits(data: Any) -> None:
    server = Running(data, {"JAM_CLEANUP": "1"}).start()
    try:
        made = server.make()
        async with Bot(server.ws(made.room), made.host) as host:
            await host.until(lambda bot: bot.tree)
            code = code_of(server, made, host.token)
            knock = say(server, code, "").json["knock"]
            await host.until(knocks)
            server.kill()
            server.start()
            assert say(server, code, "").status == 404
            body = {"room": made.room, "knock": knock}
            assert call(server, "POST", "knock", body=body).status == 404
            await host.until(lambda bot: bot.online and not knocks(bot))
    finally:
        server.stop()


async def test_LNK9_a_room_that_has_ended_has_no_door(server: Running) -> None:
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        code = code_of(server, made, host.token)
        assert (await host.act("room.end"))[1] == "ok"
        assert say(server, code, "10.4.5.1").status == 404
        for path in ("code", "links"):
            reply = call(server, "POST", f"rooms/{made.room}/{path}", host.token, {})
            assert (reply.status, reply.json["code"]) == (409, "ended")


async def test_LNK9_a_code_is_heard_as_people_write_it() -> None:
    assert heard("A b-C.d·O iL9") == "abcd0119"
    assert heard("x" * 65) == heard(None) == heard(12345678) == ""


class Door(World):
    """A hub with its door, and calls without a network."""

    def __init__(self) -> None:
        super().__init__()
        self.spoken = Spoken(self.hub, "http://jam")

    async def call(
        self, handler: Handler, body: Any = None, token: str = "", room: str = ""
    ) -> Any:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": json.dumps(body or {}).encode()}

        headers = [(k.lower().encode(), v.encode()) for k, v in bearer(token).items()]
        scope = {
            "type": "http", "method": "POST", "path": "/", "headers": headers,
            "query_string": b"", "path_params": {"room": room}, "client": ("10.0.0.1", 1),
            "scheme": "http", "server": ("jam", 80),
        }  # fmt: skip
        answer = asyncio.ensure_future(answered(handler)(Request(scope, receive)))
        while not answer.done():
            await self.still()
        reply = answer.result()
        return {"status": reply.status_code, **json.loads(bytes(reply.body) or b"{}")}


async def door() -> tuple[Door, str, str, str]:
    """A door, its room, a host's token and a code."""
    world = Door()
    await world.log.open()
    made = await world.hub.create("x", "en", [])
    await world.enter(made.room, made.host)
    hosted = await world.hub.host(made.room)
    (member,) = hosted.node.fold.state["meet"]["people"]
    token = hosted.node.seats.keyring.token(member, "")
    told = await world.call(world.spoken.code, {}, token, made.room)
    return world, made.room, token, told["code"]


async def test_LNK10_a_code_lives_fifteen_minutes() -> None:
    world, _, _, code = await door()
    world.clock.ms += CODE_MS - 1
    assert (await world.call(world.spoken.knock, {"code": code}))["status"] == 202
    world.clock.ms += 1
    assert (await world.call(world.spoken.knock, {"code": code}))["status"] == 404


async def test_LNK12_a_knock_waits_fifteen_minutes() -> None:
    world, room, _, code = await door()
    body = {"room": room, "knock": (await world.call(world.spoken.knock, {"code": code}))["knock"]}
    world.clock.ms += KNOCK_MS - 1
    assert (await world.call(world.spoken.ask, body))["state"] == "waiting"
    assert (await world.call(world.spoken.ask, {**body, "room": "0000000000"}))["status"] == 404
    desk = (await world.hub.host(room)).node.fold.state["desk"]
    assert desk["knocks"]
    world.clock.ms += 1
    assert (await world.call(world.spoken.ask, body))["status"] == 404
    await world.hub.sweep()
    await world.still()
    assert not desk["knocks"] and not world.spoken.knocks
