"""V-PEER: calls, with real keys, from a real connection."""

import ast
import asyncio
import gc
import importlib
import importlib.metadata
import random
import weakref
from pathlib import Path
from typing import Any

import pytest

from server.voice import adapter, rtp
from server.voice.adapter import STREAMS, TRAILER, Peer, Srtp
from server.voice.offer import LONGEST, Offer, OfferError
from server.voice.opus import Decoder
from server.voice.port import CONSENT_MS, QUIET_MS, Port
from tests.voice.calls import (
    LEVEL,
    OWN,
    Caller,
    Clock,
    Router,
    Speech,
    addresses,
    begins,
    called,
    needs,
    stripped,
    until,
)
from tests.voice.sounds import strength

VOICE = Path(adapter.__file__).parent
FIREFOX = (
    Path(__file__).parent.joinpath("fixtures", "firefox-153.sdp").read_text().replace("\n", "\r\n")
)
PINNED = {"aiortc": "1.16.", "aioice": "0.13.", "pylibsrtp": "1.0."}
WHERE = [("127.0.0.1", 5000)]


def versions() -> str:
    found = {name: importlib.metadata.version(name) for name in PINNED}
    return f"made for {PINNED}, here are {found}"


# -- what the libraries have not promised


def private(path: Path) -> set[str]:
    """Names with an underscore that are not the module's own objects'."""
    tree = ast.parse(path.read_text())
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {
        node.attr
        for node in found
        if node.attr.startswith("_")
        and not node.attr.endswith("__")
        and getattr(node.value, "id", "") not in ("self", "ctypes")
    }


def test_vpeer1_private_names_are_touched_in_one_module_and_all_are_there() -> None:
    assert private(VOICE / "adapter.py") == {"_set_role", "_rx_srtp", "_tx_srtp", "_task", "_srtp"}
    for path in VOICE.glob("*.py"):
        text = path.read_text()
        if path.name != "adapter.py" and ("aiortc" in text or "pylibsrtp" in text):
            assert not private(path), path.name
    for name, version in PINNED.items():
        assert importlib.metadata.version(name).startswith(version), versions()


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("aiortc.rtcdtlstransport", "RTCDtlsTransport RTCCertificate"),
        ("aiortc.sdp", "SessionDescription MediaDescription GroupDescription SsrcDescription"),
        ("aioice.candidate", "candidate_foundation candidate_priority"),
        ("aioice.stun", "Message Class Method parse_message"),
        ("pylibsrtp._binding", "ffi lib"),
    ],
)
def test_vpeer1_modules_have_what_is_used(where: str, names: str) -> None:
    module = importlib.import_module(where)
    for name in names.split():
        assert hasattr(module, name), f"{where}.{name} is not there: {versions()}"


@pytest.mark.asyncio
async def test_vpeer1_objects_have_what_is_used() -> None:
    import pylibsrtp
    from aiortc.rtcdtlstransport import RTCDtlsTransport
    from pylibsrtp._binding import ffi, lib

    class Line:
        role = "controlled"

    transport = RTCDtlsTransport(Line(), [OWN])  # type: ignore[arg-type]
    things: list[tuple[Any, str]] = [
        (transport, "_rx_srtp _tx_srtp _task _set_role _recv_next _write_ssl start stop state"),
        (pylibsrtp.Session(), "_srtp protect unprotect protect_rtcp unprotect_rtcp"),
        (lib, "srtp_protect srtp_unprotect srtp_protect_rtcp srtp_unprotect_rtcp"),
        (lib, "srtp_err_status_ok"),
        (ffi, "new from_buffer"),
    ]
    for thing, names in things:
        for name in names.split():
            assert hasattr(thing, name), f"{type(thing).__name__}.{name}: {versions()}"


# -- the answer


@pytest.mark.asyncio
async def test_vpeer2_firefoxs_offer_is_answered_and_no_name_in_it_looked_up() -> None:
    port = Port("127.0.0.1")
    try:
        peer = Peer(port, FIREFOX, OWN, [("192.0.2.7", 5000), ("2001:db8::7", 5000)], ptime=60)
    finally:
        port.close()
    lines = peer.answer.splitlines()
    head, body = lines[: lines.index("m=audio 9 UDP/TLS/RTP/SAVPF 109")], lines
    assert "a=ice-lite" in head and "a=group:BUNDLE 0" in head
    for wanted in (
        "a=sendrecv",
        "a=mid:0",
        "a=rtcp-mux",
        "a=setup:active",
        "a=rtpmap:109 opus/48000/2",
        "a=fmtp:109 minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=24000",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "a=end-of-candidates",
        "a=ptime:60",
    ):
        assert body.count(wanted) == 1, wanted
    found = [line.split() for line in body if line.startswith("a=candidate:")]
    assert [(one[4], one[5], one[7]) for one in found] == [
        ("192.0.2.7", "5000", "host"),
        ("2001:db8::7", "5000", "host"),
    ]
    assert int(found[0][3]) > int(found[1][3])
    assert ".local" not in peer.answer and "rtcp-fb" not in peer.answer
    assert sum(line.startswith("a=fingerprint:sha-256") for line in body) == 1
    assert sum(line.startswith("a=extmap") for line in body) == 1
    assert (peer.payload_type, peer.level_id, peer.mid) == (109, 1, "0")
    assert peer.remote_ssrc == 2608372191


def test_vpeer3_directions_are_turned_round() -> None:
    for theirs, ours in (
        ("sendrecv", "sendrecv"),
        ("recvonly", "sendonly"),
        ("sendonly", "recvonly"),
        ("inactive", "inactive"),
    ):
        offer = Offer(FIREFOX.replace("a=sendrecv", f"a={theirs}"))
        assert offer.direction == ours
        assert (offer.ssrc is None) == (ours == "sendonly")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a=rtcp-mux\r\n", ""),
        ("opus/48000", "speex/16000"),
        ("a=mid:0", "a=mid:<0>"),
        ("a=setup:actpass\r\n", ""),
        ("sha-256", "sha-1"),
        ("a=ice-ufrag:2325889f\r\n", ""),
        ("a=ice-options", "a=ice-lite\r\na=ice-options"),
        ("UDP/TLS/RTP/SAVPF", "RTP/AVP"),
        ("m=audio", "m=video"),
        ("a=setup:actpass", "a=setup:maybe"),
        ("a=extmap:1 ", "a=extmap:one "),
        ("v=0", "v=" + "0" * LONGEST),
    ],
)
def test_vpeer4_an_offer_that_cannot_be_answered_is_told_so(old: str, new: str) -> None:
    assert old in FIREFOX
    with pytest.raises(OfferError) as said:
        Offer(FIREFOX.replace(old, new))
    assert len(str(said.value)) < 40
    with pytest.raises(OfferError):
        Offer(FIREFOX + FIREFOX[FIREFOX.index("m=audio") :])


def test_vpeer5_no_text_breaks_the_reader() -> None:
    chance = random.Random(6)
    lines = FIREFOX.splitlines(keepends=True)
    for _ in range(1500):
        some = [line for line in lines if chance.random() > 0.1]
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(some))
            letters = list(some[at])
            letters[chance.randrange(len(letters))] = chance.choice("\r\n:/ =0x-\u2028é9" * 2)
            some[at] = "".join(letters)
        try:
            Offer("".join(some))
        except OfferError:
            continue


# -- calls


async def talk(port: Port, peer: Peer, caller: Caller, spoken: float | None) -> None:
    """Both directions, by their tones."""
    packets: list[bytes] = []
    peer.on_packet = packets.append
    saying = asyncio.create_task(Speech(1000).say(port, peer))
    try:
        if spoken is not None:
            await until(lambda: len(packets) >= 30)
            decoder, heard = Decoder(), []
            for data in packets:
                if rtp.is_rtcp(data):
                    continue
                head = rtp.read(data, peer.level_id)
                assert head.level == LEVEL, "read before it is decrypted"
                assert (head.pt, head.ssrc) == (peer.payload_type, peer.remote_ssrc)
                inside = peer.unprotect(data)
                assert rtp.read(inside, peer.level_id) == head
                heard.append(decoder.decode(inside[head.size :]))
            assert strength(heard[-1], spoken) > 5000 > 1000 > strength(heard[-1], 1000)
            assert peer.unprotect(packets[0]) == b"", "no packet counts twice"
        async with asyncio.timeout(20):
            sound = await caller.hear(10)
        assert strength(sound, 1000) > 5000 > 1000 > strength(sound, 440)
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [
        ({}, 440.0),
        ({"plain": True}, 440.0),
        ({"edit": stripped}, 440.0),
        ({"edit": begins}, 440.0),
        ({"hertz": None}, None),
        ({"host": "::1"}, 440.0),
    ],
    ids=["call", "one by one", "no candidates", "passive", "listener", "IPv6"],
)
async def test_vpeer6_a_call_stands_and_both_hear_each_other(
    wishes: dict[str, Any], spoken: float | None
) -> None:
    needs(wishes.get("host", "127.0.0.1"))
    before = asyncio.all_tasks()
    async with called(**wishes) as (port, peer, caller):
        assert port.burst.at_once != wishes.get("plain", False)
        assert ("a=setup:passive" in peer.answer) == (wishes.get("edit") is begins)
        assert peer.direction == ("sendrecv" if spoken else "sendonly")
        await talk(port, peer, caller, spoken)
        states: list[str] = []
        peer.on_state = states.append
        await peer.close()
        assert states == ["closed"] and peer.address is None
        await until(lambda: caller.connection.connectionState == "closed")
        assert peer.unprotect(b"\x80" * 60) == b"" and peer.protect(bytearray(300), 60) == 0
    await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before, "no task is left"


@pytest.mark.asyncio
async def test_vpeer7_without_the_quick_way_to_libsrtp_calls_go_the_public_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(adapter, "_binding", lambda: None)
    async with called() as (port, peer, caller):
        await talk(port, peer, caller, 440)


@pytest.mark.asyncio
async def test_vpeer8_a_call_survives_a_change_of_address() -> None:
    clock, router = Clock(), Router()
    async with called(through=router, clock=clock) as (port, peer, caller):
        assert peer.address == router.back
        await router.move()
        clock.ahead += QUIET_MS + 1
        await until(lambda: peer.address == router.back)
        await talk(port, peer, caller, 440)


@pytest.mark.asyncio
async def test_vpeer9_nothing_is_sent_to_who_asks_no_more() -> None:
    clock, router = Clock(), Router()
    async with called(through=router, clock=clock) as (port, peer, _caller):
        where, states = peer.address, []
        assert where is not None
        peer.on_state = states.append
        router.cut()
        await asyncio.sleep(0.05)
        clock.ahead += CONSENT_MS - 2000
        port.sweep()
        buffer, length = Speech(440).packet(peer)
        assert port.send_all([(where, buffer, length)]) == 1
        clock.ahead += 2000
        port.sweep()
        assert port.send_all([(where, buffer, length)]) == 0
        assert peer.address is None and states == ["closed"] and peer.state == "closed"


@pytest.mark.asyncio
async def test_vpeer10_nothing_that_comes_breaks_a_call() -> None:
    """Broken STUN, DTLS and SRTP from a caller's own address, and from another."""
    chance = random.Random(5)
    async with called() as (port, peer, caller):
        packets: list[bytes] = []
        peer.on_packet = packets.append
        await until(lambda: len(packets) >= 2)
        real, there = packets[:2], peer.address
        assert there is not None
        answered = port.counts.answered
        for _ in range(3000):
            data = bytearray(chance.choice([*real, chance.randbytes(chance.randrange(1, 200))]))
            for _ in range(chance.randrange(3)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            data[0] = chance.choice((0, 1, 22, 23, 25, 63, 128, 144, 191, 255, data[0]))
            port.receive(bytes(data), there)
            port.receive(bytes(data), ("127.0.0.1", 9))
            peer.unprotect(bytes(data))
            peer.unprotect(bytes(data), rtcp=True)
        assert port.counts.answered == answered
        port.receive(b"", there)
        for forged in (b"", b"\x80", b"\x80" * 11, b"\x80" * 3000):
            assert peer.unprotect(forged) == b"" == peer.unprotect(forged, rtcp=True)
        await talk(port, peer, caller, 440)


@pytest.mark.asyncio
async def test_vpeer11_a_wrong_certificate_is_no_call() -> None:
    port, caller = Port("127.0.0.1"), Caller(440)
    try:
        with addresses("127.0.0.1"):
            offer = await caller.offer()
            start = offer.index("a=fingerprint:sha-256 ") + 22
            wrong = offer[:start] + "00:11" + offer[start + 5 :]
            closed = asyncio.Event()
            peer = Peer(port, wrong, OWN, [port.address], on_state=lambda state: closed.set())
            await caller.accept(peer.answer)
            await until(closed.is_set)
            assert peer.state == "closed" and peer.protect(bytearray(300), 60) == 0
            await peer.close()
    finally:
        await caller.close()
        port.close()


@pytest.mark.asyncio
async def test_vpeer12_room_must_be_left_behind_a_packet() -> None:
    async with called(hertz=None) as (_port, peer, _caller):
        with pytest.raises(ValueError, match="no room"):
            peer.protect(bytearray(100 + TRAILER - 1), 100)
        report = bytearray(b"\x80\xc9\x00\x01" + peer.ssrc.to_bytes(4, "big") + bytes(TRAILER))
        assert peer.protect(report, 8, rtcp=True) > 8


@pytest.mark.parametrize("quick", [True, False])
def test_vpeer13_a_caller_has_so_many_streams_and_no_more(
    quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pylibsrtp import Policy, Session

    if not quick:
        monkeypatch.setattr(adapter, "_binding", lambda: None)
    key = bytes(range(30))
    theirs = Session(Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND))
    keys = Srtp(Session(Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND)), theirs)
    plain = [rtp.write(111, False, 1, 960, ssrc) + b"sound" for ssrc in range(1, 2 * STREAMS)]
    forged = [rtp.write(111, False, 1, 960, ssrc) + bytes(20) for ssrc in range(50, 80)]
    assert not any(map(keys.unprotect, forged)), "and they take nobody's place"
    found = [keys.unprotect(theirs.protect(one)) for one in plain]
    assert found == plain[:STREAMS] + [b""] * (STREAMS - 1)
    again = rtp.write(111, False, 2, 1920, 1) + b"more"
    assert keys.unprotect(theirs.protect(again)) == again


@pytest.mark.asyncio
async def test_vpeer14_a_call_that_has_ended_gives_its_keys_back_at_once() -> None:
    """VPEER14: they held each other in a circle, so that half an hour of people who go and come
    again kept 20 MB until somebody looked through all of memory. To hang up twice does no harm."""
    gc.collect()
    gc.disable()
    try:
        async with called() as (_, peer, _caller):
            kept = [weakref.ref(peer._dtls._ssl), weakref.ref(peer._dtls._rx_srtp)]
            assert all(one() is not None for one in kept)
            await peer.close()
            await peer.close()
            assert [one() for one in kept] == [None, None]
    finally:
        gc.enable()
