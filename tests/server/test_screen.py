"""The big screen of a running server: its page, and what its socket is told."""

import json
import re
from typing import Any

import pytest

from tests.server.bot import Bot
from tests.server.running import Running

pytestmark = pytest.mark.asyncio


class Screen(Bot):
    """A big screen; hears everything that it is sent, as text."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"as": "screen", **more})
        self.heard = ""

    async def _take(self, data: str | bytes) -> None:
        assert isinstance(data, str)
        self.heard += data
        await super()._take(data)


async def test_hl10_a_screen_hears_what_is_public_and_can_do_nothing(server: Running) -> None:
    """HL10: no seat, no actions, no answer before it is shown, nothing of hosts or one person."""
    made = server.make(title="Soirée")
    async with (
        Bot(server.ws(made.room), made.host, name="Hostina") as host,
        Bot(server.ws(made.room), made.join, name="Membrandt") as guest,
        Screen(server.ws(made.room), made.join, name="Wall") as wall,
    ):
        await wall.until(lambda bot: bot.tree)
        await guest.until(lambda bot: bot.tree)
        assert wall.me == {"member": "", "role": "screen"} and not wall.token
        await host.act("room.open", {"kind": "checkin"})
        await guest.act("checkin.choose", {"icon": "rain", "word": "secretword"})
        await guest.act("room.line", {"text": "notetohosts", "to": "host"})
        await guest.act("room.lost", {})
        await wall.until(lambda bot: bot.tree["room"].get("count") == 1)
        assert "Wall" not in {p["name"] for p in wall.tree["meet"]["people"].values()}
        for do in ("room.next", "room.hand", "checkin.choose", "room.line"):
            wall.act(do, {})
        await host.act("checkin.show")
        await wall.until(lambda bot: bot.tree["room"].get("answers"))
        before = wall.heard[: wall.heard.index("answers")]
        assert "secretword" not in before, "an answer reached the wall before it was shown"
        assert "notetohosts" not in wall.heard
        assert set(wall.tree) <= {"meet", "room", "own", "live"} and not wall.tree.get("own")
        assert wall.tree["meet"]["now"]["kind"] == "checkin"  # nothing that it sent was done


async def test_hl11_a_screen_follows_to_the_end_and_comes_back_by_itself(server: Running) -> None:
    """HL11: after a lost line it shows the room again; after the end no new one comes in."""
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Screen(server.ws(made.room), made.join) as wall,
    ):
        await wall.until(lambda bot: bot.tree)
        await wall.drop()
        await host.act("room.open", {"kind": "canvas"})
        await wall.until(lambda bot: (bot.tree["meet"]["now"] or {}).get("kind") == "canvas")
        await host.act("room.end", {"erase": False})
        await wall.until(lambda bot: bot.tree["meet"]["ended"])
    late = Screen(server.ws(made.room), made.join)
    async with late:
        assert await late.gone() == 4504


async def test_hl12_the_page_speaks_the_rooms_language_and_holds_nothing_of_it(
    server: Running,
) -> None:
    """HL12: safe headers, no inline script or style, no title, no name; other rooms are 404."""
    made = server.make(title="Kitchen secret", lang="ar")
    reply = server.ask("GET", f"/r/{made.room}/screen", headers={"Accept-Language": "fr"})
    text = reply.body.decode()
    assert reply.status == 200 and '<html lang="ar" dir="rtl">' in text
    assert "Kitchen" not in text and made.join not in text and made.room not in text
    policy = {k.lower(): v for k, v in reply.headers.items()}["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)
    asked = server.ask("GET", f"/r/{made.room}/screen?lang=fr").body.decode()
    assert '<html lang="fr" dir="ltr">' in asked
    assert server.ask("GET", "/r/0000000000/screen").status == 404
    assert server.ask("GET", "/r/short/screen").status == 404


async def test_hl13_what_is_kept_is_read_without_a_line_also_after_the_end(server: Running) -> None:
    """HL13: by who has a seat alone, with everything public that ran and nobody's name."""
    made = server.make(title="Soirée")
    async with (
        Bot(server.ws(made.room), made.host, name="Hostina") as host,
        Bot(server.ws(made.room), made.join, name="Membrandt") as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "La Foule", "who": "Piaf"})
        await host.act("room.end", {"erase": False})
        token = guest.token
    path = f"/api/rooms/{made.room}/kept"
    told = server.ask("GET", path, headers={"Authorization": f"Bearer {token}"})
    kept = told.json
    assert kept["meet"]["ended"]["until"] and kept["meet"]["title"] == "Soirée"
    (past,) = kept["meet"]["past"]
    assert kept["past"][str(past["g"])]["room"]["entries"][0]["title"] == "La Foule"
    assert "Hostina" not in json.dumps(kept) and "people" not in kept["meet"]
    assert server.ask("GET", path).status == 401
