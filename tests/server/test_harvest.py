"""What people take home, out of a running server, in their language."""

import csv
import io
import zipfile
from typing import Any

import pytest

from server.kit import Lines, Table
from tests.party import Party
from tests.server.bot import Bot
from tests.server.running import Made, Reply, Running
from tests.sim.kinds import OPTIONS

pytestmark = pytest.mark.asyncio
DOT = "AAA"


async def played(server: Running, title: str = "Soirée") -> tuple[Made, str]:
    """A jam with a check-in, a drawing and songs; the host's token."""
    made = server.make(title=title, lang="fr")
    async with (
        Bot(server.ws(made.room), made.host, name="Hostina") as host,
        Bot(server.ws(made.room), made.join, name="Membrandt", lang="ar") as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        await host.act("room.open", {"kind": "checkin", "options": {"text": "Quel ciel ?"}})
        await guest.act("checkin.choose", {"icon": "rain", "word": "=1+1"})
        await host.act("checkin.choose", {"icon": "sun", "word": "مرحبا"})
        await host.act("checkin.show")
        await host.act("room.open", {"kind": "canvas"})
        for group in range(3):
            mark = {"group": group, "ink": 2, "width": 1, "shape": "house", "points": DOT}
            await guest.act("canvas.mark", mark)
        await host.act("room.open", {"kind": "prompt"})
        await guest.act("prompt.add", {"title": "*La* <Foule>", "who": "Piaf"})
        await host.act("prompt.add", {"title": "@here", "who": ""})
        assert len(host.tree["meet"]["past"]) == 2
        return made, host.token


def fetch(server: Running, room: str, token: str, what: str = "md", query: str = "") -> Reply:
    path = f"/api/rooms/{room}/harvest.{what}{query}"
    return server.ask("GET", path, headers={"Authorization": f"Bearer {token}"})


async def test_srv20_the_harvest_holds_what_ran_in_each_language(server: Running) -> None:
    made, token = await played(server)
    french = fetch(server, made.room, token, query="?lang=fr&day=22+nov.").body.decode()
    arabic = fetch(server, made.room, token, query="?lang=ar").body.decode()
    for page in (french, arabic):
        assert page.startswith("# Soirée\n")
        assert "Quel ciel ?" in page and "مرحبا" in page and "Piaf" in page
        assert r"\*La\* \<Foule\>" in page  # text, never markup
        assert not any(name in page for name in ("Hostina", "Membrandt", "checkin", "icon."))
    assert "22 nov." in french and "pluie" in french.casefold()
    assert french.count("\n## ") == 3
    assert "pluie" not in arabic.casefold() and arabic.count("\n## ") == 3


async def test_srv21_a_sheet_calculates_nothing_and_names_nobody(server: Running) -> None:
    made, token = await played(server)
    reply = fetch(server, made.room, token, "zip", "?lang=fr")
    assert reply.headers["content-disposition"] == 'attachment; filename="jam.zip"'
    cells: list[str] = []
    with zipfile.ZipFile(io.BytesIO(reply.body)) as box:
        names = box.namelist()
        assert "jam.md" in names and len(names) == 4, names
        for name in names[1:]:
            text = box.read(name).decode("utf-8-sig")
            cells += [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=1+1" in cells and "'@here" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert not any("Hostina" in cell or "Membrandt" in cell for cell in cells)
    assert reply.body == fetch(server, made.room, token, "zip", "?lang=fr").body


async def test_srv22_only_who_has_a_seat_gets_it(server: Running) -> None:
    made, token = await played(server)
    other, foreign = await played(server)
    path = f"/api/rooms/{made.room}/harvest.md"
    given: list[dict[str, str]] = [
        {}, {"Authorization": token}, {"Authorization": f"Basic {token}"},
        *({"Authorization": f"Bearer {wrong}"} for wrong in (
            "", "x", token[:-1], foreign, made.join, made.host, "A" * 5000, "\xe9",
        )),
    ]  # fmt: skip
    for headers in given:
        for ending in ("md", "zip"):
            reply = server.ask("GET", path[:-2] + ending, headers=headers)
            assert (reply.status, reply.json["code"]) == (401, "bad_link"), headers
    assert server.ask("GET", f"{path}?token={token}").status == 401  # never in an address
    assert fetch(server, made.room, token).status == 200
    assert fetch(server, "0123456789", token).status == 404
    assert fetch(server, other.room, token).status == 401


async def test_srv23_a_jam_that_has_ended_keeps_its_harvest_and_its_people(server: Running) -> None:
    made = server.make(title="Fin")
    async with Bot(server.ws(made.room), made.host) as host:
        await host.act("room.open", {"kind": "prompt"})
        await host.act("prompt.add", {"title": "Last", "who": ""})
        assert (await host.act("room.end"))[1] == "ok"
        assert host.tree["meet"]["ended"]["until"]
        async with Bot(server.ws(made.room), made.join) as late:
            assert await late.gone() == 4504
        async with Bot(server.ws(made.room), token=host.token) as again:
            await again.until(lambda bot: bot.tree)
            answer: Any = await again.act("prompt.add", {"title": "More", "who": ""})
            assert answer[1:4:2] == ["refused", "ended"]
    assert server.ask("GET", f"/api/rooms/{made.room}").json["ended"] is True
    page = fetch(server, made.room, host.token).body.decode()
    assert "Last" in page and "More" not in page


FORMS = [(kind, options) for kind, each in OPTIONS.items() if kind != "echo" for options in each]


@pytest.mark.parametrize(
    ("kind", "options"), FORMS, ids=[f"{k}-{i}" for i, (k, _) in enumerate(FORMS)]
)
async def test_srv35_no_kind_names_who_has_not_ticked_it(
    kind: str, options: dict[str, Any]
) -> None:
    named = set()
    for seed in range(2):
        party = Party(kind, 7, seed=seed, **options)
        party.play(25)
        party.close()
        for ticked in ((), ("p1",), ("p2", "p5")):
            text = ""
            for piece in party.stage.harvest(ticked):
                text += piece.markdown() + piece.csv()
                if isinstance(piece, Lines | Table):
                    assert piece.csv()
            found = {who for who in party.people if f"Name{who}" in text}
            assert found <= set(ticked), (kind, options, ticked)
            named |= found
    # where people sign, whoever ticked it is named
    if options.get("named") or options.get("signed") or options == {"form": "thanks"}:
        assert named, (kind, options)
