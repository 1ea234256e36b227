"""The address that people open: what answers there, and whether sockets pass, ours alone."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from server.settings import Settings

from .certificate import WAIT_S, certificate
from .finding import Finding, note, well, wrong

NAME = "address"
ORIGIN = "origin"
STRANGER = "https://elsewhere.invalid"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "amFtLXJvb20tZG9jdG9yIQ==",
    "Sec-WebSocket-Protocol": "jam.v1",
}
LOCAL = ("localhost", "127.0.0.1", "::1")


class Base(NamedTuple):
    """JAM_BASE_URL in its parts."""

    url: str
    secure: bool
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Base:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        return cls(url, secure, parts.hostname or "", parts.port or (443 if secure else 80))


def outside(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    if not settings.base_url:
        yield _inside(settings)
        return
    base = Base.of(settings.base_url)
    if base.secure:
        found = certificate(base.host, base.port)
        yield found
        if found.level == "wrong":
            return
    elif base.host not in LOCAL:
        yield note(
            NAME,
            "JAM_BASE_URL is plain http: whoever is on the way can read along, and browsers keep "
            "some things back. A proxy with TLS mends both.",
        )
    yield from _answers(base)


def _inside(settings: Settings) -> Finding:
    if settings.lan:
        return well(NAME, "Phones in the same network come by this machine's own address.")
    if settings.host in LOCAL:
        return note(
            NAME,
            "Only this computer can open the rooms. For phones near by: jam serve --lan; for "
            "everybody: JAM_BASE_URL, and a proxy with TLS.",
        )
    return note(
        NAME,
        "JAM_BASE_URL is not set: pages open by this machine's own addresses alone, and not by a "
        "name.",
    )


def _answers(base: Base) -> Iterator[Finding]:
    try:
        status, body = _ask(base, "/api/reach", {})
    except (OSError, http.client.HTTPException) as no:
        yield wrong(NAME, f"{base.url} does not answer from here ({_why(no)}): start the server.")
        return
    told = _told(body)
    if status in (301, 302, 307, 308):
        yield wrong(
            NAME, f"{base.url} leads on to another address: JAM_BASE_URL must be where that ends."
        )
    elif status in (502, 503, 504):
        yield wrong(
            NAME,
            f"The proxy at {base.url} answers, but finds no Jam Room ({status}): start jam serve, "
            "and let the proxy lead to its port.",
        )
    elif status != 200 or "base" not in told:
        yield wrong(NAME, f"Something else answers at {base.url} ({status}): look at the proxy.")
    elif told["base"] != base.url:
        yield wrong(
            NAME,
            f"The Jam Room behind {base.url} runs with another JAM_BASE_URL: give it this one and "
            "start it again.",
        )
    else:
        yield well(NAME, f"{base.url} leads to a Jam Room that knows it.")
        yield _sockets(base)


def _sockets(base: Base) -> Finding:
    """A room that there is not: the handshake is answered before anybody looks for it."""
    try:
        ours = _ask(base, "/ws/0000000000", {**UPGRADE, "Origin": base.url})[0]
        theirs = _ask(base, "/ws/0000000000", {**UPGRADE, "Origin": STRANGER})[0]
    except (OSError, http.client.HTTPException) as no:
        return wrong(ORIGIN, f"A WebSocket got no answer ({_why(no)}): look at the proxy.")
    if ours == 403:
        return wrong(ORIGIN, "The server refuses its own pages: JAM_BASE_URL is another there.")
    if ours != 101:
        return wrong(
            ORIGIN, f"The proxy does not pass WebSockets on ({ours}): rooms cannot open. Allow it."
        )
    if theirs == 101:
        return wrong(
            ORIGIN,
            "Pages of strangers may open sockets: the proxy must leave the header Origin as it is.",
        )
    return well(ORIGIN, "Sockets pass, from our own pages alone.")


def _ask(base: Base, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status and body; of an upgrade no body. Raises OSError or HTTPException."""
    line: http.client.HTTPConnection
    if base.secure:
        context = ssl.create_default_context()
        line = http.client.HTTPSConnection(base.host, base.port, timeout=WAIT_S, context=context)
    else:
        line = http.client.HTTPConnection(base.host, base.port, timeout=WAIT_S)
    try:
        line.request("GET", path, headers=headers)
        reply = line.getresponse()
        body = "" if reply.status == 101 else reply.read(64 * 1024).decode("utf-8", "replace")
        return reply.status, body
    finally:
        line.close()


def _told(body: str) -> dict[str, object]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _why(no: Exception) -> str:
    if isinstance(no, socket.gaierror):
        return "the name leads nowhere"
    return getattr(no, "strerror", None) or type(no).__name__
