"""What is taken home of an evening in which everything was played: one file, without a network."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.party import Party
from tests.sim.kinds import OPTIONS

MOST = 2 * 1024 * 1024
# Beside the rows of the simulation: what has words of its own only in these.
MORE: list[tuple[str, dict[str, Any]]] = [
    ("ring", {"form": "telephone", "steps": 3, "seconds": 30, "least": 4}),
    ("ring", {"form": "story", "steps": 2, "least": 4}),
    ("together", {"form": "chord"}),
    ("canvas", {"mode": "squiggle", "seconds": 30, "auto": True}),
    ("checkin", {"icons": "mood", "named": True}),
]
TICKED = ("p1", "p4")
HERE = """() => ({
  wide: document.documentElement.scrollWidth,
  pages: document.querySelectorAll("section").length,
  pics: [...document.querySelectorAll(".pic > svg")].map((el) => el.getBoundingClientRect().height),
  small: [...document.querySelectorAll("body *:not(svg *)")]
    .filter((el) => el.textContent.trim() && parseFloat(getComputedStyle(el).fontSize) < 14).length,
})"""


def played(kind: str, options: dict[str, Any], people: int = 9) -> tuple[dict[str, Any], Any]:
    """The options, and what everybody saw when it was over."""
    party = Party(kind, people, seed=5, **options)
    party.play(40)
    party.close()
    return party.stage.options, json.loads(json.dumps(party.stage.state["room"]))


def evening() -> dict[str, Any]:
    """Every kind in each of its forms, as the server tells it when it is over."""
    rows = [(kind, o) for kind, all_of in OPTIONS.items() if kind != "echo" for o in all_of]
    ran = [(kind, *played(kind, options)) for kind, options in rows + MORE]
    drawn = played("canvas", {"mode": "own", "seconds": 30, "auto": True, "named": True}, 4)
    hung = played("wall", {"columns": "keep", "hold": False, "signed": True}, 4)
    for inside, (own, room) in (("canvas", drawn), ("wall", hung)):
        options, outer = played("groups", {"size": 3, "shown": True, "inside": inside})
        outer["made"] = [{"round": 1, "who": ["p1", "p2"], "room": room}] * 2
        ran.append(("groups", options | {"inside_options": own}, outer))
    past, rooms = [], {}
    for g, (kind, options, room) in enumerate(ran, 1):
        past.append({"g": g, "kind": kind, "card": None, "options": options, "closed": g})
        rooms[str(g)] = {"room": room}
    return {
        "past": past,
        "rooms": rooms,
        "names": {who: f"Name{who}" for who in TICKED},
    }


def seen_before(ana: Phone, host: Bot) -> None:
    """What a copy will hold: everyone looks, takes out what is theirs, hears what hosts leave."""
    host.do("room.open", kind="prompt", options={})
    host.do("prompt.add", title="La Foule", who="Piaf")
    ana.kind("prompt")
    host.do("room.open", kind="words", options={})
    ana.kind("words")
    ana.tap("bar.more")
    ana.tap("more.kept")
    rows = ana.sheet.locator(".choice > li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(ana.t("kept.texts", count=1))
    rows.first.get_by_role("button").first.press("Enter")
    expect(rows.first).to_contain_text("La Foule")
    expect(rows.first.get_by_role("button", name=ana.t("kept.mine"))).to_be_visible()
    assert ana.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    host.do("room.copy", g=1, on=False)
    expect(rows.first).to_contain_text(ana.t("keep.none"))
    host.do("room.copy", g=1, on=True)
    expect(rows.first).to_contain_text(ana.t("kept.texts", count=1))
    ana.close()


def test_hl22_an_evening_of_everything_is_taken_home(
    house: House, folk: Folk, browser: Browser, crowd: Crowd, tmp_path: Path
) -> None:
    """HL22: each item kept or dropped beforehand; a file that opens offline, and no other name."""
    room = house.room("Tout ce qui se joue", "ar", ["weather"])
    host = crowd.come(house, room, "Amina", host=True)
    ana = folk.person(house.url, PHONE, "ar").join(room.join, "ليلى")
    seen_before(ana, host)
    host.do("room.end", erase=False)
    ana.tells("end.title")
    made = evening()
    drawings = {p["g"]: p["options"].get("mode") for p in made["past"] if p["kind"] == "canvas"}
    walls = [p["g"] for p in made["past"] if p["kind"] == "wall"]

    def kept(route: Route) -> None:
        told = route.fetch().json()
        told["meet"]["past"] = made["past"]
        told |= {"past": made["rooms"], "names": made["names"], "nowhere": [walls[0]]}
        route.fulfill(json=told)

    ana.page.route("**/kept?*", kept)
    ana.page.reload()
    ana.tells("end.title")
    rows = ana.page.locator(".choice > li")
    expect(rows).to_have_count(len(made["past"]))
    ticks = ana.page.locator(".choice input")
    expect(ticks.first).to_be_visible()
    count = ticks.count()
    assert count > 30 and ana.page.locator(".choice .thumb").count() > 12
    assert ana.page.locator(".choice input:checked").count() == count, "all is kept at first"
    assert ana.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(rows.nth(walls[0] - 1)).to_contain_text(ana.t("keep.none"))

    def taken(name: str) -> str:
        with ana.page.expect_download() as coming:
            ana.tap("end.copy")
        ana.tells("copy.kept")
        coming.value.save_as(tmp_path / name)
        return (tmp_path / name).read_text("utf-8")

    whole = taken("all.html")
    assert len(whole.encode()) <= MOST and "<script" not in whole
    names = [who for who in (f"Namep{i}" for i in range(9)) if who in whole]
    assert names == ["Namep1", "Namep4"], "a name that was not ticked, or none at all"
    assert whole.count("<section") == count

    # One that I drop is in no file of mine, and its place on the page says so.
    first = ana.page.locator(f".choice > li:nth-child({min(drawings)})")
    first.locator("input").press("Space")
    expect(first).to_contain_text(ana.t("keep.off"))
    assert taken("less.html").count("<section") == count - 1

    for width in (320, 1280):
        home = browser.new_context(viewport={"width": width, "height": 700}, offline=True)
        page = home.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda said, asked=asked: asked.append(said.text))
        page.goto((tmp_path / "all.html").as_uri())
        seen = page.evaluate(HERE)
        home.close()
        assert [url for url in asked if not url.startswith("file:")] == []
        assert seen["wide"] == width and seen["pages"] == count and not seen["small"]
        assert len(seen["pics"]) > 12 and min(seen["pics"]) > 40


def test_hl23_what_left_nothing_is_not_looked_at_again(
    house: House, folk: Folk, crowd: Crowd
) -> None:
    """HL23: on the page of the end "Look again" stands with what is in copies, and with nothing
    else; it once stood where the page had happened to see it, so with what ran last."""
    room = house.room("Fin")
    host = crowd.come(house, room, "Amina", host=True)
    ana = folk.person(house.url, PHONE, "fr").join(room.join, "Léa")
    for card, kind in (("mirror", "round"), ("question", "prompt"), ("breath", "breath")):
        host.do("room.open", card=card)
        expect(ana.page.locator(f"#room.k-{kind} #act > *").first).to_be_visible()
        if kind == "prompt":
            host.do("prompt.add", title="Un banc au soleil", who="")
            ana.reads("Un banc au soleil")
    host.do("room.end", erase=False)
    rows = ana.page.locator(".choice > li")
    expect(rows.nth(1).locator(".again")).to_be_visible()
    assert ana.page.locator(".again").count() == 1
    expect(rows.nth(0)).to_contain_text(ana.t("keep.none"))
    rows.nth(1).locator(".again").press("Enter")
    expect(rows.nth(1).locator(".past")).to_contain_text("Un banc au soleil")


def test_song5_what_played_last_plays_no_more_after_the_end(
    house: House, folk: Folk, crowd: Crowd
) -> None:
    """SONG-5: looked at again, a list of songs has no song of this moment."""
    room = house.room("Fin")
    host = crowd.come(house, room, "Amina", host=True)
    ana = folk.person(house.url, PHONE, "fr").join(room.join, "Léa")
    host.do("room.open", card="song-play")
    host.do("prompt.add", title="Bella ciao", who="")
    host.do("prompt.play", i=0)
    expect(ana.page.locator(".now h2")).to_have_text("Bella ciao")
    host.do("room.end", erase=False)
    ana.page.locator(".again").press("Enter")
    expect(ana.page.locator(".past .songs")).to_contain_text("Bella ciao")
    assert ana.page.locator(".now").count() == 0
