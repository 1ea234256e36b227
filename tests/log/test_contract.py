"""Every store keeps every rule of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.log.contract import RULES
from tests.log.stage import MAKERS, staged


@pytest.mark.asyncio
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("store", MAKERS)
async def test_log(store: str, rule: str, tmp_path: Path) -> None:
    """LOG-1 to LOG-24: the id stands at each rule."""
    async with staged(MAKERS[store], tmp_path) as stage:
        await RULES[rule](stage)
