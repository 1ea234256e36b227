"""Frames that no good client sends: each gets its code and sentence, and the room goes on."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room import codes, wire
from server.room.limits import Limits
from tests.room.world import JOIN, Person, World
from tests.sim.kinds import KINDS

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "hostile.json").read_text("utf-8"))


def raw(vector: dict[str, Any]) -> bytes:
    if "base64" in vector:
        return base64.b64decode(vector["base64"])
    if "make" in vector:
        return "".join(piece * times for piece, times in vector["make"]).encode()
    return vector["frame"].encode()


def opened(limits: Limits | None = None) -> tuple[World, Person, Person]:
    """A room where `echo` runs, with Bo, and Cy who has just acted."""
    w = World(kinds=KINDS, limits=limits)
    host, bo, cy = w.host(), w.person("Bo"), w.person("Cy")
    assert host.ask("room.open", kind="echo")[1] == "ok"
    assert cy.ask("echo.add", text="before")[1] == "ok"
    bo.read()
    return w, bo, cy


def said(person: Person) -> list[str]:
    """The codes of all answers since the last look; "ok" for what was done."""
    found = []
    for frame in person.read():
        if frame["t"] == "err":
            assert frame["say"] == codes.REFUSALS[frame["code"]]
            found.append(frame["code"])
        if frame["t"] == "rtc":
            found.append(frame["d"]["code"])
        for answer in frame.get("r", ()):
            found.append(answer[3] if len(answer) > 3 else answer[1])
    return found


def goes_on(w: World, bo: Person, cy: Person) -> None:
    """Bo's line is as good as before, Cy sees what Bo does, and nothing is lost."""
    assert bo.session is not None
    bo.n = bo.session.seen
    assert bo.ask("echo.add", text="after")[1] == "ok"
    assert cy.ask("echo.add", text="and on")[1] == "ok"
    lines = cy.state["room"]["list"]
    assert lines[0] == "before" and lines[-2:] == ["after", "and on"]
    assert bo.state["room"] == cy.state["room"] == w.node.fold.state["room"]
    assert not w.faults


@pytest.mark.parametrize("vector", VECTORS["frames"], ids=lambda v: v["name"])
def test_HF1_a_hostile_frame_gets_its_code_and_a_sentence_and_the_room_goes_on(
    vector: dict[str, Any],
) -> None:
    w, bo, cy = opened()
    people = cy.state["meet"]["people"]
    bo.say(raw(vector))
    w.settle()
    assert said(bo) == ([] if vector["want"] == "silent" else [vector["want"]])
    if vector["want"] != "ok":
        assert cy.state["room"]["list"] == ["before"]
        assert cy.state["meet"]["people"] == people
    goes_on(w, bo, cy)


@pytest.mark.parametrize("vector", VECTORS["hellos"], ids=lambda v: v["name"])
def test_HF2_a_hostile_greeting_opens_nothing(vector: dict[str, Any]) -> None:
    w, bo, cy = opened()
    eve = Person(w, None, "")
    eve.hello = {**vector["hello"], "gen": vector["hello"].get("gen", 0) - 1}
    eve.connect()
    w.settle()
    assert eve.wire.closed == vector["close"]
    assert eve.wire.frames == []
    assert len(cy.state["meet"]["people"]) == 3
    goes_on(w, bo, cy)


def test_HF3_a_thousand_ops_in_a_second_are_held_and_land_in_order_when_they_come_again() -> None:
    w, bo, cy = opened(Limits(ops_rate=20, ops_burst=60))
    ops = [{"t": "op", "n": n, "do": "room.hand", "d": {"up": n % 2 == 1}} for n in range(1, 1001)]
    bo.read()
    for op in ops:
        bo.say(op)
    w.settle()
    held = [f for f in bo.read() if f["t"] == "err"]
    assert [f["code"] for f in held] == ["too_fast"]  # said once, not a thousand times
    assert held[0]["n"] == 61 and held[0]["retry_ms"] > 0
    assert cy.ask("echo.add", text="not disturbed")[1] == "ok"
    at = held[0]["n"] - 1
    while at < len(ops):
        w.wait(held[0]["retry_ms"])
        for op in ops[at:]:
            bo.say(op)
        w.settle()
        held = [f for f in bo.read() if f["t"] == "err"] or [{"n": len(ops) + 1, "retry_ms": 0}]
        at = held[0]["n"] - 1
    bo.read()
    assert sorted(bo.answers) == list(range(1, 1001))
    places = [bo.answers[n][2] for n in range(1, 1001)]
    assert places == sorted(set(places))
    bo.n = 1000
    goes_on(w, bo, cy)


def test_HF4_names_are_cleaned_where_people_come_in() -> None:
    w = World(kinds=KINDS)
    for given_, kept in (
        ("A\u202en\u2066a\u0000\u0007", "Ana"),
        ("  Bo \n\t Li ", "Bo Li"),
        ("e\u0301" + "\u0301" * 50, "\u00e9\u0301\u0301\u0301"),
        ("n" * 41, "n" * 40),
    ):
        person = w.person(given_)
        assert person.state["meet"]["people"][person.me]["name"] == kept
    for nothing in ("", "   ", "\u3164\u2800", "\u202e\u2066", "\u200b\u200d"):
        person = w.person(nothing)
        assert person.state["meet"]["people"][person.me]["name"].startswith("Guest")


def test_HF5_a_position_from_the_future_gets_the_whole_state() -> None:
    w, bo, cy = opened()
    _, _, mine = bo.pos.split(".")
    for pos in (f"e2.{w.node.fold.offset}.{mine}", f"e1.{w.node.fold.offset - 1}.{mine}",
                "e1.999999999.000000000000", "e1.5." + "0" * 12, "e9.1.x", "e1.-1.x", "e1.1e3.x",
                "e1.\u0661.x", "." * 70, "e1." + "9" * 16 + ".x"):  # fmt: skip
        bo.drop()
        bo.pos = pos
        bo.connect()
        w.settle()
        frames = bo.read()
        assert frames[0]["mode"] == "snap" and frames[1]["t"] == "snap", pos
        assert bo.state["room"] == cy.state["room"]
    goes_on(w, bo, cy)


def test_HF6_a_second_socket_with_the_same_cid_takes_the_seat_over_and_loses_nothing() -> None:
    w, bo, cy = opened()
    bo.do("echo.add", text="under way")
    old = bo.session
    twin = Person(w, None, "", token=bo.hello["token"], cid=bo.hello["cid"])
    twin.hello["gen"] = bo.hello["gen"]  # one more than Bo's when it connects
    twin.connect()
    assert bo.wire.closed == 4509
    w.settle()
    assert twin.state["room"]["list"] == ["before", "under way"]
    assert old is not None
    w.node.receive(old, b'{"t":"op","n":2,"do":"echo.add","d":{"text":"ghost"}}', w.clock)
    w.settle()
    twin.say({"t": "op", "n": 1, "do": "echo.add", "d": {"text": "under way"}})  # its outbox
    w.settle()
    assert cy.state["room"]["list"] == ["before", "under way"]
    goes_on(w, twin, cy)


def test_HF7_frames_before_the_welcome_are_not_heard_and_do_no_harm() -> None:
    w, bo, cy = opened()
    eve = Person(w, JOIN, "Eve")
    eve.connect()
    eve.say({"t": "op", "n": 1, "do": "echo.add", "d": {"text": "early"}})
    eve.say(b"\xff")
    w.settle()
    assert eve.state["room"]["list"] == ["before"]
    goes_on(w, bo, cy)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["op", "eph", "k", "hello", "bye!", "echo.add", "room.hand", "__proto__"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["t", "n", "p", "do", "d", "g", "key", "pos", "ct", "text",
                                       "x", "r", "name"]) | st.text(max_size=4), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip
FRAMES = (
    st.binary(max_size=60)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.builds(
        lambda t, more: json.dumps({**more, "t": t}).encode(),
        st.sampled_from(["op", "eph", "k", "hello", "rtc"]),
        st.dictionaries(st.sampled_from(["n", "p", "do", "d", "g", "key", "pos", "ct", "hidden"]),
                        JSON, max_size=6),
    )
)  # fmt: skip


@given(st.lists(FRAMES, max_size=12))
def test_HF8_whatever_is_sent_nothing_raises_and_only_valid_ops_change_what_others_see(
    frames: list[bytes],
) -> None:
    w, bo, cy = opened()
    top = w.node.fold.offset
    before = cy.state
    for frame in frames:
        bo.say(frame)
        w.settle()
    for answer in bo.read():
        assert answer["t"] in ("ack", "err", "k", "tick", "snap")
    cy.read()
    if w.node.fold.offset == top:
        assert cy.tree["room"] == before["room"] and cy.tree["meet"] == before["meet"]
    assert cy.tree["room"] == w.node.fold.state["room"]
    goes_on(w, bo, cy)


@given(st.binary(max_size=200))
def test_HF9_decoding_any_bytes_gives_a_frame_or_bad_frame(data: bytes) -> None:
    try:
        frame = wire.decode(data)
    except wire.BadFrame as bad:
        assert bad.code in codes.REFUSALS
    else:
        assert isinstance(frame, wire.Inbound)
