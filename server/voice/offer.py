"""The offer of a browser, and the answer to it: one line of sound over one port (RFC 8829).

An offer's candidates are not looked at: the server has an open port, so the browser comes to it.
Reading is aiortc's, whose parser raises whatever it stumbles over; here all of that is one error.
No I/O.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aioice.candidate import candidate_foundation, candidate_priority
from aiortc import sdp
from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters
from aiortc.rtcicetransport import RTCIceCandidate, RTCIceParameters
from aiortc.rtcrtpparameters import (
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpParameters,
)

LONGEST: Final = 16_384
"""Letters of an offer."""
LEVEL: Final = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
"""RFC 6464."""
PROFILE: Final = "UDP/TLS/RTP/SAVPF"

_ANSWERS: Final = {
    "sendrecv": "sendrecv",
    "recvonly": "sendonly",
    "sendonly": "recvonly",
    "inactive": "inactive",
}
_MID: Final = re.compile(r"[A-Za-z0-9_.+-]{1,16}")


class OfferError(ValueError):
    """An offer that cannot be answered; says why, and nothing of what stood in it."""


class Offer:
    """What matters of an offer. `direction` is that of the answer, `level_id` the number under
    which the level of the sound comes (0: it does not), `ssrc` the stream that was announced."""

    def __init__(self, text: str) -> None:
        media = _read(text)
        listed = (one for one in media.rtp.codecs if one.payloadType in media.fmt)
        codec = next(filter(_is_opus, listed), None)
        if codec is None or codec.payloadType is None:
            raise OfferError("no Opus")
        self.payload_type: int = codec.payloadType
        if media.dtls is None or not any(_known(one) for one in media.dtls.fingerprints):
            raise OfferError("no fingerprint")
        self.dtls: RTCDtlsParameters = media.dtls
        self.direction = _ANSWERS[media.direction or "sendrecv"]
        self.mid = media.rtp.muxId
        wanted = (one.id for one in media.rtp.headerExtensions if one.uri == LEVEL)
        self.level_id = next((number for number in wanted if 0 < number < 15), 0)
        streams = media.ssrc if self.direction != "sendonly" else []
        announced = (one.ssrc for one in streams if 0 <= one.ssrc < 2**32)
        self.ssrc: int | None = next(announced, None)


def _read(text: str) -> sdp.MediaDescription:
    if len(text) > LONGEST:
        raise OfferError("too long")
    try:
        found = sdp.SessionDescription.parse(text).media
    except Exception:  # the parser has no error of its own; all that it raises is the text's fault
        raise OfferError("not readable") from None
    if len(found) != 1 or found[0].kind != "audio":
        raise OfferError("not one line of sound")
    media = found[0]
    if media.profile != PROFILE or not media.rtcp_mux:
        raise OfferError("not as browsers send sound")
    if not media.ice or not media.ice.usernameFragment or media.ice.iceLite:
        raise OfferError("no checks would come")
    if not media.rtp.muxId or not _MID.fullmatch(media.rtp.muxId):
        raise OfferError("no name of its line")
    return media


def _known(fingerprint: RTCDtlsFingerprint) -> bool:
    return fingerprint.algorithm.lower() in ("sha-256", "sha-384", "sha-512")


def _is_opus(codec: RTCRtpCodecParameters) -> bool:
    dynamic = codec.payloadType is not None and 35 <= codec.payloadType <= 127
    return codec.name.lower() == "opus" and codec.clockRate == 48_000 and dynamic


@dataclass(frozen=True)
class Own:
    """What an answer tells of this end."""

    name: str
    password: str
    fingerprint: RTCDtlsFingerprint
    role: str
    ssrc: int
    candidates: Sequence[tuple[str, int]]
    bitrate: int
    ptime: int | None


def answer(asked: Offer, own: Own) -> str:
    """The answer's text. What the browser sends is asked for here: FEC, DTX, bitrate, length."""
    media = sdp.MediaDescription("audio", 9, PROFILE, [asked.payload_type])
    media.host, media.rtcp_host, media.rtcp_port, media.rtcp_mux = "0.0.0.0", "0.0.0.0", 9, True
    media.direction, media.msid = asked.direction, "room mix"
    opus = RTCRtpCodecParameters("audio/opus", 48_000, 2, asked.payload_type)
    opus.parameters = {"minptime": 10, "useinbandfec": 1, "usedtx": 1}
    opus.parameters["maxaveragebitrate"] = own.bitrate
    level = [RTCRtpHeaderExtensionParameters(asked.level_id, LEVEL)] if asked.level_id else []
    media.rtp = RTCRtpParameters([opus], level, asked.mid)
    if asked.direction in ("sendrecv", "sendonly"):
        media.ssrc = [sdp.SsrcDescription(own.ssrc, secrets.token_hex(8))]
    media.ice = RTCIceParameters(own.name, own.password, iceLite=True)
    media.ice_candidates = [_candidate(n, *one) for n, one in enumerate(own.candidates)]
    media.ice_candidates_complete = True
    media.dtls = RTCDtlsParameters([own.fingerprint], own.role)
    whole = sdp.SessionDescription()
    whole.origin = f"- {secrets.randbits(62)} 1 IN IP4 0.0.0.0"
    whole.group = [sdp.GroupDescription("BUNDLE", [asked.mid])]
    whole.media = [media]
    return str(whole) + (f"a=ptime:{own.ptime}\r\n" if own.ptime else "")


def _candidate(n: int, host: str, port: int) -> RTCIceCandidate:
    return RTCIceCandidate(
        component=1,
        foundation=candidate_foundation("host", "udp", host),
        ip=host,
        port=port,
        priority=candidate_priority(1, "host", 65_535 - n),
        protocol="udp",
        type="host",
    )
