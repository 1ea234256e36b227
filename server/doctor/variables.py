"""The settings: names that do nothing, limits that there are not, packages that are not there."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping

import msgspec

from server.room.limits import Limits
from server.settings import LIMIT, PREFIX, Settings, known

from .finding import Finding, note, well, wrong

NAME = "settings"
OURS = frozenset(("JAM_STRICT", "JAM_LONG", "JAM_SEED"))
"""Variables of the tests."""
PACKAGES = {"metrics": "prometheus_client", "redis_url": "redis"}


def variables(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    fine = True
    limits = {field.name for field in msgspec.structs.fields(Limits)}
    for name in settings.limits:
        if name not in limits:
            fine = False
            yield wrong(
                NAME, f"{LIMIT}{name.upper()} is no limit; docs/protocol.md lists all of them."
            )
    names = {entry.env for entry in known()} | OURS
    for name in sorted(env):
        if name.startswith(PREFIX) and not name.startswith(LIMIT) and name not in names:
            fine = False
            yield note(NAME, f"{name} is no setting and does nothing; take it away.")
    for setting, package in PACKAGES.items():
        if getattr(settings, setting) and importlib.util.find_spec(package) is None:
            fine = False
            variable = PREFIX + setting.upper()
            yield wrong(NAME, f"{variable} needs the Python package {package}; install it.")
    if fine:
        given = sum(1 for name in names if env.get(name))
        yield well(NAME, f"All can be used; {given or 'none'} of them set in the environment.")
