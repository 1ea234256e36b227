"""What people keep without a socket, erasing now, and where this server can be reached."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from server.address import own
from server.web.lives import fitting
from server.web.reach import Reach
from tests.server.bot import Bot
from tests.server.calls import call, close_of
from tests.server.running import Running

pytestmark = pytest.mark.asyncio


async def test_LNK14_a_keepsake_holds_what_everybody_saw_and_no_other_name(data: Path) -> None:
    server = Running(data).start()
    try:
        made = server.make(title="Ours", lang="pt")
        kept = f"rooms/{made.room}/kept"
        async with (
            Bot(server.ws(made.room), made.host, name="Hostina") as host,
            Bot(server.ws(made.room), made.join, name="Membrandt") as guest,
        ):
            await guest.until(lambda bot: bot.tree)
            await host.act("room.open", {"kind": "checkin"})
            await guest.act("checkin.choose", {"icon": "rain", "word": "quiet"})
            await host.act("checkin.show")
            await host.act("room.open", {"kind": "checkin"})
            await guest.act("checkin.choose", {"icon": "sun", "word": "hidden"})
            await host.act("room.open", {"kind": "prompt"})
            await guest.act("prompt.add", {"title": "La Foule", "who": ""})
            early = call(server, "GET", kept, guest.token).json
            assert early["parts"][0]["kind"] == "checkin"
            assert (await host.act("room.end"))[1] == "ok"
            await guest.until(lambda bot: bot.tree["meet"]["ended"])
        server.kill()
        server.start()
        told = call(server, "GET", f"{kept}?lang=fr", guest.token).json
        meet = told["meet"]
        assert (meet["title"], meet["lang"], meet["me"]) == ("Ours", "pt", "Membrandt")
        assert meet["ended"]["until"] and [p["kind"] for p in meet["past"]][2] == "prompt"
        assert "people" not in meet
        assert set(told["past"]) == {"1", "2", "3"} and set(told["past"]["1"]) == {"room"}
        text = json.dumps(told)
        assert "quiet" in text and "La Foule" in text
        assert "Hostina" not in text and "hidden" not in text
        assert "left_out" not in told and told["names"] == {}
        (first, *_, last) = told["parts"]
        assert (first["g"], first["kind"], first["tables"] or first["lines"]) == (1, "checkin", 1)
        assert (last["g"], last["kind"]) == (3, "prompt") and last["title"]
        assert call(server, "GET", kept).status == 401
    finally:
        server.stop()


async def test_LNK24_what_a_page_has_already_does_not_travel_again(server: Running) -> None:
    """LNK24: on a thin line a list of what is kept was the whole evening once more at each look."""
    made = server.make(title="Ours")
    kept = f"rooms/{made.room}/kept"
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        for title in ("La Foule", "Ya Rayah"):
            await host.act("room.open", {"kind": "prompt"})
            await guest.act("prompt.add", {"title": title, "who": ""})
        await host.act("room.open", {"kind": "words"})
        first = call(server, "GET", kept, guest.token).json
        assert set(first["past"]) == set(first["marks"]) == {"1", "2"}
        have = ".".join(f"{g}-{mark}" for g, mark in first["marks"].items())
        again = call(server, "GET", f"{kept}?have={have}", guest.token).json
        assert again["past"] == {} and again["marks"] == first["marks"]
        assert again["parts"] == first["parts"], "what there is, is told as before"
        assert (await guest.act("room.withdraw", {"g": 2}))[1] == "ok"
        after = call(server, "GET", f"{kept}?have={have}", guest.token).json
        assert set(after["past"]) == {"2"} and "Ya Rayah" not in json.dumps(after)
        odd = call(server, "GET", f"{kept}?have=1-.x.{'y' * 4000}", guest.token).json
        assert set(odd["past"]) == {"1", "2"}


async def test_LG7_a_keepsake_names_who_ticked_it_and_nobody_else(server: Running) -> None:
    made = server.make()
    kept = f"rooms/{made.room}/kept"
    async with (
        Bot(server.ws(made.room), made.host, name="Hostina") as host,
        Bot(server.ws(made.room), made.join, name="Membrandt") as guest,
    ):
        await host.until(lambda bot: bot.tree)
        await guest.until(lambda bot: bot.tree)
        assert (await guest.act("room.named", {"on": True}))[1] == "ok"
        names = {guest.me["member"]: "Membrandt"}
        assert call(server, "GET", kept, host.token).json["names"] == names
        assert (await host.act("room.end"))[1] == "ok"
        await guest.until(lambda bot: bot.tree["meet"]["ended"])
    told = call(server, "GET", kept, guest.token)
    assert told.json["names"] == names and "Hostina" not in told.body.decode()


async def test_LNK22_what_a_card_or_a_host_keeps_from_copies_is_in_none(server: Running) -> None:
    made = server.make(title="Ours")
    kept = f"rooms/{made.room}/kept"
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        await host.act("room.open", {"card": "teach"})  # its doing is all there is to it
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "La Foule", "who": ""})
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "Ya Rayah", "who": ""})
        first, second, last = 1, 2, 3

        def told() -> dict[str, Any]:
            found: dict[str, Any] = call(server, "GET", kept, guest.token).json
            return found

        assert told()["nowhere"] == [first] and set(told()["past"]) == {str(second)}
        assert [part["g"] for part in told()["parts"]] == [second, last]
        answer = await guest.act("room.copy", {"g": second, "on": False})
        assert answer[1:4:2] == ["refused", "host_only"]
        for g in (second, last):
            assert (await host.act("room.copy", {"g": g, "on": False}))[1] == "ok"
        await guest.until(lambda bot: bot.tree["meet"]["now"].get("out"))
        assert told()["nowhere"] == [first, second, last]
        assert told()["past"] == {} and told()["parts"] == []
        await host.act("room.copy", {"g": second, "on": True})
        # what is left out stays so when it closes, and people read of it
        await host.act("room.end")
        await guest.until(lambda bot: bot.tree["meet"]["ended"])
        assert [p.get("out") for p in guest.tree["meet"]["past"]] == [None, None, True]
    page = call(server, "GET", f"rooms/{made.room}/harvest.md", guest.token).body.decode()
    assert "La Foule" in page and "Ya Rayah" not in page
    assert told()["nowhere"] == [first, last]


async def test_LNK23_everyone_takes_out_what_is_theirs_also_of_what_ran_before(
    server: Running,
) -> None:
    made = server.make()
    kept = f"rooms/{made.room}/kept"
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "Guest's", "who": ""})
        await host.act("prompt.add", {"title": "Host's", "who": ""})
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "Second", "who": ""})
        assert (await guest.act("room.withdraw", {"g": 1}))[1] == "ok"
        text = call(server, "GET", kept, host.token).body.decode()
        assert "Guest's" not in text and "Host's" in text
        assert call(server, "GET", kept, host.token).json["parts"][1]["lines"] == 1
        assert guest.me["member"] not in host.tree["desk"]["undone"], "nobody puts it back"
        assert (await guest.act("room.withdraw", {"g": 2}))[1] == "ok"
        assert len(call(server, "GET", kept, host.token).json["parts"]) == 1
        assert (await guest.act("room.withdraw", {"g": 3}))[1:4:2] == ["noop", "closed"]


async def test_LNK14_what_is_too_large_stays_out_by_name() -> None:
    def rooms() -> dict[str, dict[str, Any]]:
        return {str(g): {"room": {"x": "y" * size}} for g, size in ((1, 100), (2, 300), (10, 300))}

    whole = sum(len(json.dumps(r, separators=(",", ":"))) + len(g) + 4 for g, r in rooms().items())
    for most, left in (
        (whole, []),
        (whole - 1, [10]),
        (500, [10]),
        (400, [2, 10]),
        (0, [1, 2, 10]),
    ):
        found = rooms()
        assert fitting(found, most) == left, most
        assert sorted([*map(int, found), *left]) == [1, 2, 10]


async def test_LNK15_the_harvest_is_for_hosts_and_after_the_end_for_everybody(
    server: Running,
) -> None:
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        await host.act("room.open", {"kind": "prompt"})
        for what in ("md", "zip"):
            path = f"rooms/{made.room}/harvest.{what}"
            assert call(server, "GET", path, host.token).status == 200
            reply = call(server, "GET", path, guest.token)
            assert (reply.status, reply.json["code"]) == (409, "not_now")
        await host.act("room.end")
        for token in (host.token, guest.token):
            assert call(server, "GET", f"rooms/{made.room}/harvest.md", token).status == 200


@pytest.mark.parametrize("ended", [False, True])
async def test_LNK16_a_host_erases_a_room_now(server: Running, ended: bool) -> None:
    made = server.make()
    path = f"rooms/{made.room}"
    async with (
        Bot(server.ws(made.room), made.host) as host,
        Bot(server.ws(made.room), made.join) as guest,
    ):
        await host.until(lambda bot: bot.tree)
        await guest.until(lambda bot: bot.tree)
        if ended:
            assert (await host.act("room.end"))[1] == "ok"
        for token, status in (("", 401), (made.host, 401), (guest.token, 403)):
            assert call(server, "DELETE", path, token).status == status
        reply = call(server, "DELETE", path, host.token)
        assert (reply.status, reply.body) == (204, b"")
        assert await host.gone() == 4504 and await guest.gone() == 4504
    for token in (host.token, guest.token):
        for method, more in (("GET", ""), ("DELETE", ""), ("GET", "/kept"), ("POST", "/pass")):
            assert call(server, method, path + more, token).status == 404
    assert await close_of(server, made.room, made.host) == 4501
    stored = b"".join(p.read_bytes() for p in server.data.rglob("*") if p.is_file())
    assert made.room.encode() not in stored and host.me["member"].encode() not in stored


async def told(reach: Reach, client: str, host: str) -> dict[str, Any]:
    headers = [(b"host", host.encode("latin-1"))]
    scope = {"type": "http", "method": "GET", "headers": headers, "client": (client, 5)}
    reply = await reach.told(Request(scope))
    found: dict[str, Any] = json.loads(bytes(reply.body))
    return found


async def test_LNK17_addresses_of_the_network_are_told_in_it_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.web.reach.own", lambda: ["192.168.0.12", "10.1.1.1"])
    wide, lan = Reach("0.0.0.0", 8000, ""), ["http://192.168.0.12:8000", "http://10.1.1.1:8000"]
    for client, host, local, seen in (
        ("127.0.0.1", "localhost:8000", True, lan), ("::1", "[::1]:8000", True, lan),
        ("::ffff:127.0.0.1", "127.0.0.1:8000", True, lan),
        ("192.168.0.12", "192.168.0.12:8000", True, lan),
        ("192.168.0.77", "192.168.0.12:8000", False, lan),
        ("192.168.0.77", "laptop.local:8000", False, lan), ("10.1.1.9", "laptop", False, lan),
        ("8.8.4.4", "192.168.0.12:8000", False, []), ("", "localhost", False, []),
        # a proxy before us, or a foreign page whose name was turned to this computer
        ("127.0.0.1", "jam.example.org", True, []),
        ("192.168.0.77", "evil.example:8000", False, []),
    ):  # fmt: skip
        want = {"base": "", "local": local, "lan": seen}
        assert await told(wide, client, host) == want, (client, host)
    for listens, seen in (
        ("127.0.0.1", []), ("::1", []), ("localhost", []),
        ("192.168.0.12", ["http://192.168.0.12:8000"]), ("fd00::5", ["http://[fd00::5]:8000"]),
    ):  # fmt: skip
        assert (await told(Reach(listens, 8000, ""), "127.0.0.1", "localhost"))["lan"] == seen
    assert (await told(Reach("10.1.1.1", 80, ""), "::1", "localhost"))["lan"] == ["http://10.1.1.1"]
    base = "https://jam.example.org"
    assert await told(Reach("0.0.0.0", 80, base), "::1", "localhost") == {
        "base": base, "local": True, "lan": []}  # fmt: skip


async def test_LNK17_a_server_on_this_computer_only_says_so(server: Running) -> None:
    assert call(server, "GET", "reach").json == {"base": "", "local": True, "lan": []}
    # nobody is believed about where they come from unless proxies are set
    assert call(server, "GET", "reach", sender="8.8.4.4").json["local"] is True


async def test_LNK17_a_server_in_the_network_names_its_addresses(data: Path) -> None:
    env = {"JAM_LAN": "1", "JAM_TRUSTED_PROXIES": "127.0.0.0/8"}
    server = Running(data, env).start()
    try:
        found = call(server, "GET", "reach").json
        ours = await asyncio.to_thread(own)
        assert found["lan"] == [f"http://{a}:{server.port}" for a in ours]
        reply = server.ask("GET", "/api/reach", headers={"X-Forwarded-For": "8.8.4.4"})
        assert reply.json == {"base": "", "local": False, "lan": []}
    finally:
        server.stop()
