"""Quiet rooms: whoever reads all that comes is never taken for a slow line.

A page says how far it has read when it hears something, at most once a second. In a room in which
little happens a line was silent for up to 5.5 s; with what came just before, the last frame was
unconfirmed for more than the 5 s that are allowed. The next change then made the line "behind",
and as nothing is sent to those, the page never had anything to confirm again: it saw nothing more,
not even the answer to what its own person did, until it or the server gave the line up.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from server.room.limits import Limits
from tests.room.test_node import opened, world
from tests.room.world import Person, World


class Page:
    """A reader at the other end of a line that takes `lag` ms each way; it confirms as pages do
    (static/link.js: when it hears something, once a second at most), or each second if something
    came that is no answer to its own word (`steady`)."""

    def __init__(self, w: World, person: Person, lag: int, steady: bool, phase: int) -> None:
        self.w, self.person, self.lag, self.steady = w, person, lag, steady
        self.down: list[tuple[int, dict[str, Any]]] = []
        self.up: list[tuple[int, dict[str, Any]]] = []
        self.taken = len(person.wire.frames)
        self.pos, self.spoke, self.came = person.pos, w.clock + phase, False
        self.list: list[str] = []

    def turn(self) -> None:
        """What is due now arrives, up and down."""
        now, frames = self.w.clock, self.person.wire.frames
        self.down += [(now + self.lag, frame) for frame in frames[self.taken :]]
        self.taken = len(frames)
        while self.up and self.up[0][0] <= now:
            self.person.say(self.up.pop(0)[1])
        while self.down and self.down[0][0] <= now:
            self._hear(self.down.pop(0)[1])
        if self.steady and self.came and now - self.spoke >= 1_000:
            self._say()

    def _hear(self, frame: dict[str, Any]) -> None:
        self.pos = frame.get("pos", self.pos)
        self.list += [c[1] for c in frame.get("c", ()) if c[0].startswith("room/list/")]
        self.came = self.came or "ct" not in frame
        if not self.steady and self.w.clock - self.spoke >= 1_000:
            self._say()

    def _say(self) -> None:
        self.spoke, self.came = self.w.clock, False
        self.up.append((self.spoke + self.lag, {"t": "k", "ct": 1, "pos": self.pos}))


@pytest.mark.parametrize("seed", range(12))
def test_D5_whoever_reads_all_is_never_left_waiting_however_quiet_the_room_is(seed: int) -> None:
    rng = random.Random(seed)
    w = world()
    host, _ = opened(w)
    pages = []
    for steady in (False, True):
        for lag in (10, 200, 700):
            person = w.person(f"{steady} {lag}")
            person.read()
            pages.append(Page(w, person, lag, steady, rng.randrange(1_000)))
    said: list[tuple[int, str]] = []
    end, due = w.clock + 150_000, w.clock + 3_000
    while w.clock < end:
        w.clock += 10
        if w.clock >= w.node.wake():
            w.node.tick(w.clock)
        w.commit()
        for page in pages:
            page.turn()
            assert page.person.wire.closed is None
            # four ways of the line, for who was asked first, and the pause between two ticks
            late = w.clock - 4 * page.lag - 1_100
            assert len(page.list) >= sum(at <= late for at, _ in said), (page.person.name, w.clock)
        if w.clock >= due:
            due = w.clock + rng.randrange(300, 9_000)
            said.append((w.clock, f"{len(said)}"))
            host.do("echo.add", text=said[-1][1])
    for page in pages:
        assert page.list == [text for _, text in said][: len(page.list)]
        assert len(page.list) >= len(said) - 1


def test_D6_who_has_confirmed_nothing_for_long_is_asked_and_goes_on_with_the_answer() -> None:
    """A phone that was busy for six seconds: its silence proves nothing about the line."""
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.say({"t": "k", "pos": cy.pos})
    bo.ask("echo.add", text="heard, and not confirmed")
    w.wait(Limits().unacked_ms + 1_000)
    cy.read()
    bo.ask("echo.add", text="next")
    assert [frame["t"] for frame in cy.read()] == ["k"]  # the question, and not the change
    bo.ask("echo.add", text="and next")
    assert cy.read() == []  # it is asked once
    cy.say({"t": "k", "pos": cy.pos})
    assert cy.state["room"] == bo.state["room"]
    assert cy.session is not None and not cy.session.behind


def test_D7_whoever_is_behind_is_asked_again_every_three_seconds() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    cy.read()
    cy.say({"t": "k", "pos": cy.pos})
    bo.ask("echo.add", text="x")
    w.wait(Limits().unacked_ms + 1_000)
    bo.ask("echo.add", text="y")
    cy.read()
    w.wait(12_000)
    beats = [frame for frame in cy.read() if frame["t"] == "k"]
    assert 4 <= len(beats) <= 5
    assert not any("pos" in frame for frame in beats)  # what it has not been sent it has not got


def test_D8_a_line_is_never_silent_for_more_than_three_seconds() -> None:
    w = world()
    _, bo = opened(w)
    cy = w.person("Cy")
    rng = random.Random(3)
    heard = w.clock
    due = w.clock
    count = len(cy.wire.frames)
    for _ in range(6_000):
        w.clock += 10
        if w.clock >= w.node.wake():
            w.node.tick(w.clock)
        w.commit()
        if len(cy.wire.frames) > count:
            count, heard = len(cy.wire.frames), w.clock
            cy.read()
            cy.say({"t": "k", "pos": cy.pos})
        assert w.clock - heard <= Limits().beat_ms
        if w.clock >= due:
            due = w.clock + rng.randrange(100, 9_000)
            bo.do("echo.add", text="x")
