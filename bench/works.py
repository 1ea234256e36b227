"""The loads: who sends what how often. Every message carries the moment it was sent."""

from dataclasses import dataclass

STAMP = "@t"


def padded(head: str, tail: str, size: int) -> str:
    """A JSON text of `size` bytes on the line (`$S` becomes a stamp of 18, `$N` one digit)."""
    fill = size - len((head + tail).replace("$S", "x" * 18).replace("$N", "x"))
    return head + "x" * fill + tail


@dataclass(frozen=True)
class Work:
    """One load."""

    name: str
    title: str
    rooms: int
    people: int
    senders: int
    rate: float
    """Messages a second of each sender."""
    payload: str
    stamp: str = STAMP
    mode: str = "tick"
    acks: bool = True
    """Whether a client of the whole server confirms what it has received."""


ROOM = padded('{"t":"op","n":$N,"do":"canvas.mark","d":{"at":"$S","points":"', '"}}', 200)
SPEECH = padded('{"t":"op","n":$N,"do":"canvas.mark","d":{"at":"$S","points":"', '"}}', 560)
TALK = padded('{"t":"op","n":$N,"do":"words.say","d":{"at":"$S","text":"', '"}}', 100)
CURSOR = '{"t":"eph","key":"cursor","d":{"x":$X,"y":$Y}}'

RELAY = Work("relay", "One room of 85, each message on its own", 1, 85, 5, 20, ROOM, mode="relay")
ROOM85 = Work("room", "One room of 85, ticks of 50 ms", 1, 85, 5, 20, ROOM)
CURSORS = Work("cursors", "85 moving cursors, ticks of 50 ms", 1, 85, 85, 10, CURSOR, stamp="xy")
BEAT = Work("beat", "85 people, 1 KB every 50 ms, nothing comes in", 1, 85, 0, 0, "", mode="beat")
SOLO = Work("solo", "85 people hear one, 0.5 KB every 50 ms", 1, 85, 1, 20, SPEECH, acks=False)
INBOUND = Work(
    "inbound", "850 cursors a second that go nowhere", 10, 10, 10, 8.5, CURSOR, mode="sink"
)
ROOMS = Work("rooms", "50 rooms of 20, ticks of 50 ms", 50, 20, 20, 2, TALK)
WORKS = (RELAY, BEAT, SOLO, ROOM85, CURSORS, INBOUND, ROOMS)
