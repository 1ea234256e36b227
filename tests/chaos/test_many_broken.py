"""What `tests/server/test_many.py` asks of three servers is asked of three that are broken, too:
`JAM_LONG=1 pytest tests/chaos/test_many_broken.py`, a part of `make chaos`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests import redis_server
from tests.chaos.badnode import BROKEN
from tests.server import test_many
from tests.server.running import Running

Check = Callable[[list[Running]], Awaitable[None]]
LONG = os.environ.get("JAM_LONG") == "1"
PAIRS = [(rule, mistake.__name__) for rule, found in BROKEN.items() for mistake in found]


def check(rule: int) -> Check:
    """The test of that rule."""
    (found,) = (name for name in dir(test_many) if name.startswith(f"test_many_{rule}_"))
    made: Check = getattr(test_many, found)
    return made


def test_many_26_each_rule_of_many_servers_has_a_mistake_that_breaks_it() -> None:
    """MANY-26: one that has none could hold by chance."""
    rules = {name.split("_")[2] for name in dir(test_many) if name.startswith("test_many_")}
    assert rules == {str(rule) for rule in BROKEN}


if LONG:

    @pytest.mark.asyncio
    @pytest.mark.timeout(120)
    @pytest.mark.parametrize(("rule", "mistake"), PAIRS)
    async def test_many_26_servers_that_break_it_are_found_out(
        tmp_path: Path, rule: int, mistake: str
    ) -> None:
        """MANY-26: the check fails, or waits for what does not come."""
        env = {**test_many.ENV, "JAM_REDIS_URL": redis_server.shared().url}
        args = ("-m", "tests.chaos.badnode", mistake)
        servers = [Running(tmp_path / f"data{i}", env, args) for i in range(3)]
        try:
            await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
            with pytest.raises((AssertionError, TimeoutError)):
                async with asyncio.timeout(30):
                    await check(rule)(servers)
        finally:
            for server in servers:
                if server.process.poll() is None:
                    server.kill()
