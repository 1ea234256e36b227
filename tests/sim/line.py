"""A line between a tab and the server: two queues of frames, and every way in which it can end."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable
from random import Random
from typing import Any

Frame = tuple[str, bytes]


def text(body: bytes) -> Frame:
    return ("text", body)


def binary(body: bytes) -> Frame:
    return ("binary", body)


class Line:
    """It is the server's socket (`send`, `close`, `writable`) and the tab's line at once."""

    def __init__(self, number: int, held: int, sent: Callable[[Line, bytes], None]) -> None:
        self.number = number
        self.up: deque[bytes] = deque()
        self.down: deque[bytes] = deque()
        self.held = held
        """How many bytes it takes before the other end reads."""
        self.session: Any = None
        self.greeted = False
        self.place = -1
        """The offset that the greeting asked to go on from."""
        self.closed: int | None = None
        """The code with which the server closed it; what it sent before still arrives."""
        self.cut = False
        """Broken: nothing arrives any more at the server, which may not know yet."""
        self.gone = False
        """The server has been told."""
        self.full = False
        self._sent = sent
        self._begun = False

    @property
    def writable(self) -> bool:
        return not self.gone and self.closed is None and sum(map(len, self.down)) < self.held

    @property
    def over(self) -> bool:
        """The server will not hear on it again."""
        return self.cut or self.gone or self.closed is not None

    def dies(self, rng: Random) -> None:
        """The server is gone, and with it some of what was on its way."""
        while self.down and rng.random() < 0.3:
            self.down.pop()
        self.close(1006)
        self.gone = True

    def send(self, frame: Frame) -> bool:
        kind, body = frame
        if self.gone or self.closed is not None:
            return False
        if not self.writable and self._begun:  # the first frame finds an empty buffer
            self.full = True
            return False
        self._begun = True
        data = zlib.decompress(body) if kind == "binary" else body
        self._sent(self, data)
        if not self.cut:
            self.down.append(data)
        return True

    def close(self, code: int, reason: str = "") -> None:
        if self.closed is None:
            self.closed = code
