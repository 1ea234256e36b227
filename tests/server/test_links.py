"""Links made anew, passes, removed people and the locked door, on a running server."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.room.codes import REFUSALS
from tests.server.bot import Bot
from tests.server.calls import anew, call, close_of, passed, secret, seen
from tests.server.lines import CID, dial, hello
from tests.server.running import Made, Running

pytestmark = pytest.mark.asyncio


async def test_LNK1_a_link_made_anew_closes_the_one_before_and_nobody_loses_a_seat(
    data: Path,
) -> None:
    server = Running(data).start()
    try:
        made = server.make()
        async with (
            Bot(server.ws(made.room), made.host, name="Ada") as host,
            Bot(server.ws(made.room), made.join, name="Bo") as guest,
        ):
            await host.until(lambda bot: bot.tree)
            await guest.until(lambda bot: bot.tree)
            fresh = anew(server, made, host.token, "join")
            assert fresh != made.join and len(fresh) == 22
            await seen(guest, "meet/links/join", 1)
            assert await close_of(server, made.room, made.join) == 4502
            async with Bot(server.ws(made.room), fresh) as late:
                await late.until(lambda bot: bot.tree)
            # who has a seat comes back, also with the old link still in hand
            assert not guest.closes
            await guest.drop()
            await guest.until(lambda bot: bot.closes and bot.online)
            newest = anew(server, made, host.token, "join")
            server.kill()  # keys are written before they are told
            server.start()
            assert await close_of(server, made.room, made.join) == 4502
            assert await close_of(server, made.room, fresh) == 4502
            await guest.until(lambda bot: bot.online)
            await seen(guest, "meet/links/join", 2)
            async with Bot(server.ws(made.room), newest) as late:
                await late.until(lambda bot: bot.tree)
    finally:
        server.stop()


async def test_LNK2_a_stale_host_key_opens_nothing_and_hosts_go_on(server: Running) -> None:
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        fresh = anew(server, made, host.token, "host")
        assert len(fresh) == 43
        assert await close_of(server, made.room, made.host) == 4502
        await seen(host, "meet/links", {"join": 0, "host": 1})
        async with Bot(server.ws(made.room), made.join) as guest:  # the other link is untouched
            await guest.until(lambda bot: bot.tree)
            async with Bot(server.ws(made.room), fresh, guest.token) as again:
                await again.until(lambda bot: bot.tree)
                member = again.me["member"]
                await seen(again, f"meet/people/{member}/role", "host")
        await host.drop()
        await host.until(lambda bot: bot.closes and bot.online)
        assert (
            host.me["role"] == "host" and (await host.act("room.title", {"title": "x"}))[1] == "ok"
        )


@contextlib.asynccontextmanager
async def first_two(server: Running, made: Made) -> AsyncIterator[tuple[Bot, Bot]]:
    """Ada, who opened the room, and Eve, who came by the same key after her."""
    async with Bot(server.ws(made.room), made.host, name="Ada") as ada:
        await ada.until(lambda bot: bot.tree)
        async with Bot(server.ws(made.room), made.host, name="Eve") as eve:
            await eve.until(lambda bot: bot.tree)
            yield ada, eve


async def test_LNK19_a_new_host_key_by_whoever_opened_the_room_makes_the_others_hosts_by_word(
    server: Running,
) -> None:
    """A stranger who came by the old key could not be asked to leave, and could make keys."""
    made = server.make()
    async with first_two(server, made) as (host, eve):
        who = eve.me["member"]
        assert (await host.act("room.remove", {"who": who}))[3] == "host_stays"
        anew(server, made, host.token, "host")
        await seen(host, f"meet/people/{who}/made", True)
        reply = call(server, "POST", f"rooms/{made.room}/links", eve.token, {"what": "host"})
        assert (reply.status, reply.json["code"]) == (403, "host_only")
        assert (await host.act("room.remove", {"who": who}))[1] == "ok"


async def test_LNK20_nobody_else_takes_the_key_from_whoever_opened_the_room(
    server: Running,
) -> None:
    made = server.make()
    async with first_two(server, made) as (host, eve):
        anew(server, made, eve.token, "host")
        await seen(host, "meet/links/host", 1)
        assert "made" not in host.tree["meet"]["people"][host.me["member"]]
        anew(server, made, host.token, "host")
        await seen(host, f"meet/people/{eve.me['member']}/made", True)
        assert (await host.act("room.remove", {"who": eve.me["member"]}))[1] == "ok"


async def test_LNK3_a_pass_leads_to_the_same_seat_and_only_once(data: Path) -> None:
    server = Running(data).start()
    try:
        made = server.make()
        async with Bot(server.ws(made.room), made.join, name="Bo") as phone:
            await phone.until(lambda bot: bot.tree)
            way = passed(server, made, phone.token)
            server.kill()
            server.start()
            async with Bot(server.ws(made.room), way) as laptop:
                await laptop.until(lambda bot: bot.tree)
                assert laptop.me["member"] == phone.me["member"]
                assert laptop.token and laptop.token != phone.token
                assert await close_of(server, made.room, way) == 4501
                server.kill()  # spent for good: deleted before the welcome
                server.start()
                assert await close_of(server, made.room, way) == 4501
                for bot in (phone, laptop):  # one seat, two tokens, both good
                    async with Bot(server.ws(made.room), token=bot.token) as again:
                        await again.until(lambda bot: bot.tree)
                        assert again.me["member"] == phone.me["member"]
                        assert len(again.tree["meet"]["people"]) == 1
    finally:
        server.stop()


async def test_LNK3_of_two_who_show_a_pass_at_once_one_comes_in(server: Running) -> None:
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        way = passed(server, made, host.token)
        lines = [dial(server, made.room) for _ in range(8)]
        opened = [await line.__aenter__() for line in lines]
        await asyncio.gather(
            *(line.send(hello(way, cid=f"{at:032x}")) for at, line in enumerate(opened))
        )
        said = [json.loads(await line.recv()) for line in opened]
        assert sorted(frame["t"] for frame in said) == ["err"] * 7 + ["welcome"]
        assert {frame.get("code") for frame in said} == {None, "bad_link"}
        for line in lines:
            await line.__aexit__(None, None, None)


async def test_LNK3_a_pass_wins_over_the_seat_that_a_device_had(server: Running) -> None:
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.join) as phone,
        Bot(server.ws(made.room), made.join) as other,
    ):
        await phone.until(lambda bot: bot.tree)
        await other.until(lambda bot: bot.tree)
        way = passed(server, made, phone.token)
        async with Bot(server.ws(made.room), way, other.token) as moved:
            await moved.until(lambda bot: bot.tree)
            assert moved.me["member"] == phone.me["member"] and moved.token != other.token


async def test_LNK4_ways_are_made_with_a_seat_only_and_not_too_many_at_once(
    server: Running,
) -> None:
    made, other = server.make(), server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
        Bot(server.ws(other.room), other.host) as foreign,
    ):
        for bot in (host, guest, foreign):
            await bot.until(lambda bot: bot.tree)
        for path in ("links", "pass", "code"):
            for token in ("", "A" * 43, foreign.token, made.host, made.join, "x" * 5000):
                reply = call(server, "POST", f"rooms/{made.room}/{path}", token, {"what": "join"})
                assert (reply.status, reply.json["code"]) == (401, "bad_link"), (path, token)
        for path in ("links", "code"):
            reply = call(server, "POST", f"rooms/{made.room}/{path}", guest.token)
            assert (reply.status, reply.json["code"]) == (403, "host_only")
        # a host by another host's word gives out new links, but not the host's key
        await host.act("room.host", {"who": guest.me["member"], "on": True})
        await seen(guest, f"meet/people/{guest.me['member']}/made", True)
        path = f"rooms/{made.room}/links"
        reply = call(server, "POST", path, guest.token, {"what": "host"})
        assert (reply.status, reply.json["code"]) == (403, "host_only")
        assert call(server, "POST", path, guest.token, {"what": "join"}).status == 201
        for body in ({}, {"what": "x"}, {"what": 5}, {"what": None}):
            reply = call(server, "POST", f"rooms/{made.room}/links", host.token, body)
            assert (reply.status, reply.json["code"]) == (400, "not_a_choice")
        reply = call(
            server, "POST", f"rooms/{made.room}/links", host.token, {"what": "join", "x": 1}
        )
        assert (reply.status, reply.json["code"]) == (400, "unknown")
        for _ in range(9):  # with the join link it is ten
            passed(server, made, guest.token)
        reply = call(server, "POST", f"rooms/{made.room}/pass", guest.token)
        assert (reply.status, reply.json["code"]) == (429, "too_fast")
        assert reply.json["args"]["retry_ms"] > 0
        passed(server, made, host.token)  # nobody else waits for that
        # a way for one use is no key for HTTP, and spends nothing there
        way = passed(server, made, host.token)
        assert call(server, "POST", f"rooms/{made.room}/pass", way).status == 401
        async with Bot(server.ws(made.room), way) as again:
            await again.until(lambda bot: bot.tree)


async def test_LNK6_who_was_removed_cannot_return_and_their_link_is_closed(data: Path) -> None:
    server = Running(data).start()
    try:
        made = server.make()
        async with (
            Bot(server.ws(made.room), made.host) as host,
            Bot(server.ws(made.room), made.join, name="Bo") as good,
            Bot(server.ws(made.room), made.join, name="Eve") as eve,
        ):
            for bot in (host, good, eve):
                await bot.until(lambda bot: bot.tree)
            second = passed(server, made, eve.token)
            async with Bot(server.ws(made.room), second) as tablet:
                await tablet.until(lambda bot: bot.tree)
                unused = passed(server, made, eve.token)
                answer = await host.act("room.remove", {"who": eve.me["member"]})
                assert answer[1] == "ok", answer
                assert await eve.gone() == 4503 and await tablet.gone() == 4503
                assert {"t": "err", "code": "removed", "say": REFUSALS["removed"]} in eve.frames
            tries = [("", eve.token), ("", tablet.token), (made.join, eve.token)]
            for _ in range(2):
                for cap, token in tries:
                    assert await close_of(server, made.room, cap, token) == 4503
                assert await close_of(server, made.room, made.join) == 4502
                assert await close_of(server, made.room, unused) == 4501
                for path in ("pass", "links", "code"):
                    reply = call(server, "POST", f"rooms/{made.room}/{path}", eve.token)
                    assert (reply.status, reply.json["code"]) == (403, "removed")
                reply = call(server, "GET", f"rooms/{made.room}/kept", eve.token)
                assert (reply.status, reply.json["code"]) == (403, "removed")
                server.kill()
                server.start()
            await good.until(lambda bot: bot.online)  # the others keep their seats
            fresh = anew(server, made, host.token, "join")
            assert await close_of(server, made.room, fresh, eve.token) == 4503
            async with Bot(server.ws(made.room), fresh) as late:
                await late.until(lambda bot: bot.tree)
    finally:
        server.stop()


async def test_LNK7_a_locked_door_opens_for_seats_hosts_and_who_was_let_in(
    server: Running,
) -> None:
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await host.until(lambda bot: bot.tree)
        await guest.until(lambda bot: bot.tree)
        code = call(server, "POST", f"rooms/{made.room}/code", host.token).json["code"]
        assert (await host.act("room.lock", {"on": True}))[1] == "ok"
        await guest.drop()
        await guest.until(lambda bot: bot.closes and bot.online)  # a seat is a seat
        assert await close_of(server, made.room, made.join) == 4031
        assert await close_of(server, made.room, "A" * 22) == 4501
        for more in ({}, {"token": guest.token}, {"cap": made.host}):  # a screen is nobody
            async with dial(server, made.room) as line:
                await line.send(hello(**{"cap": made.join, "as": "screen", **more}))
                assert json.loads(await line.recv())["me"]["role"] == "screen"
        async with Bot(server.ws(made.room), made.host) as second:
            await second.until(lambda bot: bot.tree)
        async with Bot(server.ws(made.room), passed(server, made, guest.token)) as device:
            await device.until(lambda bot: bot.tree)
        knock = call(server, "POST", "code", body={"code": code, "name": "Cy"}).json["knock"]
        (asked,) = await host.until(lambda bot: bot.tree.get("desk", {}).get("knocks"))
        assert (await host.act("room.let", {"knock": asked, "in": True}))[1] == "ok"
        told = call(server, "POST", "knock", body={"room": made.room, "knock": knock})
        async with Bot(server.ws(made.room), secret(told, "o"), name="Cy") as let_in:
            await let_in.until(lambda bot: bot.tree)
            assert let_in.me["role"] == "member" and let_in.token
        assert (await host.act("room.lock", {"on": False}))[1] == "ok"
        async with Bot(server.ws(made.room), made.join) as late:
            await late.until(lambda bot: bot.tree)


async def test_LNK7_a_locked_door_is_no_wrong_try(tmp_path: Path) -> None:
    server = Running(tmp_path / "data", {"JAM_TRUSTED_PROXIES": "127.0.0.0/8"}).start()
    try:
        made = server.make()
        async with Bot(server.ws(made.room), made.host) as host:
            await host.until(lambda bot: bot.tree)
            old = made.join
            fresh = anew(server, made, host.token, "join")
            assert (await host.act("room.lock", {"on": True}))[1] == "ok"
            for cap, code in ((fresh, 4031), (old, 4502)):
                for at in range(12):
                    async with dial(server, made.room) as line:
                        await line.send(hello(cap, cid=f"{at:032x}"))
                        await line.wait_closed()
                        assert line.close_code == code
    finally:
        server.stop()


async def test_LNK8_a_full_room_keeps_a_way_in_for_later(tmp_path: Path) -> None:
    """Who is refused for want of a seat has not used up their one way in."""
    server = Running(tmp_path / "data", {"JAM_LIMIT_MEMBERS": "1"}).start()
    try:
        made = server.make()
        async with Bot(server.ws(made.room), made.host) as host:
            await host.until(lambda bot: bot.tree)
            code = call(server, "POST", f"rooms/{made.room}/code", host.token).json["code"]
            knock = call(server, "POST", "code", body={"code": code}).json["knock"]
            (asked,) = await host.until(lambda bot: bot.tree.get("desk", {}).get("knocks"))
            await host.act("room.let", {"knock": asked, "in": True})
            way = secret(
                call(server, "POST", "knock", body={"room": made.room, "knock": knock}), "o"
            )
            for at in range(3):
                async with dial(server, made.room) as line:
                    await line.send(hello(way, cid=f"{at:032x}"))
                    await line.wait_closed()
                    assert line.close_code == 4030
            assert CID
            async with Bot(server.ws(made.room), passed(server, made, host.token)) as device:
                await device.until(lambda bot: bot.tree)  # their own seat is theirs
    finally:
        server.stop()
