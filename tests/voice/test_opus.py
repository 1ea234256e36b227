"""V-OPUS: the codec itself."""

import random

import numpy as np
import pytest

from server.voice import opus
from server.voice.opus import Decoder, Encoder, OpusError
from tests.voice.sounds import strength, ticks, tone


def test_vopus1_a_tone_comes_out_as_it_went_in() -> None:
    encoder, decoder = Encoder(bitrate=24_000), Decoder()
    packets = [encoder.encode(part) for part in ticks(tone(440))]
    heard = np.concatenate([decoder.decode(packet) for packet in packets])
    assert len(heard) == opus.RATE
    assert strength(heard[opus.RATE // 2 :], 440) == pytest.approx(8000, rel=0.15)
    assert strength(heard[opus.RATE // 2 :], 1000) < 200


@pytest.mark.parametrize("ms", [10, 20, 40, 60])
def test_vopus2_every_length_is_known_before_it_is_decoded(ms: int) -> None:
    packet = Encoder().encode(tone(300)[: 48 * ms])
    assert opus.length(packet) == 48 * ms
    assert len(Decoder().decode(packet)) == 48 * ms


def test_vopus3_a_lost_packet_is_found_again_in_the_next() -> None:
    """With FEC every fifth packet that is lost costs little; concealed, much more."""

    def distance(fec: bool) -> float:
        encoder, decoder = Encoder(bitrate=32_000, fec=1, loss=20), Decoder()
        chance = random.Random(7)
        hertz = [chance.choice((220, 330, 440, 550)) for _ in range(100)]
        parts = ticks(np.concatenate([tone(one, 0.02) for one in hertz]))
        packets = [encoder.encode(part) for part in parts]
        whole, torn = Decoder(), []
        wanted = np.concatenate([whole.decode(packet) for packet in packets])
        for at, packet in enumerate(packets):
            if at % 5 != 3 or at + 1 == len(packets):
                torn.append(decoder.decode(packet))
            elif fec:
                torn.append(decoder.recover(packets[at + 1], 960))
            else:
                torn.append(decoder.conceal(960))
        return float(np.abs(np.concatenate(torn).astype(float) - wanted).mean())

    assert distance(fec=True) < 0.6 * distance(fec=False)


def test_vopus4_silence_is_left_out_and_effort_can_change_on_the_way() -> None:
    encoder = Encoder(bitrate=24_000, dtx=1)
    silence = np.zeros(960, dtype=np.int16)
    sizes = [len(encoder.encode(silence)) for _ in range(60)]
    assert sum(size > 2 for size in sizes[20:]) <= 3, "one in 400 ms"
    encoder.set(bitrate=6_000)
    thin = sum(len(encoder.encode(part)) for part in ticks(tone(440)))
    encoder.set(bitrate=48_000)
    assert sum(len(encoder.encode(part)) for part in ticks(tone(440))) > 2 * thin


def test_vopus5_what_is_no_packet_is_said_and_harms_nothing() -> None:
    decoder = Decoder()
    for bad in (b"", b"\x03", b"\x03\xff", b"\xff" * 3):
        with pytest.raises(OpusError):
            decoder.decode(bad)
    with pytest.raises(OpusError):
        Encoder().encode(np.zeros(100, dtype=np.int16))
    with pytest.raises(OpusError):
        Encoder(bitrate=24_000, complexity=11)
    packet = Encoder().encode(tone(440)[:960])
    assert len(decoder.decode(packet)) == 960
    chance = random.Random(1)
    for _ in range(2000):
        data = chance.randbytes(chance.randrange(60))
        try:
            assert len(decoder.decode(data)) == opus.length(data)
        except OpusError:
            continue


def test_vopus6_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opus, "_found", None)
    monkeypatch.setattr(opus, "_places", lambda: iter(["/nowhere/libopus.so"]))
    with pytest.raises(OpusError, match="libopus is not installed"):
        opus.library()
