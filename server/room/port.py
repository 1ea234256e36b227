"""What a hosted room asks of the world, and the tickets by which the world answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from . import moment
from .moment import Asked
from .session import Session


class Port(Protocol):
    """What a room asks of the world. Calls return at once; the log answers later, in order."""

    def append(self, ticket: Ticket, n: int, p: int | None) -> None: ...
    def snapshot(self, offset: int, tag: str, blob: Callable[[], bytes]) -> None: ...
    def forget(self, offset: int, tag: str, blob: bytes, seed: bytes) -> None: ...
    def put_key(self, key: str, value: bytes, then: Callable[[], None] | None = None) -> None: ...
    def delete_key(self, key: str, then: Callable[[bool], None] | None) -> None:
        """Keys are written and deleted in the order of these calls; then `then` is called, after
        a delete with whether the key was there still."""

    def lived(self) -> None:
        """What the room's life depends on has changed (`life.SHAPES_LIFE`)."""

    def let(self, knock: str, let_in: bool) -> None:
        """A host has answered somebody at the door."""

    def ended(self, until: int, erase: bool) -> None: ...
    def entropy(self, size: int) -> bytes: ...
    def wall(self) -> int: ...
    def fault(self, where: str) -> None: ...


class Ticket:
    """One append under way: who asked, and what to do when it is folded."""

    __slots__ = ("author", "n", "payload", "session", "then")

    def __init__(
        self,
        author: str,
        n: int,
        payload: bytes,
        session: Session | None = None,
        then: Callable[[bool], None] | None = None,
    ) -> None:
        self.author, self.n, self.payload = author, n, payload
        self.session, self.then = session, then

    @property
    def own(self) -> bool:
        """Somebody here waits for it."""
        return self.session is not None or self.then is not None


class Facts:
    """Writes facts of the server; the key makes each happen once, whoever writes it."""

    def __init__(self, port: Port) -> None:
        self._port = port

    def write(self, key: str, asked: Asked, then: Callable[[bool], None] | None = None) -> None:
        """`then(ok)` is called when the fact is folded, or when it could not be written."""
        ticket = Ticket(f"sys:{key}", 1, moment.encode(asked), None, then)
        self._port.append(ticket, 1, None)

    def once(self, key: str, asked: Asked, then: Callable[[bool], None] | None = None) -> None:
        """As `write`, for something that may happen again: the key gets a nonce."""
        self.write(f"{key}:{self._port.entropy(6).hex()}", asked, then)
