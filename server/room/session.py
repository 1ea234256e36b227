"""One socket of one person: where it stands, what it was sent, what it still owes.

Data and small rules only; `door` seats it, `intake` reads its ops, `delivery` writes to it.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Protocol

from .limits import Bucket, Limits

NEVER = 2**62
MARK_MS = 500

Answer = list[Any]
"""One answer to an op as it goes out: [n, outcome, offset, code?, args?]."""


class Socket(Protocol):
    """What a session needs of a socket. `send` takes the whole frame or nothing."""

    @property
    def writable(self) -> bool: ...

    def send(self, frame: Any) -> bool: ...

    def close(self, code: int, reason: str = "") -> None: ...


class Session:
    """A socket that has been greeted. `pos` is the offset up to which it has seen the room."""

    __slots__ = (
        "_firm",
        "_limits",
        "_settling",
        "acked",
        "answers",
        "author",
        "behind",
        "cid",
        "full",
        "gen",
        "hidden",
        "hold",
        "labels",
        "last_sent",
        "late",
        "light",
        "live_bucket",
        "logged",
        "mark_at",
        "marks",
        "member",
        "over",
        "owed",
        "parts",
        "pos",
        "progress",
        "react_bucket",
        "rename_bucket",
        "role",
        "round",
        "seated",
        "seen",
        "sent",
        "socket",
        "speaks",
        "told",
        "under_way",
        "voices",
        "wary",
        "zipped",
    )

    def __init__(self, socket: Socket, now: int, limits: Limits) -> None:
        self.socket = socket
        self._limits = limits
        self.member = ""
        self.role = ""
        self.cid = ""
        self.gen = 0
        self.author = ""
        self.labels: frozenset[str] = frozenset()
        self.seated = False
        self.over = False  # the socket went before the seat was there
        self.hidden = False
        self.light = False
        self.zipped = False
        # ops: `seen` counts what was read here, `logged` what went on to the log
        self.seen = 0
        self.logged = 0
        self.round = 0  # one more each time that the client is sent back for the log's sake
        self.under_way: deque[tuple[int, int]] = deque()  # (n, round) of ops at the log
        self.wary = False  # the store may lose the latest, and then wants it from the clients
        self._firm = 0
        self._settling: deque[tuple[int, int]] = deque()  # (n, since when all up to it is answered)
        self.hold: int | None = None
        self.owed: dict[str, Any] | None = None  # the `err` about it, while the line is full
        self.answers: list[Answer] = []
        # delivery
        self.pos = 0
        self.behind = False
        self.parts: deque[tuple[Any, int]] = deque()
        self.sent = 0
        self.acked = 0
        self.speaks = False
        self.full = self.late = NEVER  # bytes sent, and the moment, beyond which the line lags
        self.voices = 0  # how far it was told of voices, while it is behind: `Lives.turn`
        self.told = 0  # the last offset that a frame has named: the client cannot confirm another
        self.marks: deque[tuple[int, int, int]] = deque()  # told, sent so far, when
        self.mark_at = 0  # when the next mark is due
        self.progress = now
        self.last_sent = now
        self.live_bucket = Bucket(limits.live_rate, limits.live_burst, now)
        self.react_bucket = Bucket(limits.reacts_rate, limits.reacts_burst, now)
        self.rename_bucket = Bucket(1, 20 * limits.renames_per_10s, now)

    def settled(self, now: int) -> int:
        """The highest number up to which the client may forget its ops: all are answered, and the
        store has had them for a while, where it is one that may lose the latest."""
        known = min([self.seen, *(n - 1 for n, _ in self.under_way)])
        if not self.wary:
            return known
        if not self._settling or self._settling[-1][0] < known:
            self._settling.append((known, now))
        while self._settling and self._settling[0][1] <= now - self._limits.settle_ms:
            self._firm = self._settling.popleft()[0]
        return self._firm

    def wrote(self, size: int, now: int, told: int | None = None) -> None:
        """Note what went out, and the offset it named. (`Delivery` says the same in place for a
        tick, eighty times in a row.)"""
        if told is not None:
            if told < self.told:  # a snapshot of a little while ago
                self.marks = deque((min(at, told), sent, when) for at, sent, when in self.marks)
            self.told = told
        self.sent += size
        self.last_sent = now
        if now >= self.mark_at:
            self.mark(now)

    def mark(self, now: int) -> None:
        """Keep what has been sent by now, and when: one mark in half a second is enough to see
        who falls behind."""
        self.marks.append((self.told, self.sent, now))
        self.mark_at = now + MARK_MS
        if len(self.marks) == 1:
            self._bound()

    def confirmed(self, offset: int, now: int) -> None:
        """The client says that it has read up to here."""
        self.speaks = True
        marks = self.marks
        if marks and marks[0][0] <= offset:
            self.progress = now
            if offset >= self.told:
                self.acked = self.sent
                marks.clear()
            while marks and marks[0][0] <= offset:
                self.acked = marks.popleft()[1]
            if not marks:
                self.mark_at = 0  # the next frame is the first of what is not confirmed
        self._bound()

    def hide(self, hidden: bool) -> None:
        """A tab that is not looked at may take longer to confirm."""
        if hidden != self.hidden:
            self.hidden = hidden
            self._bound()

    def _bound(self) -> None:
        if self.speaks and self.marks:
            self.full = self.acked + self._limits.unacked_bytes
            self.late = self.marks[0][2] + self._limits.unacked_ms * (4 if self.hidden else 1)
        else:
            self.full = self.late = NEVER

    def lags(self, now: int) -> bool:
        """Whether more is on its way than a line should carry. Only for clients that confirm."""
        return self.sent > self.full or now > self.late
