"""VPROOF: what nobody should send, from strangers and from guests with real keys."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from aioice.stun import Class, Message, Method

from bench.voices.guest import Guest
from server.voice import rtcp, rtp
from server.voice.offer import Offer, OfferError
from server.voice.worker import Busy
from tests.voice.calls import until
from tests.voice.party import Party, party, said

FIXTURES = Path(__file__).parent / "fixtures"
OFFERS = {path.stem: path.read_text().replace("\n", "\r\n") for path in FIXTURES.glob("*.sdp")}
TONES = {"ana": 400.0, "bo": 700.0}


# -- SDP


@pytest.mark.parametrize("name", sorted(OFFERS))
def test_vproof11_the_offers_of_browsers_are_read(name: str) -> None:
    offer = Offer(OFFERS[name])
    assert offer.payload_type == (109 if "firefox" in name else 111)
    assert (offer.level_id, offer.mid) == (1, "0")
    listens = "listens" in name
    assert offer.direction == ("sendonly" if listens else "sendrecv")
    assert (offer.ssrc is None) == listens


@pytest.mark.asyncio
@pytest.mark.parametrize("name", sorted(OFFERS))
async def test_vproof11_each_is_answered_and_its_names_are_not_looked_up(name: str) -> None:
    async with party() as room:
        answer = room.worker.offer("room", "ana", OFFERS[name])
        assert ".local" not in answer and "a=ice-lite\r\n" in answer
        assert answer.count("m=") == 1 and "a=candidate" in answer


def broken() -> Iterator[str]:
    """Offers with lines that are missing, doubled, swapped, cut, huge, or of somebody else."""
    chance, all_lines = random.Random(11), [*OFFERS.values()]
    for offer in all_lines:
        lines = offer.splitlines(keepends=True)
        yield from ("".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines)))
        yield from ("".join([*lines[: n + 1], *lines[n:]]) for n in range(len(lines)))
        for _ in range(60):
            some = lines.copy()
            for _ in range(chance.randrange(1, 4)):
                at = chance.randrange(len(some))
                line = some[at]
                cut = chance.randrange(len(line))
                some[at] = chance.choice(
                    [
                        line[:cut],
                        line[:cut]
                        + chance.choice(["\0", "é", "-1", "9" * 40, " ", ":"])
                        + line[cut:],
                        chance.choice(lines),
                        line.replace("1", "4294967296"),
                        line.swapcase(),
                        "a=" + "x" * 3000 + "\r\n",
                    ]
                )
            yield "".join(some)


@pytest.mark.asyncio
async def test_vproof12_no_offer_breaks_the_worker_and_the_others_sound_goes_on() -> None:
    async with party("ana", "bo") as room:
        voice, answered, refused = said(TONES["ana"], 8), 0, 0
        for n, offer in enumerate(broken()):
            room.now += 100
            try:
                room.worker.offer("room", "cy", offer)
                answered += 1
            except OfferError:
                refused += 1
            except Busy:  # its clock is not ours alone
                continue
            assert n < 5000
        room.worker.hang_up("room", "cy")
        room.worker._wake()
        room._begun, room._tick = room.now, 0
        assert answered > 200 and refused > 100
        room.clear()
        room.run(1, {"ana": voice})
        assert room.hears("bo", TONES) == {"ana"}


# -- from guests with keys


def odd(guest: Guest, chance: random.Random) -> bytes:
    """A packet that is well protected, and nonsense."""
    which = chance.randrange(6)
    if which == 0:  # any payload
        return guest.make(chance.randbytes(chance.choice([0, 1, 2, 3, 40, 300, 1200])))
    if which == 1:  # a report of anything
        kind = chance.choice([200, 201, 202, 203, 204, 205, 206, 207])
        words = chance.randrange(40)
        head = bytes([0x80 | chance.randrange(32), kind]) + chance.randrange(60).to_bytes(2, "big")
        return guest.lock_report(head + chance.randbytes(4 + 4 * words))
    if which == 2:  # reports that cannot be
        huge = rtcp.Block(guest.theirs, 255, 2**23 - 1, 2**32 - 1, 2**32 - 1, 1, 2**32 - 1)
        return guest.lock_report(rtcp.write(guest.ssrc, "x" * 200, [huge] * 31))
    head = bytearray(rtp.write(111, chance.random() < 0.5, guest.seq, guest.ts, guest.ssrc))
    guest.seq += 1
    guest.ts += chance.choice([0, 1, 960, -960, 2**31, 48_000 * 3600])
    if which == 3:  # padding that is longer than the packet
        head[0] |= 32
        return guest.lock(bytes(head) + chance.randbytes(5) + bytes([chance.randrange(256)]))
    if which == 4:  # sources and extensions of all kinds
        head[0] |= 16 | chance.randrange(16)
        words = chance.randrange(5)
        body = chance.randbytes(60) + chance.choice([b"\xbe\xde", b"\x10\0"]) + bytes([0, words])
        return guest.lock(bytes(head) + body + chance.randbytes(4 * words + 30))
    guest.seq += chance.choice([0, 500, 3000, 30_000])
    return guest.make(b"\xf8" + chance.randbytes(30), samples=chance.choice([0, 960, 5760, 10**6]))


@pytest.mark.asyncio
async def test_vproof13_a_guest_who_sends_nonsense_harms_nobody() -> None:
    chance = random.Random(3)
    async with party("ana", "bo", "odd") as room:
        voice, bad = said(TONES["ana"], 4), room.guests["odd"]
        for second in range(3):
            for _ in range(400):
                try:
                    data = odd(bad, chance)
                except Exception:  # not even libsrtp makes each of them
                    continue
                if chance.random() < 0.2:
                    torn = bytearray(data)
                    torn[chance.randrange(len(torn))] ^= 1 << chance.randrange(8)
                    data = bytes(torn)
                room.now += 1
                room.throw(bad, data[:1400])
            _goes_on(room, voice[second * 50 :])
        assert room.told.count(("odd", {"state": "closed"})) == 0


def _goes_on(room: Party, voice: list[bytes]) -> None:
    room.worker._wake()
    room._begun, room._tick = room.now, 0
    room.clear()
    room.run(1, {"ana": voice})
    assert room.hears("bo", TONES) == {"ana"}


@pytest.mark.asyncio
async def test_vproof14_signed_checks_with_anything_in_them_harm_nobody() -> None:
    """STUN from a guest's own address, with the right password, and all that does not belong."""
    chance = random.Random(4)
    async with party("ana", "bo") as room:
        ana = room.guests["ana"]
        for _ in range(400):
            told: dict[str, object] = {"USERNAME": f"{ana._who[0]}:{ana.name}"}
            for name, value in (
                ("PRIORITY", chance.randrange(2**32)),
                ("ICE-CONTROLLING", 5),
                ("ICE-CONTROLLED", 5),
                ("USE-CANDIDATE", None),
                ("SOFTWARE", "s" * chance.randrange(120)),
                ("REALM", "r" * chance.randrange(120)),
                ("XOR-MAPPED-ADDRESS", ("10.0.0.1", 5)),
                ("ERROR-CODE", (487, "no")),
            ):
                if chance.random() < 0.4:
                    told[name] = value
            kind = chance.choice([Class.REQUEST, Class.INDICATION, Class.RESPONSE, Class.ERROR])
            message = Message(chance.choice([*Method]), kind, attributes=told)  # type: ignore[arg-type]
            message.add_message_integrity(ana._who[1].encode())
            data = bytearray(bytes(message))
            for _ in range(chance.choice([0, 0, 1, 3])):
                data[chance.randrange(len(data))] = chance.randrange(256)
            data[0] &= 3
            room.throw(ana, bytes(data[: chance.choice([len(data), len(data), 19, 24])]))
        ana.check()
        _goes_on(room, said(TONES["ana"], 1))


@pytest.mark.asyncio
async def test_vproof15_a_handshake_of_nonsense_ends_alone() -> None:
    """DTLS that is broken, from somebody whose checks are right."""
    chance = random.Random(6)
    async with party("ana", "bo") as room:
        odd_one = Guest()
        room.now += 100
        answer = room.worker.offer("room", "odd", odd_one.offer)
        odd_one._dtls.start = lambda theirs: _nothing()  # type: ignore[method-assign, assignment]
        with pytest.raises(ConnectionError):
            await odd_one.accept(answer)
        for _ in range(200):
            data = bytearray(chance.randbytes(chance.randrange(1, 300)))
            data[0] = chance.choice([20, 21, 22, 23, 24, 63])
            data[1:3] = chance.choice([b"\xfe\xfd", b"\xfe\xff", b"\1\0"])
            room.throw(odd_one, bytes(data))
        await until(lambda: room.port._responder.valid > 0)
        _goes_on(room, said(TONES["ana"], 1))
        room.worker.hang_up("room", "odd")
        await odd_one.close()


async def _nothing() -> None:
    return None
