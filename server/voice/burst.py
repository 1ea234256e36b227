"""Many packets to many addresses at once: by `sendmmsg` where Linux has it, else one by one.

One call for the whole room is what keeps a listener cheap: calling costs more than all else that is
done for a packet.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Any, Final

MOST: Final = 1024
"""Packets of one call (the kernel's own bound)."""

Address = tuple[Any, ...]
"""Host and port as the socket gives them; with IPv6 two numbers follow."""


class Slot(ctypes.Array[ctypes.c_char]):
    """A buffer that stays where it is and never grows; packets are made in it and sent out of it.
    To ask where another buffer is costs more than to send."""

    _type_, _length_ = ctypes.c_char, 1_844

    def __init__(self) -> None:
        super().__init__()
        self.at = ctypes.addressof(self)


Packet = tuple[Address, bytearray | Slot, int]
"""Where to, what, and how many bytes of it."""


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("vectors", ctypes.c_void_p),
        ("vector_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class _Header(ctypes.Structure):
    _fields_ = (("message", _Message), ("sent", ctypes.c_uint))


_WORD: Final = ctypes.sizeof(ctypes.c_ulong)
_WIDE: Final = ctypes.sizeof(_Header) // _WORD
_NARROW: Final = ctypes.sizeof(_Vector) // _WORD


def _call() -> Any:
    """The C library's function, or None."""
    if sys.platform != "linux":
        return None
    found = getattr(ctypes.CDLL(None, use_errno=True), "sendmmsg", None)
    if found is not None:
        found.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int)
        found.restype = ctypes.c_int
    return found


class Name:
    """An address as the kernel has it, at a place in memory that stays."""

    __slots__ = ("_bytes", "at", "size")

    def __init__(self, family: int, address: Address) -> None:
        head = struct.pack("=H", family) + struct.pack("!H", address[1])
        if family == socket.AF_INET:
            data = head + socket.inet_pton(family, address[0]) + bytes(8)
        else:
            host = socket.inet_pton(family, address[0].partition("%")[0])
            data = head + bytes(4) + host + struct.pack("=I", address[3])
        self._bytes = ctypes.create_string_buffer(data, len(data))
        self.at, self.size = ctypes.addressof(self._bytes), len(data)


class Burst:
    """Sends for one socket. Who can be sent to has been named before; nobody else is."""

    def __init__(self, sock: socket.socket, one_by_one: bool = False) -> None:
        self._socket = sock
        self._names: dict[Address, Name | None] = {}
        self._call = None if one_by_one else _call()
        self.sent = self.dropped = self.unknown = 0
        if self._call is None:
            return
        self._vectors = (_Vector * MOST)()
        self._headers = (_Header * MOST)()
        start = ctypes.addressof(self._vectors)
        for n, header in enumerate(self._headers):
            header.message.vectors = start + n * ctypes.sizeof(_Vector)
            header.message.vector_count = 1
            header.message.name_size = 16 if sock.family == socket.AF_INET else 28
        # In words of the processor: where an address is, where a packet is, how long it is.
        self._to = memoryview(self._headers).cast("B").cast("L")
        self._what = memoryview(self._vectors).cast("B").cast("L")

    @property
    def at_once(self) -> bool:
        """Whether there is one call for many."""
        return self._call is not None

    def name(self, address: Address) -> None:
        """From now on packets may go to this address."""
        self._names[address] = Name(self._socket.family, address) if self._call else None

    def forget(self, address: Address) -> None:
        """No more."""
        self._names.pop(address, None)

    def send(self, packets: Iterable[Packet]) -> int:
        """Send what can be sent now; the rest is dropped, for late sound is none. How many went."""
        before = self.sent
        if self._call is None:
            for address, buffer, size in packets:
                if address in self._names:
                    self._one(address, buffer, size)
                else:
                    self.unknown += 1
        else:
            whole = [*packets]
            for start in range(0, len(whole), MOST):
                self._many(self._call, whole[start : start + MOST])
        return self.sent - before

    def _one(self, address: Address, buffer: bytearray | Slot, size: int) -> None:
        try:
            self._socket.sendto(memoryview(buffer)[:size], address)
        except OSError:
            self.dropped += 1
        else:
            self.sent += 1

    def _many(self, call: Any, packets: list[Packet]) -> None:
        names, to, where, sizes = self._names, [], [], []
        held = []  # keeps each buffer where it is until the call is over
        for address, buffer, size in packets:
            name = names.get(address)
            if name is None:
                self.unknown += 1
                continue
            if size > len(buffer):
                raise ValueError("more bytes than there are")
            if type(buffer) is Slot:
                where.append(buffer.at)
            else:
                held.append(ctypes.c_char.from_buffer(buffer))
                where.append(ctypes.addressof(held[-1]))
            to.append(name.at)
            sizes.append(size)
        end = len(to)
        self._to[: end * _WIDE : _WIDE] = array("L", to)
        self._what[: end * _NARROW : _NARROW] = array("L", where)
        self._what[1 : 1 + end * _NARROW : _NARROW] = array("L", sizes)
        start, at, wide = ctypes.addressof(self._headers), 0, ctypes.sizeof(_Header)
        while at < end:
            done = call(self._socket.fileno(), start + at * wide, end - at, 0)
            if done > 0:
                self.sent += done
                at += done
            elif (fault := ctypes.get_errno()) == errno.EAGAIN:
                self.dropped += end - at
                return
            elif fault != errno.EINTR:
                self.dropped += 1  # this one cannot go; those behind it can
                at += 1
