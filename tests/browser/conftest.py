"""One browser and one server for all browser tests; a page of its own for each person.

The browser is the engine without its windows (Debian's chromium-headless-shell) where that is
there: half the work for the same pages. Modules that say `WHOLE = True` take the whole browser;
with JAM_BROWSER=chromium all of them do, or whatever else is named there.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.old import OLD
from tests.browser.phone import Phone
from tests.browser.watch import POLICE, Watch

ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-first-run",
    "--disable-dev-shm-usage",
    # A name that is this machine but not its loopback: what phones in a hall see.
    "--host-resolver-rules=MAP jam.test 127.0.0.1",
)
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 820}

# The service worker answers requests where routes cannot see them; only its own tests let it in.
IDLE = "try { localStorage.setItem('jam:my:worker', 'false'); } catch (_) {}"

expect.set_options(timeout=15_000)

Open = Callable[..., Phone]


SHELL = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome")

# A line of so many ms each way (JAM_TEST_LAG): whatever a test takes for granted too early shows.
LAG = """(() => {
  const ms = %d, Real = window.WebSocket;
  window.WebSocket = class extends Real {
    send(data) {
      setTimeout(() => { if (this.readyState === 1) super.send(data); }, ms);
    }
    set onmessage(hear) {
      super.onmessage = (e) => setTimeout(() => hear(e), ms);
    }
    set onclose(hear) {
      super.onclose = (e) => setTimeout(() => hear(e), ms);
    }
  };
})();"""

# What takes longest goes first, so that two processes end together.
LONGEST = (
    "axe", "whole_evening", "faults", "voices", "first_hour", "journey", "weight",
    "sight", "people", "hall", "line", "door",
)  # fmt: skip


def chromium(whole: bool = False) -> str:
    """Where the distribution's browser is."""
    asked = os.environ.get("JAM_BROWSER")
    for name in (asked,) if asked else WHOLE if whole else (SHELL, *WHOLE):
        if found := shutil.which(name):
            return found
    pytest.skip("chromium is not installed (make setup)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the modules to the halves that two processes begin with, the longest first."""

    def rank(name: str) -> int:
        short = name.removeprefix("test_")
        return LONGEST.index(short) if short in LONGEST else len(LONGEST)

    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path.stem, []).append(item)
    order = sorted(modules, key=rank)
    items[:] = [item for name in (*order[::2], *order[1::2]) for item in modules[name]]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def shell(playwright: Playwright) -> Iterator[Browser]:
    """The browser for nearly all tests, started once."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """The browser of this module."""
    if not getattr(request.module, "WHOLE", False):
        yield request.getfixturevalue("shell")
        return
    browser = playwright.chromium.launch(executable_path=chromium(whole=True), args=list(ARGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The server for all tests that do it no harm."""
    house = House()
    yield house
    house.close()


@pytest.fixture(scope="session")
def crowd() -> Iterator[Crowd]:
    """People without browsers."""
    crowd = Crowd()
    yield crowd
    crowd.close()


class Folk:
    """The browsers of one test's people, and what they were up to."""

    def __init__(self, browser: Browser, motion: bool = True) -> None:
        self._browser, self._motion = browser, motion
        self._contexts: list[BrowserContext] = []
        self.watches: list[Watch] = []
        self._phones: list[Phone] = []

    def person(self, url: str, size: dict[str, int], lang: str = "en", **more: Any) -> Phone:
        """Somebody with a device of their own. `worker=True` lets the service worker in, `old=True`
        makes it an old phone."""
        worker, old = more.pop("worker", False), more.pop("old", False)
        more = {"reduced_motion": "no-preference" if self._motion else "reduce", **more}
        context = self._browser.new_context(viewport=size, locale=lang, base_url=url, **more)
        context.set_default_timeout(15_000)
        context.add_init_script(POLICE if worker else POLICE + IDLE)
        if lag := int(os.environ.get("JAM_TEST_LAG", "0")):
            context.add_init_script(LAG % lag)
        if old:
            context.add_init_script(OLD)
        self._contexts.append(context)
        watch = Watch(url)
        self.watches.append(watch)
        context.on("page", watch.over)
        return self._known(Phone(context.new_page(), watch, lang))

    def tab(self, phone: Phone, page: Page) -> Phone:
        """Another page of the same person."""
        return self._known(Phone(page, phone.watch, phone.lang))

    def _known(self, phone: Phone) -> Phone:
        self._phones.append(phone)
        return phone

    def heard(self) -> None:
        """The room has heard what was done on all of their pages."""
        for phone in self._phones:
            phone.heard()

    def go(self) -> None:
        """Everyone goes; whatever happened behind their backs is told."""
        for context in self._contexts:
            context.close()
        faults = [fault for watch in self.watches for fault in watch.faults]
        self._contexts, self.watches, self._phones = [], [], []
        assert not faults, "\n".join(faults)


@pytest.fixture
def folk(request: pytest.FixtureRequest, browser: Browser, crowd: Crowd) -> Iterator[Folk]:
    """People with browsers, watched. They have asked for stillness, which spares the gate a sixth
    of its time, but in modules that say `MOTION = True`."""
    folk = Folk(browser, getattr(request.module, "MOTION", False))
    crowd.first = folk.heard
    yield folk
    crowd.first = lambda: None
    folk.go()


@pytest.fixture
def phone(folk: Folk, house: House) -> Open:
    """A phone of 320 px."""

    def opens(lang: str = "en", **more: Any) -> Phone:
        return folk.person(house.url, more.pop("size", PHONE), lang, **more)

    return opens


@pytest.fixture
def desk(folk: Folk, house: House) -> Open:
    """A wide screen."""

    def opens(lang: str = "en", **more: Any) -> Phone:
        return folk.person(house.url, more.pop("size", DESK), lang, **more)

    return opens
