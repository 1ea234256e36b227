"""What must hold: the whole log folded once more, and every frame held against it.

The reference folds each entry as it lands, keeps the state of every offset, and never trims,
forgets or restarts. It decides on its own who may see what, so that a fault of `audience` shows.
"""

from __future__ import annotations

import json
import re
from typing import Any

from server.log import Entry
from server.room import moment
from server.room.fold import Fold, Folded, empty
from server.room.limits import Limits

from .kinds import KINDS

TOKEN = re.compile(r"~\d+~")


class Broken(AssertionError):
    """A promise was not kept."""


def hold(true: object, what: str, *facts: object) -> None:
    if not true:
        raise Broken(f"{what}: {', '.join(map(repr, facts))}" if facts else what)


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


class Reference:
    """The history of one room, and what each person may know of it."""

    def __init__(self, limits: Limits, secret: bytes, steps: list[dict[str, Any]]) -> None:
        self.fold = Fold(KINDS, limits, secret, empty("Our jam", "en", steps), 0)
        self.trees: list[dict[str, Any]] = [self.fold.tree.share()]
        self.folded: list[Folded | None] = [None]
        self.entries: dict[tuple[str, int], int] = {}
        self.history: list[Entry] = []
        self.authors: dict[str, list[int]] = {}
        self.seeds = [secret]
        self.forgets = [0]
        self.labels: dict[str, set[str]] = {}
        self.writers: dict[str, str] = {}

    def wrote(self, token: str, member: str) -> None:
        """Whose the token is: they may see it, whatever becomes of it."""
        self.writers[token] = member

    def land(self, entry: Entry) -> None:
        """The log took this entry."""
        hold(entry.offset == len(self.trees), "offsets without a gap", entry.offset)
        hold((entry.author, entry.n) not in self.entries, "an op is on the log once", entry.n)
        numbers = self.authors.setdefault(entry.author, [])
        hold(not numbers or numbers[-1] < entry.n, "the ops of a tab in their order", entry.n)
        numbers.append(entry.n)
        self.entries[entry.author, entry.n] = entry.offset
        self.history.append(entry)
        folded = self.fold.apply(entry)
        self.trees.append(self.fold.tree.share())
        self.folded.append(folded)
        self.seeds.append(self.fold.seed)
        if folded.forget:
            self.forgets.append(entry.offset)
        for change in folded.changes:
            for token in TOKEN.findall(json.dumps(change)):
                self.labels.setdefault(token, set()).add(audience(change[0]))

    def forgotten(self, offset: int) -> int:
        """The last Forget at or below an offset."""
        return max(at for at in self.forgets if at <= offset)

    def asked(self, offset: int) -> moment.Asked:
        return moment.decode(self.history[offset - 1].payload)

    def allowed(self, member: str, role: str, offset: int) -> tuple[str, ...]:
        """The audiences of this person when the room stands at `offset`."""
        if role == "screen":
            return ("all",)
        tree = self.trees[offset]
        seen = ["all", f"own:{member}"]
        if tree["meet"]["people"].get(member, {}).get("role") == "host":
            seen.append("host")
        team = (tree["room"].get("team") or {}).get(member)
        if team is not None:
            seen.append(f"team:{team}")
        return tuple(seen)

    def view(self, member: str, role: str, offset: int) -> dict[str, Any]:
        """What this person's tree should be at `offset`, live values apart."""
        tree = self.trees[offset]
        seen: dict[str, Any] = {"meet": tree["meet"], "room": tree["room"]}
        for name in self.allowed(member, role, offset):
            root, _, whose = name.partition(":")
            if root == "host":
                seen["host"], seen["desk"] = tree["host"], tree["desk"]
            elif root != "all":
                part = tree[root].get(whose)
                seen[root] = {whose: part} if part else {}
                if root == "own":
                    word = tree["mine"].get(whose)
                    seen["mine"] = {whose: word} if word else {}
        return seen

    def frame(self, data: bytes, member: str, role: str, offset: int) -> None:
        """A frame leaves for this person: nothing in it that they may not see."""
        allowed = self.allowed(member, role, offset)
        for token in TOKEN.findall(data.decode()):
            mine = self.writers.get(token) == member
            public = any(name in allowed for name in self.labels.get(token, ()))
            hold(mine or public, "no byte of hidden state", token, member)
        frame = json.loads(data)
        for change in (*frame.get("c", ()), *frame.get("x", ())):
            hold(audience(change[0]) in allowed, "no hidden path", change[0], member)
        if frame["t"] == "snap":
            for root, value in frame["st"].items():
                if root in ("meet", "room", "live"):
                    continue
                hold(root in ("own", "mine", "team", "host", "desk"), "no hidden root", root)
                whose = "own" if root == "mine" else root
                shared = root in ("host", "desk")
                names = ["host"] if shared else [f"{whose}:{key}" for key in value]
                hold(all(name in allowed for name in names), "no hidden part", names, member)

    def hidden_then(self) -> list[str]:
        """Tokens that a Forget was to take from the store: nobody but one person, a team or the
        server ever had them, and they were written before it."""
        gone = []
        for entry in self.history[: self.forgets[-1]]:
            for token in TOKEN.findall(entry.payload.decode()):
                labels = self.labels.get(token, set())
                if not labels & {"all", "host"}:
                    gone.append(token)
        return gone


def differs(one: Any, other: Any, path: str = "") -> str:
    """The first place where two trees differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                return differs(one.get(key), other.get(key), f"{path}/{key}")
    return f"{path}: {str(one)[:80]} / {str(other)[:80]}"
