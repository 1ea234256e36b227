"""What holds for every test: no skip under JAM_STRICT=1, no packet beyond this machine."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.counts import DONE, PREFIX

STRICT = os.environ.get("JAM_STRICT") == "1"
LONG = os.environ.get("JAM_LONG") == "1"
HERE = Path(__file__).resolve().parent
BROWSER = HERE / "browser"

# The gate tries the same examples every time: all find the same. `make chaos` explores.
_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "gate", derandomize=True, deadline=None, database=None, suppress_health_check=_QUIET
)
settings.register_profile(
    "long", max_examples=5000, deadline=None, print_blob=True, suppress_health_check=_QUIET
)
settings.load_profile("long" if LONG else "gate")


# --- browser tests: a process of their own, because Playwright's loop breaks later asyncio tests


def _asked_for_browser(config: pytest.Config) -> bool:
    """Whether the paths on the command line name browser tests."""
    paths = [
        Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args
    ]
    return bool(paths) and all(path == BROWSER or BROWSER in path.parents for path in paths)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`pytest` alone leaves tests/browser out; `pytest tests/browser` is the way in."""
    inside = collection_path == BROWSER or BROWSER in collection_path.parents
    return True if inside and not _asked_for_browser(config) else None


# --- what a test has done, beside that it passed


@pytest.fixture(autouse=True)
def _counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """What a hunt counts stands in its report, for the table of `make chaos`."""
    DONE.clear()
    yield
    for what, times in DONE.items():
        record_property(PREFIX + what, times)


# --- strict mode: a skip is a failure that says what was missing


def _reason(longrepr: Any) -> str:
    """What a skip says, out of pytest's (file, line, reason)."""
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")


def _refuse_skip(report: Any) -> None:
    """Turn a skip into a failure. An expected failure (xfail) is no skip."""
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.longrepr = f"skipped, which JAM_STRICT=1 forbids: {_reason(report.longrepr)}"
        report.outcome = "failed"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Judge each phase of each test."""
    report: Any = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Judge files that skip themselves as a whole."""
    report: Any = yield
    _refuse_skip(report)
    return report


# --- what a passing test could not ask is said aloud, for pytest shows nothing of what it wrote


@pytest.fixture
def aloud(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says a sentence at the end of the whole run, whatever comes of the test."""
    said = request.node.user_properties
    return lambda sentence: said.append(("aloud", sentence))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Each sentence once."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    told = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    for sentence in sorted({value for name, value in told if name == "aloud"}):
        terminalreporter.write_line(f"jam: {sentence}")


# --- no packet beyond this machine, whatever a test or a library tries


class Outside(PermissionError):
    """A test tried to reach an address that is not this machine's loopback.

    An OSError, so that code which copes with having no network copes with this.
    """


def is_loopback(address: Any) -> bool:
    """Whether a socket address stays inside: a path, localhost, 127.0.0.0/8 or ::1."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _guard(name: str) -> None:
    """Put the check in front of one method of every socket that Python opens."""
    real = getattr(socket.socket, name)

    def checked(self: socket.socket, *args: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and not is_loopback(args[-1]):
            raise Outside(f"{name} to {args[-1]!r}: tests stay on the loopback addresses")
        return real(self, *args)

    setattr(socket.socket, name, checked)


for _name in ("connect", "connect_ex", "sendto"):
    _guard(_name)


@pytest.fixture
def clean_env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without settings of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith("JAM_"):
            monkeypatch.delenv(name)
    return monkeypatch
