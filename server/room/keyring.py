"""A room's keys while it is alive: made, handed on, spent, closed.

What stands here is also in the store, a moment later and in the same order; a secret itself is
nowhere but in the answer to whoever asked for it.
"""

from __future__ import annotations

import base64
from collections import ChainMap
from collections.abc import Callable, Mapping

import msgspec

from . import keys
from .keys import Key
from .port import Port

SPENT = 100
"""Spent keys that are remembered, in memory only, for the tabs that spent them."""


class Keyring:
    """Every key of one room, by id. `opens` is the living table: read at once."""

    def __init__(self, port: Port, opens: dict[str, Key]) -> None:
        self._port = port
        self.opens = opens
        self._spent: dict[str, tuple[str, Key]] = {}  # id -> (by which tab, what it opened)

    # -- made

    def token(self, member: str, link: str, then: Callable[[], None] | None = None) -> str:
        """A new token of this person's seat, taken through `link` (an id). `then` is called when
        the store has it: before that no answer may give it away."""
        return self._made(keys.TOKEN_BYTES, Key(member=member, link=link), then)

    def passed(self, member: str) -> tuple[str, int]:
        """A pass to the same seat, for one other device; and until when."""
        until = self._port.wall() + keys.ONCE_MS
        link = next((k.link for k in self.opens.values() if k.member == member and k.link), "")
        key = Key(member=member, once=True, until=until, link=link)
        return self._made(keys.JOIN_BYTES, key), until

    def way_in(self) -> tuple[str, int]:
        """A way in for one new person; and until when."""
        until = self._port.wall() + keys.ONCE_MS
        key = Key(role="member", once=True, until=until)
        return self._made(keys.JOIN_BYTES, key), until

    def anew(self, what: str) -> str:
        """A new link for everybody (`join`) or for hosts (`host`). Those before are closed now;
        who came through them keeps their seat."""
        role = "host" if what == "host" else "member"
        for found, key in list(self.opens.items()):
            if key.role == role and key.way_in and not key.once:
                self.close(found)
        return self._made(keys.HOST_BYTES if role == "host" else keys.JOIN_BYTES, Key(role=role))

    def _made(self, size: int, key: Key, then: Callable[[], None] | None = None) -> str:
        secret = base64.urlsafe_b64encode(self._port.entropy(size)).rstrip(b"=").decode()
        made = keys.key_id(secret)
        self._put(made, msgspec.structs.replace(key, at=self._port.wall()), then)
        for found in keys.surplus(self.opens, made):
            self.drop(found)
        return secret

    # -- shown

    def shown(self, secret: str | None) -> Key | None:
        """What this secret opens or opened; None for a wrong one."""
        if secret is None or not 1 <= len(secret) <= keys.MAX_SECRET:
            return None
        return self.opens.get(keys.key_id(secret))

    def member(self, token: str) -> str:
        """Whose token this is; empty for any other secret."""
        key = self.shown(token)
        if key is None or key.role or key.once:
            return ""
        return key.member

    # -- spent, closed

    def spend(self, found: str, cid: str, member: str, then: Callable[[bool], None]) -> None:
        """A one-use key was shown: from this moment on it opens nothing. `then` is called when the
        store has forgotten it, so that no crash lets it be used again; with False where somebody
        else was faster, at another server: they have what it opened, and nobody else.

        The tab that spent it may show it once more, for its welcome may have been lost on the way:
        it then leads to the seat that it led to. A `cid` is known to its own tab alone.
        """
        key = self.opens.pop(found, None)
        if key is not None:
            while len(self._spent) >= SPENT:
                del self._spent[next(iter(self._spent))]
            self._spent[found] = (cid, msgspec.structs.replace(key, role="", member=member))

        def forgotten(there: bool) -> None:
            ours = there or (key is None and found in self._spent)  # shown once more
            if not ours:
                self._spent.pop(found, None)
            then(ours)

        self._port.delete_key(found, forgotten)

    def seen_by(self, cap: str | None, cid: str) -> Mapping[str, Key]:
        """`opens` as this tab may use it."""
        found = keys.key_id(cap) if cap and self._spent else ""
        by, key = self._spent.get(found, ("", None))
        return ChainMap({found: key}, self.opens) if key is not None and by == cid else self.opens

    def learn(self, found: str, key: Key | None) -> None:
        """Another server wrote this key, or has deleted it; the store knows that already."""
        if key is None:
            self.opens.pop(found, None)
        elif found not in self._spent:  # spent here, the store will know
            self.opens[found] = key

    def drop(self, found: str) -> None:
        """Forget a key; whoever shows it has a wrong one."""
        if self.opens.pop(found, None) is not None:
            self._port.delete_key(found, None)

    def close(self, found: str) -> None:
        """A link opens nothing from now on, and who shows it is told so."""
        key = self.opens.get(found)
        if key is not None and key.way_in:
            self._put(found, Key(role="closed", at=self._port.wall()))

    def expel(self, member: str) -> None:
        """Somebody was removed: their tokens say so, passes are gone, and the link for everybody
        through which they came is closed."""
        for found, key in list(self.opens.items()):
            if key.member != member or key.role == "out":
                continue
            through = self.opens.get(key.link)
            if through is not None and through.role == "member":
                self.close(key.link)
            if key.once:
                self.drop(found)
            else:
                self._put(found, Key(role="out", member=member, at=self._port.wall()))
        for found in keys.surplus(self.opens):
            self.drop(found)

    def tokens(self, member: str) -> list[str]:
        """The ids of this person's tokens and passes."""
        return [i for i, k in self.opens.items() if k.member == member and k.role != "out"]

    def _put(self, found: str, key: Key, then: Callable[[], None] | None = None) -> None:
        self.opens[found] = key
        self._port.put_key(found, keys.encode(key), then)
