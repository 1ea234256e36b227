"""Voices: what they need, whether their port can be had, and whether people can reach it."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from server.address import own
from server.settings import Settings
from server.voice import installed

from .finding import Finding, note, well, wrong
from .store import away, connected

NAME: Final = "voice"
PACKAGE: Final = 'pip install "jamroom[audio]"'


def voice(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    if settings.voice is False:
        yield well(NAME, "Switched off; rooms do without.")
        return
    if not settings.redis_url and not installed():
        if settings.voice:
            yield wrong(NAME, f"JAM_VOICE is 1, but its packages are not here: {PACKAGE}.")
        else:
            yield note(NAME, f"Not installed, and rooms say so: {PACKAGE}, or JAM_VOICE=0.")
        return
    found = [*_workers(settings), *_port(settings), *_reach(settings), *_turn(settings)]
    yield from found
    if all(one.level == "well" for one in found):
        yield well(NAME, "People can hear each other where their network lets UDP through.")


def _workers(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        return
    try:
        with connected(settings.redis_url) as redis:
            there = redis.scard("jam:v:workers")
    except away():
        yield note(NAME, "Whether a voice worker is there, Redis does not say.")
        return
    if not there:
        yield note(NAME, "No voice worker is there: start jam voice, or set JAM_VOICE=0.")


def _port(settings: Settings) -> Iterator[Finding]:
    port = settings.voice_port
    if not port:
        if _meant_for_all(settings):
            yield note(
                NAME,
                "JAM_VOICE_PORT is 0: each start takes another UDP port, which no firewall can let "
                "through. Choose one.",
            )
        return
    fault = _taken(port)
    if fault == errno.EADDRINUSE:
        yield well(NAME, f"UDP port {port} is in use, by the voices if they run already.")
    elif fault:
        yield wrong(NAME, f"UDP port {port} may not be used; choose one above 1023.")
    else:
        yield well(NAME, f"UDP port {port} is free; a firewall has to let it through.")


def _taken(port: int) -> int:
    """Why it cannot be had; 0: it can."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind(("0.0.0.0", port))
        except OSError as no:
            return no.errno or -1
    return 0


def _meant_for_all(settings: Settings) -> bool:
    """Whether people from elsewhere are to come."""
    host = urlsplit(settings.base_url).hostname or ""
    return bool(host) and not _kind(host, "loopback") and host != "localhost"


def _kind(address: str, kind: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(address), f"is_{kind}"))
    except ValueError:
        return False


def _reach(settings: Settings) -> Iterator[Finding]:
    if not _meant_for_all(settings):
        return
    given = settings.public_ip or tuple(own())
    if any(_kind(one, "global") for one in given):
        return
    if settings.public_ip:
        yield note(
            NAME,
            "JAM_PUBLIC_IP names no address of the internet: people elsewhere can speak through a "
            "TURN server alone.",
        )
    else:
        yield wrong(
            NAME,
            "This machine has no address of the internet by itself, so voices from elsewhere do "
            "not reach it: put the address that leads to it into JAM_PUBLIC_IP.",
        )


def _turn(settings: Settings) -> Iterator[Finding]:
    if settings.turn and not settings.turn_secret:
        yield wrong(
            NAME,
            "JAM_TURN needs JAM_TURN_SECRET, too: the same as static-auth-secret of coturn.",
        )
    elif settings.turn_secret and not settings.turn:
        yield note(NAME, "JAM_TURN_SECRET does nothing without JAM_TURN; set both.")
