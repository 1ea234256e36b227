"""Several servers at one Redis: one room for whoever is in it, wherever they came in."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator

import pytest

from server.room.keys import key_id
from tests import redis_server
from tests.server.bot import Bot
from tests.server.calls import call, passed
from tests.server.running import Made, Running

ENV = {"JAM_LIMIT_BEAT_MS": "1000", "JAM_LIMIT_AWAY_MS": "4000"}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Running]]:
    """Three of them, each with a folder of its own that it does not need."""
    env = {**ENV, "JAM_REDIS_URL": redis_server.shared().url}
    folder = tmp_path_factory.mktemp("many")
    found = [Running(folder / f"data{i}", env).start() for i in range(3)]
    yield found
    for server in found:
        server.stop()


def view() -> str:
    """Who is connected where, as Redis has it."""
    store = redis_server.shared_client()
    return json.dumps([str(store.hgetall(key)) for key in store.keys("jam:*:p")])


async def open_song(host: Bot) -> None:
    await host.act("room.open", {"kind": "prompt"})
    await host.act("prompt.add", {"title": "Song", "who": ""})


@contextlib.asynccontextmanager
async def both(servers: list[Running], made: Made) -> AsyncIterator[tuple[Bot, Bot]]:
    """A host on the first server, Ana on the second; both see each other."""
    async with (
        Bot(servers[0].ws(made.room), made.host, name="Host") as host,
        Bot(servers[1].ws(made.room), made.join, name="Ana") as ana,
    ):
        for bot in (host, ana):
            await bot.until(lambda bot: len(bot.tree.get("meet", {}).get("people", {})) == 2)
        yield host, ana


@pytest.mark.asyncio
async def test_many_1_one_room_on_three_servers(servers: list[Running]) -> None:
    """MANY-1: what one does is seen by everybody, and all come to the same place."""
    made = servers[0].make(title="Everywhere")
    async with (
        Bot(servers[0].ws(made.room), made.host, name="Host") as host,
        Bot(servers[1].ws(made.room), made.join, name="Ana") as ana,
        Bot(servers[2].ws(made.room), made.join, name="Bo") as bo,
    ):
        people = [host, ana, bo]
        for bot in people:
            await bot.until(lambda bot: len(bot.tree.get("meet", {}).get("people", {})) == 3)
        await open_song(host)
        for bot in people:
            await bot.until(lambda bot: bot.tree["room"].get("hearts") == [0])
        answers = await asyncio.gather(
            *(bot.act("prompt.heart", {"i": 0, "on": True}) for bot in people)
        )
        assert [answer[1] for answer in answers] == ["ok"] * 3
        for bot in people:
            await bot.until(lambda bot: bot.tree["room"]["hearts"] == [3])
        while len({bot.pos for bot in people}) > 1:  # noqa: ASYNC110 - of several clients
            await asyncio.sleep(0.05)
        assert ana.tree["meet"] == bo.tree["meet"] == host.tree["meet"]


@pytest.mark.asyncio
async def test_many_2_what_is_live_goes_everywhere(servers: list[Running]) -> None:
    """MANY-2: cursors and reactions reach the other server, and whoever comes there later."""
    made = servers[0].make()
    async with both(servers, made) as (host, ana):
        await host.act("room.open", {"kind": "canvas"})
        await ana.until(lambda bot: (bot.tree["meet"]["now"] or {}).get("kind") == "canvas")
        me = host.me["member"]
        # until the servers know of each other nothing is passed on: move until it is seen
        while me not in ana.tree.get("live", {}):
            await host.say({"t": "eph", "key": "cursor", "d": {"x": 5, "y": 6}})
            await asyncio.sleep(0.1)
        await ana.until(lambda bot: bot.tree["live"][me]["cursor"] == {"x": 5, "y": 6})
        async with Bot(servers[2].ws(made.room), made.join, name="Bo") as bo:
            await bo.until(lambda bot: "cursor" in bot.tree.get("live", {}).get(me, {}))


@pytest.mark.asyncio
async def test_many_3_a_seat_is_known_at_every_server(servers: list[Running]) -> None:
    """MANY-3: the token of one server opens the room at another; a new link closes the old one
    everywhere."""
    made = servers[0].make()
    async with both(servers, made) as (host, ana):
        async with Bot(servers[2].ws(made.room), token=ana.token) as again:
            await again.until(lambda bot: bot.me)
            assert again.me["member"] == ana.me["member"]
        reply = servers[0].ask(
            "POST", f"/api/rooms/{made.room}/links", {"what": "join"},
            {"Authorization": f"Bearer {host.token}"},
        )  # fmt: skip
        assert reply.status == 201, reply
        closes: list[int] = []
        while 4502 not in closes:  # from when that server has heard of it
            async with Bot(servers[2].ws(made.room), made.join, name="Late") as late:
                await late.until(lambda bot: bot.me or bot.closes)
                closes = [*late.closes]
        async with Bot(servers[1].ws(made.room), reply.json["url"].partition("#j.")[2]) as new:
            await new.until(lambda bot: bot.me)


@pytest.mark.asyncio
async def test_many_4_who_was_at_a_dead_server_is_away_in_time(servers: list[Running]) -> None:
    """MANY-4: nobody says goodbye for who was at a server that was killed; the others notice."""
    made = servers[0].make()
    async with both(servers, made) as (host, ana):
        who = ana.me["member"]
        while who not in view():  # noqa: ASYNC110 - in Redis
            await asyncio.sleep(0.1)
        servers[1].kill()
        await host.until(lambda bot: bot.tree.get("live", {}).get(who, {}).get("dim"))
        await host.until(lambda bot: not bot.tree["meet"]["people"][who]["here"])
    servers[1].start()


@pytest.mark.asyncio
async def test_many_5_a_cut_line_to_redis_loses_nothing(servers: list[Running]) -> None:
    """MANY-5: the subscribed connections are killed again and again; everybody sees everything."""
    made = servers[0].make()
    store = redis_server.shared_client()
    async with both(servers, made) as (host, ana):
        await open_song(host)
        await ana.until(lambda bot: bot.tree["room"].get("hearts") == [0])
        for turn in range(6):
            store.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
            await host.act("prompt.heart", {"i": 0, "on": turn % 2 == 0})
            await ana.until(lambda bot, turn=turn: bot.tree["room"]["hearts"] == [1 - turn % 2])


@pytest.mark.asyncio
async def test_many_6_redis_loses_everything_and_gets_it_back(servers: list[Running]) -> None:
    """MANY-6: all keys are gone; the servers that live have the room, and put it back."""
    made = servers[0].make(title="Kept")
    store = redis_server.shared_client()
    async with both(servers, made) as (host, ana):
        await open_song(host)
        await ana.until(lambda bot: bot.tree["room"].get("hearts") == [0])
        store.flushall()
        answer = await ana.act("prompt.heart", {"i": 0, "on": True})
        assert answer[1] == "ok"
        await host.until(lambda bot: bot.tree["room"]["hearts"] == [1])
        # the seats and the links, too
        async with Bot(servers[2].ws(made.room), token=ana.token) as again:
            await again.until(lambda bot: bot.tree.get("room", {}).get("hearts") == [1])
        async with Bot(servers[2].ws(made.room), made.join, name="Bo") as bo:
            await bo.until(lambda bot: bot.tree.get("meet", {}).get("title") == "Kept")


@pytest.mark.asyncio
async def test_many_7_an_erased_room_is_not_put_back(servers: list[Running]) -> None:
    """MANY-7: erased at one server, gone at all; nobody who still had it brings it back."""
    made = servers[0].make()
    store = redis_server.shared_client()
    async with both(servers, made) as (host, ana):
        reply = servers[0].ask(
            "DELETE", f"/api/rooms/{made.room}", headers={"Authorization": f"Bearer {host.token}"}
        )
        assert reply.status == 204
        await ana.until(lambda bot: 4504 in bot.closes or 4501 in bot.closes)
        left = [key for key in store.keys("*") if made.room.encode() in key]
        assert [key[-1:] for key in left] == [b"x"]
        assert servers[1].ask("GET", f"/api/rooms/{made.room}").status == 404


@pytest.mark.asyncio
async def test_many_8_a_spoken_code_works_at_every_server(servers: list[Running]) -> None:
    """MANY-8: made at one, said at another, opened by a host at a third, asked for at all; what
    Redis holds meanwhile opens nothing."""
    made = servers[0].make()
    async with Bot(servers[2].ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        reply = call(servers[0], "POST", f"rooms/{made.room}/code", host.token)
        said = {"code": reply.json["code"], "name": "Cy"}
        reply = call(servers[1], "POST", "code", body=said)
        assert reply.status == 202
        body = {"room": made.room, "knock": reply.json["knock"]}
        (asked,) = await host.until(lambda bot: bot.tree.get("desk", {}).get("knocks"))
        assert call(servers[0], "POST", "knock", body=body).json == {"state": "waiting"}
        assert (await host.act("room.let", {"knock": asked, "in": True}))[1] == "ok"
        ways = set()
        for server in servers:
            told: dict[str, str] = {"state": "waiting"}
            while told["state"] == "waiting":  # told to the others a moment later
                await asyncio.sleep(0.05)
                told = call(server, "POST", "knock", body=body).json
            ways.add(told["url"].partition("#o.")[2])
        (way,) = ways
        store = redis_server.shared_client()
        kept = [store.get(key) for key in store.keys("jam:b:*") if store.type(key) == b"string"]
        assert kept and all(way.encode() not in note for note in kept)
        async with Bot(servers[0].ws(made.room), way, name="Cy") as late:
            await late.until(lambda bot: bot.me)
        call(servers[1], "DELETE", f"rooms/{made.room}/code", host.token)
        assert call(servers[2], "POST", "code", body=said).status == 404


@pytest.mark.asyncio
async def test_many_9_a_way_for_one_use_opens_at_one_of_two_servers(servers: list[Running]) -> None:
    """MANY-9: shown at both while Redis stands still, so that both know it when they ask Redis to
    forget it. Two people once had one seat."""
    made = servers[0].make()
    store = redis_server.shared_client()
    async with both(servers, made) as (_, ana):
        for _ in range(3):
            way = passed(servers[0], made, ana.token)
            while not store.hexists(f"jam:{{r:{made.room}}}:k", key_id(way)):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            store.execute_command("CLIENT", "PAUSE", 3_000, "WRITE")
            async with (
                Bot(servers[0].ws(made.room), way) as one,
                Bot(servers[1].ws(made.room), way) as other,
            ):
                while sum("b" in at["flags"] for at in store.client_list()) < 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                store.execute_command("CLIENT", "UNPAUSE")
                for bot in (one, other):
                    await bot.until(lambda bot: bot.me or 4501 in bot.closes)
                found = [bot.me.get("member") for bot in (one, other)]
                assert sorted(found, key=bool) == [None, ana.me["member"]]
