"""uvicorn's sans-I/O WebSocket protocol, made to end: in order, in time, and in silence.

Names of uvicorn and websockets used here and in `protocol.py` are public by spelling but not
documented: the versions are pinned, and tests/web/test_protocol_pins.py fails when a name goes.
"""

import asyncio
import logging
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame as LibraryFrame
from websockets.protocol import OPEN

from server.web.line import CLOSE_SECONDS, CLOSED, FAULT, HIGH, LOG, LOW, describe
from server.web.socket import DirectSocket

__all__ = ["EndingProtocol"]

# The library logs frames at DEBUG and uvicorn addresses and paths at INFO: neither may happen,
# whatever level the operator sets.
QUIET = logging.getLogger("jam.websocket")
QUIET.setLevel(logging.CRITICAL)


class EndingProtocol(WebSocketsSansIOProtocol):
    """A connection with a DirectSocket, which the app finds in scope["extensions"].

    uvicorn ends connections with `transport.close()`, which waits for a stuck peer to read all
    that is buffered; here every end has a deadline after which the line is cut.
    """

    direct: DirectSocket

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = self.conn.logger = QUIET
        self.conn.debug = False
        # The code the connection ends with, as soon as that is known.
        self.end_code: int | None = None
        self.heard = 0.0
        self._told = False

    # From the transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HIGH, low=LOW)
        self.direct = DirectSocket(self, self.transport.write)

    def connection_lost(self, exc: Exception | None) -> None:
        self.direct.gone()
        super().connection_lost(exc)
        self._tell(1006 if self.end_code is None else self.end_code)

    # From the socket

    def begin(self) -> None:
        """Somebody listens now."""
        # Answered and done with; some 2 KB for as long as the person stays.
        self.__dict__.pop("request", None)
        self.__dict__.pop("response", None)
        self.direct.writable = (
            self.handshake_complete
            and self.end_code is None
            and not self.disconnected
            and self.writable.is_set()
        )

    def unsent(self) -> int:
        """Bytes that wait in the transport."""
        return self.transport.get_write_buffer_size()

    def end(self, code: int, reason: str = "") -> None:
        """Send a close frame, once; the line is cut if the peer does not answer in time."""
        if self.end_code is not None or self.disconnected:
            return
        self.end_code = code
        self.direct.writable = False
        self.stop_keepalive()
        if self.conn.state is OPEN:
            self.conn.send_close(code, reason)
        self._write_library()
        self.close_sent = True
        self._arm()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def cut(self) -> None:
        """Drop the connection and all that is unsent."""
        self.direct.writable = False
        self.stop_keepalive()
        self.transport.abort()

    # From uvicorn

    async def run_asgi(self) -> None:
        self.scope["extensions"]["jam.socket"] = self.direct  # type: ignore[assignment]
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception as fault:
            LOG.error("the socket's app failed: %s", describe(fault))
            if self.handshake_complete:
                self.end(FAULT)
        self.send_500_response()  # only if the handshake was not answered
        if self.end_code is None:
            self.transport.close()
            self._arm()

    def shutdown(self) -> None:
        self.stop_keepalive()
        if self.handshake_complete:
            self.end(1012)
        else:
            self.send_500_response()
        self.transport.close()
        self._arm()

    def handle_close(self, event: LibraryFrame) -> None:
        self.direct.writable = False
        if self.end_code is None:
            received = self.conn.close_rcvd
            self.end_code = 1005 if received is None else received.code
            self.queue.put_nowait({"type": "websocket.disconnect", "code": self.end_code})
        self.stop_keepalive()
        self._write_library()
        self.transport.close()
        self._arm()
        self._tell(self.end_code)

    def send_keepalive_ping(self) -> None:
        interval = self.ping_interval or 0.0
        quiet = self.loop.time() - self.heard
        if quiet < interval:
            # Who has just been heard is there: ask when the silence has lasted.
            self.ping_timer = self.loop.call_later(interval - quiet, self.send_keepalive_ping)
        else:
            super().send_keepalive_ping()

    def keepalive_timeout(self) -> None:
        self.pong_timer = None
        self.pending_ping_payload = None
        if self.heard > self.ping_sent_at:
            # The pong waits behind other things on a slow line, but the peer does live.
            self.schedule_ping()
        elif not self.transport.is_closing():
            CLOSED["silent"] += 1
            self.cut()

    def _write_library(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"".join(self.conn.data_to_send()))

    def _arm(self) -> None:
        if self.close_timer is not None:
            self.close_timer.cancel()
        if not self.disconnected:
            self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def _tell(self, code: int) -> None:
        if not self._told:
            self._told = True
            on_close = self.direct.on_close
            self.direct.detach()
            try:
                on_close(code)
            except Exception as fault:
                LOG.error("on_close failed: %s", describe(fault))
