"""V-FAR: workers of many servers, found in a real Redis, and what becomes of their rooms."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from server.voice import far as module
from server.voice import line, radio
from server.voice import post as posting
from server.voice.far import GRACE, SURE, Far
from server.voice.line import Bye, No, Up
from server.voice.post import Post
from server.voice.radio import Radio
from tests.redis_server import RedisServer, shared, shared_client
from tests.voice.calls import Caller, addresses, until

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [f"room{n}" for n in range(40)]
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def redis() -> RedisServer:
    return shared()


class Site:
    """A server's side of it."""

    def __init__(self, url: str) -> None:
        self.far = Far(url)
        self.told: list[dict[str, Any]] = []
        self.moves = 0

    async def open(self) -> Site:
        await self.far.open(self.told.append, self._moved)
        return self

    def _moved(self) -> None:
        self.moves += 1

    def places(self) -> dict[str, str]:
        return {room: self.far.place(room) for room in ROOMS}

    def say(self, do: str, room: str, **more: Any) -> bool:
        return self.far.say(room, {"do": do, "room": room, "server": self.far.name, **more})

    async def call(self, name: str, room: str, member: str, hertz: float | None = None) -> Caller:
        caller = Caller(hertz)
        sdp = await caller.offer()
        await until(lambda: self.say("seats", room, epoch="e", offset=1, seats=SEATS))
        assert self.say("offer", room, call=name, member=member, sdp=sdp)
        await until(lambda: any(one.get("call") == name for one in self.told))
        await caller.accept(next(one["sdp"] for one in self.told if one.get("call") == name))
        await until(lambda: any(_connected(one, name) for one in self.told))
        return caller


SEATS = {"ana": ["", True, True, False], "bo": ["", True, True, False]}


def _connected(told: dict[str, Any], call: str) -> bool:
    return told["is"] == "state" and (told["call"], told["state"]) == (call, "connected")


@asynccontextmanager
async def site(url: str) -> AsyncIterator[Site]:
    made = await Site(url).open()
    try:
        yield made
    finally:
        await made.far.close()


async def start(url: str) -> Process:
    env = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
    env |= {"JAM_REDIS_URL": url, "JAM_PUBLIC_IP": "127.0.0.1", "JAM_LOG_LEVEL": "debug"}
    command = [sys.executable, "-m", "server.cli", "voice"]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stderr=PIPE)


class Many:
    """Two workers, and the one server that both tests below begin with."""

    def __init__(self, workers: list[Process], site: Site) -> None:
        self.workers, self.site = workers, site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def many(redis: RedisServer) -> AsyncIterator[Many]:
    workers = [*await asyncio.gather(start(redis.url), start(redis.url))]
    try:
        with addresses("127.0.0.1"):
            async with site(redis.url) as made:
                await until(lambda: len(made.far.boots) == 2)
                yield Many(workers, made)
    finally:
        for one in workers:
            if one.returncode is None:
                one.kill()
            await one.wait()


async def test_vfar1_two_workers_share_rooms_and_both_can_be_called(many: Many) -> None:
    one = many.site
    places = one.places()
    assert set(places.values()) == set(one.far.boots), "each has some"
    first, second = (next(r for r in ROOMS if places[r] == boot) for boot in one.far.boots)
    for name, room in (("a1", first), ("a2", second)):
        caller = await one.call(name, room, "ana")
        await caller.close()
        gone = {"is": "state", "server": one.far.name, "room": room, "member": "ana", "call": name}
        await until(lambda gone=gone: {**gone, "state": "closed"} in one.told)  # type: ignore[misc]
    for key in shared_client().keys("jam:v:*"):
        assert 0 < shared_client().pttl(key) <= radio.LEASE_MS, key


async def test_vfar2_all_servers_find_a_room_in_one_place(many: Many, redis: RedisServer) -> None:
    async with site(redis.url) as other:
        await until(lambda: len(other.far.boots) == 2)
        assert other.places() == many.site.places()
        room = ROOMS[0]
        await until(lambda: other.say("seats", room, epoch="e", offset=1, seats=SEATS))
        ana = await many.site.call("x1", room, "ana", 440)
        speaking = {"is": "speaking", "room": room, "members": ["ana"]}
        await until(lambda: speaking in other.told and speaking in many.site.told)
        assert not [told for told in other.told if told["is"] != "speaking"], "it is not its call"
        await ana.close()


async def test_vfar3_where_redis_was_away_rooms_stay_and_calls_can_begin_again(
    many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VFAR3: Redis comes back with nothing in it, and no line to it has outlived that."""
    monkeypatch.setattr(module, "GRACE", 1000)
    before, rebuilt = many.site.places(), many.site.far._radio.rebuilt
    moves = many.site.moves
    client = shared_client()
    client.flushall()
    client.client_kill_filter(skipme=True, _type="pubsub")
    client.client_kill_filter(skipme=True, _type="normal")
    await until(lambda: many.site.far._radio.rebuilt > rebuilt)
    caller = await many.site.call("y1", ROOMS[1], "ana")
    await caller.close()
    await until(lambda: many.site.far._grace > 0 and client.scard(radio.WORKERS) == 2)
    assert many.site.places() == before and many.site.moves == moves


async def test_vfar4_who_is_killed_is_missed_and_who_leaves_says_so(
    many: Many, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VFAR4: also by a server that does not look again, for a goodbye comes by itself."""
    monkeypatch.setattr(module, "LOOK_S", 1000.0)
    async with site(redis.url) as listener:
        await until(lambda: len(listener.far.boots) == 2 and listener.far._radio.hears)
        before = listener.places()
        leaver, other = many.workers
        leaver.terminate()
        await until(lambda: len(listener.far.boots) == 1)
        assert await leaver.wait() == 0
        (left,) = listener.far.boots
        after = listener.places()
        assert {room for room in ROOMS if after[room] != before[room]} == {
            room for room in ROOMS if before[room] != left
        }, "only its own rooms have moved"
        moved = next(room for room in ROOMS if before[room] != left)
        await (await listener.call("z1", moved, "ana")).close()
    monkeypatch.setattr(module, "LOOK_S", 0.05)
    monkeypatch.setattr(module, "AGAIN_S", 0.05)
    async with site(redis.url) as looker:
        await until(lambda: looker.far.boots == (left,))
        other.kill()
        await until(lambda: looker.far.boots == ())
        assert looker.places() == dict.fromkeys(ROOMS, "") and not looker.say("forget", ROOMS[0])
        other = many.workers[1] = await start(redis.url)
        await until(lambda: len(looker.far.boots) == 1 and looker.far.boots != (left,))
        await (await looker.call("z2", moved, "ana")).close()


async def test_vfar5_no_worker_has_told_anything_of_anybody(many: Many) -> None:
    """VFAR5: with the most that can be logged, after all that has happened above."""
    for one in many.workers:
        if one.returncode is None:
            one.terminate()
        await one.wait()
        assert one.stderr is not None
        said = (await one.stderr.read()).decode()
        assert "voices are ready" in said
        assert not [word for word in ("127.", "::", "ana", "room", "redis.sock") if word in said]


# -- without a process


async def test_vfar6_who_hears_nothing_is_gone_and_so_is_who_has_no_lease(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.05)
    monkeypatch.setattr(module, "AGAIN_S", 0.05)
    client = shared_client()
    client.flushall()
    post = Post(redis.url, "here")
    await post.open(lambda data: None, lambda: None)
    async with site(redis.url) as one:
        await until(lambda: one.far._radio.hears)
        await post.beat(Up("w", "here", 0))
        await until(lambda: one.far.boots == ("here",))
        client.sadd(radio.WORKERS, "over", "deaf")
        client.set(radio.lease("deaf"), b"", px=60_000)
        client.publish(radio.NEWS, line.write(Up("w", "deaf", 0)))
        client.publish(radio.NEWS, b"junk")
        await until(lambda: "deaf" in one.far.boots)
        await until(lambda: one.far.boots == ("here",))
        assert client.smembers(radio.WORKERS) == {b"here", b"deaf"}, "the other is struck off"
        client.delete(radio.lease("deaf"))
        await until(lambda: client.smembers(radio.WORKERS) == {b"here"})
        client.pexpire(radio.lease("here"), 1)
        await until(lambda: one.far.boots == ())
        await post.beat(Up("w", "here", 0))
        await until(lambda: one.far.boots == ("here",))
        post.say(one.far.name, No(one.far.name, "c", "voice_bad"))
        post.say("elsewhere", No("elsewhere", "c", "voice_bad"))
        client.publish(radio.site(one.far.name), b"junk")
        await until(lambda: [told["is"] for told in one.told] == ["no"])
        await post.close(Bye("here"))
        await until(lambda: one.far.boots == ())
        assert not client.exists(radio.lease("here")) and not client.exists(radio.WORKERS)
    assert SURE > 1 and GRACE * module.LOOK_S < 1000


async def test_vfar7_a_redis_that_is_away_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VFAR7: neither a worker nor a server waits for it; the sound needs none."""
    monkeypatch.setattr(posting, "FIRST_S", 0.05)
    url = f"unix://{tmp_path / 'nothing.sock'}"
    post, made = Post(url, "here"), await Site(url).open()
    await post.open(lambda data: None, lambda: None)
    await until(lambda: made.far._away)
    await post.beat(Up("w", "here", 0))
    post.say("s", Bye("here"))
    assert made.far.place("r") == "" and not made.say("forget", "r")
    await post.close(Bye("here"))
    await made.far.close()
    await made.far.close()


async def test_vfar8_a_message_that_cannot_be_taken_does_not_make_it_deaf(
    redis: RedisServer,
) -> None:
    heard: list[bytes] = []

    def take(data: bytes) -> None:
        heard.append(data)
        if len(heard) == 1:
            raise ValueError("not now")

    own = Radio(redis.url, radio.site("me"), take, lambda data: None)
    own.start()
    await until(lambda: own.hears)
    own.send(radio.site("me"), b"1")
    own.send(radio.site("me"), b"2")
    await until(lambda: heard == [b"1", b"2"])
    await own.stop()


def weights(boots: list[str]) -> Callable[[str], str]:
    return lambda room: max(boots, key=lambda boot: module.weight(room, boot))


async def test_vfar9_rooms_are_shared_out_evenly_and_stay_where_they_are() -> None:
    three, four = weights(["a", "b", "c"]), weights(["a", "b", "c", "d"])
    rooms = [f"r{n}" for n in range(3000)]
    for boot in "abc":
        assert 850 < sum(three(room) == boot for room in rooms) < 1150
    assert {four(room) for room in rooms if four(room) != three(room)} == {"d"}
