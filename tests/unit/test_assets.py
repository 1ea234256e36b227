"""Rules AS1 to AS15: what the browser gets, and how."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import time
from pathlib import Path
from posixpath import normpath
from shutil import which

import pytest
from starlette.requests import Request
from starlette.responses import Response

from server.web import coding, pack, squeeze, strip
from server.web.assets import CORE, PACKED, Assets, page

ROOT = Path(__file__).resolve().parents[2]
JS = ROOT / "tests" / "js"


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets.load(ROOT)


def ask(path: str, **headers: str) -> Request:
    raw = [(k.replace("_", "-").lower().encode(), v.encode()) for k, v in headers.items()]
    return Request({"type": "http", "method": "GET", "path": path, "headers": raw})


def answer(assets: Assets, path: str, **headers: str) -> Response:
    got = assets.response(ask(path, **headers))
    assert got is not None
    return got


def small_tree(folder: Path) -> Path:
    """The least that can be loaded: one language file for each language, one card."""
    from server.web.words import NAMES

    for name in ("static/screens", "static/lang", "activities/library/text"):
        (folder / name).mkdir(parents=True)
    (folder / "static/app.js").write_text('import "./screens/room.js";\n')
    (folder / "static/screens/room.js").write_text('t("bar.more");\n')
    for lang in NAMES:
        (folder / f"static/lang/{lang}.json").write_text('{"bar.more": "More", "end.copy": "Copy"}')
        text = {"cards": {}, "decks": {"songs": {"stem": "", "items": []}}}
        (folder / f"activities/library/text/{lang}.json").write_text(json.dumps(text))
    (folder / "activities/library/cards.toml").write_text("card = []\n")
    (folder / "activities/library/plans.toml").write_text("plan = []\n")
    return folder


def test_as1_everything_lies_under_one_prefix_named_by_the_whole_tree(tmp_path: Path) -> None:
    small_tree(tmp_path)
    first = Assets.load(tmp_path)
    assert Assets.load(tmp_path).prefix == first.prefix
    assert re.fullmatch(r"/v/[0-9a-f]{12}/", first.prefix)
    assert first.url("static/app.js") == first.prefix + "static/app.js"
    (tmp_path / "static/screens/room.js").write_text('t("bar.people");\n')
    second = Assets.load(tmp_path)
    assert second.prefix != first.prefix
    old = second.response(ask(first.url("static/app.js")))
    assert old is None, "a file of another version must not be taken for this one's"


def test_as1_a_name_alone_changes_the_prefix(tmp_path: Path) -> None:
    small_tree(tmp_path)
    first = Assets.load(tmp_path)
    (tmp_path / "static/app.js").rename(tmp_path / "static/b.js")
    (tmp_path / "static/app.js").write_text('import "./b.js";\n')
    (tmp_path / "static/b.js").write_text('import "./screens/room.js";\n')
    assert Assets.load(tmp_path).prefix != first.prefix


def test_as2_files_are_kept_for_good_and_the_worker_is_asked_for_each_time(assets: Assets) -> None:
    got = answer(assets, assets.url("static/app.js"))
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["content-type"].startswith("text/javascript")
    assert answer(assets, "/sw.js").headers["cache-control"] == "no-cache"
    icon = answer(assets, "/favicon.ico")
    assert icon.headers["content-type"].startswith("image/svg+xml")


def test_as3_what_a_browser_has_is_not_sent_again(assets: Assets) -> None:
    for taken in ("gzip", ""):
        headers = {"accept_encoding": taken} if taken else {}
        first = answer(assets, assets.url("static/app.js"), **headers)
        again = answer(
            assets, assets.url("static/app.js"), if_none_match=first.headers["etag"], **headers
        )
        assert again.status_code == 304 and again.body == b""
        assert again.headers["cache-control"] == first.headers["cache-control"]
    other = answer(assets, assets.url("static/app.js"), if_none_match='"something-else"')
    assert other.status_code == 200


def test_as4_packed_ahead_and_plain_for_whoever_cannot_unpack(assets: Assets) -> None:
    for path, file in assets.files.items():
        if Path(path).suffix not in PACKED:
            assert not file.packed, path
            continue
        packed = answer(assets, assets.url(path), accept_encoding="deflate, gzip")
        plain = answer(assets, assets.url(path))
        assert "content-encoding" not in plain.headers and plain.body == file.body
        if file.packed:
            assert packed.headers["content-encoding"] == "gzip"
            assert packed.headers["vary"] == "Accept-Encoding" == plain.headers["vary"]
            assert packed.headers["etag"] != plain.headers["etag"]
            assert gzip.decompress(bytes(packed.body)) == file.body
            assert len(packed.body) < len(plain.body)


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("br", False),
        ("", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("x-gzip", False),
    ],
)
def test_as4_gzip_is_sent_to_whoever_says_so(header: str, takes: bool) -> None:
    assert coding.takes(coding.GZIP, header) is takes


def test_as12_brotli_where_it_is_taken_as_soon_as_it_is_there(tmp_path: Path) -> None:
    """AS12: the first to ask need not wait for the tighter coding; all others get it."""
    brotli = pytest.importorskip("brotli")
    small_tree(tmp_path)
    (tmp_path / "static/app.js").write_text('export const word = "paper";\n' * 200)
    assets = Assets.load(tmp_path)
    url, both = assets.url("static/app.js"), "gzip, deflate, br"
    first = answer(assets, url, accept_encoding=both)
    assert first.headers["content-encoding"] == "gzip"
    for _ in range(500):
        if assets.files["static/app.js"].tight:
            break
        time.sleep(0.01)
    tight = answer(assets, url, accept_encoding=both)
    assert tight.headers["content-encoding"] == "br"
    assert brotli.decompress(bytes(tight.body)) == assets.files["static/app.js"].body
    assert len(tight.body) < len(first.body)
    plain = answer(assets, url)
    assert len({got.headers["etag"] for got in (first, tight, plain)}) == 3
    assert {got.headers["vary"] for got in (first, tight, plain)} == {"Accept-Encoding"}
    for header in ("gzip", "gzip, br;q=0"):
        assert answer(assets, url, accept_encoding=header).headers["content-encoding"] == "gzip"
    again = answer(assets, url, accept_encoding=both, if_none_match=tight.headers["etag"])
    assert again.status_code == 304
    assets.close()


def test_as12_what_does_not_shrink_goes_as_it_was(tmp_path: Path) -> None:
    """AS12: a tighter body that is none, and a file that is not packed, change nothing."""
    assets = Assets.load(small_tree(tmp_path))
    file = assets.files["static/lang/en.json"]
    file.tighten(b"x" * len(file.body))
    assert file.tight == b""


def test_as12_without_the_package_gzip_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    """AS12: brotli is no condition for the server to run."""
    monkeypatch.setattr(coding, "brotli", None)
    press = coding.Press()
    press.ask("a", b"paper " * 99, pytest.fail)
    press.close()
    assert coding.at_once(b"paper " * 99, "gzip, br")[1] == "gzip"


def test_as4_a_page_is_packed_and_never_kept(assets: Assets) -> None:
    body = b"<!doctype html>" + b"paper " * 400
    packed = page(ask("/", accept_encoding="gzip"), body, 404)
    assert packed.status_code == 404 and gzip.decompress(bytes(packed.body)) == body
    tight = page(ask("/", accept_encoding="gzip, br"), body)
    if coding.brotli is not None:
        assert tight.headers["content-encoding"] == "br"
        assert coding.brotli.decompress(bytes(tight.body)) == body
        assert tight.headers["vary"] == packed.headers["vary"]
    plain = page(ask("/"), body)
    assert plain.body == body and "content-encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["vary"] == plain.headers["vary"]


@pytest.mark.parametrize(
    "path",
    [
        "static/../server/settings.py",
        "server/settings.py",
        "activities/checkin/rules.py",
        "static/sprite.svg",
        "static/vendor/ui.d.ts",
        "activities/library/names.json",
        "activities/library/cards.toml",
        "static/",
        "",
    ],
)
def test_as5_nothing_else_is_served(assets: Assets, path: str) -> None:
    assert assets.response(ask(assets.prefix + path)) is None
    with pytest.raises(KeyError):
        assets.url(path)


def test_as6_stripping_leaves_the_code_alone(tmp_path: Path) -> None:
    """Every file of the client has the same syntax tree before and after."""
    if which("node") is None:
        pytest.skip("node is not here; `make setup` installs what the tests need")
    pairs = []
    for path in sorted([*(ROOT / "static").rglob("*.js"), *(ROOT / "activities").rglob("*.js")]):
        if "vendor" in path.parts:
            continue
        after = tmp_path / f"{len(pairs)}.js"
        stripped = strip.script(path.read_text("utf-8"))
        after.write_text(squeeze.script(stripped), "utf-8")
        pairs.append((path, after))
    assert len(pairs) > 40
    listed = "\n".join(f"{before}\t{after}" for before, after in pairs)
    done = subprocess.run(
        ["node", str(JS / "same.mjs")], input=listed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("// a\nb();\n", "b();\n"),
        ("  /** a\n   * b */\n  c();\n", "c();\n"),
        ("/* a\n b */ c();\n", "c();\n"),
        ("let x = /** @type {any} */ (y);\n", "let x = (y);\n"),
        ("f(/** @type {{a: number}} */ a, b);\n", "f(a, b);\n"),
        ('let u = "http://x"; // y\n', 'let u = "http://x"; // y\n'),
        ('let s = "/* no */";\n', 'let s = "/* no */";\n'),
        ("/* a */ b(); /* c */\n", "/* a */ b(); /* c */\n"),
    ],
)
def test_as6_only_whole_lines_and_types_go(before: str, after: str) -> None:
    assert strip.script(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("const a = { b: 1, };\n", "const a={b:1,};\n"),
        ("a();\nb();\n", "a();b();\n"),
        ("a()\nb()\n", "a()\nb()\n"),
        ("f(1,\n  2)\n  .g();\n", "f(1,2).g();\n"),
        ("if (a) { b(); }\n", "if(a){b()}\n"),
        ("if (a) { while (b()); }\n", "if(a){while(b());}\n"),
        ("a = b + +c - -d;\n", "a=b+ +c- -d;\n"),
        ("return a / b / c;\n", "return a/b/c;\n"),
        ("x = a / b; // it's\ny = c / d;\n", "x=a/b;y=c/d;\n"),
        ('r = /[/"` ] (a)/ig; s = "/";\n', 'r=/[/"` ] (a)/ig;s="/";\n'),
        ("return / a {/.test(b);\n", "return/ a {/.test(b);\n"),
        ("t = \" a  b \";\nu = '  ';\n", "t=\" a  b \";u='  ';\n"),
        ("h = `  <a> ${ b ? `  ${ { c } } ` : d }  `;\n", "h=`  <a> ${b?`  ${{c}} `:d}  `;\n"),
        ('import { a } from "./b.js";\nexport { a };\n', 'import{a}from"./b.js";\nexport{a};\n'),
        ("a = `b;\nc ( d );\n", "a = `b;\nc ( d );\n"),
        ("a = { b;\n", "a = { b;\n"),
    ],
)
def test_as13_gaps_go_and_literals_stay(before: str, after: str) -> None:
    """AS13: only what the language does not read goes; a text that is not understood stays."""
    assert squeeze.script(before) == after


def test_as6_the_check_sees_a_change(tmp_path: Path) -> None:
    """A stripper that takes a line of code with it would be found."""
    if which("node") is None:
        pytest.skip("node is not here; `make setup` installs what the tests need")
    for number, (before, after) in enumerate(
        [("a();\nb();\n", "a();\n"), ("x = `a\n  b`;\n", "x = `a\nb`;\n")]
    ):
        (tmp_path / f"{number}a.js").write_text(before)
        (tmp_path / f"{number}b.js").write_text(after)
        done = subprocess.run(
            ["node", str(JS / "same.mjs")],
            input=f"{tmp_path / f'{number}a.js'}\t{tmp_path / f'{number}b.js'}",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, before


def test_as7_modules_are_found_with_all_they_cannot_start_without(assets: Assets) -> None:
    found = assets.modules("static/app.js", "static/screens/room.js")
    assert found[0] == "static/app.js" and len(found) == len(set(found))
    assert {"static/store.js", "static/vendor/ui.js", "static/parts/mast.js"} <= set(found)
    late = {"static/screens/people.js", "static/screens/end.js", "static/screens/made.js"}
    assert not late & set(found), "what is imported when asked for does not belong to the start"


def test_as10_a_pack_holds_every_module_of_the_start_once(assets: Assets) -> None:
    core = assets.body(CORE)
    for path in assets.modules("static/screens/room.js"):
        stub = assets.body(path)
        assert re.match(r'import\{\$c\d+\}from"[./]+app\.js";', stub), path
        assert len(stub) < 600, path
    names = re.findall(r"(?m)^const (\$c\d+)=", core)
    assert len(names) == len(set(names)) > 25
    assert "import.meta.url" in core and core.count("import.meta.url") == 1
    for path in ("static/screens/people.js", "static/screens/end.js"):
        text = assets.body(path)
        assert "app.js" in text and "vendor/ui.js" not in text, "one view library, not two"


def test_as10_every_packed_file_is_a_module_and_gives_what_it_gave(
    assets: Assets, tmp_path: Path
) -> None:
    """In node, for the modules that need no page: the same names, and they work."""
    if which("node") is None:
        pytest.skip("node is not here; `make setup` installs what the tests need")
    for path, file in assets.files.items():
        if path.endswith(".js"):
            place = tmp_path / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.body)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    modules = [path for path in assets.sources if path not in ("static/boot.js", "static/sw.js")]
    done = subprocess.run(
        ["node", str(JS / "packed.mjs"), str(ROOT), str(tmp_path), *modules],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


SMALL = {
    "a/one.js": 'import { two as twice, three } from "./two.js";\n'
    'import * as all from "./two.js";\n'
    "export const one = () => twice() + three + all.two();\nexport default { one };\n"
    'export const late = () => import("./late.js");\nexport const here = import.meta.url;\n',
    "a/two.js": "export function two() { return 2; }\nconst x = 3;\nexport { x as three };\n",
    "a/late.js": 'import one, { late } from "./one.js";\n'
    "export const more = one.one() + (late ? 1 : 0);\n",
    "b/view.js": 'export { two } from "../a/two.js";\nimport "../a/one.js";\n'
    'import { alone } from "../c/alone.js";\nexport const five = alone + 1;\n',
    "c/alone.js": "export const alone = 4;\n",
}


def test_as11_a_pack_runs_like_the_modules_it_is_made_of(tmp_path: Path) -> None:
    if which("node") is None:
        pytest.skip("node is not here; `make setup` installs what the tests need")
    packs = pack.Packs(SMALL)
    packs.add("core.js", "c", ("a/one.js",))
    packs.add("b/view.js", "b", ("b/view.js",), {"b/view.js"})
    for path, text in packs.files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "run.js").write_text(
        'import * as view from "./b/view.js";\nimport one, { here, late } from "./a/one.js";\n'
        'import { two } from "./a/two.js";\nconst { more } = await late();\n'
        "console.log(JSON.stringify([view.two(), view.five, view.two === two, one.one(), more,\n"
        '  here.endsWith("/a/one.js")]));\n'
    )
    done = subprocess.run(
        ["node", str(tmp_path / "run.js")], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout) == [2, 5, True, 7, 8, True], done.stderr


@pytest.mark.parametrize(
    "sources",
    [
        {"a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'},
        {"a.js": "export let a = 1;\n"},
        {"a.js": "export const a = 1, b = 2;\n"},
    ],
)
def test_as11_what_cannot_be_packed_is_refused(sources: dict[str, str]) -> None:
    packs = pack.Packs(sources)
    with pytest.raises(pack.Tangled):
        packs.add("core.js", "c", ("a.js",))
    assert packs.files() == sources, "and is served as it is"


def test_as15_a_large_part_that_comes_later_is_one_file_and_nothing_waits_behind_it(
    assets: Assets,
) -> None:
    """AS15: the paper that everybody draws on came in the kind's first file, also to whoever had a
    sheet of their own before them; and what it takes from elsewhere came after it."""
    view, paper = (assets.body(f"activities/canvas/{name}.js") for name in ("view", "paper"))
    assert len(re.findall(r"(?m)^const \$canvaspaper\d+=", paper)) > 10
    taken = set(re.findall(r'(?m)^import.*?from"([^"]+)";', paper)) - {"../../static/app.js"}
    asked = re.search(r'Promise\.all\(\[(import\("\./paper\.js"\)[^\]]*)\]\)', view)
    assert asked and taken, "they are asked for side by side"
    beside = set(re.findall(r'import\("([^"]+)"\)', asked[1])) - {"./paper.js"}
    assert taken <= beside, "nothing waits behind it"
    for path in beside:
        inner = assets.body(normpath(f"activities/canvas/{path}"))
        names = set(re.findall(r'(?m)^import.*?from"[./]*?([\w-]+\.js)";', inner))
        assert names <= {"app.js", *(one.rpartition("/")[2] for one in beside)}, path


def test_as8_words_come_in_two_parts_that_are_the_whole(assets: Assets) -> None:
    for lang in ("en", "fr", "es", "pt", "ar"):
        whole = json.loads((ROOT / f"static/lang/{lang}.json").read_text("utf-8"))
        first = json.loads(assets.body(f"static/lang/{lang}.json"))
        rest = json.loads(assets.body(f"static/lang/{lang}.rest.json"))
        assert not set(first) & set(rest)
        served = {**first, **rest}
        kept = {k: v for k, v in whole.items() if not k.startswith("harvest.")}
        assert served == kept
        assert any(key.startswith("bar.") for key in first)
        assert "end.copy" in rest and "refused.full" in rest


def test_as14_a_kind_may_have_its_words_in_two_files(assets: Assets) -> None:
    split = [path for path in assets.files if "/lang/" in path and path.endswith(".rest.json")]
    kinds = {path.split("/")[1] for path in split if path.startswith("activities/")}
    assert kinds == {"checkin"}
    for lang in ("en", "fr", "es", "pt", "ar"):
        whole = json.loads((ROOT / f"activities/checkin/lang/{lang}.json").read_text("utf-8"))
        first = json.loads(assets.body(f"activities/checkin/lang/{lang}.json"))
        rest = json.loads(assets.body(f"activities/checkin/lang/{lang}.rest.json"))
        assert not set(first) & set(rest)
        served = {**first, **rest}
        assert served == {k: v for k, v in whole.items() if not k.startswith("harvest.")}
        assert {"ask.weather", "i.sun", "pass", "refused.sky_full"} <= set(first)
        assert {"keep", "dots.lead", "r.sea.sky", "why.up"} <= set(rest)


def test_as9_cards_come_with_the_words_of_each_language(assets: Assets) -> None:
    for lang in ("en", "ar"):
        full = json.loads(assets.body(f"cards/{lang}.full.json"))
        brief = json.loads(assets.body(f"cards/{lang}.json"))
        assert set(brief) == set(full["start"]), "what comes first is small"
        brief |= json.loads(assets.body(f"cards/{lang}.more.json"))
        assert set(brief) == {card["id"] for card in full["cards"]}
        for card in full["cards"]:
            title, prompt, place, deck = brief[card["id"]]
            assert (title, prompt) == (card["title"], card["prompt"]) and title and prompt
            assert (place >= 0) is ("pick" in card)
            if place >= 0:
                every = json.loads(assets.body(f"cards/{lang}.{deck}.json"))
                assert every == full["decks"][card["pick"]]
                assert prompt == every[place], "the card's own prompt is the one it points at"
