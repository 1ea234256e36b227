"""How a body is packed for the way: brotli where a browser takes it and the package is there.

Browsers take brotli over https and from their own machine; over plain http they ask for gzip.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

brotli: Any
try:
    import brotli as _brotli
except ImportError:  # the server runs without it, a little heavier
    brotli = None
else:
    brotli = _brotli

GZIP: Final = "gzip"
BROTLI: Final = "br"


def takes(coding: str, header: str) -> bool:
    """Whether an Accept-Encoding header allows a coding."""
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == coding:
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def at_once(body: bytes, header: str) -> tuple[bytes, str]:
    """A body packed while somebody waits for it, and in which coding ("" for none)."""
    if brotli is not None and takes(BROTLI, header):
        return bytes(brotli.compress(body, quality=5)), BROTLI
    if takes(GZIP, header):
        return gzip.compress(body, 6, mtime=0), GZIP
    return body, ""


class Press:
    """Packs bodies as small as brotli can, one after the other, beside the event loop."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._worker: ThreadPoolExecutor | None = None

    def ask(self, name: str, body: bytes, done: Callable[[bytes], None]) -> None:
        """Pack a body unless it has been asked for; `done` gets it, on another thread."""
        if brotli is None or name in self._asked:
            return
        self._asked.add(name)
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, "press")
        self._worker.submit(lambda: done(bytes(brotli.compress(body, quality=11))))

    def close(self) -> None:
        """What is not packed by now stays as it is."""
        if self._worker is not None:
            self._worker.shutdown(wait=False, cancel_futures=True)
            self._worker = None
