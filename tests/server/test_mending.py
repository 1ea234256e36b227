"""Two servers put back what Redis lost, at once, and one of them knows less than the other."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from server.log import Answer, Entry
from server.log.memory import MemoryRooms
from server.log.shared import KeyNews
from server.room import keys
from server.room.keys import Key
from server.room.port import Ticket
from server.web import mending
from server.web.following import Following
from server.web.mending import Mending

ROOM = "0123456789"
pytestmark = pytest.mark.asyncio


class Store:
    """What both have in common: a log that lost all but its first op; each answer takes a turn."""

    def __init__(self) -> None:
        self.rooms = MemoryRooms(lambda: 1_000, epochs=lambda: "e1")
        self.rooms.create(ROOM, 2**50, b"s" * 32)
        self.rooms.append(ROOM, "e1", "ana:c", 1, 0, b"1")

    async def fork(self, room: str, epoch: str) -> str:
        return epoch

    async def repair(self, room: str, epoch: str, entry: Entry, before: int) -> Answer:
        await asyncio.sleep(0)
        return self.rooms.append(room, epoch, entry.author, entry.n, before, entry.payload)

    @property
    def numbers(self) -> list[int]:
        page: Any = self.rooms.read(ROOM, 0, None, 100)
        return [entry.n for entry in page.entries]


def server(store: Store, known: int, folded: range) -> Mending:
    """One that read the room when `known` was Ana's last op, and has folded these since."""
    log = SimpleNamespace(now=lambda: 1_000)
    hosted: Any = SimpleNamespace(room=ROOM, place=SimpleNamespace(log=log))
    made = Mending(hosted, store)  # type: ignore[arg-type]
    made.begin(0, {"ana:c": (known, known)} if known else {})
    for n in folded:
        made.folded(Ticket("ana:c", n, b"%d" % n), n, 1_000, f"t{n}")

    async def nothing() -> dict[str, Any]:
        return {}

    made.keys_back = nothing  # type: ignore[method-assign]
    return made


async def test_many_30_who_knows_less_does_not_shut_out_what_was_before() -> None:
    """MANY-30: one server was begun anew after Ana's second op, and is the faster one. Her third,
    put back without the second, had made the second seem to be there already: an op that was
    acknowledged was lost, once in some hours of faults."""
    store = Store()
    late, whole = server(store, 2, range(3, 6)), server(store, 0, range(1, 6))
    meta: Any = SimpleNamespace(epoch="e1")
    first = asyncio.create_task(late._append_again(meta))
    await asyncio.sleep(0)
    await asyncio.gather(first, whole._append_again(meta))
    assert store.numbers == [1, 2, 3, 4, 5]


async def test_many_31_what_nobody_has_keeps_nothing_else_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """MANY-31: with nobody who knows the second one, the third comes back all the same."""
    monkeypatch.setattr(mending, "PAUSES_S", (0.0, 0.001))
    store = Store()
    await server(store, 2, range(3, 6))._append_again(SimpleNamespace(epoch="e1"))  # type: ignore[arg-type]
    assert store.numbers == [1, 3, 4, 5]


async def test_many_30_others_are_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """MANY-30: a gap in one tab's ops is none in another's."""
    monkeypatch.setattr(mending, "PAUSES_S", (0.0, 0.001))
    store = Store()
    one = server(store, 2, range(3, 4))
    one.folded(Ticket("bo:c", 1, b"b"), 4, 1_000, "t4")
    await one._append_again(SimpleNamespace(epoch="e1"))  # type: ignore[arg-type]
    page: Any = store.rooms.read(ROOM, 0, None, 100)
    assert [entry.author for entry in page.entries] == ["ana:c", "bo:c", "ana:c"]


async def test_many_32_a_link_that_is_closed_while_keys_are_read_stays_closed() -> None:
    """MANY-32: the news came between the store's answer and its reading, which opened the link
    again at that server, for as long as nothing made it look once more."""
    opens: dict[str, Key] = {}

    async def nothing() -> None: ...

    keyring = SimpleNamespace(opens=opens, learn=opens.__setitem__)
    node = SimpleNamespace(seats=SimpleNamespace(keyring=keyring))
    hosted: Any = SimpleNamespace(node=node, keybox=SimpleNamespace(asked=0, written=nothing))
    following = Following(hosted, SimpleNamespace())  # type: ignore[arg-type]
    following._begun = True
    open_, closed = Key(role="member"), Key(role="closed")
    answers = [{"link": open_}, {"link": closed}]

    async def back() -> dict[str, Key]:
        found = answers.pop(0)
        if answers:
            following.key(KeyNews("link", keys.encode(closed)))
        return found

    following.mending.keys_back = back  # type: ignore[method-assign]
    await following.keys()
    assert opens["link"].role == "closed" and not answers
