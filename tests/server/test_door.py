"""Coming in: right and wrong links, first frames, addresses, on a running server."""

import asyncio
import json
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.server.bot import Bot
from tests.server.lines import CID, dial, ended, hello
from tests.server.running import Running

ENV = {"JAM_TRUSTED_PROXIES": "127.0.0.0/8", "JAM_LIMIT_MEMBERS": "3"}
pytestmark = pytest.mark.asyncio


def sender(number: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"10.7.0.{number}"}


def make(server: Running, number: int) -> tuple[str, str, str]:
    made = server.ask("POST", "/api/rooms", {}, sender(number)).json
    return made["room"], made["join_url"][-22:], made["host_url"][-43:]


async def refusal(
    server: Running, room: str, first: Any, number: int = 99
) -> tuple[list[Any], int]:
    """What a socket hears that says this at first."""
    async with dial(server, room, additional_headers=sender(number)) as line:
        await line.send(first)
        return await ended(line)


async def test_srv12_host_and_member_come_in_and_return(server: Running) -> None:
    room, join, host = make(server, 1)
    async with Bot(server.ws(room), host, name="Ada") as ada:
        async with Bot(server.ws(room), join, name="Ada", lang="fr") as twin:
            # A snapshot that is shared with who came before is followed by the rest of them.
            await twin.until(lambda bot: bot.tree and len(bot.tree["meet"]["people"]) == 2)
            assert (ada.me["role"], twin.me["role"]) == ("host", "member")
            people = twin.tree["meet"]["people"]
            assert [people[bot.me["member"]]["name"] for bot in (ada, twin)] == ["Ada", "Ada 2"]
            assert (await twin.act("room.title", {"title": "x"}))[1:4:2] == ["refused", "host_only"]
            before = twin.me["member"]
            await twin.drop()
            await twin.until(lambda bot: bot.closes and bot.online)
            assert twin.me["member"] == before and twin.frames[-1]["mode"] == "tail"
        async with Bot(server.ws(room), token=twin.token) as again:  # another tab, another day
            await again.until(lambda bot: bot.tree)
            assert again.me["member"] == before and again.frames[0]["mode"] == "snap"
            assert "token" not in again.frames[0]


async def test_srv13_all_wrong_links_are_answered_alike(server: Running) -> None:
    room, join, host = make(server, 2)
    _, foreign, _ = make(server, 2)
    bad = "A" * 22
    wrong = [
        ("0123456789", bad), ("0123456789", join), (room, bad), (room, foreign),
        (room, host[:-1]), ("x", bad), ("0" * 400, bad), (room, "é" * 60),
    ]  # fmt: skip
    heard = [
        await refusal(server, where, hello(cap), 100 + at) for at, (where, cap) in enumerate(wrong)
    ]
    assert len({(bytes(str(frames), "utf-8"), code) for frames, code in heard}) == 1, heard
    assert heard[0] == (['{"t":"err","code":"bad_link","say":"This link opens no room."}'], 4501)


async def test_srv14_ten_wrong_tries_a_minute_for_an_address(server: Running) -> None:
    room, join, _ = make(server, 3)
    tries = [await refusal(server, room, hello("A" * 22), 3) for _ in range(10)]
    assert [code for _, code in tries] == [4501] * 10
    for where, cap in ((room, "A" * 22), (room, join), ("0123456789", join)):
        assert (await refusal(server, where, hello(cap), 3))[1] == 4029
    async with dial(server, room, additional_headers=sender(4)) as line:
        await line.send(hello(join))  # nobody else pays for that
        assert json.loads(await line.recv())["t"] == "welcome"


async def test_srv14_a_room_that_is_not_there_counts_alike(server: Running) -> None:
    tries = [await refusal(server, "0123456789", hello("A" * 22), 5) for _ in range(10)]
    assert [code for _, code in tries] == [4501] * 10
    assert (await refusal(server, "0123456789", hello("A" * 22), 5))[1] == 4029


async def test_srv14_a_missing_key_is_no_wrong_try(server: Running) -> None:
    room, _, _ = make(server, 6)
    bare = json.dumps({"t": "hello", "v": 1, "cid": CID})
    for _ in range(12):
        assert (await refusal(server, room, bare, 6))[1] == 4501


FIRST: list[tuple[Any, int]] = [
    ("", 4500), ("{", 4500), ("[]", 4500), ("null", 4500), ('{"t":"nope"}', 4500),
    ('{"t":"op","n":1,"do":"room.hand","d":{"up":true}}', 4500), ('{"t":"k"}', 4500),
    ('{"t":"hello"}', 4500), ('{"t":"hello","v":1}', 4500),
    ('{"t":"hello","v":1,"cid":5}', 4500), ('{"t":"hello","v":1,"cid":"x"}', 4500),
    (json.dumps({"t": "hello", "v": 1, "cid": "C" * 32}), 4500),
    (json.dumps({"t": "hello", "v": 1, "cid": CID, "gen": -1}), 4500),
    (json.dumps({"t": "hello", "v": 1, "cid": CID, "gen": 2**53}), 4500),
    (json.dumps({"t": "hello", "v": 1, "cid": CID, "lang": "x" * 13}), 4500),
    (json.dumps({"t": "hello", "v": 2, "cid": CID}), 4511),
    (json.dumps({"t": "hello", "v": 0, "cid": CID}), 4511),
    ("[" * 900, 4500), (b"{}", 4500), (b"\x00" * 1024, 4500),
    ('{"t":"hello","v":1,"cid":"\\ud800"}', 4500), ('{"t":"hello","v":1e999}', 4500),
    (" " * 1024, 4500), (" " * 1025, 1009),
]  # fmt: skip


@pytest.mark.parametrize(("first", "code"), FIRST)
async def test_srv15_the_first_frame_is_a_small_greeting(
    server: Running, first: Any, code: int
) -> None:
    room, _, _ = make(server, 20 + FIRST.index((first, code)))
    frames, closed = await refusal(server, room, first, 7)
    assert closed == code, frames
    if code != 1009:
        said = json.loads(frames[0])
        assert said["t"] == "err" and said["code"] and said["say"]


async def test_srv15_a_greeting_of_one_kibibyte_is_taken(server: Running) -> None:
    room, join, _ = make(server, 50)
    async with dial(server, room, additional_headers=sender(50)) as line:
        await line.send(hello(join).ljust(1024))
        assert json.loads(await line.recv())["t"] == "welcome"


async def test_srv15_who_says_nothing_is_sent_away(server: Running) -> None:
    room, _, _ = make(server, 51)
    async with dial(server, room, additional_headers=sender(51)) as line:
        frames, code = await ended(line)
    assert (json.loads(frames[0])["code"], code) == ("bad_hello", 4500)


async def test_srv16_frames_are_text_and_at_most_32_kib(server: Running) -> None:
    room, join, _ = make(server, 52)
    for frame, code in ((b"{}", 1003), ("x" * 65 * 1024, 1009), (b"x" * 65 * 1024, 1009)):
        async with dial(server, room, additional_headers=sender(52)) as line:
            await line.send(hello(join, cid=CID))
            assert json.loads(await line.recv())["t"] == "welcome"
            await line.send(frame)
            assert (await ended(line))[1] == code


BAD: list[tuple[str, str]] = [
    ("{", "bad_frame"), ("5", "bad_frame"), ('{"t":"nope"}', "bad_frame"),
    ('{"t":"hello","v":1,"cid":"x"}', "bad_hello"),
    ('{"t":"op","n":"1","do":"room.hand"}', "bad_frame"), ('{"t":"op","n":1.5}', "bad_frame"),
    ('{"t":"eph","key":"react","d":{"r":6}}', "not_a_choice"),
    ('{"t":"eph","key":"nope","d":{}}', "no_action"),
    ('{"t":"eph","key":"react","d":{"r":0,"x":NaN}}', "bad_frame"),
    ('{"t":"eph","key":"react","d":{"__proto__":1}}', "not_a_choice"),
    ('{"t":"eph","key":"react","d":{"r":0}}'.ljust(1025), "too_large"),
    ('{"t":"rtc","id":"x"}', "voice_off"), ("[" * 20_000, "bad_frame"),
]  # fmt: skip


async def test_srv17_bad_frames_have_their_code_and_the_line_stays(server: Running) -> None:
    room, join, _ = make(server, 53)
    async with dial(server, room, additional_headers=sender(53)) as line:
        await line.send(hello(join))
        assert json.loads(await line.recv())["t"] == "welcome"
        for frame, code in BAD:
            await line.send(frame)
            while (said := json.loads(await line.recv()))["t"] not in ("err", "rtc"):
                pass
            told = said if said["t"] == "err" else {"say": "in the page's words", **said["d"]}
            assert told["code"] == code and told["say"], (frame, said)
        await line.send('{"t":"op","n":1,"do":"room.hand","d":{"up":true}}')
        while (said := json.loads(await line.recv()))["t"] != "ack":
            pass
        assert said["r"][0][:2] == [1, "ok"]


OPS: list[tuple[dict[str, Any], str]] = [
    ({"do": "room.hand", "d": {}}, "missing"),
    ({"do": "room.hand", "d": {"up": 1}}, "not_a_choice"),
    ({"do": "room.hand", "d": {"up": True, "x": 1}}, "unknown"),
    ({"do": "room.rename", "d": {"name": "x" * 41}}, "too_long"),
    ({"do": "room.rename", "d": {"name": " \u200b\u202e "}}, "too_short"),
    ({"do": "room.rename", "d": {"name": {"__proto__": 1}}}, "bad_frame"),
    ({"do": "room.end", "d": {}}, "host_only"),
    ({"do": "room", "d": {}}, "no_action"),
    ({"do": "sys.join", "d": {}}, "no_action"),
    ({"do": "canvas.start", "d": {}}, "no_action"),
]


async def test_srv17_bad_ops_use_their_number_up_and_the_next_one_counts(server: Running) -> None:
    room, join, _ = make(server, 54)
    async with Bot(server.ws(room), join) as bot:
        answers = [bot.act(**wish) for wish, _ in OPS]
        for answer, (wish, code) in zip(answers, OPS, strict=True):
            found = await answer
            assert found[1:4] == ["refused", 0, code], (wish, found)
        assert (await bot.act("room.rename", {"name": "<b>\u202eBo\u0007</b>"}))[1] == "ok"
        await bot.until(
            lambda bot: bot.tree["meet"]["people"][bot.me["member"]]["name"] == "<b>Bo</b>"
        )


async def test_srv18_a_full_room_keeps_the_seats_of_those_who_were_there(server: Running) -> None:
    room, join, _ = make(server, 55)
    bots = [Bot(server.ws(room), join) for _ in range(3)]
    for bot in bots:
        await bot.__aenter__()
        await bot.until(lambda bot: bot.tree)
    assert (await refusal(server, room, hello(join), 55))[1] == 4030
    await bots[0].drop()
    await bots[0].until(lambda bot: bot.closes and bot.online)
    for bot in bots:
        await bot.__aexit__()


async def test_srv19_a_second_tab_takes_the_seat_of_the_first(server: Running) -> None:
    room, join, _ = make(server, 56)
    async with Bot(server.ws(room), join) as bot:
        await bot.until(lambda bot: bot.tree)
        async with dial(server, room, additional_headers=sender(56)) as line:
            await line.send(
                json.dumps({"t": "hello", "v": 1, "cid": bot.cid, "gen": 9, "token": bot.token})
            )
            assert json.loads(await line.recv())["t"] == "welcome"
            assert await bot.gone() == 4509
            stale = {"t": "hello", "v": 1, "cid": bot.cid, "gen": 3, "token": bot.token}
            frames, code = await refusal(server, room, json.dumps(stale), 56)
            assert code == 4509 and json.loads(frames[0])["code"] == "stale"


async def test_srv11_without_the_subprotocol_there_is_no_socket(server: Running) -> None:
    with pytest.raises(InvalidStatus):
        async with dial(server, "0123456789", subprotocols=None):
            await asyncio.sleep(0)
