"""The HTTP surface of a running server."""

import json
import time
from typing import Any

import pytest

from server.room.codes import REFUSALS
from server.room.life import DAY_MS, HOUR_MS
from tests.server.lines import handshake
from tests.server.running import Running

ENV = {"JAM_TRUSTED_PROXIES": "127.0.0.0/8", "JAM_LIMIT_ROOMS": "40"}
LANGS = ("en", "fr", "es", "pt", "ar")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self' ws://127.0.0.1:{port}; "
    "worker-src 'self'; manifest-src 'self'; form-action 'none'; frame-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types jam-url"
)
_from = iter(range(1, 10_000))


def address() -> dict[str, str]:
    """A sender nobody has seen yet."""
    number = next(_from)
    return {"X-Forwarded-For": f"10.9.{number // 250}.{number % 250 + 1}"}


def make(server: Running, body: Any, headers: dict[str, str] | None = None) -> Any:
    return server.ask("POST", "/api/rooms", body, headers or address())


def refused(reply: Any, status: int, code: str) -> dict[str, Any]:
    assert reply.status == status, reply
    told: dict[str, Any] = reply.json
    assert told["code"] == code, told
    assert told["say"] == REFUSALS[code], told
    return told


ROUTES = [
    ("GET", "/"), ("GET", "/?lang=ar"), ("GET", "/r/0123456789"), ("GET", "/r/%3Cb%3E"),
    ("GET", "/sw.js"), ("GET", "/manifest.webmanifest"), ("GET", "/favicon.ico"),
    ("GET", "/v/none/static/app.js"), ("GET", "/nothing/here"), ("GET", "/api/rooms/0123456789"),
    ("GET", "/api/rooms/0123456789/harvest.md"), ("GET", "/api/rooms/0123456789/harvest.zip"),
    ("GET", "/api/rooms/0123456789/kept"), ("DELETE", "/api/rooms/0123456789"),
    ("POST", "/api/rooms/0123456789/links"), ("POST", "/api/rooms/0123456789/pass"),
    ("POST", "/api/rooms/0123456789/code"), ("DELETE", "/api/rooms/0123456789/code"),
    ("POST", "/api/code"), ("POST", "/api/knock"), ("GET", "/api/reach"),
    ("GET", "/api/plans"), ("GET", "/api/plan?minutes=60&size=9&mood=play"), ("GET", "/api/plan"),
    ("GET", "/api/cards"), ("GET", "/api/kinds"), ("POST", "/api/qr"), ("POST", "/api/rooms"),
    ("GET", "/limits"), ("GET", "/healthz"), ("GET", "/readyz"), ("HEAD", "/"), ("PUT", "/"),
    ("DELETE", "/api/rooms"), ("GET", "/v/../../../server/cli.py"), ("OPTIONS", "/api/rooms"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_srv1_every_answer_has_the_headers(server: Running, method: str, path: str) -> None:
    reply = server.ask(method, path, b"{" if method == "POST" else None, address())
    told = reply.headers
    assert reply.status < 500, reply
    assert told["content-security-policy"] == POLICY.format(port=server.port)
    assert told["referrer-policy"] == "no-referrer"
    assert told["x-content-type-options"] == "nosniff"
    assert told["x-frame-options"] == "DENY"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-embedder-policy"] == "require-corp"
    assert told["x-robots-tag"] == "noindex, nofollow"
    assert "camera=()" in told["permissions-policy"]
    assert told["cache-control"]
    assert not {"set-cookie", "location", "server", "access-control-allow-origin"} & set(told)
    assert "strict-transport-security" not in told  # plain http
    assert b"Traceback" not in reply.body


def test_srv1_no_page_of_another_host_gets_what_needs_localhost(server: Running) -> None:
    told = server.ask("GET", "/healthz", headers={"Host": "jam.lan:8000"}).headers
    assert "cross-origin-opener-policy" not in told
    assert "ws://jam.lan:8000" in told["content-security-policy"]
    told = server.ask("GET", "/healthz", headers={"Host": "a; script-src *"}).headers
    assert "script-src *" not in told["content-security-policy"]


def test_srv1_no_file_of_the_server_is_served(server: Running) -> None:
    for path in ("/server/cli.py", "/v/x/server/cli.py", "/static/../server/cli.py", "/.git/HEAD"):
        assert server.ask("GET", path, headers=address()).status == 404


def test_srv2_a_room_is_made_with_two_links(server: Running) -> None:
    reply = make(server, {"title": "Ours", "lang": "pt", "plan": ["weather", {"card": "street"}]})
    assert reply.status == 201
    made = reply.json
    page = f"{server.base}/r/{made['room']}"
    assert made["join_url"].startswith(f"{page}#j.") and len(made["join_url"]) == len(page) + 25
    assert made["host_url"].startswith(f"{page}#h.") and len(made["host_url"]) == len(page) + 46
    facts = server.ask("GET", f"/api/rooms/{made['room']}").json
    assert facts == {"room": made["room"], "lang": "pt", "here": 0, "ended": False}
    assert make(server, b"").status == 201  # all has a default


BAD: list[tuple[Any, str]] = [
    (b"{", "bad_frame"),
    (b"[]", "bad_frame"),
    (b'"x"', "bad_frame"),
    (b'{"title": "\\ud800"}', "bad_frame"),
    (b'{"title": "\xff"}', "bad_frame"),
    (b'{"a":' * 2000, "bad_frame"),
    (b'{"plan": [1e999]}', "bad_frame"),
    ({"name": "x"}, "unknown"),
    ({"title": 1}, "not_text"),
    ({"title": None}, "not_text"),
    ({"title": "x" * 81}, "too_long"),
    ({"title": "x" * 4000}, "too_long"),
    ({"lang": "de"}, "not_a_choice"),
    ({"lang": 5}, "not_text"),
    ({"plan": "weather"}, "no_plan"),
    ({"plan": 7}, "not_a_list"),
    ({"plan": ["weather"] * 41}, "not_a_list"),
    ({"plan": ["nothing"]}, "no_card"),
    ({"plan": [5]}, "unknown"),
    ({"plan": [{"card": "weather", "x": 1}]}, "unknown"),
    ({"plan": [{"minutes": 1}]}, "unknown"),
    ({"plan": [{"card": "weather", "minutes": 241}]}, "not_a_number"),
    ({"plan": [{"card": "weather", "minutes": True}]}, "not_a_number"),
    ({"plan": [{"card": "weather", "minutes": 1.5}]}, "not_a_number"),
    ({"starts": 5}, "not_a_number"),
    ({"starts": "2030-01-01"}, "not_a_number"),
    ({"starts": [True]}, "not_a_number"),
    ({"starts": [0.5]}, "not_a_number"),
    ({"starts": [2**53]}, "not_a_number"),
    ({"starts": [1] * 61}, "not_a_list"),
    ({"minutes": 4}, "not_a_number"),
    ({"minutes": 1441}, "not_a_number"),
]


@pytest.mark.parametrize(("body", "code"), BAD)
def test_srv3_a_bad_wish_has_its_code_and_sentence(server: Running, body: Any, code: str) -> None:
    refused(make(server, body), 400, code)


def test_srv4_limits_hold_at_the_bound_and_one_above(server: Running) -> None:
    assert make(server, {"title": "é" * 80}).status == 201
    assert refused(make(server, {"title": "é" * 81}), 400, "too_long")["args"]["max"] == 80
    assert make(server, {"title": " \u202e" + "x" * 80 + "\u0000 "}).status == 201  # cleaned first
    assert make(server, {"plan": ["weather"] * 40}).status == 201
    full = json.dumps({"title": "x"}).encode()
    assert make(server, full + b" " * (16 * 1024 - len(full))).status == 201
    refused(make(server, full + b" " * (16 * 1024 - len(full) + 1)), 413, "too_large")
    more = {**address(), "Transfer-Encoding": "chunked"}  # no length is told: counted as it comes
    chunk = b"4001\r\n" + b" " * 0x4001 + b"\r\n0\r\n\r\n"
    assert server.ask("POST", "/api/rooms", chunk, more).status == 413


def test_LIF2_a_room_is_made_with_dates(server: Running) -> None:
    """The limits themselves are tested where the clock stands still."""
    now = int(time.time() * 1000)
    later, soon = now + 364 * DAY_MS, now + 60_000
    reply = make(server, {"starts": [later, soon, later], "minutes": 5})
    assert reply.status == 201
    told = server.ask("GET", f"/api/rooms/{reply.json['room']}").json
    assert told["next"] == soon and set(told) == {"room", "lang", "here", "ended", "next"}
    assert make(server, {"starts": now}).status == 201
    assert make(server, {"starts": [now + at * DAY_MS for at in range(60)]}).status == 201
    for starts in (now - 2 * HOUR_MS, now + 367 * DAY_MS):
        refused(make(server, {"starts": starts}), 400, "not_a_number")


def test_srv5_five_rooms_at_once_for_an_address(server: Running) -> None:
    here = address()
    for _ in range(5):
        assert make(server, {}, here).status == 201
    refused(make(server, {}, here), 429, "many_rooms")
    assert make(server, {}, address()).status == 201  # nobody else waits for that
    refused(make(server, {"lang": "xx"}, here), 400, "not_a_choice")


def test_srv6_a_server_has_as_many_rooms_as_its_limit(tmp_path: Any) -> None:
    server = Running(tmp_path / "data", {"JAM_LIMIT_ROOMS": "2"}).start()
    try:
        server.make()
        server.make()
        refused(server.ask("POST", "/api/rooms", {}), 400, "full")
    finally:
        server.stop()


def test_srv7_codes_of_a_text(server: Running) -> None:
    reply = server.ask("POST", "/api/qr", {"text": "http://x/r/1#j.2"})
    assert reply.status == 200 and reply.headers["content-type"] == "image/svg+xml"
    assert reply.body.startswith(b"<svg") and b"script" not in reply.body
    assert server.ask("POST", "/api/qr", {"text": "é" * 256}).status == 200
    assert refused(server.ask("POST", "/api/qr", {"text": "x" * 513}), 400, "too_long")["args"] == {
        "field": "text",
        "max": 512,
    }
    for body in ({}, {"text": ""}, {"text": 5}):
        refused(server.ask("POST", "/api/qr", body), 400, "missing")
    assert server.ask("GET", "/api/qr?text=x").status == 405  # never in an address


def test_srv8_what_a_stranger_needs_is_told(server: Running) -> None:
    limits = server.ask("GET", "/limits").json
    assert limits["rooms"] == 40 and limits["title_chars"] == 80  # those in force
    assert server.ask("GET", "/healthz").body == b"ok\n"
    assert server.ask("GET", "/readyz").body == b"ready\n"
    kinds = server.ask("GET", "/api/kinds").json
    assert {"room", "canvas", "checkin", "prompt"} <= set(kinds)
    assert (
        kinds["canvas"]["actions"]["mark"]["fields"]["properties"]["group"]["maximum"] == 2**31 - 1
    )
    assert kinds["room"]["actions"]["open"]["fields"]["oneOf"]
    for kind in kinds.values():
        assert all(action["doc"] for action in kind["actions"].values())


@pytest.mark.parametrize("lang", [*LANGS, "xx", "../en"])
def test_srv8_cards_come_in_every_language(server: Running, lang: str) -> None:
    told = server.ask("GET", f"/api/cards?lang={lang}").json
    first = told["cards"][0]
    assert first["title"] and first["kind"] in ("checkin", "canvas", "prompt")
    english = server.ask("GET", "/api/cards?lang=en").json["cards"][0]
    assert (first == english) is (lang not in LANGS[1:])
    assert set(told["start"]) <= {card["id"] for card in told["cards"]}


def test_srv9_pages_tell_nothing_of_a_room(server: Running) -> None:
    made = make(server, {"title": "Secret gathering", "lang": "fr"}).json
    page = server.ask("GET", f"/r/{made['room']}", headers={"Accept-Language": "fr"})
    assert page.status == 200 and b"Secret gathering" not in page.body
    wrong = server.ask("GET", "/r/0000000000", headers={"Accept-Language": "fr"})
    assert wrong.status == 404 and b'lang="fr"' in wrong.body


def origins(port: int) -> list[tuple[str | None, bool]]:
    ours = f"http://localhost:{port}"
    return [
        (None, True), (ours, True), (f"http://127.0.0.1:{port}", True),
        (f"http://[::1]:{port}", True),
        *((origin, False) for origin in (
            "", "null", "http://localhost", "http://127.0.0.1", "https://localhost", "file://",
            f"https://localhost:{port}", f"ws://localhost:{port}", f"{ours}/", f"{ours}/r/1",
            f"{ours}?", f"{ours}#", f"{ours}.evil.example", f"http://localhost:{port}0",
            f"http://localhost:{port + 1}", f"http://localhost:0{port}", f"HTTP://localhost:{port}",
            f"http://LOCALHOST:{port}", f"http://localhost.:{port}", f"http://a@localhost:{port}",
            f"http://localhost:{port}@evil.example", f"http://evil.example:{port}", "http://evil.example",
            f"http://localhost.evil.example:{port}", f"http://evillocalhost:{port}", "localhost",
            f"localhost:{port}", f"http://127.0.0.2:{port}", f"http://127.1:{port}",
            f"http://2130706433:{port}", f"http://0x7f000001:{port}", f"http://0.0.0.0:{port}",
            f"http://[::]:{port}", f"http://[0:0:0:0:0:0:0:1]:{port}", f"http://::1:{port}",
            f"http://xn--localhost-:{port}", f"http://loc%61lhost:{port}", f"{ours}, {ours}",
            f"{ours} http://evil.example", f"http://localhost:{port}%00", "*", "undefined",
            "chrome-extension://abc", f"\xe9http://localhost:{port}",
        )),
    ]  # fmt: skip


def test_srv10_only_our_own_pages_open_sockets(server: Running) -> None:
    found = origins(server.port)
    assert len(found) >= 40
    for origin, allowed in found:
        given = [("Sec-WebSocket-Protocol", "jam.v1")]
        if origin is not None:
            given.append(("Origin", origin))
        # a Host that says the same as a foreign Origin makes it no friend (DNS rebinding)
        status = handshake(server, "/ws/0123456789", given)
        assert status == (101 if allowed else 403), (origin, status)


def test_srv10_the_base_url_is_the_one_origin(tmp_path: Any) -> None:
    server = Running(tmp_path / "data", {"JAM_BASE_URL": "https://jam.example.org"}).start()
    try:
        for origin, status in (
            ("https://jam.example.org", 101),
            ("http://jam.example.org", 403),
            (f"http://localhost:{server.port}", 403),
        ):
            given = [("Sec-WebSocket-Protocol", "jam.v1"), ("Origin", origin)]
            assert handshake(server, "/ws/0123456789", given) == status
        made = server.ask("POST", "/api/rooms", {}).json
        assert made["join_url"].startswith("https://jam.example.org/r/")
        told = server.ask("GET", "/healthz").headers
        assert told["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    finally:
        server.stop()
    assert "Jam Room is open: https://jam.example.org" in server.said[0]


def test_srv11_a_handshake_needs_the_subprotocol(server: Running) -> None:
    for given in ([], [("Sec-WebSocket-Protocol", "jam.v2")], [("Sec-WebSocket-Protocol", "chat")]):
        assert handshake(server, "/ws/0123456789", given) == 403
    two = [("Sec-WebSocket-Protocol", "chat, jam.v1")]
    assert handshake(server, "/ws/0123456789", two) == 101
