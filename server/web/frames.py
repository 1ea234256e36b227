"""A WebSocket message that is made once and written to many sockets as it stands."""

from typing import Literal

__all__ = ["Frame"]

TEXT = 0x81
BINARY = 0x82


class Frame:
    """One whole message: `payload` as the browser sees it, `wire` as the bytes on the line.

    Frames from a server are not masked (RFC 6455, 5.1), so that the same bytes fit every
    receiver: encoding and framing cost once, however many people are in the room.
    """

    __slots__ = ("kind", "payload", "wire")

    kind: Literal["text", "binary"]
    payload: bytes
    wire: bytes

    def __init__(self, kind: Literal["text", "binary"], payload: bytes) -> None:
        self.kind = kind
        self.payload = payload
        first = TEXT if kind == "text" else BINARY
        size = len(payload)
        # Header and payload in one piece: two writes would meet Nagle and delayed acks.
        if size < 126:
            self.wire = bytes((first, size)) + payload
        elif size < 65536:
            self.wire = bytes((first, 126)) + size.to_bytes(2, "big") + payload
        else:
            self.wire = bytes((first, 127)) + size.to_bytes(8, "big") + payload

    @classmethod
    def text(cls, payload: bytes) -> "Frame":
        """A text message; the caller vouches that `payload` is UTF-8."""
        return cls("text", payload)

    @classmethod
    def binary(cls, payload: bytes) -> "Frame":
        """A binary message."""
        return cls("binary", payload)

    def __len__(self) -> int:
        """Bytes on the line."""
        return len(self.wire)
