"""What must hold: the whole log folded once more, and every frame held against it.

The reference folds each entry as it lands, keeps the state of every offset, and never trims,
forgets or restarts. A second fold, of which nobody ever takes a copy, comes to the same.
"""

from __future__ import annotations

import json
from typing import Any

from server.log import Entry
from server.room import moment
from server.room.fold import Fold, Folded, empty
from server.room.limits import Limits

from .kinds import KINDS
from .promise import differs, hold
from .tokens import Tokens, allowed, audience


class Reference:
    """The history of one room, and what each person may know of it."""

    def __init__(self, limits: Limits, secret: bytes, steps: list[dict[str, Any]]) -> None:
        self.fold = Fold(KINDS, limits, secret, empty("Our jam", "en", steps), 0)
        self.alone = Fold(KINDS, limits, secret, empty("Our jam", "en", steps), 0)
        self.tokens = Tokens()
        self.trees: list[dict[str, Any]] = [self.fold.tree.share()]
        self.folded: list[Folded | None] = [None]
        self.entries: dict[tuple[str, int], int] = {}
        self.history: list[Entry] = []
        self.authors: dict[str, list[int]] = {}
        self.seeds = [secret]
        self.forgets = [0]

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
        self.alone.apply(entry)
        self.trees.append(self.fold.tree.share())
        self.folded.append(folded)
        self.seeds.append(self.fold.seed)
        if folded.forget:
            self.forgets.append(entry.offset)
        self.tokens.changed(folded.changes)

    def rest(self) -> None:
        """All is there: no copy that was taken on the way has changed what came of it."""
        same = self.alone.state == self.fold.state
        hold(same, "a copy changes nothing", differs(self.alone.state, self.fold.state))

    def forgotten(self, offset: int) -> int:
        """The last Forget at or below an offset."""
        return max(at for at in self.forgets if at <= offset)

    def asked(self, offset: int) -> moment.Asked:
        return moment.decode(self.history[offset - 1].payload)

    def allowed(self, member: str, role: str, offset: int) -> tuple[str, ...]:
        """The audiences of this person when the room stands at `offset`."""
        return allowed(self.trees[offset], member, role)

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
        names = self.allowed(member, role, offset)
        self.tokens.leaves(data, member, names)
        frame = json.loads(data)
        for change in (*frame.get("c", ()), *frame.get("x", ())):
            hold(audience(change[0]) in names, "no hidden path", change[0], member)
        if frame["t"] == "snap":
            for root, value in frame["st"].items():
                if root in ("meet", "room", "live"):
                    continue
                hold(root in ("own", "mine", "team", "host", "desk"), "no hidden root", root)
                whose = "own" if root == "mine" else root
                shared = root in ("host", "desk")
                parts = ["host"] if shared else [f"{whose}:{key}" for key in value]
                hold(all(part in names for part in parts), "no hidden part", parts, member)

    def hidden_then(self) -> list[str]:
        """Tokens that a Forget was to take from the store: nobody but one person, a team or the
        server ever had them, and they were written before it."""
        before = self.history[: self.forgets[-1]]
        return [token for entry in before for token in self.tokens.hidden(entry.payload)]
