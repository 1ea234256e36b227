"""Headers of every answer: nothing from elsewhere, nothing to elsewhere (safety.md §2)."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self' {socket}; worker-src 'self'; "
    "manifest-src 'self'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types jam-url"
)
_PERMISSIONS = (
    "microphone=(self), autoplay=(self), fullscreen=(self), screen-wake-lock=(self), "
    "clipboard-write=(self), camera=(), display-capture=(), geolocation=(), clipboard-read=(), "
    "usb=(), serial=(), hid=(), midi=(), payment=(), accelerometer=(), gyroscope=(), "
    "magnetometer=(), idle-detection=(), browsing-topics=()"
)
ALWAYS = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", _PERMISSIONS),
    ("X-Robots-Tag", "noindex, nofollow"),
)
FILES = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
)
"""For the client's own files: a policy is the page's business, and a kilobyte for each of a dozen
files is a second on a 2G line."""
SECURE = (
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Origin-Agent-Cluster", "?1"),
)
"""Only on https or localhost: elsewhere browsers print an error for each (decisions.md 36)."""
HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
_LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]"))


class SafeHeaders:
    """ASGI middleware that adds the headers to every HTTP answer."""

    def __init__(self, app: ASGIApp, base_url: str = "") -> None:
        self._app = app
        self._https = base_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")
        https = self._https or scope["scheme"] == "https"
        file = scope["path"].startswith("/v/") and not scope["path"].endswith(".html")

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start" and file and message["status"] < 400:
                headers = MutableHeaders(scope=message)
                for name, value in FILES:
                    headers[name] = value
            elif message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy(host, https)
                for name, value in ALWAYS:
                    headers[name] = value
                if https or _name(host) in _LOCAL:
                    for name, value in SECURE:
                        headers[name] = value
                if https:
                    headers[HSTS[0]] = HSTS[1]
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, safe)


def policy(host: str, https: bool) -> str:
    """The content policy; the socket's address is spelled out because Safari before 16 does not
    match `'self'` to wss. A Host header that is no host gets no place in it."""
    plain = all(c.isalnum() or c in ".-:[]" for c in host) and host.isascii() and host
    socket = f"{'wss' if https else 'ws'}://{host}" if plain else ""
    return _POLICY.format(socket=socket).replace("  ", " ").replace(" ;", ";")


def _name(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
