"""The ports: free, or already answered by the server that is meant."""

from __future__ import annotations

import errno
import http.client
from collections.abc import Iterator, Mapping

from server.address import PortTaken, listen
from server.settings import Settings

from .finding import Finding, note, well, wrong

NAME = "ports"
WAIT_S = 5.0


def door(settings: Settings, env: Mapping[str, str]) -> Iterator[Finding]:
    if settings.port:
        yield _rooms(settings.host, settings.port)
    else:
        yield note(NAME, "JAM_PORT is 0: each start takes another port, which no proxy can know.")
    if settings.metrics is not None:
        yield from _figures(*settings.metrics)


def _rooms(host: str, port: int) -> Finding:
    try:
        listen(host, port, 1).close()
    except PortTaken as no:
        if not _taken(no):
            return wrong(NAME, str(no))
        if ask(host, port, "/healthz") != (200, "ok\n"):
            return wrong(NAME, str(no))
        status, text = ask(host, port, "/readyz")
        if status == 200:
            return well(NAME, f"A Jam Room answers on port {port} and is ready.")
        return wrong(
            NAME,
            f"The Jam Room on port {port} is not ready ({text.strip() or 'no answer'}): wait a "
            "moment, then look at its store and its log.",
        )
    return well(NAME, f"Port {port} is free; no server runs on it yet.")


def _figures(host: str, port: int) -> Iterator[Finding]:
    try:
        listen(host, port, 1).close()
    except PortTaken as no:
        if not _taken(no) or "jam_info" not in ask(host, port, "/metrics")[1]:
            yield wrong(NAME, f"Nothing can listen on JAM_METRICS, port {port}; choose another.")
            return
    if host not in ("127.0.0.1", "::1", "localhost"):
        yield note(
            NAME,
            f"/metrics on {host} port {port} is open to whoever can reach it: let a firewall or "
            "an inner network keep others out.",
        )


def _taken(no: PortTaken) -> bool:
    return isinstance(no.__cause__, OSError) and no.__cause__.errno == errno.EADDRINUSE


def ask(host: str, port: int, path: str) -> tuple[int, str]:
    """Status and body of one question to this machine; (0, "") without an answer."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    line = http.client.HTTPConnection(host, port, timeout=WAIT_S)
    try:
        line.request("GET", path)
        reply = line.getresponse()
        return reply.status, reply.read(1 << 20).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        line.close()
