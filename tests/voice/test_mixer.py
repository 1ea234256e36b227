"""V-MIX: everybody hears all the others, nobody hears themselves, and nothing clicks."""

import numpy as np
import pytest

from server.voice.mixer import CEILING, TICK, Mixer
from server.voice.opus import Sound
from tests.voice.sounds import strength, ticks, tone

TONES = {"ana": 400.0, "bo": 700.0, "cy": 1100.0, "di": 1700.0}


def played(
    voices: dict[str, list[Sound | None]],
) -> tuple[list[Sound | None], list[dict[str, Sound]]]:
    mixer, whole, minus = Mixer(), [], []
    for at in range(max(map(len, voices.values()))):
        now = {who: part for who, parts in voices.items() if (part := parts[at]) is not None}
        everyone, own = mixer.mix(now)
        whole.append(everyone)
        minus.append(own)
    return whole, minus


@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_vmix1_each_hears_all_the_others_and_never_oneself(many: int) -> None:
    names = list(TONES)[:many]
    whole, minus = played({who: list(ticks(tone(TONES[who], loud=4000))) for who in names})
    heard = np.concatenate([part for part in whole[5:] if part is not None])
    for who in names:
        assert strength(heard, TONES[who]) == pytest.approx(4000, rel=0.02)
        own = np.concatenate([part[who] for part in minus[5:]])
        for other in names:
            if other == who:
                assert strength(own, TONES[other]) < 2
            else:
                assert strength(own, TONES[other]) == pytest.approx(4000, rel=0.02)


def test_vmix2_nobody_speaks_there_is_nothing() -> None:
    assert Mixer().mix({}) == (None, {})


def test_vmix3_coming_and_going_never_clicks() -> None:
    """No step between two samples is larger than a fade and the tone itself make."""
    parts: list[Sound | None] = list(ticks(tone(310, loud=20_000)))
    for at in (7, 8, 20, 33, 34, 35):
        parts[at] = None
    whole, _ = played({"ana": parts, "bo": list(ticks(tone(200, loud=100)))})
    heard = np.concatenate([part for part in whole if part is not None]).astype(float)
    own = 20_000 * 2 * np.pi * 310 / 48_000
    assert np.abs(np.diff(heard)).max() < 1.6 * own
    silent = heard[8 * TICK : 9 * TICK]
    assert np.abs(silent).max() <= 110, "gone after the fade"


def test_vmix4_many_loud_voices_are_turned_down_not_cut_off() -> None:
    voices: dict[str, list[Sound | None]] = {
        who: list(ticks(tone(hertz, loud=30_000))) for who, hertz in TONES.items()
    }
    whole, _ = played(voices)
    heard = np.concatenate([part for part in whole[3:] if part is not None])
    assert np.abs(heard.astype(float)).max() <= CEILING
    flat = np.abs(heard.astype(float)) >= CEILING - 1
    assert not (flat[:-2] & flat[1:-1] & flat[2:]).any(), "no wave has its top cut off"
    for hertz in TONES.values():
        assert strength(heard, hertz) > 6000


def test_vmix5_the_loudness_comes_back_after_a_shout() -> None:
    shout: list[Sound | None] = [*ticks(tone(900, 0.2, loud=32_000)), *[None] * 60]
    calm: list[Sound | None] = list(ticks(tone(400, 1.4, loud=8000)))
    whole, _ = played({"ana": shout, "bo": calm[: len(shout)]})
    during = np.concatenate([part for part in whole[5:9] if part is not None])
    after = np.concatenate([part for part in whole[-10:] if part is not None])
    assert strength(during, 400) < 7500
    assert strength(after, 400) == pytest.approx(8000, rel=0.02)
