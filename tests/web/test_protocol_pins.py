"""Names of pinned packages that server/web leans on without their being documented (rule SK18)."""

import inspect

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN, Protocol
from websockets.server import ServerProtocol

from server.web.protocol import JamProtocol

# What is overridden must be there to be overridden: `hasattr` would be content with what
# asyncio's own base class has.
OVERRIDDEN = {
    "connection_made",
    "connection_lost",
    "data_received",
    "pause_writing",
    "resume_writing",
    "run_asgi",
    "shutdown",
    "handle_close",
    "keepalive_timeout",
}
CALLED = {
    "handle_events",
    "send_500_response",
    "schedule_ping",
    "stop_keepalive",
    "send_keepalive_ping",
}
ATTRIBUTES = {
    "app",
    "close_sent",
    "close_timer",
    "conn",
    "disconnected",
    "handshake_complete",
    "handshake_initiated",
    "loop",
    "pending_ping_payload",
    "ping_sent_at",
    "pong_timer",
    "queue",
    "request",
    "response",
    "scope",
    "transport",
    "writable",
}


def test_sk18_uvicorns_socket_protocol_has_what_we_override_and_call() -> None:
    assert vars(WebSocketsSansIOProtocol).keys() >= OVERRIDDEN | CALLED
    source = inspect.getsource(WebSocketsSansIOProtocol)
    missing = {name for name in ATTRIBUTES if f"self.{name}" not in source}
    assert missing == set()


def test_sk18_uvicorn_has_write_flow_control() -> None:
    """Without it (before 0.52.1) one stuck reader holds all that is sent to it in memory."""
    assert "pause_writing" in vars(WebSocketsSansIOProtocol)
    assert "resume_writing" in vars(WebSocketsSansIOProtocol)
    assert "pause_writing" in vars(JamProtocol)


def test_sk18_websockets_has_what_we_call() -> None:
    methods = {"receive_data", "send_close", "data_to_send", "events_received"}
    assert vars(Protocol).keys() >= methods
    conn = ServerProtocol()
    for name in ("debug", "logger", "parser_exc", "close_rcvd", "close_sent", "state"):
        assert hasattr(conn, name), name
    assert OPEN == 1
    from websockets.utils import apply_mask as slow

    assert slow(b"abcde", b"1234") == bytes(a ^ b for a, b in zip(b"abcde", b"12341", strict=True))


def test_sk18_uvicorns_http_protocols_have_what_we_override() -> None:
    for base in (HttpToolsProtocol, H11Protocol):
        names = {"connection_made", "connection_lost", "data_received", "handle_websocket_upgrade"}
        assert vars(base).keys() >= names
        source = inspect.getsource(base)
        for name in ("timeout_keep_alive_task", "cycle", "transport", "loop", "logger"):
            assert f"self.{name}" in source, name
    assert vars(HttpToolsProtocol).keys() >= {
        "on_message_begin",
        "on_headers_complete",
        "on_message_complete",
    }
    assert "self.parser" in inspect.getsource(HttpToolsProtocol)
    assert "response_complete" in inspect.getsource(inspect.getmodule(H11Protocol) or H11Protocol)
