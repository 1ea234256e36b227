"""Where a socket may be opened from: our own pages only (decisions.md 27).

No cookie is ever sent, so there is nothing ambient to steal; the check keeps other sites' pages
out of rooms on a laptop all the same. It never compares with the Host header, which DNS rebinding
would make ours. A missing Origin is allowed: bots and outside clients have none.
"""

from __future__ import annotations

from collections.abc import Iterable


class Origins:
    """The exact origins of this server."""

    def __init__(self, base_url: str, port: int, own: Iterable[str]) -> None:
        if base_url:
            self._allowed = frozenset((base_url,))
        else:
            hosts = ("localhost", "127.0.0.1", "[::1]", *own)
            ends = ("", ":80") if port == 80 else (f":{port}",)
            self._allowed = frozenset(f"http://{host}{end}" for host in hosts for end in ends)

    def allows(self, origin: str | None) -> bool:
        return origin is None or origin in self._allowed
