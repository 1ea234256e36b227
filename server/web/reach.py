"""Where others can open this server: what a host on a laptop has to know before inviting."""

from __future__ import annotations

import asyncio
import ipaddress

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.address import own
from server.web.asking import answered
from server.web.guard import address_key

FRESH_MS = 30_000
_ALL = ("0.0.0.0", "::")


class Reach:
    """`GET /api/reach`. Addresses of the local network are told to those who are in it only."""

    def __init__(self, host: str, port: int, base_url: str) -> None:
        self.host, self.port, self.base_url = host, port, base_url
        self._own: list[str] = []
        self._at = 0.0

    def routes(self) -> list[Route]:
        return [Route("/api/reach", answered(self.told))]

    async def told(self, request: Request) -> Response:
        """{base, local, lan}: the address set by the operator, whether who asks sits at this very
        computer, and what other devices in the same network can open."""
        asking = request.client.host if request.client else ""
        ours = await self._addresses()
        local = _loopback(asking) or address_key(asking) in ours
        near = (local or _private(asking)) and _near(request.headers.get("host", ""))
        lan: list[str] = []
        if near and not self.base_url:
            listening = ours if self.host in _ALL else [self.host]
            end = "" if self.port == 80 else f":{self.port}"
            lan = [f"http://{_bracketed(a)}{end}" for a in listening if not _loopback(a)]
        return JSONResponse({"base": self.base_url, "local": local, "lan": lan})

    async def _addresses(self) -> list[str]:
        """A laptop changes its network while the server runs; finding out may take a moment."""
        loop = asyncio.get_running_loop()
        if not self._at or (loop.time() - self._at) * 1000 > FRESH_MS:
            self._own = await loop.run_in_executor(None, own)
            self._at = loop.time()
        return self._own


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _loopback(text: str) -> bool:
    found = _ip(text)
    return text == "localhost" or (found is not None and found.is_loopback)


def _private(text: str) -> bool:
    found = _ip(text)
    return found is not None and (found.is_private or found.is_link_local)


def _near(host: str) -> bool:
    """Whether this server was asked by a name of this network: a public name would mean that a
    proxy stands before us, or that a foreign page has turned its own name to us."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    name = name.strip("[]").lower()
    return _private(name) or _loopback(name) or "." not in name or name.endswith((".local", ".lan"))


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
