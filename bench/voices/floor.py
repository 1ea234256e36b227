"""What a packet cannot cost less than, here and now, so that the machine can be left out."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress

from pylibsrtp import Policy, Session

from bench.voices.speech import speech
from server.voice import rtp
from server.voice.adapter import TRAILER, Srtp
from server.voice.burst import Slot
from server.voice.mixer import TICK
from server.voice.opus import Encoder

PAYLOAD = 60


def each(do: Callable[[int], object], times: int) -> float:
    """us of CPU for one, in a loop, so with everything in the processor's caches."""
    before = time.process_time()
    for n in range(times):
        do(n)
    return (time.process_time() - before) / times * 1e6


def floor() -> dict[str, float]:
    """One `sendto` over loopback, one SRTP protect, one Opus encode of 20 ms with FEC; in us."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here,
    ):
        there.bind(("127.0.0.1", 0))
        there.setblocking(False)
        where, data = there.getsockname(), bytes(rtp.FIXED + PAYLOAD + 16)

        def send(n: int) -> None:
            here.sendto(data, where)
            if n % 100 == 99:
                with suppress(BlockingIOError):
                    while there.recv(2000):
                        pass

        sent = each(send, 20_000)
    key = bytes(range(30))
    keys = Srtp(
        Session(Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND)),
        Session(Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND)),
    )
    slot = Slot()
    assert len(slot) > rtp.FIXED + PAYLOAD + TRAILER

    def protect(n: int) -> None:
        keys.protect(slot, rtp.write_into(slot, 111, False, n, n * TICK, 1, bytes(PAYLOAD)))

    sound, encoder = speech(2, 1), Encoder(bitrate=24_000, complexity=5, fec=1, loss=10)
    parts = [sound[at : at + TICK] for at in range(0, len(sound), TICK)]
    return {
        "sendto": sent,
        "protect": each(protect, 20_000),
        "encode": each(lambda n: encoder.encode(parts[n % len(parts)]), 300),
    }
