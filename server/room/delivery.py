"""What goes out: one tick for everybody who may see the same, made once.

The first change goes at once, the next ones wait for the 50 ms to be over. Whoever's line does
not take a frame is *behind*: nothing is queued for them but their position, and they get one
conflated tick or a snapshot when there is room again (decisions.md 18).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from server.kit import Change, coalesce

from . import codes, snapshot
from .audience import EVERYONE, label, view
from .fold import Fold
from .limits import Limits
from .position import salted
from .ring import Ring, Wire
from .session import Session

_encode = msgspec.json.Encoder().encode
Framer = Callable[[bytes], Any]
SNAP_MS = 5_000
ZIP_FROM = 1_024


class Cached:
    """A snapshot's public parts as frames, for all who join within a few seconds."""

    __slots__ = ("at", "frames", "offset", "tree")

    def __init__(self, offset: int, at: int, tree: dict[str, Any]) -> None:
        self.offset, self.at, self.tree = offset, at, tree
        self.frames: dict[tuple[bool, bool, int], list[tuple[Any, int]]] = {}


class Delivery:
    """Pending changes, live values and answers of one room, and how they reach its sockets."""

    def __init__(
        self, fold: Fold, ring: Ring, limits: Limits, text: Framer, binary: Framer
    ) -> None:
        self.fold, self.ring, self.limits = fold, ring, limits
        self.text, self.binary = text, binary
        self.epoch = ""
        self.tag = ""
        self.ts = 0
        self.sessions: list[Session] = []
        self.lives: dict[str, dict[str, Any]] = {}  # member -> key -> value, those for everyone
        self._changes: list[Wire] = []
        self._x: dict[str, Wire] = {}
        self._reacts: list[int] | None = None
        self._last = -(10**9)
        self._cached: Cached | None = None
        self._waiting = False

    # -- what comes in from the fold and from live values

    def changed(self, changes: Iterable[Wire]) -> None:
        self._changes.extend(changes)

    def live(self, path: str, value: Any, gone: bool = False) -> None:
        """The latest value of a live path wins; it goes out with the next tick."""
        self._x[path] = [path] if gone else [path, value]

    def react(self, which: int, kinds: int) -> None:
        if self._reacts is None:
            self._reacts = [0] * kinds
        self._reacts[which] += 1

    def forget(self) -> None:
        """No repair from before this point: rings and kept snapshots are emptied."""
        self.ring.empty()
        self._cached = None

    @property
    def pos(self) -> str:
        """The place of the fold as clients keep it."""
        return f"{self.epoch}.{self.fold.offset}.{salted(self.tag, self.fold.seed)}"

    @property
    def pending(self) -> bool:
        return bool(self._changes or self._x or self._reacts or self._waiting)

    def due(self) -> int:
        """When what is pending may go out: at once after a quiet moment."""
        return self._last + self.limits.tick_ms

    def answer(self, session: Session, answer: list[Any]) -> None:
        """An answer goes out behind the tick that carries what it answers for."""
        session.answers.append(answer)
        self._waiting = True

    # -- what goes out

    def flush(self, now: int) -> None:
        """Send what is pending, one frame per audience, then the answers."""
        self._waiting = False
        if self._changes or self._x or self._reacts:
            self._last = now
            self._tick(now)
        for session in self.sessions:
            if session.answers and not session.behind:
                self._acks(session, now)

    def _tick(self, now: int) -> None:
        changes = _by_label(coalesce(map(Change.of, self._changes)))
        lives = _grouped([*self._x.values()])
        if self._reacts is not None:
            lives.setdefault(EVERYONE, []).append(_encode(["live/room/react", self._reacts]))
        self._changes, self._x, self._reacts = [], {}, None
        touched = frozenset(changes) | frozenset(lives)
        frames: dict[tuple[frozenset[str], bool, bool], tuple[Any, int] | None] = {}
        offset = self.fold.offset
        for session in self.sessions:
            if session.behind:
                continue
            # whoever caught up since the last tick has these changes already
            key = (session.labels & touched, session.light, session.pos == offset)
            if key not in frames:
                frames[key] = self._frame(
                    key[0], {} if key[2] else changes, {} if key[1] else lives
                )
            made = frames[key]
            if made is None:
                session.pos = offset
            elif session.lags(now, self.limits):
                self._fall_behind(session, now)
            else:
                before, session.pos = session.pos, offset
                if session.socket.send(made[0]):
                    session.wrote(made[1], now)
                else:
                    session.pos = before
                    self._fall_behind(session, now)

    def _frame(
        self,
        labels: frozenset[str],
        changes: dict[str, list[bytes]],
        lives: dict[str, list[bytes]],
    ) -> tuple[Any, int] | None:
        seen = [item for name in sorted(labels) for item in changes.get(name, ())]
        shown = [item for name in sorted(labels) for item in lives.get(name, ())]
        if not seen and not shown:
            return None
        body = b'{"t":"tick","pos":"%b","ts":%d' % (self.pos.encode(), self.ts)
        if seen:
            body += b',"c":[' + b",".join(seen) + b"]"
        if shown:
            body += b',"x":[' + b",".join(shown) + b"]"
        body += b"}"
        return self.text(body), len(body)

    def say(self, session: Session, frame: dict[str, Any], now: int) -> bool:
        """One private frame, past all ticks."""
        body = _encode(frame)
        taken = session.socket.send(self.text(body))
        if taken:
            session.wrote(len(body), now)
        return taken

    def _acks(self, session: Session, now: int) -> None:
        frame = {"t": "ack", "r": session.answers, "settled": session.answers[-1][0]}
        if self.say(session, frame, now):
            session.answers = []
        else:
            self._fall_behind(session, now)

    def _fall_behind(self, session: Session, now: int) -> None:
        if not session.behind:
            session.behind = True
            session.progress = now

    # -- those who missed something

    def resume(self, session: Session, offset: int, now: int) -> None:
        """Go on from `offset`, which is on record: what was missed, in one tick."""
        session.pos = offset
        self._fall_behind(session, now)
        self.catch_up(session, now)

    def show(self, session: Session, now: int) -> None:
        """The whole state anew, in parts as the line takes them."""
        cached = self._cached
        fresh = cached is not None and now - cached.at < SNAP_MS
        if cached is None or not fresh or self.ring.since(cached.offset) is None:
            cached = self._cached = Cached(self.fold.offset, now, self.fold.tree.share())
        session.parts.clear()
        session.parts.extend(self._parts(cached, session))
        session.pos = cached.offset
        self._fall_behind(session, now)
        self.catch_up(session, now)

    def catch_up(self, session: Session, now: int) -> None:
        """Send what the line takes now; afterwards the session is in step, or still behind."""
        while session.parts:
            frame, size = session.parts[0]
            if not session.socket.send(frame):
                return
            session.wrote(size, now)
            session.parts.popleft()
            session.progress = now
        if session.lags(now, self.limits):
            return
        missed = self.ring.since(session.pos)
        if missed is None:
            self.show(session, now)
            return
        body = self._missed(session, missed)
        if body is not None:
            if not session.socket.send(self.text(body)):
                return
            session.wrote(len(body), now)
        session.pos = self.fold.offset
        session.behind = False
        session.progress = now
        self._waiting = self._waiting or bool(session.answers)

    def _missed(self, session: Session, missed: list[Wire]) -> bytes | None:
        changes = _by_label(coalesce(map(Change.of, missed)))
        seen = [item for name in sorted(session.labels) for item in changes.get(name, ())]
        if not seen:
            return None
        head = b'{"t":"tick","pos":"%b","ts":%d,"c":[' % (self.pos.encode(), self.ts)
        return head + b",".join(seen) + b"]}"

    def _parts(self, cached: Cached, session: Session) -> list[tuple[Any, int]]:
        """Public parts are made once for all; the last ones are this person's own."""
        mine = view(cached.tree, session.member, session.role)
        public: dict[str, Any] = {r: mine.pop(r) for r in ("meet", "room", "host") if r in mine}
        mine["live"] = {} if session.light else self.lives
        own = snapshot.parts(mine, self.limits.part_bytes)
        key = (session.role == "host", session.zipped, len(own))
        pos = self._pos_of(cached)
        frames = cached.frames.get(key)
        if frames is None:
            trees = snapshot.parts(public, self.limits.part_bytes)
            count = len(trees) + len(own)
            frames = [self._part(pos, i, count, t, session.zipped) for i, t in enumerate(trees)]
            cached.frames[key] = frames
        start = len(frames)
        count = start + len(own)
        return [
            *frames,
            *(self._part(pos, start + i, count, t, session.zipped) for i, t in enumerate(own)),
        ]

    def _pos_of(self, cached: Cached) -> str:
        tag = salted(self.ring.tag_at(cached.offset), self.fold.seed)
        return f"{self.epoch}.{cached.offset}.{tag}"

    def _part(self, pos: str, index: int, count: int, tree: Any, zipped: bool) -> tuple[Any, int]:
        body = _encode({"t": "snap", "pos": pos, "i": index, "k": count, "st": tree})
        if zipped and len(body) >= ZIP_FROM:
            body = zlib.compress(body, 1)
            return self.binary(body), len(body)
        return self.text(body), len(body)

    def slow(self, now: int) -> list[Session]:
        """Sessions without any progress for too long; the caller closes them 4008."""
        return [
            session
            for session in self.sessions
            if session.behind and now - session.progress > self.limits.slow_ms
        ]


def _by_label(changes: Iterable[Change]) -> dict[str, list[bytes]]:
    return _grouped([change.wire() for change in changes])


def _grouped(changes: list[Wire]) -> dict[str, list[bytes]]:
    """Encoded changes by the audience that may see them; those for nobody are left out."""
    found: dict[str, list[bytes]] = {}
    for change in changes:
        name = label(change[0])
        if name:
            found.setdefault(name, []).append(_encode(change))
    return found


def error(code: str, **more: Any) -> dict[str, Any]:
    """An `err` frame: a code for the browser's own sentence, and plain English."""
    return {"t": "err", "code": code, "say": codes.sentence(code), **more}
