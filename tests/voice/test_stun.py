"""V-STUN: which checks are answered, how, and to whom."""

import random
from typing import Any

import pytest
from aioice.stun import Class, Message, Method, parse_message

from server.voice.stun import (
    BURST,
    BURST_ALL,
    LARGEST,
    MORE,
    NOTHING,
    RATE,
    REMEMBERED,
    SOURCES,
    Refusals,
    Responder,
    credentials,
    plain,
)

HERE = ("192.0.2.7", 4000)
SIX: Any = ("2001:db8::7", 4000, 0, 0)
NAME, PASSWORD = "ours", "p" * 32


def responder() -> Responder:
    made = Responder()
    made.add(NAME, PASSWORD)
    return made


def check(
    name: str = NAME, password: str | None = PASSWORD, kind: Class = Class.REQUEST, **more: Any
) -> bytes:
    """A check as browsers send them."""
    attributes: dict[str, Any] = {"USERNAME": f"{name}:theirs", "PRIORITY": 1, "ICE-CONTROLLING": 7}
    attributes.update({key.replace("_", "-"): value for key, value in more.items()})
    message = Message(Method.BINDING, kind, None, attributes)
    if password is None:
        message.add_fingerprint()
    else:
        message.add_message_integrity(password.encode())
    return bytes(message)


@pytest.mark.parametrize("source", [HERE, SIX, ("::ffff:192.0.2.7", 4000, 0, 0)])
def test_vstun1_a_signed_check_is_answered_with_the_address_it_came_from(source: Any) -> None:
    ours = responder()
    data = check(USE_CANDIDATE=None)
    heard = ours.receive(data, source, 0)
    assert (heard.name, heard.nominates) == (NAME, True)
    assert heard.answer is not None and len(heard.answer) <= len(data)
    answer = parse_message(heard.answer)
    assert answer.message_class == Class.RESPONSE
    assert answer.transaction_id == parse_message(data).transaction_id
    assert answer.check_message_integrity(PASSWORD.encode()) and "FINGERPRINT" in answer.attributes
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == plain(source)
    assert not ours.receive(check(), source, 0).nominates
    assert ours.valid == 2


def test_vstun2_what_is_not_signed_counts_for_nothing_and_is_told_so() -> None:
    for data, code in (
        (check(password=None), 400),
        (check(password="q" * 32), 401),
        (check("others"), 401),
    ):
        ours = responder()
        heard = ours.receive(data, HERE, 0)
        assert heard.name is None and not heard.nominates
        assert heard.answer is not None and len(heard.answer) <= len(data)
        answer = parse_message(heard.answer)
        assert (answer.message_class, answer.error_code) == (Class.ERROR, code)
        assert (ours.valid, ours.refused) == (0, 1)
    gone = responder()
    gone.remove(NAME)
    assert gone.receive(check(), HERE, 0).name is None


def test_vstun3_a_refusal_is_never_larger_than_what_it_refuses() -> None:
    bare = Message(Method.BINDING, Class.REQUEST)
    bare.add_fingerprint()
    assert responder().receive(bytes(bare), HERE, 0) == NOTHING
    unmarked = bytes(Message(Method.BINDING, Class.REQUEST, None, {"USERNAME": "ours:theirs"}))
    assert responder().receive(unmarked, HERE, 0) == NOTHING, "no fingerprint"
    other = bytes(Message(Method.ALLOCATE, Class.REQUEST))
    assert responder().receive(other, HERE, 0) == NOTHING
    assert responder().receive(check(kind=Class.INDICATION), HERE, 0) == NOTHING
    assert responder().receive(check(kind=Class.RESPONSE), HERE, 0) == NOTHING
    assert responder().receive(check(SOFTWARE="x" * LARGEST), HERE, 0) == NOTHING


def test_vstun4_a_flood_is_not_answered_and_little_is_remembered_of_it() -> None:
    ours = responder()
    told = sum(ours.receive(check("x"), HERE, 0).answer is not None for _ in range(200))
    assert told == BURST
    assert ours.receive(check("x"), ("192.0.2.7", 9), 0).answer is None, "another port, same host"
    assert ours.receive(check("x"), HERE, 1000 // RATE * 2).answer is not None
    assert ours.receive(check(), HERE, 0).answer is not None, "valid checks are never held back"
    refusals = Refusals()
    told = sum(
        refusals.allowed((f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", 1), 0) for n in range(5000)
    )
    assert told == BURST_ALL and len(refusals) == SOURCES
    refusals = Refusals()
    one = sum(refusals.allowed((f"2001:db8::{n:x}", 1, 0, 0), 0) for n in range(1, 500))
    assert one == BURST and len(refusals) == 1, "a network of IPv6 counts as one"


def test_vstun5_a_check_that_was_overheard_moves_nobody() -> None:
    ours = responder()
    data = check(USE_CANDIDATE=None)
    assert ours.receive(data, HERE, 0).nominates
    assert ours.receive(data, HERE, 0).nominates, "sent twice, as where an answer was lost"
    assert ours.receive(data, ("198.51.100.1", 1), 0) == NOTHING
    for _ in range(REMEMBERED - 1):
        ours.receive(check(), HERE, 0)
    assert ours.receive(data, ("198.51.100.1", 1), 0) == NOTHING


def test_vstun6_who_wants_to_be_chosen_for_is_told_to_choose() -> None:
    heard = responder().receive(check(ICE_CONTROLLED=5), HERE, 0)
    assert heard.name is None and heard.answer is not None
    answer = parse_message(heard.answer)
    assert answer.error_code == 487 and answer.check_message_integrity(PASSWORD.encode())


def test_vstun7_no_bytes_break_it_or_make_it_say_more_than_they_did() -> None:
    chance = random.Random(3)
    ours, now, real = responder(), 0.0, check(USE_CANDIDATE=None)
    for _ in range(8000):
        now += 1000
        data = bytearray(real if chance.random() < 0.7 else chance.randbytes(chance.randrange(120)))
        for _ in range(chance.randrange(5)):
            if data:
                data[chance.randrange(len(data))] = chance.choice(
                    (0, 1, 255, chance.randrange(256))
                )
        if chance.random() < 0.2:
            del data[chance.randrange(len(data) + 1) :]
        if chance.random() < 0.5 and len(data) > 28:
            data = _right(data)
        heard = ours.receive(bytes(data), SIX, now)
        assert len(heard.answer or b"") <= len(data) + (MORE if heard.name else 0)
        assert heard.name is None or bytes(data[:20]) == real[:20]
    assert ours.refused > 100 and ours.ignored > 100


def _right(data: bytearray) -> bytearray:
    """With a length and a fingerprint that fit, so that it is read to its end."""
    from aioice.stun import message_fingerprint

    data[0:2], data[2:4] = b"\0\1", (len(data) - 20).to_bytes(2, "big")
    data[4:8] = b"\x21\x12\xa4\x42"
    data[-8:] = b"\x80\x28\0\4" + message_fingerprint(bytes(data[:-8])).to_bytes(4, "big")
    return data


def test_vstun8_names_and_passwords_are_long_and_new() -> None:
    made = [credentials() for _ in range(50)]
    assert len({name for name, _ in made} | {word for _, word in made}) == 100
    assert all(4 <= len(name) <= 256 and 22 <= len(word) <= 256 for name, word in made)
