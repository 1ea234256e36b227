"""Together: one chord from everybody's key, lines to sing by one clock, and lines to echo.

All of it goes by log time, so that every phone turns the page and sounds at the same moment. Words
that a host pastes lie under room/, are erased with the room, and are in no harvest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server import kit
from server.kit import CLOCK, HOST, Activity, After, Change, Ctx, Effect, Refusal

SONGS: Final[Mapping[str, tuple[tuple[str, int, int], ...]]] = {
    "en": (("row", 8, 3_200), ("syne", 16, 4_600)),
    "fr": (("choux", 16, 3_200), ("fontaine", 18, 4_400)),
    "es": (("colores", 13, 4_800), ("pollitos", 12, 3_600)),
    "pt": (("ciranda", 8, 4_000), ("peixe", 12, 3_600)),
    "ar": (("lamma", 12, 5_200), ("hamama", 8, 4_400)),
}
"""Each song's lines and milliseconds a line; the words are in songs/<lang>.json."""
ECHOES: Final = 5
ECHO_MS: Final = 5_000
LINES: Final = 80
LINE_MS: Final = 4_000
"""A line of pasted words."""
FAST_MS: Final = 1_500
SLOW_MS: Final = 12_000
LEAD_MS: Final = 5_000
"""A breath, then four beats of a second."""
BEAT_MS: Final = 1_000
BEATS: Final = 4
OPEN_MS: Final = 2_000
"""So long after its beat a press is in the chord; later ones join softly."""
SOON_MS: Final = 800
"""From the end of the presses to the sound, so that every phone knows of it in time."""
KEYS: Final = (2, 4, 5, 7, 0, 8, 6, 1, 3, 9)
"""The first people's keys already make a chord."""
INKS: Final = 12
MOST: Final = 200
HEARTS: Final = 30
GONE: Final = [-1, -1, 0]

tongue_field = kit.one_of("", *SONGS, default="")
song_field = kit.integer(0, 1, default=0)

jam = Activity(
    "together",
    options={
        "form": kit.one_of("chord", "lyrics", "echo", default="chord"),
        "tongue": tongue_field,
        "song": song_field,
        "to": kit.one_of("leader", "track", default="leader"),
        "text": kit.text(240, empty=True, default=""),
        "prompt": kit.optional(kit.integer(0, 99)),
    },
    refusals={
        "pressed": "Your key is in the chord already.",
        "chord_full": "There are {max} keys in the chord.",
        "many_lines": "There is room for {max} lines.",
        "led": "Somebody leads already.",
        "no_line": "There is no such line.",
        "hearts_full": "You have given {max} hearts.",
    },
)


@jam.start
def start(ctx: Ctx) -> dict[str, Any]:
    room: dict[str, Any] = {"phase": "ready", "clock": None, "leader": "", "hearts": 0, "words": []}
    room |= {"song": [ctx.options["tongue"], ctx.options["song"]], "beat": 0}
    return room | {"came": 0, "at": 0, "pressed": [], "chord": None}


@jam.join
def join(ctx: Ctx) -> Iterator[Effect]:
    """Everyone has a key: the next note."""
    if "key" not in ctx.own:
        yield Change(f"own/{ctx.me}/key", KEYS[ctx.room["came"] % len(KEYS)])
        yield Change("room/came", ctx.room["came"] + 1)


def slots(room: Mapping[str, Any], form: str) -> tuple[int, int]:
    """How many moments there are, and how many ms each lasts, unless a host has changed that."""
    if form == "echo":
        return 2 * (len(room["words"]) or ECHOES), ECHO_MS
    if room["words"]:
        return len(room["words"]), LINE_MS
    _, lines, ms = SONGS[room["song"][0] or "en"][room["song"][1]]
    return lines, ms


@jam.action(HOST, phase=("ready", "done"), tongue=tongue_field, song=song_field)
def pick(ctx: Ctx, tongue: str, song: int) -> Iterator[Effect]:
    """Pick the language and the song; pasted words go."""
    kit.only(ctx, "lyrics", "echo")
    yield Change("room/song", [tongue, song])
    yield Change("room/beat", 0)
    yield Change("room/words", [])
    yield Change("host/by")


@jam.action(HOST, phase=("ready", "done"), text=kit.text(4_000, lines=True))
def paste(ctx: Ctx, text: str) -> Iterator[Effect]:
    """Paste words of our own, a line each. They stay in this room, and nothing of them is kept."""
    kit.only(ctx, "lyrics", "echo")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > LINES:
        raise Refusal("many_lines", max=LINES)
    yield Change("room/words", lines)
    yield Change("room/beat", 0)
    yield Change("host/by", ctx.me)


@jam.action(on=kit.boolean(True))
def lead(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """I lead with my voice, or no longer; a host may end it for somebody."""
    kit.only(ctx, "lyrics", "echo")
    leader = ctx.room["leader"]
    if on and leader not in ("", ctx.me):
        raise Refusal("led")
    if on and not leader:
        yield Change("room/leader", ctx.me)
    if not on and leader and (leader == ctx.me or ctx.role == "host"):
        yield Change("room/leader", "")


@jam.action(HOST, phase=("ready", "done"), tongue=tongue_field)
def begin(ctx: Ctx, tongue: str) -> Iterator[Effect]:
    """Count in: four beats, then the chord or the first line, of ``tongue`` if none is picked."""
    yield Change("room/phase", "run")
    if ctx.options["form"] == "chord":
        for who, own in sorted(ctx.state["own"].items()):
            if "pressed" in own:
                yield Change(f"own/{who}/pressed")
        yield Change("room/pressed", [])
        yield Change("room/chord", None)
        yield Change("room/at", ctx.now + LEAD_MS)
        yield After(LEAD_MS + OPEN_MS, "sound")
        return
    room = dict(ctx.room)
    if not room["song"][0]:
        room["song"] = [tongue or "en", room["song"][1]]
        yield Change("room/song", room["song"])
    many, ms = slots(room, ctx.options["form"])
    beat = room["beat"] or ms
    yield Change("room/beat", beat)
    yield from kit.bell.wind(ctx, many * beat, "finish", LEAD_MS)


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


@jam.action(HOST, phase="run", on=kit.boolean(True))
def pause(ctx: Ctx, on: bool) -> Iterator[Effect]:
    """Let the lines stand, or run on."""
    yield from kit.bell.hold(ctx, on, "finish")


@jam.action(HOST, phase="run", faster=kit.boolean())
def pace(ctx: Ctx, faster: bool) -> Iterator[Effect]:
    """A little faster or slower, from where we are."""
    now, was = ctx.room["clock"], ctx.room["beat"]
    beat = max(FAST_MS, was * 5 // 6) if faster else min(SLOW_MS, was * 6 // 5)
    if not now or beat == was:
        return
    passed = now["ms"] - kit.clock.left(ctx.room, ctx.now)
    passed = passed * beat // was if passed > 0 else passed
    yield Change("room/beat", beat)
    yield from kit.bell.move(ctx, passed, "finish", now["ms"] // was * beat)


@jam.action(HOST, phase="run", to=kit.integer(0, 2 * LINES - 1))
def go(ctx: Ctx, to: int) -> Iterator[Effect]:
    """Go to a line, for everyone."""
    now, beat = ctx.room["clock"], ctx.room["beat"]
    if not now or to * beat >= now["ms"]:
        raise Refusal("no_line")
    yield from kit.bell.move(ctx, to * beat, "finish")


@jam.action(CLOCK, phase="run")
def finish(ctx: Ctx) -> Iterator[Effect]:
    """The last line is over."""
    yield Change("room/phase", "done")
    yield from kit.bell.stop(ctx, "finish")
    yield After(0, "sound")


@jam.action(HOST, phase="run")
def end(ctx: Ctx) -> Iterator[Effect]:
    """End it here, for everyone."""
    yield from finish(ctx)


@jam.action(phase=("run", "done"))
def heart(ctx: Ctx) -> Iterator[Effect]:
    """Applause: a heart for whoever sings."""
    kit.only(ctx, "lyrics", "echo")
    mine = ctx.own.get("hearts", 0)
    if mine >= HEARTS:
        raise Refusal("hearts_full", max=HEARTS)
    yield Change(f"own/{ctx.me}/hearts", mine + 1)
    yield Change("room/hearts", ctx.room["hearts"] + 1)


@jam.erase
def erase(ctx: Ctx) -> Iterator[Effect]:
    if "pressed" in ctx.own:
        yield Change(f"room/pressed/{ctx.own['pressed']}", GONE)
    if ctx.room["leader"] == ctx.me:
        yield Change("room/leader", "")
    if ctx.state["host"].get("by") == ctx.me:
        yield Change("host/by")
        yield Change("room/words", [""] * len(ctx.room["words"]))
    if "hearts" in ctx.own:
        yield Change("room/hearts", ctx.room["hearts"] - ctx.own["hearts"])


@jam.mend
def mend(ctx: Ctx) -> Iterator[Effect]:
    """Hearts are as many as people have given."""
    given = sum(own.get("hearts", 0) for own in ctx.state["own"].values())
    yield from kit.put(ctx, "room/hearts", given)


@jam.heard
def heard(room: Any, options: Any, people: Any) -> list[str] | None:
    """While lines run, only who leads with their voice: a choir that comes late to every ear helps
    nobody. A chord is everybody's."""
    sung = options["form"] != "chord" and room["phase"] == "run" and kit.clock.runs(room)
    return [one for one in [room["leader"]] if one] if sung else None


@jam.harvest
def harvest(room: dict[str, Any], names: dict[str, str]) -> Iterator[kit.Piece]:
    """Nothing: a song is over when it is over. The picture of a chord is in the zine."""
    yield from ()
