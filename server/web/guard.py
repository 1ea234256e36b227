"""How much one line and one address may ask of us.

Everything here counts in whole numbers and is told the time in milliseconds, so that a test
can stand at a limit and one above it without waiting.
"""

import ipaddress

from server.room.limits import Bucket

__all__ = ["Addresses", "Meter", "TooMany", "Visit", "address_key"]

# A read of one byte costs us as much as a read of this many, so it is charged as such.
SLICE = 64


class Meter:
    """The two buckets of one socket: frames of every opcode, and bytes."""

    __slots__ = ("data", "frames")

    allowed: tuple[int, int, int, int] = (60, 240, 64 * 1024, 256 * 1024)
    """Frames a second and at once, bytes a second and at once; `allow` sets it at start."""

    def __init__(self, *, frames_burst: int | None = None, data_burst: int | None = None) -> None:
        frames, most, data, most_data = self.allowed
        self.frames = Bucket(frames, most if frames_burst is None else frames_burst)
        self.data = Bucket(data, most_data if data_burst is None else data_burst)

    @classmethod
    def allow(cls, frames: int, frames_burst: int, data: int, data_burst: int) -> None:
        """For all sockets that come from now on."""
        cls.allowed = (frames, frames_burst, data, data_burst)

    def read(self, size: int, now: int) -> bool:
        """A read of `size` bytes has arrived."""
        return self.data.take(now, size if size > SLICE else SLICE)

    def message(self, size: int, now: int) -> bool:
        """A read of `size` bytes has arrived and is one whole frame: as `read` and `frame`."""
        cost = size if size > SLICE else SLICE
        return self.data.take(now, cost) and self.frames.take(now)

    def frame(self, now: int) -> bool:
        """A whole frame is about to be handled."""
        return self.frames.take(now)


def address_key(host: str | None) -> str:
    """What limits are counted by: an IPv4 address, or the /64 of an IPv6 one.

    A key is for counting only and must not be logged. What is no address counts as one: "".
    """
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if address.is_loopback:
            return "::1"
        return str(ipaddress.IPv6Address(int(address) >> 64 << 64)) + "/64"
    return str(address)


def is_loopback(key: str) -> bool:
    """True for the machine's own addresses, as `address_key` writes them."""
    return key == "::1" or key.startswith("127.")


class TooMany(Exception):
    """An address has reached a bound; `bound` says which: sockets, rate or strangers."""

    def __init__(self, bound: str) -> None:
        super().__init__(bound)
        self.bound = bound


class _Record:
    __slots__ = ("fresh", "sockets", "strangers", "wrong")

    def __init__(self, fresh: Bucket, wrong: Bucket) -> None:
        self.sockets = 0
        self.strangers = 0
        self.fresh = fresh
        self.wrong = wrong


class Visit:
    """One socket's place in the count of its address, from `Addresses.admit` to `close`."""

    __slots__ = ("_open", "_record", "_stranger")

    def __init__(self, record: _Record | None) -> None:
        self._record = record
        self._open = True
        self._stranger = True
        if record is not None:
            record.sockets += 1
            record.strangers += 1

    def known(self) -> None:
        """The socket has shown a valid link or token. More than once is the same as once."""
        if self._open and self._stranger:
            self._stranger = False
            if self._record is not None:
                self._record.strangers -= 1

    def close(self) -> None:
        """The socket is gone. More than once is the same as once."""
        self.known()
        if self._open:
            self._open = False
            if self._record is not None:
                self._record.sockets -= 1


class Addresses:
    """Counts per address, in bounded memory, never written anywhere.

    Loopback is exempt unless proxies are trusted: behind a proxy that is not set up, everybody
    in the world has the address 127.0.0.1 (`exempt_loopback=False` when proxies are trusted).
    """

    def __init__(
        self,
        *,
        sockets: int = 200,
        fresh_rate: int = 6,
        fresh_burst: int = 120,
        strangers: int = 120,
        wrong_per_minute: int = 10,
        exempt_loopback: bool = True,
        remembered: int = 10_000,
    ) -> None:
        self.sockets = sockets
        self.strangers = strangers
        self.fresh_rate = fresh_rate
        self.fresh_burst = fresh_burst
        self.wrong_per_minute = wrong_per_minute
        self.exempt_loopback = exempt_loopback
        self.remembered = remembered
        self._records: dict[str, _Record] = {}

    def __len__(self) -> int:
        return len(self._records)

    def admit(self, key: str, now: int) -> Visit:
        """Count a new socket in, or raise TooMany. The caller closes the Visit, always."""
        if self.exempt_loopback and is_loopback(key):
            return Visit(None)
        record = self._record(key, now)
        if record.sockets >= self.sockets:
            raise TooMany("sockets")
        if record.strangers >= self.strangers:
            raise TooMany("strangers")
        if not record.fresh.take(now):
            raise TooMany("rate")
        return Visit(record)

    def may_try(self, key: str, now: int) -> bool:
        """May this address show a secret now? False once its wrong tries are used up."""
        if self.exempt_loopback and is_loopback(key):
            return True
        record = self._records.get(key)
        # A look takes nothing: only a try that turns out wrong does.
        return record is None or record.wrong.wait_ms(now, 60) == 0

    def wrong(self, key: str, now: int) -> None:
        """A secret was shown and was wrong. A missing secret is not a wrong one."""
        if not (self.exempt_loopback and is_loopback(key)):
            self._record(key, now).wrong.take(now, 60)

    def _record(self, key: str, now: int) -> _Record:
        record = self._records.get(key)
        if record is None:
            if len(self._records) >= self.remembered:
                self._sweep(now)
            # Tokens of the wrong-try bucket are sixtieths, so that "per minute" stays whole.
            record = _Record(
                Bucket(self.fresh_rate, self.fresh_burst),
                Bucket(self.wrong_per_minute, self.wrong_per_minute * 60),
            )
            self._records[key] = record
        return record

    def _sweep(self, now: int) -> None:
        """Forget who owes nothing; if that is not enough, the eldest without a socket."""
        idle = [key for key, record in self._records.items() if not record.sockets]
        for key in idle:
            record = self._records[key]
            if record.fresh.full(now) and record.wrong.full(now):
                del self._records[key]
        for key in idle:
            if len(self._records) < self.remembered:
                break
            self._records.pop(key, None)
