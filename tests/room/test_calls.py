"""Calls of a room: what goes to the voice worker, what comes back to whom, and what never does."""

from __future__ import annotations

from typing import Any

import pytest

from server.room.limits import Limits
from tests.room.world import JOIN, Person, World


class Worker:
    """A switch that keeps what was said."""

    def __init__(self) -> None:
        self.here, self.said, self.made = "w1", [], 0
        self.said: list[dict[str, Any]]

    def place(self) -> str:
        return self.here

    def say(self, message: Any) -> bool:
        if self.here:
            self.said.append(dict(message))
        return bool(self.here)

    def ice(self) -> list[dict[str, Any]]:
        return [{"urls": ["turn:jam.example.org"]}]

    def token(self) -> str:
        self.made += 1
        return f"call{self.made}"

    def chance(self) -> float:
        return 0.5

    def taken(self, do: str) -> list[dict[str, Any]]:
        """What was said of this kind since the last look; the rest stays."""
        found = [one for one in self.said if one["do"] == do]
        self.said = [one for one in self.said if one["do"] != do]
        return found


def opened(limits: Limits | None = None) -> tuple[World, Worker, Person, Person]:
    """A room with voices, a host and Ana."""
    world, worker = World(limits=limits), Worker()
    world.node.calls.switch = worker
    return world, worker, world.host(), world.person("Ana")


def rtc(person: Person, id: str = "a", **d: Any) -> list[dict[str, Any]]:
    """Say it; what comes back."""
    person.read()
    person.say({"t": "rtc", "id": id, "d": d})
    person.world.settle()
    return [{"id": f["id"], **f["d"]} for f in person.read() if f["t"] == "rtc"]


def heard(person: Person) -> list[dict[str, Any]]:
    """What came unasked."""
    person.world.settle()
    return [{"id": f["id"], **f["d"]} for f in person.read() if f["t"] == "rtc"]


def live(person: Person) -> dict[str, Any]:
    """What is live for everybody, as this line was told."""
    person.world.settle()
    tree: dict[str, Any] = {}
    for frame in person.wire.frames:
        for member, mine in frame.get("st", {}).get("live", {}).items():
            tree.setdefault(member, {}).update(mine)
        for path, *value in frame.get("x", ()):
            _, member, key = path.split("/")
            tree.setdefault(member, {}).pop(key, None)
            if value:
                tree[member][key] = value[0]
    return {member: mine for member, mine in tree.items() if mine}


def call(world: World, worker: Worker, person: Person, id: str = "a") -> str:
    """A call that stands; its token."""
    assert rtc(person, id, offer="v=0") == []
    (offer,) = worker.taken("offer")
    world.node.calls.told({"is": "answer", "call": offer["call"], "sdp": "v=1"}, world.clock)
    state = {"is": "state", "call": offer["call"], "state": "connected"}
    world.node.calls.told(state, world.clock)
    assert heard(person) == [{"id": id, "answer": "v=1"}, {"id": id, "state": "connected"}]
    return str(offer["call"])


def test_call_1_an_offer_goes_to_the_worker_and_its_answer_to_whose_it_is() -> None:
    """CALL-1: behind the seats; nobody else hears of it, and nothing of it is on the log."""
    world, worker, host, ana = opened()
    before = world.node.fold.offset
    assert rtc(ana, "x1", offer="v=0 secret") == []
    assert [one["do"] for one in worker.said] == ["seats", "offer"]
    seats, offer = worker.said
    assert seats["offset"] == before and seats["epoch"] == "e1"
    assert seats["seats"][ana.me] == ["", True, True, False]
    assert offer == {
        "do": "offer", "call": "call1", "member": ana.me, "sdp": "v=0 secret", "thin": False
    }  # fmt: skip
    world.node.calls.told({"is": "answer", "call": "call1", "sdp": "v=1"}, world.clock)
    assert heard(ana) == [{"id": "x1", "answer": "v=1"}] and heard(host) == []
    assert world.node.fold.offset == before
    world.node.calls.told({"is": "state", "call": "call1", "state": "connected"}, world.clock)
    assert heard(ana) == [{"id": "x1", "state": "connected"}]
    assert live(host) == {ana.me: {"voice": True}}


def test_call_2_what_cannot_be_is_said_with_a_code() -> None:
    """CALL-2: no voices, no worker, an offer that is none, a phone in the hall, a crowd."""
    world, worker, host, ana = opened()
    assert rtc(ana, nonsense=1) == [{"id": "a", "code": "voice_bad"}]
    assert rtc(ana, "i" * 41, offer="v=0")[0]["code"] == "voice_bad"
    assert rtc(ana, offer=5) == [{"id": "a", "code": "voice_bad"}]
    worker.here = ""
    assert rtc(ana, offer="v=0") == [{"id": "a", "code": "voice_away", "retry_ms": 2000}]
    worker.here = "w1"
    assert rtc(host, offer="v=0") == []
    no = {"is": "no", "call": "call1", "code": "voice_full", "retry_ms": 300}
    world.node.calls.told(no, world.clock)
    assert heard(host) == [{"id": "a", "code": "voice_full", "retry_ms": 300}]
    assert host.ask("room.place", hall=True)[1] == "ok"
    assert rtc(host, offer="v=0") == [{"id": "a", "code": "voice_hall"}]
    world.node.calls.switch = None
    assert rtc(ana, offer="v=0") == [{"id": "a", "code": "voice_off"}]


@pytest.mark.parametrize("size", [16 * 1024, 16 * 1024 + 1])
def test_call_3_an_offer_has_a_size(size: int) -> None:
    """CALL-3: 16 KiB are taken, one byte more is not."""
    _, worker, _, ana = opened()
    frame = b'{"t":"rtc","id":"a","d":{"offer":"%s"}}'
    ana.say(frame % (b"v" * (size - len(frame) + 2)))
    told = [one["code"] for one in heard(ana)]
    assert told == ([] if size == 16 * 1024 else ["voice_bad"])
    assert len(worker.taken("offer")) == (size == 16 * 1024)


def test_call_4_six_a_minute_and_hanging_up_is_free() -> None:
    """CALL-4: each person has a bucket of their own, and it fills again."""
    world, worker, host, ana = opened()
    for _ in range(6):
        assert rtc(ana, ask=1)[0]["ice"] == worker.ice()
    (refused,) = rtc(ana, ask=1)
    assert refused["code"] == "too_fast" and 9_000 <= refused["retry_ms"] <= 10_000
    assert rtc(ana, hang=1) == []
    assert "ice" in rtc(host, ask=1)[0]
    world.wait(refused["retry_ms"])
    assert "ice" in rtc(ana, ask=1)[0]


def test_call_5_who_hears_whom_follows_the_room() -> None:
    """CALL-5: told once for a change, never for what changes nothing, and again every 5 s."""
    world, worker, host, ana = opened()
    call(world, worker, ana)
    worker.taken("seats")
    assert ana.ask("room.hand", up=True)[1] == "ok"
    assert worker.taken("seats") == []
    assert host.ask("room.shut", what="voice", on=True)[1] == "ok"
    (told,) = worker.taken("seats")
    assert told["seats"][ana.me] == ["", False, True, False]
    assert told["seats"][host.me] == ["", True, True, False]
    assert told["offset"] == world.node.fold.offset
    assert heard(ana) == [{"id": "a", "speaks": False}]
    world.clock += 5_000
    world.node.calls.follow(world.clock)
    (again,) = worker.taken("seats")
    assert again["seats"] == told["seats"]


def test_call_13_who_may_not_be_heard_is_told_so_on_every_call() -> None:
    """CALL-13: once for a change; a call that begins while all are quiet begins with it."""
    _world, worker, host, ana = opened()
    assert host.ask("room.shut", what="voice", on=True)[1] == "ok"
    assert rtc(ana, offer="v=0") == [{"id": "a", "speaks": False}]
    assert ana.ask("room.hand", up=True)[1] == "ok"
    assert heard(ana) == []
    host.do("room.shut", what="voice", on=False)
    assert heard(ana) == [{"id": "a", "speaks": True}]
    assert rtc(host, offer="v=0") == [] and len(worker.taken("offer")) == 2


def test_call_6_a_call_outlives_a_line_and_not_a_person() -> None:
    """CALL-6: a tunnel of the socket is none of the sound; who stays away hangs up."""
    world, worker, host, ana = opened()
    token = call(world, worker, ana)
    ana.drop()
    world.settle()
    assert worker.taken("hang") == []
    ana.connect()
    world.settle()
    ana.read()
    assert rtc(ana, "a", still=1) == [{"id": "a", "state": "connected"}]
    assert rtc(ana, "other", still=1) == [{"id": "other", "gone": 1, "after_ms": 0}]
    ana.drop()
    world.wait(13_000)
    assert worker.taken("hang") == [{"do": "hang", "member": ana.me, "call": token}]
    assert live(host) == {}
    assert world.node.calls.many == 0


def test_call_7_who_was_removed_or_goes_to_the_hall_is_hung_up() -> None:
    """CALL-7: by the server, whatever their page does."""
    world, worker, host, ana = opened()
    call(world, worker, ana)
    ana.say({"t": "eph", "key": "mic", "d": {"on": True}})
    assert live(host) == {ana.me: {"mic": True, "voice": True}}
    assert ana.ask("room.place", hall=True)[1] == "ok"
    assert len(worker.taken("hang")) == 1 and live(host) == {}
    assert {"id": "a", "state": "closed"} in [
        {"id": f["id"], **f["d"]} for f in ana.wire.frames if f["t"] == "rtc"
    ]
    assert ana.ask("room.place", hall=False)[1] == "ok"
    call(world, worker, ana, "b")
    assert host.ask("room.remove", who=ana.me)[1] == "ok"
    world.settle()
    assert len(worker.taken("hang")) == 1 and world.node.calls.many == 0


def test_call_8_a_worker_that_is_gone_is_told_and_the_room_goes_on() -> None:
    """CALL-8: people call again, spread out; the new worker is told the seats first."""
    world, worker, host, ana = opened()
    call(world, worker, ana)
    world.node.calls.told({"is": "speaking", "members": [ana.me]}, world.clock)
    world.settle()
    assert live(host) == {ana.me: {"voice": True, "speaks": True}}
    worker.here, worker.said = "w2", []
    world.node.calls.moved(world.clock)
    assert heard(ana) == [{"id": "a", "gone": 1, "after_ms": 1000}]
    assert live(host) == {}
    assert host.ask("room.title", title="on")[1] == "ok"
    assert rtc(ana, "b", offer="v=0") == []
    assert [one["do"] for one in worker.said] == ["seats", "offer"]
    world.node.calls.moved(world.clock)  # nothing has moved: nobody is told so
    assert heard(ana) == []


def test_call_9_a_second_page_takes_the_call_over() -> None:
    """CALL-9: the first one hears that its own is over, and its words are nobody's."""
    world, worker, _, ana = opened()
    old = call(world, worker, ana)
    other = Person(world, None, "", token=ana.hello["token"])
    other.connect()
    world.settle()
    other.read()
    new = call(world, worker, other, "b")
    assert heard(ana) == [{"id": "a", "state": "closed"}]
    closed = {"is": "state", "call": old, "state": "closed"}
    world.node.calls.told(closed, world.clock)
    assert heard(ana) == heard(other) == []
    assert rtc(ana, hang=1) == [] and worker.taken("hang") == []
    world.node.calls.told({**closed, "call": new}, world.clock)
    assert heard(other) == [{"id": "b", "state": "closed"}]


def test_call_10_a_big_screen_listens_and_is_nobody() -> None:
    """CALL-10: it has a name that no person has, and its call goes with its line."""
    world, worker, _host, ana = opened()
    screen = Person(world, JOIN, "", **{"as": "screen"})
    screen.connect()
    world.settle()
    screen.read()
    call(world, worker, screen)
    assert not [key for key in live(ana) if key.startswith("~")]
    screen.drop()
    (hung,) = worker.taken("hang")
    assert hung["member"].startswith("~")


def test_call_11_who_speaks_is_seen_by_all_and_by_who_comes_late() -> None:
    """CALL-11: strangers to the room are not made up by a worker."""
    world, _worker, host, ana = opened()
    world.node.calls.told({"is": "speaking", "members": [ana.me, "nobody"]}, world.clock)
    world.settle()
    assert live(host) == {ana.me: {"speaks": True}}
    late = world.person("Late")
    assert live(late) == {ana.me: {"speaks": True}}
    world.node.calls.told({"is": "speaking", "members": []}, world.clock)
    world.settle()
    assert live(host) == {}


def test_call_12_a_room_that_closes_hangs_up() -> None:
    """CALL-12: and the worker hears that this server hosts it no more."""
    world, worker, _, ana = opened()
    call(world, worker, ana)
    worker.said = []
    world.node.calls.close()
    assert [one["do"] for one in worker.said] == ["hang", "forget"]
