"""PLAN5-PLAN7: ready plans and plans made to measure, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from server.room.codes import REFUSALS
from tests.server.bot import Bot
from tests.server.running import Made, Running


async def meeting(server: Running, made: Made) -> dict[str, Any]:
    """What somebody who comes in finds the room to be."""
    async with Bot(server.ws(made.room), made.host) as bot:
        await bot.until(lambda bot: bot.tree)
        found: dict[str, Any] = bot.tree["meet"]
    return found


def refused(reply: Any, code: str) -> None:
    assert reply.status == 400, reply
    assert reply.json["code"] == code, reply.json
    assert reply.json["say"] == REFUSALS[code]


@pytest.mark.asyncio
async def test_plan5_a_plan_made_to_measure_is_the_one_the_room_gets(server: Running) -> None:
    """PLAN5: what the page shows for a wish is what is made of it, with its length."""
    wish = {"minutes": 60, "size": 12, "mood": "play", "turn": 2}
    shown = server.ask("GET", "/api/plan?minutes=60&size=12&mood=play&turn=2").json
    assert sum(step["minutes"] for step in shown["steps"]) + shown["slack"] == 60
    meet = await meeting(server, server.make(wish=wish))
    assert [(step["card"], step["minutes"]) for step in meet["plan"]] == [
        (step["card"], step["minutes"]) for step in shown["steps"]
    ]
    assert meet["minutes"] == 60


@pytest.mark.asyncio
async def test_plan6_a_ready_plan_opens_by_its_name(server: Running) -> None:
    """PLAN6: with its own steps; only plans whose cards are there are told."""
    ready = server.ask("GET", "/api/plans?lang=fr").json
    cards = {card["id"] for card in server.ask("GET", "/api/cards").json["cards"]}
    assert set(ready["moods"]) == {"meet", "play", "music", "dream", "share", "rest"}
    for plan in ready["plans"]:
        assert sum(step["minutes"] for step in plan["steps"]) + plan["slack"] == plan["minutes"]
        assert {step["card"] for step in plan["steps"]} <= cards
        meet = await meeting(server, server.make(plan=plan["id"]))
        assert [step["card"] for step in meet["plan"]] == [one["card"] for one in plan["steps"]]
        assert meet["minutes"] == plan["minutes"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "not_a_number"),
        ("minutes=9&size=9&mood=play", "not_a_number"),
        ("minutes=121&size=9&mood=play", "not_a_number"),
        ("minutes=60&size=101&mood=play", "not_a_number"),
        ("minutes=60&size=-1&mood=play", "not_a_number"),
        ("minutes=60&size=9&mood=war", "not_a_choice"),
        ("minutes=60&size=9&mood=play&turn=1000", "not_a_number"),
        ("minutes=99999999999999999999&size=9&mood=play", "not_a_number"),
    ],
)
def test_plan7_a_wish_that_cannot_be_is_a_sentence(server: Running, query: str, code: str) -> None:
    """PLAN7: at the page and at the making of a room."""
    refused(server.ask("GET", f"/api/plan?{query}"), code)
    if not query:
        for body, no in (
            ({"wish": []}, "unknown"),
            ({"wish": {"colour": 1}}, "unknown"),
            ({"wish": {"minutes": 60, "size": 9, "mood": "war"}}, "not_a_choice"),
            ({"plan": "nothing"}, "no_plan"),
            ({"plan": [{"kind": "nothing"}]}, "no_card"),
            ({"plan": [{"kind": "canvas", "options": {"lock": 3}}]}, "not_a_choice"),
        ):
            refused(server.ask("POST", "/api/rooms", body), no)


@pytest.mark.asyncio
async def test_plan7_a_step_of_ones_own_stands_in_a_plan(server: Running) -> None:
    """PLAN7: a kind with one's own options, between ready cards."""
    own = {"kind": "prompt", "options": {"about": "open", "text": "Et si ?"}, "minutes": 7}
    plan = ["weather", own, {"card": "street", "minutes": 9}]
    _, mine, street = (await meeting(server, server.make(plan=plan)))["plan"]
    assert (mine["card"], mine["kind"], mine["minutes"]) == (None, "prompt", 7)
    assert mine["options"]["text"] == "Et si ?" and street["minutes"] == 9
