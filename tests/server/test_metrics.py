"""/metrics and /readyz: what an operator and a proxy are told, and that it names nobody."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.log import Appended, Gone, StorageError
from server.log.memory import MemoryLog
from server.metrics import BOUNDS, Metrics, Spread
from server.room import codes
from server.room.limits import Limits
from server.web import library, scrape
from server.web.api import Api, guards
from server.web.figures import FIGURES, Figures
from server.web.hub import Hub
from server.web.place import Place
from tests.redis_server import RedisServer
from tests.server.bot import Bot
from tests.server.running import Reply, Running, free_port

Samples = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, int]]:
    """A server with figures, and their port."""
    port = free_port()
    env = {"JAM_METRICS": f"127.0.0.1:{port}", "JAM_LOG_LEVEL": "debug"}
    running = Running(tmp_path_factory.mktemp("jam") / "data", env).start()
    yield running, port
    assert running.stop() == 0, "\n".join(running.said)


def asked(port: int, method: str = "GET", path: str = "/metrics", **headers: str) -> Reply:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(method, path, headers=headers)
        reply = line.getresponse()
        told = {name.lower(): value for name, value in reply.getheaders()}
        return Reply(reply.status, told, reply.read())
    finally:
        line.close()


def samples(port: int) -> Samples:
    """Every sample of the page by its name and the values of its labels, by their names."""
    found: Samples = {}
    for family in text_string_to_metric_families(asked(port).body.decode()):
        for sample in family.samples:
            found[sample.name, tuple(v for _, v in sorted(sample.labels.items()))] = sample.value
    return found


@pytest.mark.asyncio
async def test_MET1_figures_are_what_has_happened(watched: tuple[Running, int]) -> None:
    server, port = watched
    before = samples(port)
    assert before["jam_rooms", ()] == before["jam_people", ()] == before["jam_lines", ()] == 0
    made = server.make(title="Unheard-of title")
    async with (
        Bot(server.ws(made.room), made.host, name="Watchful") as host,
        Bot(server.ws(made.room), made.join, name="Membrandt") as guest,
    ):
        await guest.until(lambda bot: bot.tree)
        assert (await host.act("room.open", {"kind": "checkin"}))[1] == "ok"
        assert (await guest.act("room.end"))[3] == "host_only"
        await guest.drop()  # and comes back to its place
        await guest.until(lambda bot: len([f for f in bot.frames if f["t"] == "welcome"]) == 2)
        assert server.ask("POST", "/api/rooms", {"title": 5}).status == 400
        now = samples(port)
        assert now["jam_rooms", ()] == 1
        assert now["jam_people", ()] == now["jam_lines", ()] == 2
        assert now["jam_lines_behind", ()] == now["jam_draining", ()] == 0
        assert now["jam_resumes_total", ("new",)] == 2
        assert now["jam_resumes_total", ("tail",)] == 1
        assert now["jam_refusals_total", ("host_only", "room")] == 1
        assert now["jam_refusals_total", ("not_text", "http")] == 1
        assert now["jam_ticks_total", ()] > 0
        assert now["jam_frame_bytes_total", ()] > 500
        ops = now["jam_ops_total", ("appended",)]
        assert ops >= 3  # two joins and what was opened
        assert now["jam_append_seconds_count", ()] == ops
        assert now["jam_append_seconds_bucket", ("+Inf",)] == ops
    async with Bot(server.ws(made.room), "A" * 22) as stranger:
        await stranger.until(lambda bot: bot.closes)
    later = samples(port)
    assert later["jam_refusals_total", ("bad_link", "door")] == 1
    assert later["jam_frame_bytes_total", ()] >= now["jam_frame_bytes_total", ()]
    assert later["process_resident_memory_bytes", ()] > 1_000_000


@pytest.mark.asyncio
async def test_MET2_no_label_names_a_room_or_a_person(watched: tuple[Running, int]) -> None:
    """Values of labels come from short lists of our own, whatever people send."""
    server, port = watched
    made = server.make(title="Unheard-of title")
    async with Bot(server.ws(made.room), made.host, name="Watchful") as host:
        await host.until(lambda bot: bot.tree)
        assert (await host.act("room.nonsense_of_mine"))[3] == "no_action"
        assert (await host.act("room.open", {"kind": "none of yours"}))[1] == "refused"
        text = asked(port).body.decode()
        member = host.tree["meet"]["people"].popitem()[0]
    secrets = (made.room, made.host, made.join, host.token, member, "127.0.0.1")
    for secret in (*secrets, "Watchful", "Unheard", "nonsense", "none of yours"):
        assert secret not in text
    kinds = {code for rules in library.kinds().values() for code in rules.refusals}
    allowed = {
        "version": None,
        "answer": {"appended", "duplicate", "gap", "wrongepoch", "gone", "full", "storageerror"},
        "kind": {"new", "tail", "snap"},
        "where": {"room", "door", "http"},
        "code": set(codes.REFUSALS) | kinds,
        "reason": None,
        "found": {"same", "rewound", "trimmed", "gone"},
        "le": None,
    }
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            for label, value in sample.labels.items():
                of = allowed[label]
                assert of is None or value in of, (sample.name, label, value)
    assert not [line for line in server.said if "metrics" in line]  # and the log keeps still


def test_MET3_only_the_page_is_there_and_only_to_read(watched: tuple[Running, int]) -> None:
    server, port = watched
    assert server.ask("GET", "/metrics").status == 404  # never on the door that people use
    page = asked(port)
    assert page.status == 200 and page.headers["content-type"].startswith("text/plain")
    assert page.headers["cache-control"] == "no-store"
    head = asked(port, "HEAD")
    assert (head.status, head.body) == (200, b"") and int(head.headers["content-length"]) > 0
    newer = asked(port, Accept="application/openmetrics-text; version=1.0.0")
    assert newer.headers["content-type"].startswith("application/openmetrics-text")
    assert newer.body.endswith(b"# EOF\n")
    assert asked(port, path="/").status == asked(port, path="/metrics/x").status == 404
    assert asked(port, "POST").status == 405
    with socket.create_connection(("127.0.0.1", port)) as line:  # a head without an end
        line.sendall(b"GET /metrics HTTP/1.1\r\nx: " + b"a" * (scrape.HEAD_BYTES * 2))
        assert _rest(line) == b""
    assert asked(port).status == 200


def _rest(line: socket.socket) -> bytes:
    try:
        return line.recv(1)
    except ConnectionError:
        return b""


@pytest.mark.asyncio
async def test_MET3_half_a_question_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrape, "HEAD_S", 0.05)
    page = scrape.Scrape(hub())
    await page.open(("127.0.0.1", 0))
    reader, writer = await asyncio.open_connection("127.0.0.1", page.port)
    writer.write(b"GET /metrics HTTP/1.1\r\n")
    assert await reader.read() == b""
    writer.close()
    page.close()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("9100", "JAM_METRICS must be an address and a port, such as 127.0.0.1:9100."),
        ("127.0.0.1:http", "JAM_METRICS must be an address and a port"),
        (":9100", "JAM_METRICS must be an address and a port"),
        ("127.0.0.1:{taken}", "JAM_METRICS: nothing can listen on 127.0.0.1 port {taken} ("),
        ("192.0.2.9:9100", "JAM_METRICS: nothing can listen on 192.0.2.9 port 9100 ("),
    ],
)
def test_MET4_a_wrong_address_is_one_sentence(data: Path, given: str, says: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        server = Running(data, {"JAM_METRICS": given.replace("{taken}", port)})
        with pytest.raises(AssertionError):
            server.start()
    assert server.wait() == 2
    (line,) = server.said
    assert line.startswith(f"jam: {says.replace('{taken}', port)}")


@pytest.mark.asyncio
async def test_MET4_without_the_package_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrape, "PACKAGE", "no_such_package_here")
    page = scrape.Scrape(hub())
    with pytest.raises(scrape.SettingError, match=r"install jamroom\[metrics\]"):
        await page.open(("127.0.0.1", 0))
    assert not page._hub.place.metrics.on


def test_MET5_nothing_is_timed_where_nobody_watches() -> None:
    metrics, told = Metrics(), list[Any]()
    assert metrics.timed(told.append) == told.append
    metrics.on = True
    metrics.timed(told.append)(Appended(1, 2, "t"))
    metrics.timed(told.append)(Gone())
    metrics.timed(told.append)(StorageError("away"))
    assert [type(answer) for answer in told] == [Appended, Gone, StorageError]
    assert metrics.answers == {"appended": 1, "gone": 1, "storageerror": 1}
    assert sum(metrics.appends.counts) == 3 and metrics.appends.total > 0


def test_MET5_a_spread_counts_up_to_each_bound() -> None:
    spread = Spread()
    for seconds in (0, BOUNDS[0], BOUNDS[0] + 1e-9, BOUNDS[-1], BOUNDS[-1] + 1):
        spread.note(seconds)
    told = dict(spread.buckets())
    assert (told[str(BOUNDS[0])], told[str(BOUNDS[1])]) == (2, 3)
    assert (told[str(BOUNDS[-1])], told["+Inf"]) == (4, 5)


def hub(log: Any = None) -> Hub:
    kinds = library.kinds()
    cards, _ = library.cards(kinds)
    limits = Limits()
    place = Place(log or MemoryLog(), kinds, cards, limits, lambda lang, taken, wish: wish or "Jo")
    return Hub(place, guards(limits, True))


@pytest.mark.asyncio
async def test_MET6_the_sum_of_bytes_never_goes_down() -> None:
    """A room that was dropped leaves its open lines for a moment: that is no restart."""
    one = hub()
    figures = Figures(one)
    one.place.tally.sent = 900
    assert {name: value for name, _, value in figures.read()}["jam_frame_bytes"] == 900
    one.place.tally.sent = 100
    assert {name: value for name, _, value in figures.read()}["jam_frame_bytes"] == 900


@pytest.mark.asyncio
async def test_MET7_whether_others_are_heard_is_told_where_there_are_others() -> None:
    alone = hub()
    absent = ("jam_feed", "jam_calls")
    assert not [name for name, _, _ in Figures(alone).read() if name.startswith(absent)]
    log = MemoryLog()
    feed = SimpleNamespace(hears=True, rebuilt=3)
    log.shared = SimpleNamespace(feed=feed, announce=bytes, announced=tuple)  # type: ignore[attr-defined]
    several = hub(log)
    several.place.metrics.rereads["rewound"] += 2
    write = scrape.encoder(Figures(several))
    text = write("")[0].decode()
    assert "jam_feed_up 1.0\n" in text and "jam_feed_rebuilt_total 3.0\n" in text
    assert 'jam_rereads_total{found="rewound"} 2.0\n' in text
    feed.hears = False
    assert "jam_feed_up 0.0\n" in write("")[0].decode()
    families = {family.name for family in text_string_to_metric_families(text)}
    assert families <= {figure.name for figure in FIGURES} | {
        f"process_{name}"
        for name in (
            *("virtual_memory_bytes", "resident_memory_bytes", "start_time_seconds"),
            *("cpu_seconds", "open_fds", "max_fds"),
        )
    }


@pytest.mark.asyncio
async def test_MET7_two_servers_on_one_redis_hear_each_other(tmp_path: Path) -> None:
    """And once Redis is back after it was away they do so again, by a new line."""
    redis = RedisServer(port=free_port()).start()
    port = free_port()
    env = {"JAM_REDIS_URL": redis.url, "JAM_METRICS": f"127.0.0.1:{port}"}
    server = Running(tmp_path / "data", env).start()
    try:
        await until(lambda: samples(port).get(("jam_feed_up", ())) == 1)
        made = server.make()
        async with Bot(server.ws(made.room), made.host) as host:
            await host.until(lambda bot: bot.tree)
            before = samples(port).get(("jam_rereads_total", ("same",)), 0)
            redis.client().execute_command("CLIENT", "KILL", "TYPE", "pubsub")
            await until(lambda: samples(port)["jam_feed_rebuilt_total", ()] > 0)
            await until(lambda: samples(port)["jam_feed_up", ()] == 1)
            await until(lambda: samples(port)["jam_rereads_total", ("same",)] > before)
        redis.stop()
        assert server.ask("GET", "/readyz").status == 503
        await until(lambda: samples(port)["jam_feed_up", ()] == 0)
        redis.start()
        await until(lambda: samples(port)["jam_feed_up", ()] == 1)
        assert server.ask("GET", "/readyz").status == 200
    finally:
        server.stop()
        redis.remove()


async def until(true: Any) -> None:
    """As long as it takes; the test's own time is the bound."""
    for _ in itertools.count():
        if true():
            return
        await asyncio.sleep(0.05)


# -- /readyz


async def ready(one: Hub) -> tuple[int, bytes]:
    """What a proxy is told."""
    reply = await Api(one, {"card": [], "start": []}, "", True).ready(SimpleNamespace())  # type: ignore[arg-type]
    return reply.status_code, bytes(reply.body)


@pytest.mark.asyncio
async def test_RDY1_a_proxy_is_told_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    from server.web import api

    log = MemoryLog()
    await log.open()
    one = hub(log)
    assert await ready(one) == (200, b"ready\n")

    async def away(room: str) -> None:
        raise StorageError("away")

    async def silent(room: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(log, "meta", away)
    assert await ready(one) == (503, b"the store does not answer\n")
    monkeypatch.setattr(log, "meta", silent)
    monkeypatch.setattr(api, "READY_S", 0.05)
    assert await ready(one) == (503, b"the store does not answer\n")
    monkeypatch.undo()
    assert (await ready(one))[0] == 200  # and it comes back by itself
    one.draining = True
    assert await ready(one) == (503, b"draining\n")


@pytest.mark.asyncio
async def test_RDY2_asking_costs_the_same_however_many_rooms_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = MemoryLog()
    await log.open()
    asked: list[str] = []

    def counted(name: str, real: Any) -> Any:
        def call(*args: Any) -> Any:
            asked.append(name)
            return real(*args)

        return call

    for name in ("meta", "rooms", "read", "sweep", "keys"):
        monkeypatch.setattr(log, name, counted(name, getattr(log, name)))
    assert (await ready(hub(log)))[0] == 200
    assert asked == ["meta"]


@pytest.mark.asyncio
async def test_RDY3_a_server_that_stops_says_so_while_it_still_answers(data: Path) -> None:
    """A proxy that asks meanwhile hears yes, then no, then nothing."""
    server = Running(data).start()
    made = server.make()
    async with Bot(server.ws(made.room), made.host) as host:
        await host.until(lambda bot: bot.tree)
        assert server.ask("GET", "/readyz").status == 200
        server.signal(signal.SIGTERM)
        said: list[int] = []
        while True:
            try:
                said.append(server.ask("GET", "/readyz").status)
            except (ConnectionError, http.client.HTTPException):
                break
            await asyncio.sleep(0.01)
        assert set(said) <= {200, 503}  # never anything else, and refused in the end
        assert said == sorted(said)  # once it has said no it stays so
    assert server.wait() == 0
