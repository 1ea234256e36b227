"""Servers of two versions at one Redis, while they are renewed one by one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from server.kit import Activity
from server.log.redis import RedisLog
from server.room import codes
from server.room.library import Library
from server.room.limits import Limits
from server.room.revision import note
from server.web.guard import Addresses
from server.web.hub import Hub, Made
from server.web.place import Place
from tests import redis_server
from tests.room.beads import NEW, OLD
from tests.server.bot import Bot
from tests.server.running import Running
from tests.server.test_faults import Line

pytestmark = pytest.mark.asyncio


async def until(true: Callable[[], Any]) -> None:
    """Wait for it, however long a beat of a busy machine takes."""
    while not true():  # noqa: ASYNC110 - of several servers
        await asyncio.sleep(0.02)


# -- two in one process


class Version:
    """A server with the kinds of its version."""

    def __init__(self, kinds: dict[str, Activity]) -> None:
        self.log = RedisLog(redis_server.shared_url())
        self.kinds = kinds

    async def open(self) -> Version:
        await self.log.open()
        place = Place(self.log, self.kinds, Library({}), Limits(), lambda _, taken, wish: wish)
        self.hub = Hub(place, Addresses())
        return self

    async def knows(self, *others: dict[str, Activity]) -> None:
        """Until a beat has told it who is there."""
        await self.hears(*(note(kinds) for kinds in others))

    async def hears(self, *notes: bytes) -> None:
        """Until these are what the others tell of themselves."""
        announced = self.log.shared.announced
        await until(lambda: announced() is not None and sorted(announced() or ()) == sorted(notes))

    async def stop(self) -> None:
        await self.hub.drain(0)
        await self.log.close()


class Tab(Line):
    """A person's line to one of them."""

    def __init__(self, version: Version, room: str, **who: Any) -> None:
        super().__init__()
        self.n, self.room = 0, room
        version.hub.attach(room, self)
        cid = who.pop("cid", "a") * 32
        self.say(t="hello", v=1, cid=cid, gen=1, **who)

    async def inside(self) -> Tab:
        await until(lambda: self.got("snap") or self.ended)
        return self

    async def act(self, do: str, g: int | None = None, **d: Any) -> str:
        self.n += 1
        frame: dict[str, Any] = {"t": "op", "n": self.n, "do": do, "d": d}
        self.say(**(frame if g is None else {**frame, "g": g}))
        n = self.n
        await until(lambda: self.ended or self.answers(n))
        return "" if self.ended else str(self.answers(n)[0][1])

    def answers(self, n: int) -> list[list[Any]]:
        return [one for ack in self.got("ack") for one in ack["r"] if one[0] == n]


@asynccontextmanager
async def rolling() -> AsyncIterator[tuple[Version, Version, Made]]:
    """An old server and a new one that know of each other, and a room."""
    redis_server.shared()
    old, new = await Version(OLD).open(), await Version(NEW).open()
    try:
        await old.knows(NEW)
        await new.knows(OLD)
        yield old, new, await new.hub.create("x", "en", [])
    finally:
        await new.stop()
        await old.stop()


def meet(version: Version, room: str) -> Any:
    return version.hub.rooms[room].node.fold.state["meet"]


async def test_ROLL9_leases_say_what_a_server_can_do() -> None:
    """ROLL-9: each kind with its revisions; a server that stops takes its lease with it."""
    async with rolling() as (_, new, _):
        store = redis_server.shared_client()
        leases = [json.loads(store.get(key) or b"{}") for key in store.keys("jam:n:*")]
        assert sorted(lease["kinds"]["beads"] for lease in leases) == [[1], [2, 1]]
        assert store.scard("jam:servers") == 2 and 0 < store.pttl("jam:servers") <= 6_000
        store.sadd("jam:servers", "dead")  # killed: it said no goodbye
        store.set("jam:n:older", b"")  # from before leases said anything
        store.sadd("jam:servers", "older")
        await new.hears(b"", note(OLD))
        await until(lambda: not store.sismember("jam:servers", "dead"))
        store.delete("jam:n:older")
        await new.knows(OLD)
    assert not redis_server.shared_client().keys("jam:n:*")
    assert not redis_server.shared_client().keys("jam:servers")


async def test_ROLL10_the_new_revision_waits_for_the_last_old_server() -> None:
    """ROLL-10: opened while it is there, an activity is at 1 and stays so; the next one is at 2."""
    async with rolling() as (old, new, made):
        host = await Tab(new, made.room, cap=made.host).inside()
        bo = await Tab(old, made.room, cap=made.join, cid="b").inside()
        assert await host.act("room.open", kind="beads") == "ok"
        await until(lambda: meet(old, made.room)["now"])
        assert await bo.act("beads.thread", 1, colour=4) == "ok"
        assert await host.act("beads.thread", 1, colour=5) == "ok"
        await until(lambda: len(old.hub.rooms[made.room].node.fold.state["room"]["string"]) == 2)
        await old.stop()
        await new.knows()
        assert await host.act("beads.thread", 1, colour=6) == "ok"
        await asyncio.sleep(2.1)  # two taps within two seconds are one
        assert await host.act("room.open", kind="beads") == "ok"
        now = meet(new, made.room)["now"]
        assert (now["g"], now["revs"]) == (2, {"beads": 2})
        assert await host.act("beads.thread", 2, colour=4, size=2) == "ok"
        assert await host.act("room.open", again=1) == "ok"
        assert "revs" not in meet(new, made.room)["now"]
        assert len(new.hub.rooms[made.room].node.fold.state["room"]["string"]) == 3


async def test_ROLL11_a_server_without_the_revision_leaves_the_room_to_the_others() -> None:
    """ROLL-11: it lets go of the room, its people hear 1012 and come back elsewhere, as does who
    comes to it later; at the other server nobody notices; it looks after its other rooms."""
    async with rolling() as (old, new, made):
        host = await Tab(new, made.room, cap=made.host).inside()
        bo = await Tab(old, made.room, cap=made.join, cid="b").inside()
        assert await bo.act("room.hand", up=True) == "ok"
        new.hub.place.openings.others = list  # the old one was not to be seen just then
        assert await host.act("room.open", kind="beads") == "ok"
        await until(lambda: bo.ended)
        assert bo.ended == codes.RESTART == 1012 and codes.comes_back(bo.ended)
        await until(lambda: made.room not in old.hub.rooms)
        token = bo.got("welcome")[0]["token"]
        again = await Tab(old, made.room, token=token, cid="b").inside()
        assert again.ended == 1012 and not again.got("welcome")
        there = await Tab(new, made.room, token=token, cid="c").inside()
        assert not there.ended and there.got("welcome")[0]["me"] == bo.got("welcome")[0]["me"]
        assert await there.act("beads.thread", 1, colour=4, size=2) == "ok"
        await old.hub._clear(made.room)  # contents that are due are the new one's to clear
        other = await old.hub.create("y", "en", [])
        assert not (await Tab(old, other.room, cap=other.join, cid="d").inside()).ended
        # what has run counts, too
        assert await host.act("room.rest") == "ok"
        late = await Tab(old, made.room, token=token, cid="e").inside()
        assert late.ended == 1012


# -- two versions of one package, in processes of their own

FIRST = '''
from server import kit
from server.kit import Activity, Change

jam = Activity("pearls", options={"most": kit.integer(1, 500, default=500)})


@jam.start
def start(ctx):
    return {"string": []}


@jam.action(colour=kit.integer(0, 11))
def thread(ctx, colour):
    """Thread a pearl."""
    yield Change(f"room/string/{len(ctx.room['string'])}", colour)


@jam.erase
def erase(ctx):
    """No pearl has a name on it."""
'''
SECOND = '''
from server import kit
from server.kit import Activity, Change

from . import first

jam = Activity("pearls", options=first.jam.options, revision=2, before=first.jam)


@jam.start
def start(ctx):
    return {"count": 0}


@jam.action(many=kit.integer(1, 9))
def thread(ctx, many):
    """Thread some pearls at once."""
    yield Change("room/count", ctx.room["count"] + many)


@jam.erase
def erase(ctx):
    """No pearl has a name on it."""
'''


def package(folder: Path, version: str, newest: str, **modules: str) -> Path:
    """An installed package with the kind: what a package manager leaves in a folder."""
    (folder / "pearls").mkdir(parents=True)
    for name, text in {"__init__": "", **modules}.items():
        (folder / "pearls" / f"{name}.py").write_text(text, "utf-8")
    told = folder / f"pearls-{version}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: pearls\nVersion: {version}\n")
    (told / "entry_points.txt").write_text(f"[jam.activities]\npearls = pearls.{newest}:jam\n")
    return folder


async def test_ROLL12_one_by_one_from_a_version_to_the_next(tmp_path: Path) -> None:
    """ROLL-12: two processes are renewed while people thread pearls through both; nothing is lost
    or done twice, what is open goes on as it was, and the next one is new."""
    before = package(tmp_path / "before", "1.0", "first", first=FIRST)
    after = package(tmp_path / "after", "2.0", "second", first=FIRST, second=SECOND)
    redis_server.shared()
    env = {"JAM_REDIS_URL": redis_server.shared_url(), "PYTHONPATH": str(before)}
    servers = [Running(tmp_path / f"data{i}", env).start() for i in range(2)]
    try:
        made = servers[0].make()
        async with (
            Bot(servers[0].ws(made.room), made.host, name="Host") as host,
            Bot(servers[1].ws(made.room), made.join, name="Ana") as ana,
        ):
            await ana.until(lambda bot: len(bot.tree.get("meet", {}).get("people", {})) == 2)
            assert (await host.act("room.open", {"kind": "pearls"}))[1] == "ok"
            await ana.until(lambda bot: bot.tree["meet"]["now"])
            asked = 0
            for turn, server in enumerate(servers):
                work = asyncio.create_task(asyncio.to_thread(renew, server, str(after)))
                answers = []
                g = host.tree["meet"]["now"]["g"]
                while not work.done():
                    for bot in (host, ana):
                        answers.append(bot.act("pearls.thread", {"colour": asked % 12}, g=g))
                        asked += 1
                    await asyncio.sleep(0.1)
                await work
                for answer in answers:
                    assert (await answer)[1:2] in (["ok"], []), "or it was settled long ago"
                for bot in (host, ana):
                    await bot.until(lambda bot, n=asked: len(bot.tree["room"]["string"]) == n)
                if turn == 0:  # one of each: what is opened now is as the old one knows it
                    assert (await host.act("room.open", {"kind": "pearls"}))[1] == "ok"
                    await ana.until(lambda bot: bot.tree["meet"]["now"]["g"] == 2)
                    assert "revs" not in ana.tree["meet"]["now"]
                    assert (await ana.act("pearls.thread", {"colour": 1}, g=2))[1] == "ok"
                    await asyncio.sleep(2.1)
                    assert (await host.act("room.open", {"again": 1}))[1] == "ok"
                    await ana.until(lambda bot: bot.tree["meet"]["now"]["g"] == 3)
            assert "revs" not in host.tree["meet"]["now"]
            await asyncio.sleep(2.1)  # a beat: the last old one has gone
            assert (await host.act("room.open", {"kind": "pearls"}))[1] == "ok"
            await ana.until(lambda bot: bot.tree["meet"]["now"]["g"] == 4)
            assert ana.tree["meet"]["now"]["revs"] == {"pearls": 2}
            assert (await ana.act("pearls.thread", {"many": 3}, g=4))[1] == "ok"
            await host.until(lambda bot: bot.tree["room"] == {"count": 3})
            assert all(codes.comes_back(code) for bot in (host, ana) for code in bot.closes)
    finally:
        for server in servers:
            server.stop()


def renew(server: Running, path: str) -> None:
    """As an operator does: stopped, and started in the next version."""
    server.stop()
    server.env["PYTHONPATH"] = path
    server.start()
