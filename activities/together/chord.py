"""The last chord: everybody has a key, all press theirs, and it sounds everywhere at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server import kit
from server.kit import CLOCK, Activity, After, Change, Ctx, Effect, Refusal

LEAD_MS: Final = 5_000
"""A breath, then four beats of a second."""
OPEN_MS: Final = 2_000
"""So long after its beat a press is in the chord; later ones join softly."""
SOON_MS: Final = 800
"""From the end of the presses to the sound, so that every phone knows of it in time."""
KEYS: Final = (2, 4, 5, 7, 0, 8, 6, 1, 3, 9)
"""The first people's keys already make a chord."""
INKS: Final = 12
MOST: Final = 200
GONE: Final = [-1, -1, 0]


def chord(jam: Activity) -> None:
    """Give the kind its chord."""

    @jam.action(phase=("run", "done"))
    def press(ctx: Ctx) -> Iterator[Effect]:
        """Press my key. It lights for everyone; after the chord it joins softly."""
        kit.only(ctx, "chord")
        if "pressed" in ctx.own:
            raise Refusal("pressed")
        at = len(ctx.room["pressed"])
        if at >= MOST:
            raise Refusal("chord_full", max=MOST)
        ink = int(ctx.people.get(ctx.me, {}).get("ink", 0)) % INKS
        late = int(ctx.room["phase"] == "done")
        yield Change(f"room/pressed/{at}", [ctx.own.get("key", KEYS[0]), ink, late])
        yield Change(f"own/{ctx.me}/pressed", at)

    @jam.action(CLOCK, phase="run")
    def sound(ctx: Ctx) -> Iterator[Effect]:
        """The chord sounds on every phone at the same moment, of the notes that were pressed."""
        notes = sorted({note for note, _, _ in ctx.room["pressed"] if note >= 0})
        yield Change("room/chord", {"at": ctx.due + SOON_MS, "notes": notes})
        yield Change("room/phase", "done")


def joined(ctx: Ctx) -> Iterator[Effect]:
    """Everyone has a key: the next note."""
    yield from kit.arrived(ctx, "key", lambda came: KEYS[came % len(KEYS)])


def begun(ctx: Ctx) -> Iterator[Effect]:
    """All keys are up, and it is counted in."""
    for who, own in sorted(ctx.state["own"].items()):
        if "pressed" in own:
            yield Change(f"own/{who}/pressed")
    yield Change("room/pressed", [])
    yield Change("room/chord", None)
    yield Change("room/at", ctx.now + LEAD_MS)
    yield After(LEAD_MS + OPEN_MS, "sound")


def erased(ctx: Ctx) -> Iterator[Effect]:
    """My key is up."""
    if "pressed" in ctx.own:
        yield Change(f"room/pressed/{ctx.own['pressed']}", GONE)
