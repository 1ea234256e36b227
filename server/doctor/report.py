"""All checks in their order, and what came out as text or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import msgspec

from server import __version__
from server.settings import SettingError, Settings

from .clock import clock
from .disk import disk
from .door import door
from .finding import Finding, note, wrong
from .outside import outside
from .proxies import proxies
from .store import store
from .variables import variables
from .voice import voice


class Check(NamedTuple):
    """One thing that is looked at; `about` stands in docs/run-a-server.md, too."""

    name: str
    about: str
    look: Callable[[Settings, Mapping[str, str]], Iterable[Finding]]


CHECKS: Final = (
    Check("settings", "values that cannot be used, names that do nothing, packages", variables),
    Check("ports", "free, or answered by a Jam Room that is ready; `/metrics`", door),
    Check("disk", "the data folder: rights, space, no network drive", disk),
    Check(
        "address, tls, origin",
        "`JAM_BASE_URL`: name, certificate and its days, the room behind it, WebSockets, Origin",
        outside,
    ),
    Check("proxies", "whose word about addresses is believed", proxies),
    Check("clock", "this machine's, and how far Redis is from it", clock),
    Check(
        "redis",
        "answers, 7.0 or newer, `noeviction`, append-only file synced each second, memory, rights, "
        "speed",
        store,
    ),
    Check("voice", "packages, UDP port, workers, addresses that people can reach, TURN", voice),
)
SIGNS = {"well": "  ok   ", "note": "  note ", "wrong": "  NO   "}


def examine(env: Mapping[str, str], given: Mapping[str, str | None]) -> list[Finding]:
    """Everything that can be looked at. Nothing is changed, and nothing stays."""
    try:
        settings = Settings.read(env, given)
    except SettingError as no:
        return [wrong("settings", f"{no} Until then nothing else can be looked at.")]
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check.look(settings, env)
        except Exception as fault:  # a look that fails must not hide the others
            kind = type(fault).__name__
            found.append(note(check.name, f"This could not be looked at ({kind})."))
    return found


def healthy(found: Iterable[Finding]) -> bool:
    return all(finding.level != "wrong" for finding in found)


def text(found: list[Finding]) -> str:
    """For a person at a terminal."""
    width = max(len(finding.check) for finding in found)
    lines = [f"jam doctor {__version__}", ""]
    lines += [f"{SIGNS[one.level]}{one.check:<{width}}  {one.say}" for one in found]
    many = sum(finding.level == "wrong" for finding in found)
    verdict = {0: "All is well.", 1: "One thing is to be mended."}
    return "\n".join([*lines, "", verdict.get(many, f"{many} things are to be mended.")])


def data(found: list[Finding]) -> str:
    """For a program."""
    told = {"version": __version__, "well": healthy(found), "findings": found}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
