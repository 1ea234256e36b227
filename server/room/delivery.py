"""What goes out: one tick for everybody who may see the same, made once.

The first change goes at once, the next ones wait for the 50 ms to be over. Whoever's line does
not take a frame is *behind*: nothing is queued for them but their position, and they get one
conflated tick or a snapshot when there is room again (decisions.md 18). Light lines: `light`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from .fold import Fold
from .light import REACT, Light
from .limits import Limits
from .lives import Lives
from .position import Standing
from .ring import Ring, Wire
from .session import NEVER, Session
from .shared import Shared
from .tally import Tally
from .tick import Framer, Part, Tick

_encode = msgspec.json.Encoder().encode


class Delivery:
    """Pending changes, live values and answers of one room, and how they reach its sockets."""

    def __init__(
        self, fold: Fold, ring: Ring, limits: Limits, text: Framer, binary: Framer
    ) -> None:
        self.fold, self.ring, self.limits = fold, ring, limits
        self.text, self.binary = text, binary
        self.tally, self.standing = Tally(), Standing()
        self.sessions: list[Session] = []
        self.lives = Lives(self.live)
        self.further: Callable[[Wire], None] | None = None  # who passes live values on
        self.pending = False  # there is something for `flush`
        self.nearer = False  # and its time may have come nearer since somebody asked for `due`
        self._changes: list[Wire] = []
        self._since = 0  # they are those of the entries after this one
        self._x: dict[str, Wire] = {}
        self._reacts: list[int] | None = None
        self._last, self._light = -(10**9), Light(limits.light_ms)
        self._shared: Shared | None = None
        self._waiting = self.stuck = False  # answers wait; somebody may be behind

    # -- what comes in from the fold and from live values

    def changed(self, changes: Iterable[Wire]) -> None:
        if not self._changes:
            self._since = self.fold.offset - 1
        self._changes.extend(changes)
        if self._changes:
            self.pending = self.nearer = True

    def live(self, path: str, value: Any, gone: bool = False, near: bool = False) -> None:
        """The latest value of a live path wins; it goes out with the next tick."""
        change = self._x[path] = [path] if gone else [path, value]
        if self.further is not None and not near:
            self.further(change)
        if not self.pending:
            self.pending = self.nearer = True

    def heard(self, member: str, key: str, on: bool) -> None:
        """Of a voice: what its key in `lives.VOICE` says is so now, or is so no more."""
        self.lives.heard(member, key, on)

    def react(self, counts: Sequence[int]) -> None:
        """So many of each reaction; they are added up until the next tick."""
        before = self._reacts or [0] * len(counts)
        self._reacts = [a + b for a, b in zip(before, counts, strict=True)]
        if self.further is not None:
            self.further([REACT, list(counts)])
        self.pending = self.nearer = True

    def forget(self) -> None:
        """No repair from before this point: light lines get now what they would have from there."""
        self._light_tick(self.standing.ts)
        self.ring.empty()
        self.anew()

    def anew(self) -> None:
        """The kept snapshot is of no more use: forgotten, or others may see other parts now."""
        self._shared = None

    @property
    def pos(self) -> str:
        """The place of the fold as clients keep it."""
        return self.standing.seal(self.fold.offset, self.fold.seed)

    def reached(self, session: Session) -> dict[str, str]:
        """The place for a heartbeat: none while a tick is on its way to this session, for a
        client that went on from there would miss it."""
        waits = session.behind or self._changes or (session.light and self._light.waits)
        return {} if waits else {"pos": self.pos}

    def _full(self) -> bool:
        return bool(self._changes or self._x or self._reacts or self._waiting)

    def due(self) -> int:
        """When what is pending may go out: at once after a quiet moment."""
        self.nearer = False
        if not self._full():
            return self._light.due
        return min(self._full_due(), self._light.due) if self._light.waits else self._full_due()

    def _full_due(self) -> int:
        """When a crowd moves all at once, ticks with nothing but live values come half as often:
        they are most of the bytes there, and nobody can follow them anyway (engine.md §5 d)."""
        crowd = len(self._x) > self.limits.crowd
        only_live = not (self._changes or self._reacts or self._waiting)
        return self._last + self.limits.tick_ms * (2 if crowd and only_live else 1)

    def answer(self, session: Session, *answers: list[Any]) -> None:
        """Answers go out behind the tick that carries what they answer for."""
        session.answers.extend(answers)
        self.pending = self.nearer = True
        if session.light:
            self._light.waits = True
        else:
            self._waiting = True

    # -- what goes out

    def flush(self, now: int) -> None:
        """Send what is due, one frame per audience, then the answers."""
        if self._full() and now >= self._full_due():
            waiting, self._waiting = self._waiting, False
            if self._changes or self._x or self._reacts:
                self._last = now
                self._tick(now)
            if waiting:
                self._answers(now, light=False)
        if self._light.waits and now >= self._light.due:
            self._light_tick(now)
        self.pending = self._light.waits or self._full()

    def last(self, now: int) -> None:
        """All that waits, whether it is time or not: the lines are closed next."""
        for session in self.sessions:  # nor for a line that lags
            session.full = session.late = NEVER
            if session.behind:
                self.catch_up(session, now)
        for _ in range(2):  # whoever was caught up by the first gets their answers with the second
            self._last = self._light.due = -(10**9)
            self.flush(now)

    def _answers(self, now: int, light: bool) -> None:
        for session in self.sessions:
            if session.answers and session.light == light and not session.behind:
                self._acks(session, now)

    def _tick(self, now: int) -> None:
        self.tally.ticks += 1
        changed = bool(self._changes)
        lives = [*self._x.values(), *([[REACT, self._reacts]] if self._reacts else ())]
        tick = Tick(self._changes, lives, self.pos, self.standing.ts, self.text)
        self._changes, self._x, self._reacts = [], {}, None
        since, offset, light, turn = self._since, self.fold.offset, False, self.lives.turn
        everyone = tick.frame(tick.labels) if tick.public else None
        for session in self.sessions:
            if session.light:
                light = True
                continue
            if changed and since < session.pos < offset and not session.behind:
                # caught up in the middle of these changes: no list takes the first ones twice
                self._fall_behind(session, now)
                self.catch_up(session, now)
            if session.behind:
                continue
            # whoever caught up since the last tick has these changes already
            has = changed and session.pos == offset
            made = tick.frame(session.labels, has) if has or everyone is None else everyone
            if made is None:
                session.pos = offset
            elif session.sent > session.full or now > session.late:  # it lags
                self._fall_behind(session, now)
            elif session.socket.send(made[0]):  # as session.wrote(), without a call for each
                session.pos = session.told = offset
                session.sent += made[1]
                session.last_sent = now
                if now >= session.mark_at:
                    session.mark(now)
            else:
                self._fall_behind(session, now)
        self.lives.told = turn
        if light:
            self._light.keep(lives, changed)

    def _light_tick(self, now: int) -> None:
        """All since the last one, to those on a light line; most of them are at the same place."""
        lives = self._light.taken(now)
        ticks: dict[int, Tick] = {}
        for session in self.sessions:
            if not session.light or session.behind:
                continue
            if (at := session.pos) not in ticks:
                missed = self.ring.since(at)
                if missed is None:  # more in half a second than is on record
                    self.show(session, now)
                    continue
                ticks[at] = Tick(missed, lives, self.pos, self.standing.ts, self.text)
            made = ticks[at].frame(session.labels)
            if session.lags(now) or not self._send(session, made, now):
                self._fall_behind(session, now)
        self._light.told = self.lives.told
        self._answers(now, light=True)

    def _send(self, session: Session, made: Part | None, now: int) -> bool:
        """A frame that brings this session to the fold's place; None where it has that already."""
        if made is not None:
            if not session.socket.send(made[0]):
                return False
            session.wrote(made[1], now, self.fold.offset)
        session.pos = self.fold.offset
        return True

    def say(self, session: Session, frame: dict[str, Any], now: int) -> bool:
        """One private frame, past all ticks."""
        body = _encode(frame)
        if taken := session.socket.send(self.text(body)):
            session.wrote(len(body), now, self.fold.offset if "pos" in frame else None)
            self.tally.said(frame)
        return taken

    def beat(self, session: Session, now: int, **more: int) -> None:
        """A sign of life, to which a client says how far it has read."""
        self.say(session, {"t": "k", **more, "now": now, **self.reached(session)}, now)

    def owe(self, session: Session, frame: dict[str, Any], now: int) -> None:
        """As `say`, for a frame that must not be lost: it waits until the line takes it."""
        session.owed = None if self.say(session, frame, now) else frame
        if session.owed is not None:
            self._fall_behind(session, now)

    def _acks(self, session: Session, now: int) -> None:
        told = {"t": "ack", "r": session.answers, "settled": session.settled(now)}
        if self.say(session, told, now):
            session.answers = []
        else:
            self._fall_behind(session, now)

    def _fall_behind(self, session: Session, now: int) -> None:
        if not session.behind:
            session.behind = self.stuck = True
            session.progress = now
            session.voices = self._light.told if session.light else self.lives.told
            if session.lags(now):  # asked how far it is: it may have had nothing to answer to
                self.beat(session, now)

    # -- those who missed something

    def resume(self, session: Session, offset: int, now: int) -> None:
        """Go on from `offset`, which is on record: what was missed, in one tick."""
        session.pos, session.behind, session.progress = offset, True, now
        self.stuck = True
        self.catch_up(session, now)

    def show(self, session: Session, now: int) -> None:
        """The whole state anew, in parts as the line takes them."""
        shared = self._shared
        if shared is None or not shared.fresh(now, self.ring):
            framers, tree, at = (self.text, self.binary), self.fold.tree.share(), self.fold.offset
            shared = self._shared = Shared(at, self.pos, now, tree, framers, self.ring.pushed)
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
        if session.lags(now):
            return
        missed = self.ring.since(session.pos)
        if missed is None:
            self.show(session, now)
        elif self._send(session, self._missed(session, missed), now):
            session.behind, session.progress = False, now
            if session.answers:
                self.answer(session)

    def _missed(self, session: Session, missed: list[Wire]) -> Part | None:
        lives = self.lives.since(session.voices)
        return Tick(missed, lives, self.pos, self.standing.ts, self.text).frame(session.labels)
