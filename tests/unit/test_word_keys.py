"""Which keys the code asks for, and which stand in the language files: the same ones."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from server.room import codes
from tests.unit.keyscan import Asked, files, scan
from tests.unit.wording import KINDS, Table, base, load

ROOT = Path(__file__).resolve().parents[2]
# What the server refuses before there is a room to ask.
BEFORE = {"many_rooms"}


def asked_by(*patterns: str) -> dict[str, Asked]:
    found = {}
    for path in files(ROOT, *patterns):
        explains = path.name == "words.js"
        found[str(path.relative_to(ROOT))] = scan(path.read_text(), own=not explains)
    return found


def refusals(kind: str) -> set[str]:
    jam = importlib.import_module(f"activities.{kind}.rules").jam
    return {f"refused.{code}" for code in jam.refusals}


def headings(kind: str) -> set[str]:
    """The names in a kind's rules that may be headings of its harvest."""
    parts = sorted((ROOT / "activities" / kind).glob("*.py"))
    source = "".join(part.read_text() for part in parts)
    return {f"harvest.{name}" for name in re.findall(r'"([a-z_]+)"', source)}


SHELL = ("static/**/*.js", "server/**/*.py")


def keys_of(table: Table) -> set[str]:
    return {base(key) for key in table}


def by_shell() -> dict[str, Asked]:
    asked = asked_by(*SHELL)
    core = Asked()
    core.keys = {f"refused.{code}" for code in set(codes.REFUSALS) | BEFORE}
    core.keys |= {f"kind.{kind}" for kind in KINDS}
    asked["server/room/codes.py"] = core
    return asked


def by_kind(kind: str) -> dict[str, Asked]:
    asked = asked_by(f"activities/{kind}/**/*.js")
    rules = Asked()
    rules.keys = refusals(kind)
    asked[f"activities/{kind}/rules.py"] = rules
    return asked


def test_words_no_key_is_missing() -> None:
    """words-asked: every key the code asks for is there; a kind may ask for the shell's, too."""
    shell = keys_of(load("shell")["en"])
    missing = {}
    for name, asked in by_shell().items():
        missing[name] = asked.keys - shell
    for kind in KINDS:
        own = keys_of(load(kind)["en"])
        for name, asked in by_kind(kind).items():
            missing[name] = asked.keys - own - shell
    assert {name: sorted(keys) for name, keys in missing.items() if keys} == {}


def test_words_no_key_is_unused() -> None:
    """words-used: a key that nothing asks for leaves all five files."""
    everywhere = [*by_shell().values(), *(a for kind in KINDS for a in by_kind(kind).values())]
    unused = {
        f"shell: {key}"
        for key in keys_of(load("shell")["en"])
        if not any(asked.covers(key) for asked in everywhere)
    }
    for kind in KINDS:
        asked = [*by_kind(kind).values(), *asked_by("static/screens/*.js").values()]
        unused |= {
            f"{kind}: {key}"
            for key in keys_of(load(kind)["en"]) - headings(kind)
            if not any(one.covers(key) for one in asked)
        }
    assert sorted(unused) == []


def test_words_no_call_is_blind() -> None:
    """words-declared: a key that is put together or passed on is named in a `keys:` comment."""
    everywhere = asked_by(*SHELL, "activities/**/*.js")
    blind = {
        name: asked.blind
        for name, asked in everywhere.items()
        if asked.blind and not asked.starts and not declares(name)
    }
    assert blind == {}


def declares(name: str) -> bool:
    return "keys:" in (ROOT / name).read_text()


def test_words_scan_sees_what_is_asked() -> None:
    """words-asked: the scan reads literals and choices, not what they are compared with."""
    seen = scan(
        't("a.b"); props.t("c", { x: t(\'d\') }); w.pieces(`e`); at("no"); '
        't(role === "host" ? "f" : "g"); t(`h.${x}`) // t("gone")\n'
        "/* keys: refused.* bar.hand */ t(item.word)"
    )
    assert seen.keys == {"a.b", "c", "d", "e", "f", "g", "bar.hand"}
    assert seen.starts == {"h.", "refused."}
    assert seen.blind == ["item.word"]
    assert seen.covers("refused.full")
    assert not seen.covers("bar.react")
    assert scan('# keys: harvest.* x\nwords.t(key + "z")').starts == {"harvest."}
    assert scan('words.t("a" + b)').blind == ['"a" + b']
