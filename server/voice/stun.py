"""The part of ICE that a server with an open port needs (ICE-lite): it answers checks.

STUN is RFC 8489, checks are RFC 8445 §7.3, and that one sends only to who still asks for it is
RFC 7675. A check counts if it is signed with the password that belongs to the name in it. What is
not signed is told so now and then, never with more bytes than it had itself, and counts for
nothing else. No I/O, no clock of its own; times are milliseconds.
"""

from __future__ import annotations

import ipaddress
import secrets
import struct
from collections import OrderedDict
from typing import Any, Final, NamedTuple

from aioice.stun import Class, Message, Method, parse_message

from server.room.limits import Bucket

LARGEST: Final = 600
"""Bytes of a check beyond which nobody reads on; those of browsers have 90 to 160."""
MORE: Final = 12
"""Bytes that the answer to a signed check may have above it: an IPv6 address instead of IPv4."""
BURST: Final = 5
RATE: Final = 2
"""Refusals that one address is told at once, and each second."""
BURST_ALL: Final = 100
RATE_ALL: Final = 100
"""The same for all addresses together, for the address of a packet can be a lie."""
SOURCES: Final = 1024
"""Addresses whose refusals are counted; of more, the one that was quiet longest is forgotten."""
REMEMBERED: Final = 64
"""Checks of one name that are known again, should they come a second time from elsewhere."""

Source = tuple[Any, ...]
"""Host and port as the socket gives them; with IPv6 two numbers follow."""


def credentials() -> tuple[str, str]:
    """A name and a password for one peer (RFC 8445 §5.3 wants 24 and 128 bits of chance)."""
    return secrets.token_hex(5), secrets.token_hex(16)


def plain(source: Source) -> tuple[str, int]:
    """Host and port as they are on the wire: IPv4 without its IPv6 dress, no zone."""
    host = str(source[0]).partition("%")[0]
    return host.removeprefix("::ffff:") if "." in host else host, int(source[1])


class Heard(NamedTuple):
    """What a packet was. `name` is None where it was no valid check."""

    name: str | None = None
    nominates: bool = False
    answer: bytes | None = None


NOTHING: Final = Heard()


class Refusals:
    """How many refusals are told, by address and in all; what is remembered has a bound."""

    def __init__(self) -> None:
        self._all = Bucket(RATE_ALL, BURST_ALL)
        self._each: OrderedDict[bytes, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._each)

    def allowed(self, source: Source, now: float) -> bool:
        """Whether one more may be told to this address; it is counted then."""
        network = ipaddress.ip_address(plain(source)[0]).packed[:8]
        bucket = self._each.pop(network, None) or Bucket(RATE, BURST, int(now))
        self._each[network] = bucket
        if len(self._each) > SOURCES:
            self._each.popitem(last=False)
        return bucket.take(int(now)) and self._all.take(int(now))


class _Peer:
    __slots__ = ("key", "seen")

    def __init__(self, password: str) -> None:
        self.key = password.encode()
        self.seen: OrderedDict[bytes, Source] = OrderedDict()

    def again(self, transaction: bytes, source: Source) -> bool:
        """Whether this very check has come from another address: somebody repeats what they
        overheard, and would have all that is sent go to themselves, or to a third."""
        if (known := self.seen.get(transaction)) is not None:
            return known != source
        self.seen[transaction] = source
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)
        return False


class Responder:
    """Answers the checks of all peers of one port."""

    def __init__(self) -> None:
        self._peers: dict[str, _Peer] = {}
        self._refusals = Refusals()
        self.valid = self.refused = self.ignored = 0

    def add(self, name: str, password: str) -> None:
        """From now on, this name's checks are valid under this password."""
        self._peers[name] = _Peer(password)

    def remove(self, name: str) -> None:
        """No more."""
        self._peers.pop(name, None)

    def receive(self, data: bytes, source: Source, now: float) -> Heard:
        """A packet that looks like STUN has come from there. Nothing raises."""
        request = _request(data)
        if request is None:
            self.ignored += 1
            return NOTHING
        name, found = self._who(request)
        if found is None or not request.check_message_integrity(found.key):
            signed = "MESSAGE-INTEGRITY" in request.attributes and name
            return self._refuse(request, 401 if signed else 400, len(data), source, now)
        if found.again(request.transaction_id, source):
            self.ignored += 1
            return NOTHING
        if "ICE-CONTROLLED" in request.attributes:
            # A server with an open port never chooses the way; the other end has to.
            wrong = {"ERROR-CODE": (487, "")}
            return Heard(answer=_answer(request, Class.ERROR, wrong, found.key))
        self.valid += 1
        told = {"XOR-MAPPED-ADDRESS": plain(source)}
        answer = _answer(request, Class.RESPONSE, told, found.key)
        nominates = "USE-CANDIDATE" in request.attributes
        return Heard(name, nominates, answer if len(answer) <= len(data) + MORE else None)

    def _who(self, request: Message) -> tuple[str, _Peer | None]:
        """The name is `ours:theirs` (RFC 8445 §7.2.2)."""
        name = str(request.attributes.get("USERNAME", "")).partition(":")[0]
        return name, self._peers.get(name)

    def _refuse(self, request: Message, code: int, size: int, source: Source, now: float) -> Heard:
        self.refused += 1
        answer = _answer(request, Class.ERROR, {"ERROR-CODE": (code, "")}, None)
        if len(answer) > size or not self._refusals.allowed(source, now):
            return NOTHING
        return Heard(answer=answer)


def _request(data: bytes) -> Message | None:
    """A binding request with a right fingerprint (RFC 8445 §7.1 demands one), or None."""
    if len(data) > LARGEST:
        return None
    try:
        message = parse_message(data)
    except (ValueError, struct.error):
        return None
    wanted = (message.message_class, message.message_method) == (Class.REQUEST, Method.BINDING)
    return message if wanted and "FINGERPRINT" in message.attributes else None


def _answer(request: Message, kind: Class, told: dict[str, Any], key: bytes | None) -> bytes:
    message = Message(Method.BINDING, kind, request.transaction_id, told)
    if key is None:
        message.add_fingerprint()
    else:
        message.add_message_integrity(key)
    return bytes(message)
