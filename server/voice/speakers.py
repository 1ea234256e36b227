"""Who is heard: the few of a room that speak, told from the levels in their packets' headers.

A voice enters after it has been loud enough for ATTACK_MS and stays until it has been silent for
HOLD_MS, so that a breath between two words cuts nothing off. Where more than MOST speak, a newcomer
takes the place of the quietest only if it is clearly louder. No I/O.
"""

from __future__ import annotations

from typing import Final

MOST: Final = 4
LOUD: Final = 50
"""Level below which a packet counts as speech: -50 dBov."""
ATTACK_MS: Final = 60
HOLD_MS: Final = 800
CLEARLY: Final = 6.0
"""dB by which a newcomer must be louder."""
SMOOTH: Final = 0.2
"""Weight of a new packet in the running level: a time constant of 100 ms at 20 ms packets."""
GAP_MS: Final = 200
"""A voice that was not heard of for so long begins its attack anew."""


class _Voice:
    __slots__ = ("level", "loud_at", "rise", "seen_at")

    def __init__(self, level: float, now: float) -> None:
        self.level = level
        self.seen_at = now
        self.rise: float | None = None  # since when it has been loud without a break
        self.loud_at = -1e9  # when it was loud last


class Speakers:
    """The active set of one room."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._voices: dict[str, _Voice] = {}
        self._active: list[str] = []

    @property
    def active(self) -> tuple[str, ...]:
        """Who is heard now, in the order of coming in."""
        return tuple(self._active)

    def heard(self, who: str, level: int, now: float) -> bool:
        """A packet of this level (0 loudest, 127 silent) has come; whether its sender is heard."""
        voice = self._voices.get(who)
        if voice is None:
            voice = self._voices[who] = _Voice(float(level), now)
        if now - voice.seen_at > GAP_MS:
            voice.rise, voice.level = None, float(level)
        voice.level += SMOOTH * (level - voice.level)
        voice.seen_at = now
        if level < LOUD:
            voice.loud_at = now
            if voice.rise is None:
                voice.rise = now
        elif voice.level >= LOUD:
            voice.rise = None
        if who in self._active:
            return True
        if voice.rise is not None and level < LOUD and now - voice.rise >= ATTACK_MS:
            self._enter(who, voice)
        return who in self._active

    def _enter(self, who: str, voice: _Voice) -> None:
        if len(self._active) >= self.most:
            quietest = max(self._active, key=lambda one: self._voices[one].level)
            if voice.level > self._voices[quietest].level - CLEARLY:
                return
            self._active.remove(quietest)
        self._active.append(who)

    def settle(self, now: float) -> tuple[str, ...]:
        """Let go whoever has been silent for long enough; returns who is heard."""
        self._active = [one for one in self._active if now - self._voices[one].loud_at < HOLD_MS]
        return self.active

    def gone(self, who: str) -> None:
        """This person left or was silenced: not heard from now on."""
        self._voices.pop(who, None)
        if who in self._active:
            self._active.remove(who)
