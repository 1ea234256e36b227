"""DOC rules: pages say what the code does, and their examples run."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from server import cli
from server.doctor.proxies import proxies
from server.room import acts, codes
from server.settings import Settings, known
from server.web.library import kinds

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


def module(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


docs = module(ROOT / "scripts" / "docs.py", "jam_docs")


MADE = [docs.PAGE, docs.README, docs.SAFETY, docs.RUN]


@pytest.mark.parametrize("page", MADE, ids=lambda p: p.name)
def test_DOC1_what_is_made_from_the_code_is_up_to_date(page: Path) -> None:
    assert page.read_text("utf-8") == docs.filled(page), "run `make docs`"


def test_DOC2_every_action_close_code_and_refusal_is_on_the_protocol_page() -> None:
    text = docs.PAGE.read_text("utf-8")
    for kind, rules in [("room", acts.room), *kinds().items()]:
        for action in rules.actions:
            assert f"`{kind}.{action}`" in text
        for live in rules.lives:
            assert f"`{live}`" in text
    for number in codes.CLOSES:
        assert f"| {number} |" in text
    assert set(codes.CLOSES.values()) <= set(codes.REFUSALS)


def test_DOC3_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_DOC4_commands_in_the_pages_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    settings = {item.env for item in known()}
    for page in PAGES:
        text = page.read_text("utf-8")
        for target in re.findall(r"`make ([a-z]+)|^    make ([a-z]+)", text, re.M):
            assert (target[0] or target[1]) in targets
        for name in re.findall(r"`(JAM_[A-Z_]+)[=`]", text):
            assert name in settings or name == "JAM_LIMIT_", f"{page.name}: {name}"


def lines_of(page: Path) -> list[str]:
    """The commands of a page: its indented lines."""
    return re.findall(r"(?m)^    (\S.*)$", page.read_text("utf-8"))


def test_DOC6_what_an_operator_types_is_there() -> None:
    """Programs of ours with their options, services of the compose file, files of the project."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    lines = lines_of(docs.RUN)
    assert len(lines) > 15
    for line in lines:
        for words in re.findall(r"\bjam ((?:serve|doctor|rehearse|voice)\b[^';|]*)", line):
            cli.parser().parse_args(words.split())
        found = re.match(r"docker compose (\w+)(.*)", line)
        if found:
            command, rest = found.groups()
            words = [word for word in rest.split() if not word.startswith("-")]
            assert command in ("up", "build", "exec"), line
            assert all(word in compose["services"] for word in words[:1]), line
            if command == "exec":
                cli.parser().parse_args(words[2:])
        for path in re.findall(r"/opt/jam-room/([\w./-]+)", line):
            assert (ROOT / path).exists() or path.startswith(".venv/bin/"), line
        for path in re.findall(r"(?<![\w/-])(deploy/[\w.-]+)", line):
            assert (ROOT / path).exists(), line
    for name in re.findall(r"`([A-Z_]+)=[^`]*` in `.env`", docs.RUN.read_text("utf-8")):
        assert f"${{{name}" in (ROOT / "docker-compose.yml").read_text("utf-8")


def test_DOC6_the_settings_that_are_typed_can_be_used() -> None:
    first, voices = [line for line in lines_of(docs.RUN) if line.startswith("printf")]
    given = typed(first)
    settings = Settings.read({"HOME": "/nowhere", **given})
    assert settings.base_url == "https://jam.example.org"
    assert {one.level for one in proxies(settings, given)} == {"well"}
    assert Settings.read({"HOME": "/nowhere", **given, **typed(voices)}).voice_port
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    for name in re.findall(r"(?m)^    echo (\w+)=\S+ .*>> \.env$", docs.RUN.read_text("utf-8")):
        assert f"${{{name}" in compose or name == "COMPOSE_PROFILES", name


def typed(line: str) -> dict[str, str]:
    """What a line of `printf` writes."""
    text = line.split("'")[1].replace("\\n", "\n")
    return dict(pair.split("=", 1) for pair in text.split())


def test_DOC6_the_proxy_s_file_gets_the_name() -> None:
    (line,) = [line for line in lines_of(docs.RUN) if line.startswith("sed")]
    command = shlex.split(line.partition("|")[0])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "\njam.example.org {\n" in done.stdout and "{$DOMAIN" not in done.stdout
    before = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert len(done.stdout.splitlines()) == len(before.splitlines())


def test_DOC5_the_example_kind_plays_and_is_short(monkeypatch: Any) -> None:
    from tests.stage import Stage

    made = module(docs.EXAMPLE / "rules.py", "pebbles_rules")
    monkeypatch.setitem(sys.modules, "pebbles_rules", made)
    stage = Stage(made.jam, people=["ana", "bo"], most=2)
    assert stage.act("ana", "lay", colour=3).ok
    assert stage.act("ana", "lay", colour=4).ok
    assert not stage.act("ana", "lay", colour=5).ok
    assert stage.sees("bo")["room"]["heap"] == [3, 4]
    assert stage.sees("ana")["own"]["ana"]["laid"] == 2
    assert "laid" not in str(stage.sees("bo"))
    lines = [
        line
        for name in ("rules.py", "view.js")
        for line in (docs.EXAMPLE / name).read_text("utf-8").splitlines()
        if line.strip()
    ]
    assert len(lines) <= 40, len(lines)
