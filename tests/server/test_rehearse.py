"""REH1-REH5: a rehearsal is a copy of a room, with players who behave like people."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from server.kit import Rng
from server.rehearse import player, texts, troupe
from server.rehearse.bot import Bot as Seat
from server.rehearse.command import CannotRehearse, Rehearsal
from server.rehearse.troupe import MOST, Troupe
from tests.server.bot import Bot
from tests.server.running import Made, Running

PLAN = [
    {"card": "weather", "minutes": 4},
    {"kind": "prompt", "options": {"about": "open", "text": "Et si ?"}, "minutes": 7},
]


async def played(bots: Troupe, enough: int) -> None:
    """Until the players have done so much."""
    task = asyncio.create_task(bots.run())
    try:
        while sum(bot.done for bot in bots.bots) < enough:
            bots.news.clear()
            await bots.news.wait()
            assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.asyncio
async def test_reh1_the_copy_has_the_plan_and_nobody_of_the_room(server: Running) -> None:
    """REH1: same title and steps, other links; who was invited cannot come in with theirs."""
    made = server.make(title="Cuisine de rue", lang="fr", plan=PLAN, minutes=30)
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        token = {"Authorization": f"Bearer {host.token}"}
        path = f"/api/rooms/{made.room}/rehearse"
        reply = await asyncio.to_thread(server.ask, "POST", path, {"many": 3}, token)
        assert reply.status == 201, reply
        room = reply.json["room"]
        cap = reply.json["host_url"].partition("#h.")[2]
        assert room != made.room and "join" not in json.dumps(reply.json)
        async with Bot(server.ws(room), cap) as lead:
            await lead.until(lambda bot: bot.tree and len(bot.tree["meet"]["people"]) >= 2)
            meet = lead.tree["meet"]
            assert meet["title"] == "Répétition : Cuisine de rue" and meet["minutes"] == 30
            assert [(s["kind"], s["minutes"]) for s in meet["plan"]] == [
                ("checkin", 4),
                ("prompt", 7),
            ]
        async with Bot(server.ws(room), made.join) as guest:
            assert await guest.gone() == 4501
    async with Bot(server.ws(made.room), made.join) as guest:
        await guest.until(lambda bot: bot.tree)
        headers = {"Authorization": f"Bearer {guest.token}"}
        reply = await asyncio.to_thread(server.ask, "POST", path, {}, headers)
        assert (reply.status, reply.json["code"]) == (403, "host_only")


@pytest.mark.asyncio
async def test_reh2_players_play_a_plan_from_its_first_step_to_its_last(server: Running) -> None:
    """REH2: something is done in every step, hardly anything is refused."""
    made: Made = server.make(plan=PLAN)
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        bots = Troupe(server.ws(made.room), made.join, 6, b"reh2", pace=60)
        written: set[str] = set()
        for step in range(len(PLAN)):
            before = sum(bot.done for bot in bots.bots)
            await host.act("room.next", {"g": step})
            await played(bots, before + 5)
            written |= {json.dumps(host.tree["room"], ensure_ascii=False)}
        refused = [told for bot in bots.bots for told in bot.refused]
        done = sum(bot.done for bot in bots.bots)
        assert len(refused) * 5 <= done, refused
        assert "entries" in "".join(written)


@pytest.mark.asyncio
async def test_reh3_a_rehearsal_from_the_command_line(server: Running) -> None:
    """REH3: by the host's link alone; any other link is told kindly."""
    made = server.make(title="Jam", plan=PLAN)
    link = f"{server.base}/r/{made.room}#h.{made.host}"
    rehearsal = Rehearsal(link, 2, 5)
    await rehearsal.copy()
    assert rehearsal.host_url.startswith(server.base) and made.room not in rehearsal.host_url
    task = asyncio.create_task(rehearsal.play(pace=60))
    cap = rehearsal.host_url.partition("#h.")[2]
    async with Bot(server.ws(rehearsal.room), cap) as lead:
        await lead.until(lambda bot: bot.tree and len(bot.tree["meet"]["people"]) == 3)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for wrong in (f"{server.base}/r/{made.room}#j.{made.join}", "nothing", server.base):
        with pytest.raises(CannotRehearse):
            Rehearsal(wrong, 2, 5)
    stranger = Rehearsal(f"{server.base}/r/{made.room}#h.{'A' * 43}", 2, 5)
    with pytest.raises(CannotRehearse):
        await stranger.copy()


def test_reh3_players_are_bounded() -> None:
    """REH3: at the limit and one above."""
    link = "http://127.0.0.1:1/r/0123456789#h.x"
    for many in (1, MOST):
        assert Rehearsal(link, many, 1).many == many
    for many in (0, MOST + 1):
        with pytest.raises(CannotRehearse):
            Rehearsal(link, many, 1)
    assert len(Troupe("ws://127.0.0.1:1/", "", MOST + 1).bots) == MOST


def test_reh4_people_come_late_pass_fall_out_and_leave_in_their_parts() -> None:
    """REH4: as many as is said, in five scripts and more; equal seeds are equal evenings."""
    many = 3000
    rngs = [Rng(b"/%d" % i, 0) for i in range(many)]
    late = sum(rng.below(100) < troupe.LATE for rng in rngs)
    assert abs(late * 100 // many - troupe.LATE) <= 3
    scripts = {texts.writer(Rng(b"%d" % i, 0))[0] for i in range(99)}
    assert len(scripts) == len(texts.LINES) >= 5
    for most in (1, 2, 24, 140, 400):
        for i in range(60):
            text = texts.line(Rng(b"%d" % i, most), i % len(texts.LINES), most)
            assert 1 <= len(text) <= most
    one, other = (Seat("ws://127.0.0.1:1/", "", Rng(b"seed", 0)) for _ in range(2))
    assert (one.player.name, one._cid) == (other.player.name, other._cid)
    assert player.known("prompt") is not None and player.known("nothing") is None


def test_reh4_a_snapshot_in_parts_is_put_together() -> None:
    """REH4: a player sees what a page would show."""
    seat: Any = player.Player(Rng(b"x", 0))
    seat.take(
        {"t": "snap", "i": 0, "k": 2, "st": {"meet": {"people": {"a": 1}}, "room": {"l": [1]}}}
    )
    seat.take(
        {"t": "snap", "i": 1, "k": 2, "st": {"meet": {"people": {"b": 2}}, "room": {"l": [2]}}}
    )
    seat.take({"t": "tick", "ts": 7, "c": [["room/l/2", 3]]})
    assert seat.tree == {"meet": {"people": {"a": 1, "b": 2}}, "room": {"l": [1, 2, 3]}}
    assert seat.now == 7 and seat.move() is None


@pytest.mark.asyncio
async def test_reh5_players_go_home_when_it_is_over_or_nobody_leads(server: Running) -> None:
    """REH5: the end of the room is the end of the rehearsal, and so is a host who has gone."""
    made = server.make(plan=PLAN)
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        bots = Troupe(server.ws(made.room), made.join, 3, b"reh5", pace=60)
        task = asyncio.create_task(bots.run(30))
        await host.act("room.next")
        await host.until(lambda bot: len(bot.tree["meet"]["people"]) == 4)
        await host.act("room.end")
        await task
    left = server.make(plan=PLAN)
    async with Bot(server.ws(left.room), left.host) as host:
        await host.until(lambda bot: bot.tree)
        bots = Troupe(server.ws(left.room), left.join, 2, b"reh5", pace=60)
        task = asyncio.create_task(bots.run(0.2))
        await host.until(lambda bot: len(bot.tree["meet"]["people"]) == 3)
        assert not task.done()
        await host.say({"t": "bye"})
    await task


def test_reh5_beside_it_people_react_raise_a_hand_and_take_it_down() -> None:
    """REH5: now and then, members alone, and not where people are still."""
    seat: Any = player.Player(Rng(b"hand", 0))
    seat.me = "a"
    seat.tree = {"meet": {"people": {"a": {"here": True, "role": "member"}}, "now": None}}
    assert seat.gesture() is None and not seat.led
    seat.tree["meet"]["now"] = {"kind": "steps"}
    told = [seat.gesture() for _ in range(3000)]
    raised, reacted = told.count(("room.hand", {"up": True})), [one for one in told if one]
    assert 10 <= raised <= 60 and 300 <= len(reacted) - raised <= 500
    assert {args["r"] for what, args in reacted if what == "react"} == set(range(6))
    seat.tree["meet"]["people"]["a"]["hand"] = 1
    down = [seat.gesture() for _ in range(100)]
    assert 20 <= down.count(("room.hand", {"up": False})) == 100 - down.count(None)
    seat.tree["meet"]["now"]["kind"] = "breath"
    assert seat.gesture() is None
    seat.role = "host"
    seat.tree["meet"]["people"]["a"]["role"] = "host"
    assert seat.gesture() is None and seat.led
