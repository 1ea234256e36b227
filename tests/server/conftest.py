"""One running server for each test module; a module may say its environment in `ENV`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Running


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("jam") / "data"
    running = Running(folder, getattr(request.module, "ENV", {})).start()
    yield running
    assert running.stop() == 0, "\n".join(running.said)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder for a server that a test starts by itself."""
    return tmp_path / "data"
