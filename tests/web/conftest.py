"""Event loops: a test module that says `BOTH_LOOPS = True` runs on asyncio's and on uvloop's."""

import asyncio
from collections.abc import Callable

import pytest

try:
    import uvloop
except ImportError:  # a platform without it
    uvloop = None  # type: ignore[assignment]

Factory = Callable[[], asyncio.AbstractEventLoop]


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Factory]:
    factories: dict[str, Factory] = {"asyncio": asyncio.new_event_loop}
    if uvloop is not None and getattr(getattr(item, "module", None), "BOTH_LOOPS", False):
        factories["uvloop"] = uvloop.new_event_loop
    return factories
