"""Rules PG1 to PG8: the pages that the server makes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from server.room.compose import MOODS
from server.web.assets import Assets
from server.web.pages import Pages
from server.web.words import NAMES, Words

ROOT = Path(__file__).resolve().parents[2]
VOID = {"meta", "link", "input", "img", "br"}


class Page(HTMLParser):
    """A page as a list of tags; complains of tags that do not match."""

    def __init__(self, body: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(body.decode())
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def by_id(self, name: str) -> dict[str, str]:
        found = [attrs for _, attrs in self.tags if attrs.get("id") == name]
        assert len(found) == 1, name
        return found[0]


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets.load(ROOT)


@pytest.fixture(scope="module")
def pages(assets: Assets) -> Pages:
    return Pages(assets)


def every(pages: Pages, assets: Assets, lang: str) -> dict[str, bytes]:
    return {
        "start": pages.start(lang),
        "room": pages.room(lang, "0123456789", "Blue Heron", False),
        "ended": pages.room(lang, "0123456789", "Blue Heron", True),
        "wrong": pages.wrong(lang),
        "missing": pages.missing(lang),
        "shell": assets.files[f"shell/{lang}.html"].body,
    }


@pytest.mark.parametrize("lang", list(NAMES))
def test_pg1_pages_are_whole_and_hold_nothing_that_the_policy_forbids(
    pages: Pages, assets: Assets, lang: str
) -> None:
    for name, body in every(pages, assets, lang).items():
        page = Page(body)
        html = page.all("html")[0]
        assert (html["lang"], html["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
        assert len(page.all("main")) == 1 and page.all("title")
        assert sum(1 for tag, _ in page.tags if tag == "h1") >= 1, name
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids)), "an id twice"
        assert not page.all("style")
        for tag, attrs in page.tags:
            assert not any(a == "style" or a.startswith("on") for a in attrs), (name, tag, attrs)
            for where in ("src", "href", "action"):  # a picture for messengers is none of these
                value = attrs.get(where, "")
                assert re.match(r"^(/|#|\?|$)", value) and not value.startswith("//"), value
        assert not re.search(r"<script[^>]*>[^<]", body.decode()), "a script in the page itself"
        keys = re.findall(r"\b(?:start|join|page|wrong|nokey|ended|missing)\.[a-z.]+\b", page.text)
        assert not keys, keys
        assert "{{" not in body.decode()


def test_pg2_the_join_form_is_there_before_any_script(pages: Pages) -> None:
    page = Page(pages.room("fr", "0123456789", "Mésange bleue", False))
    field = page.by_id("name")
    assert field["value"] == "Mésange bleue" and field["maxlength"] == "40"
    assert [label for label in page.all("label") if label["for"] == "name"]
    assert "action" not in page.by_id("join") and "hidden" not in page.by_id("door")
    assert "hidden" in page.by_id("gone") and "hidden" in page.by_id("nokey")
    words = Words.of("fr")
    assert words.t("join.enter") in page.text
    press = next(b for b in page.all("button") if "data-busy" in b and b["class"].startswith("btn"))
    assert press
    more = json.loads(page.by_id("join")["data-more"])
    assert more and "Mésange bleue" not in more and set(more) <= set(words.names())


@pytest.mark.parametrize("name", ['"><script>alert(1)</script>', "a & b <i>", "'\"`", "\u202e"])
def test_pg3_text_in_text_out(pages: Pages, name: str) -> None:
    body = pages.room("en", "0123456789", name, False)
    assert Page(body).by_id("name")["value"] == name
    assert b"<script>alert" not in body and b"<i>" not in body


def test_pg4_what_a_page_names_is_served(pages: Pages, assets: Assets) -> None:
    for name, body in every(pages, assets, "en").items():
        page = Page(body)
        named = [a.get("href") or a.get("src", "") for t, a in page.tags if t in ("link", "script")]
        assert named
        for address in named:
            assert address.removeprefix(assets.prefix) in assets.files, (name, address)
        loaded = [script.get("type", "") for script in page.all("script")]
        assert loaded == (["", "", "module"] if name not in ("wrong", "missing") else []), name
    room = Page(pages.room("en", "0123456789", "x", False))
    assert room.all("script")[-1]["src"] == assets.url("static/app.js")
    start = Page(pages.start("en"))
    ahead = [a["href"] for a in start.all("link") if a["rel"] == "modulepreload"]
    assert ahead == [assets.url("static/screens/start.js")], "one level of waiting, not two"


def test_pg5_every_symbol_that_is_used_is_in_the_page(pages: Pages, assets: Assets) -> None:
    for name, body in every(pages, assets, "en").items():
        page = Page(body)
        there = {
            a["id"] for t, a in page.tags if t in ("symbol", "path", "g", "pattern") and "id" in a
        }
        used = {a["href"][1:] for a in page.all("use")}
        assert used and used <= there, (name, used - there)
    room = pages.room("en", "0123456789", "x", False).decode()
    code = "".join(t for path, t in assets.sources.items() if path != "static/screens/start.js")
    signs, later = assets.body("signs.svg"), assets.body("later.svg")
    first = (
        "static/screens/room.js",
        "static/screens/hello.js",
        *(path for path in assets.sources if path.endswith("/view.js")),
    )
    begun = "".join(assets.sources[path] for path in assets.modules(*first))
    for symbol in set(re.findall(r'"([urs]-[a-z]+)"', code)):
        places = [place for place in (room, signs, later) if f'id="{symbol}"' in place]
        assert len(places) == 1, symbol
    for symbol in set(re.findall(r'"([urs]-[a-z]+)"', begun)):
        assert f'id="{symbol}"' in room + signs, "what the start draws does not come later"
    assert 'id="r-love"' in later and 'id="u-qr"' in later
    assert 'id="mark"' in room and "<defs>" in room and "<defs>" not in signs + later
    assert all(ElementTree.fromstring(text) is not None for text in (signs, later))
    for symbol in ("w-sun", "w-storm", "m-calm", "k-checkin", "k-canvas", "k-prompt"):
        assert f'id="{symbol}"' in signs
    assert 'id="s-start"' not in room, "what only the start page shows is not sent with a room"


def test_pg6_a_room_that_is_over_says_so(pages: Pages) -> None:
    page = Page(pages.room("es", "0123456789", "x", True))
    assert "hidden" not in page.by_id("gone") and "hidden" in page.by_id("door")
    assert Words.of("es").t("ended.title") in page.text


def test_pg7_the_start_page_makes_a_plan_out_of_three_choices(pages: Pages, assets: Assets) -> None:
    cards = json.loads(assets.body("cards/pt.full.json"))
    page = Page(pages.start("pt"))
    names = [a["name"] for a in page.all("select")]
    assert names[:3] == ["mood", "long", "size"]
    offered = [option.get("value") for option in page.all("option")]
    plans = [f"plan:{plan['id']}" for plan in cards["plans"]]
    assert offered[: len(MOODS) + len(plans) + 1] == [*MOODS, *plans, "cards"]
    chosen = [option["value"] for option in page.all("option") if "selected" in option]
    assert chosen == ["60", "15", "60", "pt"]  # usual lengths and size, the page's own language


def test_pg7_languages_are_links_that_keep_the_path(pages: Pages) -> None:
    for body in (pages.start("en"), pages.room("en", "0123456789", "x", False)):
        links = [a for a in Page(body).all("a") if "hreflang" in a]
        assert [a["href"] for a in links] == [f"?lang={lang}" for lang in NAMES]
        assert [a["lang"] for a in links if a.get("aria-current") == "true"] == ["en"]


def test_pg8_the_first_script_is_small(assets: Assets) -> None:
    assert len(assets.files["static/boot.js"].packed) < 640
    assert assets.body("static/boot.js").count("import") == 0


@pytest.mark.parametrize("lang", list(NAMES))
def test_do8_messengers_show_a_picture_and_two_sentences_and_nothing_of_the_room(
    pages: Pages, assets: Assets, lang: str
) -> None:
    """DO8: the same for every room, with a whole address, small enough for a chat."""
    base = "https://jam.example.org"
    made = [
        pages.start(lang, base),
        pages.room(lang, "0123456789", "Blue Heron", False, base=base),
        pages.room(lang, "abcdefghjk", "Red Fox", True, base=base, following=1793000000000),
    ]
    told = []
    for body in made:
        metas = {m["property"]: m["content"] for m in Page(body).all("meta") if "property" in m}
        assert metas["og:title"] == Words.of(lang).t("preview.line")
        assert metas["og:description"] == Words.of(lang).t("preview.text")
        assert metas["og:image"] == base + assets.url(f"static/preview/{lang}.png")
        told.append(metas)
    assert told[0] == told[1] == told[2], "a preview tells rooms apart"
    bare = Page(pages.room(lang, "0123456789", "x", False))
    assert not [m for m in bare.all("meta") if m.get("property", "").startswith("og:image")]
    file = assets.files[f"static/preview/{lang}.png"]
    assert len(file.body) <= 20 * 1024 and file.body.startswith(b"\x89PNG")
    width, height = (int.from_bytes(file.body[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (1200, 630)


def test_do8_a_base_address_is_only_text(pages: Pages) -> None:
    """DO8: what stands in an address cannot end the tag it stands in."""
    body = pages.start("en", 'https://x"><script>alert(1)</script>')
    assert b"<script>alert" not in body


def test_do9_an_ended_room_names_its_next_date(pages: Pages) -> None:
    """DO9: the next date is in the page for the script, in everybody's own time zone."""
    page = Page(pages.room("en", "0123456789", "x", True, following=1793000000000))
    assert page.by_id("gone")["data-next"] == "1793000000000"
    assert Page(pages.room("en", "0123456789", "x", True)).by_id("gone")["data-next"] == "0"
