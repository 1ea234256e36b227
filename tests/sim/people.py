"""What people do in a simulated room: good ops, wrong ones, live values, heartbeats."""

from __future__ import annotations

from random import Random
from typing import Any

from server.kit import CLOCK, HOST
from server.room.acts import room as room_actions

from .client import Tab
from .kinds import KINDS, OPTIONS, arguments
from .stage import HOST as KEY
from .stage import Stage

ROOM = (
    "hand", "hand", "rename", "title", "timer", "next", "lower", "line", "line", "say", "dab",
    "dab", "lead", "pass", "standin", "host", "undo", "undo", "redo", "redo", "lost", "found",
    "unline", "shut", "shut", "ask", "agree", "place",
)  # fmt: skip
"""What people do beside the activity."""


class People:
    """Everybody's tabs, and what is done in them."""

    rng: Random
    stage: Stage
    tabs: list[Tab]
    tokens = 0

    def _tab(self, online: bool = False) -> Tab | None:
        here = [t for t in self.tabs if t.open and (t.online or not online)]
        return self.rng.choice(here) if here else None

    def _token(self, tab: Tab) -> str:
        self.tokens += 1
        token = f"~{self.tokens}~"
        if tab.seat.member:
            self.stage.tokens.wrote(token, tab.seat.member)
        return token

    def _now(self, tab: Tab) -> Any:
        meet: dict[str, Any] = tab.tree.get("meet") or {}
        return meet.get("now")

    def _act(self) -> None:
        for _ in range(self.rng.choice((1, 1, 2, 5))):
            self._one(self._tab())

    def _one(self, tab: Tab | None) -> None:
        if tab is None or not tab.seat.member or not tab.tree:
            return
        rng, now = self.rng, self._now(tab)
        people = tab.tree["meet"]["people"]
        host = people.get(tab.seat.member, {}).get("role") == "host"
        keyed = tab.seat.cap == KEY  # another host may be one no more when it arrives
        token = self._token(tab)
        if host and (now is None or rng.random() < 0.04):
            kind = rng.choice(("echo", "echo", "echo", *OPTIONS))
            told = {"kind": kind, "options": rng.choice(OPTIONS[kind])}
            tab.act("room.open", None, told, sure=keyed)
        elif now is None or rng.random() < 0.1:
            name = rng.choice(ROOM)
            action = room_actions.actions[name]
            d = arguments(rng, action.fields, list(people), token)
            tab.act(f"room.{name}", None, d, sure=False)
        else:
            kind = now["kind"]
            names = [n for n, a in KINDS[kind].actions.items()
                     if a.by != CLOCK and (host or a.by != HOST)]  # fmt: skip
            if kind == "echo":
                names += ["add", "add", "pop", "pop", "hide", "among"]
            if host:
                names += [name for name in ("show", "team", "team") if name in names]
            action = KINDS[kind].actions[rng.choice(names)]
            d = arguments(rng, action.fields, list(people), token)
            g = now["g"] if rng.random() < 0.9 else max(1, now["g"] - 1)
            sure = kind == "echo" and (keyed or action.by != HOST)
            tab.act(f"{kind}.{action.name}", g, d, sure=sure)

    def _wrong(self) -> None:
        """An op that is refused by its shape, and uses up its number."""
        tab = self._tab()
        if tab is not None and tab.seat.member:
            what, d = self.rng.choice(
                [("echo.add", {"text": 7}), ("room.hand", {}), ("nope.nope", {}), ("echo.bell", {})]
            )
            tab.act(what, None, d, sure=False)

    def _again(self) -> None:
        """A host brings back what ran before."""
        tab = self._tab()
        past = tab.tree["meet"]["past"] if tab is not None and tab.tree else []
        if tab is not None and past and tab.seat.cap == KEY:
            tab.act("room.open", None, {"again": self.rng.choice(past)["g"]}, sure=False)

    def _live(self) -> None:
        tab = self._tab(online=True)
        if tab is None:
            return
        if self.rng.random() < 0.3:
            tab.say({"t": "eph", "key": "react", "d": {"r": self.rng.randint(0, 5)}})
            return
        key = self.rng.choice(("dot", "wink", "nudge", "note"))
        d = None if self.rng.random() < 0.2 else {"x": self.rng.randint(0, 99)}
        tab.say({"t": "eph", "key": key, "d": d})

    def _beat(self) -> None:
        tab = self._tab(online=True)
        if tab is not None:
            frame = {"t": "k", "ct": self.stage.clock, "hidden": self.rng.random() < 0.2}
            tab.say({**frame, "pos": tab.reached} if tab.reached else frame)
