"""V-SPK: who is heard."""

from server.voice import speakers
from server.voice.speakers import Speakers


def talk(room: Speakers, who: str, level: int, since: float, ms: int) -> float:
    """Packets of 20 ms at one level; returns the time of the last one."""
    for at in range(0, ms, 20):
        room.heard(who, level, since + at)
    return since + ms - 20


def test_vspk1_a_knock_is_not_heard_and_a_word_is() -> None:
    room = Speakers()
    talk(room, "ana", 20, 0, 40)
    talk(room, "ana", 127, 40, 300)
    assert room.active == ()
    talk(room, "ana", 20, 1000, speakers.ATTACK_MS)
    assert room.active == ()
    talk(room, "ana", 20, 1000 + speakers.ATTACK_MS, 20)
    assert room.active == ("ana",)


def test_vspk2_a_breath_cuts_nothing_off_and_a_pause_does() -> None:
    room = Speakers()
    end = talk(room, "ana", 20, 0, 200)
    talk(room, "ana", 127, end + 20, 400)
    assert room.settle(end + speakers.HOLD_MS - 1) == ("ana",)
    assert room.settle(end + speakers.HOLD_MS) == ()


def test_vspk3_a_fifth_voice_takes_a_place_only_if_it_is_clearly_louder() -> None:
    room = Speakers()
    for at, who in enumerate(("a", "b", "c", "d")):
        talk(room, who, 20 + at, 0, 400)
    assert room.active == ("a", "b", "c", "d")
    talk(room, "e", 19, 0, 400)
    assert "e" not in room.active, "4 dB louder than the quietest"
    talk(room, "f", 16, 0, 400)
    assert room.active == ("a", "b", "c", "f")


def test_vspk4_who_is_gone_is_not_heard_and_a_place_is_free() -> None:
    room = Speakers(most=1)
    talk(room, "a", 20, 0, 200)
    room.gone("a")
    assert room.active == ()
    talk(room, "b", 45, 200, 200)
    assert room.active == ("b",)
    room.gone("nobody")


def test_vspk5_eighty_who_are_silent_leave_four_alone() -> None:
    room = Speakers()
    for at in range(100):
        for who in range(85):
            room.heard(str(who), 30 if who < 4 else 90, at * 20)
        room.settle(at * 20)
    assert room.active == ("0", "1", "2", "3")
