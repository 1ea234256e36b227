"""The sound of one room: who is heard by whom, and the packets that everybody gets.

Everyone sits in a group; whoever shares it hears each other. Of each group a few are decoded, mixed
once, and encoded once for all who only listen, in each tier; each who speaks gets a mix without
their own voice. Where nobody speaks, next to nothing is made or sent. No I/O, no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from server.room.voices import Seat

from .mixer import TICK, Mixer
from .opus import Sound
from .person import UNSEATED, Person
from .rtp import Header
from .speakers import LOUD, Speakers
from .stream import DYING, EFFORT, KINDS, LITTLE, MUSIC, TIERS, Stream

KEEP_MS: Final = 5_000
"""A silent sender's packet is read so often at least, or its key would lose count (RFC 3711 §3.3.1
counts the turns of 65,536 packets, which are 22 minutes)."""
SOME: Final = 24
"""Bytes of a packet beyond which there is something to hear in it, where its level is not told."""
SOFT: Final = 3
"""Ticks in which one sound dies away for somebody before they hear another. A decoder that takes up
what another encoder is in the middle of is half as loud again as the voice for a moment."""


class Out(NamedTuple):
    """One packet for each of these people. `samples` is what it holds, up to this tick; `begins`:
    it is the first one behind a silence."""

    people: tuple[str, ...]
    packet: bytes
    samples: int
    begins: bool


class _Group:
    """Who hears each other."""

    def __init__(self) -> None:
        self.speakers = Speakers()
        self.active: tuple[str, ...] = ()
        self.mixer = Mixer()
        self.shared: dict[str, Stream] = {}
        self.own: dict[str, Stream] = {}
        self.audience: dict[str, tuple[str, ...]] | None = None  # by tier; None: to be found anew
        self.music: frozenset[str] = frozenset()  # whose sound is more than speech
        self.at = 0
        self.before: dict[str, Sound | None] = {}  # what each active one heard last; "": all others
        self.came: set[str] = set()  # who has heard something else until now

    def out(
        self,
        streams: dict[str, Stream],
        name: str,
        tier: str,
        whom: str,
        now: Sound | None,
        people: tuple[str, ...],
    ) -> Iterator[Out]:
        """A packet of that stream for these people, where one is due. An encoder takes its time, so
        it is made when it is needed first."""
        stream = streams.get(name)
        if stream is None or stream.tier.name != tier:
            stream = streams[name] = Stream(KINDS[tier], LITTLE if whom else EFFORT)
        if stream.at != self.at - 1:
            known = self.came.isdisjoint(people)
            stream.resume(self.before.get(whom, self.before.get("")) if known else None)
        self.came.difference_update(people)
        stream.at = self.at
        made = stream.push(now)
        if made is not None:
            yield Out(people, made[0], stream.tier.ticks * TICK, made[1])


class Bridge:
    """All voices of one room."""

    def __init__(self) -> None:
        self._voices: dict[str, Person] = {}
        self._groups: dict[str, _Group] = {}
        self._seats: Mapping[str, Seat] = {}
        self._offset = -1
        self._soft: list[str] = []  # who waits for it
        self.late = False
        """Whether what comes now has waited for us: when it really came is not known."""
        self.stirs = False
        """Whether somebody said anything since this was last put back."""

    # -- who is there

    def join(self, member: str) -> None:
        """Somebody has come."""
        voice = self._voices[member] = Person()
        voice.seat = self._seats.get(member, UNSEATED)
        self._anew(voice.seat.group)

    def leave(self, member: str) -> None:
        """Somebody has gone."""
        voice = self._voices.pop(member)
        self._out_of(voice.seat.group, member)

    def tier(self, member: str, tier: str) -> None:
        """From now on in this quality. Raises KeyError for one that there is not."""
        voice = self._voices[member]
        if voice.tier == tier:
            return
        voice.tier = TIERS[tier].name
        self._groups[voice.seat.group].own.pop(member, None)
        self._anew(voice.seat.group)

    def arrange(self, offset: int, seats: Mapping[str, Seat], anew: bool = False) -> None:
        """Who hears whom, as the room's log has it at `offset`; whoever is not named sits with all
        others and only listens. What is older than the last one is left aside, unless the log has
        begun `anew`."""
        if offset < self._offset and not anew:
            return
        self._offset, self._seats = offset, dict(seats)
        for member, voice in self._voices.items():
            before, voice.seat = voice.seat, self._seats.get(member, UNSEATED)
            if before.group != voice.seat.group or (before.speaks and not voice.seat.speaks):
                self._out_of(before.group, member)
                voice.hush()
                self._wait(member, voice)
            if before != voice.seat:
                self._anew(before.group)
                self._anew(voice.seat.group)

    def _wait(self, member: str, voice: Person) -> None:
        voice.soft = SOFT + 1
        self._soft.append(member)

    def _out_of(self, group: str, member: str) -> None:
        found = self._groups[group]
        found.speakers.gone(member)
        found.own.pop(member, None)
        self._anew(group)

    def _anew(self, group: str) -> None:
        self._groups.setdefault(group, _Group()).audience = None

    @property
    def speaking(self) -> tuple[str, ...]:
        """Who is heard now, in any group."""
        return tuple(who for group in self._groups.values() for who in group.active)

    # -- what comes in

    def wants(self, member: str, header: Header, size: int, now: float) -> bool:
        """Whether this packet is worth decrypting, judged by what stands in the clear: it is of
        somebody who is heard, or keeps a silent one's key in step. `size` is that of the payload,
        `now` in milliseconds."""
        voice = self._voices[member]
        level = header.level if header.level is not None else (LOUD - 10 if size > SOME else 127)
        if voice.seat.speaks:
            self.stirs = self.stirs or level < LOUD
            group = self._groups[voice.seat.group]
            if group.speakers.heard(member, level, now):
                voice.kept_at = now
                return True
        if now - voice.kept_at < KEEP_MS:
            return False
        voice.kept_at = now
        return True

    def packet(self, member: str, header: Header, payload: bytes, now: float) -> None:
        """A packet that was wanted, decrypted."""
        voice = self._voices[member]
        if voice.ssrc != header.ssrc:  # another stream counts otherwise
            voice.ssrc = header.ssrc
            voice.jitter.anew()
        if member in self._groups[voice.seat.group].speakers.active:
            voice.jitter.push(header.seq, header.ts, payload, None if self.late else now)

    def skip(self) -> None:
        """Time has gone by in which nothing was sent."""
        for voice in self._voices.values():
            voice.jitter.skip()

    # -- what goes out

    def tick(self, now: float) -> Iterator[Out]:
        """The packets of the next 20 ms."""
        for name in [*self._groups]:
            group = self._groups[name]
            if group.audience is None and not self._present(name):
                del self._groups[name]
                continue
            yield from self._group(name, group, now)

    def _present(self, name: str) -> bool:
        return any(voice.seat.group == name for voice in self._voices.values())

    def _group(self, name: str, group: _Group, now: float) -> Iterator[Out]:
        active = group.speakers.settle(now)
        if active != group.active:
            for member in group.active:
                if member not in active and member in self._voices:
                    voice = self._voices[member]
                    voice.hush()
                    group.own.pop(member, None)
                    if group.audience and _tier(member, voice, group) in group.audience:
                        self._wait(member, voice)
            group.active, group.audience = active, None
        yield from self._soften(name, group)
        if group.audience is None:
            self._listen(name, group)
        heard = {who: sound for who in active if (sound := self._voices[who].next()) is not None}
        whole, minus = group.mixer.mix(heard)
        group.at += 1
        sounds: dict[str, Sound | None] = {"": whole}
        for tier, people in (group.audience or {}).items():
            yield from group.out(group.shared, tier, tier, "", whole, people)
        for who in active:
            voice = self._voices[who]
            if voice.seat.hears:
                own = minus.get(who, whole)
                sounds[who] = own if own is not None and own.any() else None
                tier = _tier(who, voice, group)
                yield from group.out(group.own, who, tier, who, sounds[who], (who,))
        group.before = sounds

    def _soften(self, name: str, group: _Group) -> Iterator[Out]:
        """Who has just come hears nothing yet."""
        if not self._soft:
            return
        here = {who: self._voices[who] for who in self._soft if who in self._voices}
        for who, voice in here.items():
            if voice.seat.group != name or not voice.soft:
                continue
            voice.soft -= 1
            ticks = KINDS[voice.tier].ticks
            if not voice.soft:
                group.came.add(who)
                group.audience = None
            elif voice.seat.hears and (voice.soft - 1) % ticks == 0:
                yield Out((who,), DYING[ticks], ticks * TICK, False)
        self._soft = [who for who, voice in here.items() if voice.soft]

    def _listen(self, name: str, group: _Group) -> None:
        """Find anew who listens how."""
        here = {who: voice for who, voice in self._voices.items() if voice.seat.group == name}
        playing = (who for who, one in here.items() if one.seat.music and one.seat.speaks)
        group.music = frozenset(playing)
        found: dict[str, list[str]] = {}
        for who, voice in here.items():
            if voice.seat.hears and who not in group.active and not voice.soft:
                found.setdefault(_tier(who, voice, group), []).append(who)
        group.audience = {tier: tuple(people) for tier, people in found.items()}


def _tier(who: str, voice: Person, group: _Group) -> str:
    """What they get: while somebody else near them plays, more than speech needs."""
    return MUSIC.name if voice.tier == "normal" and group.music - {who} else voice.tier
