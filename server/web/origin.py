"""Where a socket may be opened from: our own pages only (decisions.md 27).

No cookie is ever sent, so there is nothing ambient to steal; the check keeps other sites' pages
out of rooms on a laptop all the same. It never compares with the Host header, which DNS rebinding
would make ours. A missing Origin is allowed: bots and outside clients have none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Final

LOOK_S: Final = 10.0
"""A laptop that is carried to another network has other addresses there."""


class Origins:
    """The exact origins of this server. `own` names the addresses of this machine."""

    def __init__(self, base_url: str, port: int, own: Callable[[], Iterable[str]]) -> None:
        self._base, self._port, self._own = base_url, port, own
        self._looked = time.monotonic()
        self._allowed = self._origins()

    def _origins(self) -> frozenset[str]:
        if self._base:
            return frozenset((self._base,))
        hosts = ("localhost", "127.0.0.1", "[::1]", *self._own())
        ends = ("", ":80") if self._port == 80 else (f":{self._port}",)
        return frozenset(f"http://{host}{end}" for host in hosts for end in ends)

    def allows(self, origin: str | None) -> bool:
        """An origin that is not known makes us look at our addresses again, now and then."""
        if origin is None or origin in self._allowed:
            return True
        now = time.monotonic()
        if self._base or now - self._looked < LOOK_S:
            return False
        self._looked, self._allowed = now, self._origins()
        return origin in self._allowed
