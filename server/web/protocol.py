"""uvicorn's sans-I/O WebSocket protocol with a fast way in, a direct way out and a guard.

Plain frames, which are all that browsers send us, are parsed here and handed over at once;
handshake, control frames and closing stay with the websockets library.
"""

import asyncio
import importlib.util
import socket as sockets
import sys
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState

from server.web.ending import EndingProtocol
from server.web.guard import Meter
from server.web.heads import HeadDeadline, http_protocol
from server.web.line import CLOSED, FAULT, FIRST_MESSAGE, LARGEST_MESSAGE, LOG, TOO_FAST, describe

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without the compiled part
    from websockets.utils import apply_mask

__all__ = ["JamProtocol", "uvicorn_options"]

FRAMES_PER_READ = 64
# What may wait while the handshake is answered; a client has no reason to send anything yet.
EARLY_BYTES = FIRST_MESSAGE + 14
# What is read and dropped after a violation, so that the close frame is not lost to a reset.
DEAF_BYTES = 256 * 1024

TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
# From Linux's tcp.h, macOS's tcp.h: Python names it nowhere.
NOTSENT_LOWAT = {"linux": 25, "darwin": 0x201}


class JamProtocol(EndingProtocol):
    """One WebSocket connection; the app finds its DirectSocket in scope["extensions"]."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.meter = Meter()
        self._buffer = bytearray()
        self._deaf: int | None = None
        self._begun = False
        self._backlog = False
        self._plain = False  # the next read begins with a frame, and is to be heard

    # From the transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        limit_unsent(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._buffer.clear()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.direct.writable = False

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._begun and self.end_code is None and not self.disconnected:
            self.direct.writable = True
            try:
                self.direct.on_writable()
            except Exception as fault:
                self._fault(fault)

    def data_received(self, data: bytes) -> None:
        """Nearly every read of an open line is one whole text frame: that one goes straight
        through, judged as `_parse` would judge it."""
        start = 6 if len(data) < 132 else 8
        size = len(data) - start
        if (
            self._plain
            and 0 < size <= self.direct.max_message
            and data[0] == TEXT
            and (data[1] == 128 + size if start == 6 else data[1] == 254)
            and (start == 6 or data[2] << 8 | data[3] == size)
            and self.end_code is None
        ):
            self.heard = self.loop.time()
            now = int(self.heard * 1000)
            if self.meter.message(len(data), now):
                self._message(apply_mask(data[start:], data[start - 4 : start]), True)
            else:
                self._violation("too_fast", TOO_FAST)
        else:
            self._read(data)
            self._settle()

    def _settle(self) -> None:
        busy = self._buffer or self._backlog or self._deaf is not None
        self._plain = self._begun and not busy

    def _read(self, data: bytes) -> None:
        if not self.handshake_initiated:
            self._request(data)
            return
        if self._deaf is not None:
            self._deaf -= len(data)
            if self._deaf < 0:
                self.cut()
            return
        self.heard = self.loop.time()
        if not self.meter.read(len(data), int(self.heard * 1000)):
            self._violation("too_fast", TOO_FAST)
            return
        if self._backlog:
            self._buffer += data  # bounded by the meter; its turn comes with the backlog
        elif not self._begun:
            self._buffer += data
            if len(self._buffer) > EARLY_BYTES:
                CLOSED["early"] += 1
                self.cut()
        elif self._buffer:
            self._buffer += data
            del self._buffer[: self._parse(self._buffer)]
        else:
            used = self._parse(data)
            if used < len(data):
                self._buffer += data[used:] if used else data

    # From the socket

    def begin(self) -> None:
        super().begin()
        self._begun = True
        if self._buffer:
            self._later()
        self._settle()

    def _request(self, data: bytes) -> None:
        try:
            super().data_received(data)
        except Exception as fault:
            CLOSED["handshake"] += 1
            LOG.info("a handshake failed: %s", describe(fault))
            self.cut()

    # Parsing

    def _later(self) -> None:
        self._backlog = True
        self.loop.call_soon(self._resume)

    def _resume(self) -> None:
        self._backlog = False
        if not self.disconnected and self._deaf is None:
            del self._buffer[: self._parse(self._buffer)]
        self._settle()

    def _parse(self, data: bytes | bytearray) -> int:
        """Handle the whole frames at the start of `data`; returns how many bytes they were.

        Never raises, and judges a frame by its head, before the rest of it is kept.
        """
        direct, meter, now = self.direct, self.meter, int(self.heard * 1000)
        position, end, budget = 0, len(data), FRAMES_PER_READ
        while end - position >= 2:
            head, size = data[position], data[position + 1] - 128
            if size < 0:
                self._violation("unmasked", 1002)
                return end
            start = position + 6
            if size > 125:
                start = position + (8 if size == 126 else 14)
                if end < start - 4:
                    break
                size = int.from_bytes(data[position + 2 : start - 4], "big")
            plain = head in (TEXT, BINARY)
            if plain:
                if size > direct.max_message:
                    self._violation("too_big", 1009)
                    return end
            elif head not in (CLOSE, PING, PONG) or size > 125:
                fragment = head in (0x00, 0x01, 0x02, 0x80)
                self._violation("fragment" if fragment else "bad_frame", 1008 if fragment else 1002)
                return end
            stop = start + size
            if stop > end:
                break
            if not budget:
                self._later()  # others first
                break
            budget -= 1
            if not meter.frame(now):
                self._violation("too_fast", TOO_FAST)
                return end
            if plain:
                if self.end_code is None:
                    payload = apply_mask(data[start:stop], data[start - 4 : start])
                    self._message(payload, head == TEXT)
            elif head != PING or self.writable.is_set():
                # A ping of a peer that does not read goes unanswered: pongs would pile up.
                self._control(bytes(data[position:stop]))
            if self._deaf is not None or self.disconnected or self.transport.is_closing():
                return end
            position = stop
        return position

    def _message(self, payload: bytes, text: bool) -> None:
        if text and not payload.isascii():
            try:
                payload.decode()
            except UnicodeDecodeError:
                self._violation("bad_text", 1007)
                return
        try:
            self.direct.on_message(payload, text)
        except Exception as fault:
            self._fault(fault)

    def _control(self, frame: bytes) -> None:
        self.conn.receive_data(frame)
        if self.conn.parser_exc is not None:
            sent = self.conn.close_sent
            self._violation("bad_frame", 1002 if sent is None else sent.code)
        else:
            self.handle_events()

    def _violation(self, reason: str, code: int) -> None:
        """Close and hear no more: what follows a broken rule has no known meaning."""
        CLOSED[reason] += 1
        if self.end_code is not None:
            self.cut()
            return
        self.end(code, reason)
        self._deaf = DEAF_BYTES
        self._plain = False
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()

    def _fault(self, fault: Exception) -> None:
        LOG.error("a socket's callback failed: %s", describe(fault))
        self._violation("fault", FAULT)


def limit_unsent(transport: asyncio.Transport) -> None:
    """Let the kernel take 16 KiB ahead of the line, not megabytes, where it can be told so.

    Otherwise a reader that has stopped is noticed only when 4 MB of old news lie in the kernel.
    """
    line = transport.get_extra_info("socket")
    option = NOTSENT_LOWAT.get(sys.platform)
    if line is None or option is None or line.family not in (sockets.AF_INET, sockets.AF_INET6):
        return
    try:
        line.setsockopt(sockets.IPPROTO_TCP, option, 16384)
    except OSError:
        return  # an old kernel: the acks of the client still notice


def uvicorn_options() -> dict[str, Any]:
    """What uvicorn.Config needs so that this protocol and the HTTP guard are used.

    Works with uvloop and httptools where they are installed and with asyncio and h11 elsewhere.
    """
    return {
        "loop": "uvloop" if importlib.util.find_spec("uvloop") else "asyncio",
        "http": http_protocol(),
        "ws": JamProtocol,
        "ws_per_message_deflate": False,
        "ws_max_size": LARGEST_MESSAGE,
        "ws_ping_interval": 10.0,
        "ws_ping_timeout": 10.0,
        "h11_max_incomplete_event_size": HeadDeadline.HEAD_BYTES,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 5,
        "backlog": 4096,
        "access_log": False,
        "server_header": False,
    }
