"""Who may see what: each text that people write has a token in it, and where a token is found it is
looked at whether whoever reads it may have it.

It is decided here once more who may see which path, so that a fault of `audience` shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from server.log import ReadResult
from server.log.memory import MemoryRooms

from .promise import hold

TOKEN = re.compile(r"~\d+~")


def audience(path: str) -> str:
    """Who may see a path, written down a second time."""
    parts = path.split("/")
    if parts[0] in ("meet", "room", "live"):
        return "all"
    if parts[0] in ("host", "desk") and len(parts) > 1:
        return "host"
    if parts[0] in ("own", "team") and len(parts) > 1:
        return f"{parts[0]}:{parts[1]}"
    if parts[0] == "mine" and len(parts) > 1:
        return f"own:{parts[1]}"
    return "nobody"


def allowed(tree: Mapping[str, Any], member: str, role: str) -> tuple[str, ...]:
    """The audiences of this person where the room is like this."""
    if role == "screen":
        return ("all",)
    seen = ["all", f"own:{member}"]
    if tree["meet"]["people"].get(member, {}).get("role") == "host":
        seen.append("host")
    team = (tree["room"].get("team") or {}).get(member)
    if team is not None:
        seen.append(f"team:{team}")
    return tuple(seen)


class Tokens:
    """Whose each one is, and to whom it was shown."""

    def __init__(self) -> None:
        self.labels: dict[str, set[str]] = {}
        self.writers: dict[str, str] = {}

    def wrote(self, token: str, member: str) -> None:
        """Whose the token is: they may see it, whatever becomes of it."""
        self.writers[token] = member

    def changed(self, changes: Iterable[list[Any]]) -> None:
        """These are the changes that an op made."""
        for change in changes:
            for token in TOKEN.findall(json.dumps(change)):
                self.labels.setdefault(token, set()).add(audience(change[0]))

    def leaves(self, data: bytes, member: str, names: Collection[str]) -> None:
        """A frame goes to this person, who may see these audiences."""
        for token in TOKEN.findall(data.decode()):
            mine = self.writers.get(token) == member
            public = any(name in names for name in self.labels.get(token, ()))
            hold(mine or public, "no byte of hidden state", token, member)

    def hidden(self, payload: bytes) -> list[str]:
        """Those in an op that only one person, a team or the server ever had."""
        found = TOKEN.findall(payload.decode())
        return [t for t in found if not self.labels.get(t, set()) & {"all", "host"}]


def kept(rooms: MemoryRooms, room: str) -> set[str]:
    """All that the store holds still."""
    there = rooms._rooms[room]
    page = rooms.read(room, there.meta.floor, None, 10**6)
    assert isinstance(page, ReadResult)
    found: set[str] = set()
    for entry in page.entries:
        found.update(TOKEN.findall(entry.payload.decode()))
    for snapshot in there.snapshots:
        found.update(TOKEN.findall(snapshot.blob.decode()))
    return found
