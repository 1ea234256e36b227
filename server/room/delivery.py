"""What goes out: one tick for everybody who may see the same, made once.

The first change goes at once, the next ones wait for the 50 ms to be over. Whoever's line does
not take a frame is *behind*: nothing is queued for them but their position, and they get one
conflated tick or a snapshot when there is room again (decisions.md 18).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from server.kit import Change, coalesce

from . import codes
from .audience import EVERYONE, label
from .fold import Fold
from .limits import Limits
from .position import salted
from .ring import Ring, Wire
from .session import Session
from .shared import Framer, Shared

_encode = msgspec.json.Encoder().encode
_PUBLIC = frozenset((EVERYONE,))


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
        self._since = 0  # they are those of the entries after this one
        self._x: dict[str, Wire] = {}
        self._reacts: list[int] | None = None
        self._last = -(10**9)
        self._place: tuple[int, bytes] = (-1, b"")  # what `_pos` was made of
        self._pos = ""
        self._shared: Shared | None = None
        self._waiting = False

    # -- what comes in from the fold and from live values

    def changed(self, changes: Iterable[Wire]) -> None:
        if not self._changes:
            self._since = self.fold.offset - 1
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
        self.anew()

    def anew(self) -> None:
        """The kept snapshot is of no more use: forgotten, or others may see other parts now."""
        self._shared = None

    @property
    def pos(self) -> str:
        """The place of the fold as clients keep it."""
        place = (self.fold.offset, self.fold.seed)
        if self._place != place:
            self._place = place
            self._pos = f"{self.epoch}.{place[0]}.{salted(self.tag, place[1])}"
        return self._pos

    def reached(self, session: Session) -> dict[str, str]:
        """The place for a heartbeat: none while a tick is on its way to this session, for a
        client that went on from there would miss it."""
        in_step = not session.behind and not self._changes
        return {"pos": self.pos} if in_step else {}

    @property
    def pending(self) -> bool:
        return bool(self._changes or self._x or self._reacts or self._waiting)

    def due(self) -> int:
        """When what is pending may go out: at once after a quiet moment.

        When a crowd moves all at once, ticks with nothing but live values come half as often: they
        are most of the bytes there, and nobody can follow them anyway (engine.md §5 d).
        """
        crowd = len(self._x) > self.limits.crowd
        only_live = not (self._changes or self._reacts or self._waiting)
        return self._last + self.limits.tick_ms * (2 if crowd and only_live else 1)

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
        public = touched == _PUBLIC
        for session in self.sessions:
            if self._since < session.pos < offset and not session.behind:
                # caught up in the middle of these changes: no list takes the first ones twice
                self._fall_behind(session, now)
                self.catch_up(session, now)
            if session.behind:
                continue
            # whoever caught up since the last tick has these changes already
            labels = touched if public else session.labels & touched
            key = (labels, session.light, session.pos == offset)
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
                    session.wrote(made[1], now, offset)
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
            session.wrote(len(body), now, self.fold.offset if "pos" in frame else None)
        return taken

    def owe(self, session: Session, frame: dict[str, Any], now: int) -> None:
        """As `say`, for a frame that must not be lost: it waits until the line takes it."""
        session.owed = None if self.say(session, frame, now) else frame
        if session.owed is not None:
            self._fall_behind(session, now)

    def _acks(self, session: Session, now: int) -> None:
        frame = {"t": "ack", "r": session.answers, "settled": session.settled}
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
        shared = self._shared
        if shared is None or not shared.fresh(now) or shared.offset < self.ring.floor:
            shared = Shared(
                self.fold.offset, self.pos, now, self.fold.tree.share(), (self.text, self.binary)
            )
            self._shared = shared
        session.parts.clear()
        session.parts.extend(shared.parts(session, self.lives, self.limits.part_bytes))
        session.pos = shared.offset
        self._fall_behind(session, now)
        self.catch_up(session, now)

    def catch_up(self, session: Session, now: int) -> None:
        """Send what the line takes now; afterwards the session is in step, or still behind."""
        if session.owed is not None:
            if not self.say(session, session.owed, now):
                return
            session.owed = None
        while session.parts:
            frame, size = session.parts[0]
            if not session.socket.send(frame):
                return
            session.wrote(size, now, session.pos)
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
            session.wrote(len(body), now, self.fold.offset)
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
