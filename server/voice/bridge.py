"""The sound of one room: who is heard by whom, and the packets that everybody gets.

Everyone sits in a group; whoever shares it hears each other. Of each group a few are decoded, mixed
once, and encoded once for all who only listen, in each tier; each who speaks gets a mix without
their own voice. Where nobody speaks, next to nothing is made or sent. No I/O, no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np

from .jitter import Jitter
from .mixer import TICK, Mixer
from .opus import Decoder, OpusError, Sound
from .rtp import Header
from .speakers import LOUD, Speakers
from .stream import SILENCE, TIERS, Stream

KEEP_MS: Final = 5_000
"""A silent sender's packet is read so often at least, or its key would lose count (RFC 3711 §3.3.1
counts the turns of 65,536 packets, which are 22 minutes)."""
SOME: Final = 24
"""Bytes of a packet beyond which there is something to hear in it, where its level is not told."""


class Seat(NamedTuple):
    """Where somebody sits, whether they may be heard there, and whether they listen."""

    group: str = ""
    speaks: bool = True
    hears: bool = True


class Out(NamedTuple):
    """One packet for each of these people. `samples` is what it holds, up to this tick; `begins`:
    it is the first one behind a silence."""

    people: tuple[str, ...]
    packet: bytes
    samples: int
    begins: bool


class _Voice:
    """What comes from one person."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.tier = "normal"
        self.jitter = Jitter()
        self.kept_at = -1e9
        self._decoder: Decoder | None = None
        self._waiting: Sound = SILENCE[:0]

    def hush(self) -> None:
        """It is not heard any more: what is left belongs to the past."""
        self.jitter.rest()
        self._decoder, self._waiting = None, SILENCE[:0]

    def next(self) -> Sound | None:
        """20 ms out of packets of any length; None: there is silence."""
        while len(self._waiting) < TICK:
            take = self.jitter.pull()
            if take.packet is None and not take.lost:
                if not len(self._waiting):
                    return None
                more = SILENCE
            else:
                more = self._sound(take.packet, take.fec)
            self._waiting = np.concatenate([self._waiting, more])
        now, self._waiting = self._waiting[:TICK], self._waiting[TICK:]
        return now

    def _sound(self, packet: bytes | None, fec: bytes | None) -> Sound:
        if self._decoder is None:
            self._decoder = Decoder()
        try:
            if packet is not None:
                return self._decoder.decode(packet)
            if fec is not None:
                return self._decoder.recover(fec, self.jitter.frame)
        except OpusError:
            pass  # what cannot be read is as good as lost
        return self._decoder.conceal(self.jitter.frame)


class _Group:
    """Who hears each other."""

    def __init__(self) -> None:
        self.speakers = Speakers()
        self.active: tuple[str, ...] = ()
        self.mixer = Mixer()
        self.shared: dict[str, Stream] = {}
        self.own: dict[str, Stream] = {}
        self.audience: dict[str, tuple[str, ...]] | None = None  # by tier; None: to be found anew


class Bridge:
    """All voices of one room."""

    def __init__(self) -> None:
        self._voices: dict[str, _Voice] = {}
        self._groups: dict[str, _Group] = {}
        self._seats: Mapping[str, Seat] = {}
        self._offset = -1

    # -- who is there

    def join(self, member: str) -> None:
        """Somebody has come."""
        voice = self._voices[member] = _Voice()
        voice.seat = self._seats.get(member, Seat())
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

    def arrange(self, offset: int, seats: Mapping[str, Seat]) -> None:
        """Who hears whom, as the room's log has it at `offset`; whoever is not named sits with all
        others and may do both. What is older than the last one is left aside."""
        if offset < self._offset:
            return
        self._offset, self._seats = offset, dict(seats)
        for member, voice in self._voices.items():
            before, voice.seat = voice.seat, self._seats.get(member, Seat())
            if before.group != voice.seat.group or (before.speaks and not voice.seat.speaks):
                self._out_of(before.group, member)
                voice.hush()
            if before != voice.seat:
                self._anew(before.group)
                self._anew(voice.seat.group)

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
        if member in self._groups[voice.seat.group].speakers.active:
            voice.jitter.push(header.seq, header.ts, payload, now)

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
                    self._voices[member].hush()
                    group.own.pop(member, None)
            group.active, group.audience = active, None
        if group.audience is None:
            group.audience = self._audience(name, active)
        heard = {who: sound for who in active if (sound := self._voices[who].next()) is not None}
        whole, minus = group.mixer.mix(heard)
        for tier, people in group.audience.items():
            yield from _out(_stream(group.shared, tier, tier), whole, people)
        for who in active:
            voice = self._voices[who]
            if voice.seat.hears:
                own = minus.get(who, whole)
                stream = _stream(group.own, who, voice.tier)
                yield from _out(stream, own if own is not None and own.any() else None, (who,))

    def _audience(self, name: str, active: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for member, voice in self._voices.items():
            if voice.seat.group == name and voice.seat.hears and member not in active:
                found.setdefault(voice.tier, []).append(member)
        return {tier: tuple(people) for tier, people in found.items()}


def _stream(streams: dict[str, Stream], name: str, tier: str) -> Stream:
    """Made when it is needed first: an encoder takes its time."""
    if name not in streams:
        streams[name] = Stream(TIERS[tier])
    return streams[name]


def _out(stream: Stream, sound: Sound | None, people: tuple[str, ...]) -> Iterator[Out]:
    made = stream.push(sound)
    if made is not None:
        yield Out(people, made[0], stream.tier.ticks * TICK, made[1])
