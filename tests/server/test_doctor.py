"""`jam doctor`: each check in health and in each of its faults, with what it says to do."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server import cli
from server.doctor import certificate as certificates
from server.doctor import clock as clocks
from server.doctor import disk as disks
from server.doctor import report, store
from server.doctor import voice as voices
from server.doctor.door import door
from server.doctor.finding import Finding
from server.doctor.outside import outside
from server.doctor.proxies import proxies
from server.doctor.variables import variables
from server.doctor.voice import voice
from server.settings import Settings
from tests.redis_server import RedisServer
from tests.server.running import ROOT, Running, free_port

KEEPING = (
    *("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory", "64mb"),
    *("--slowlog-log-slower-than", "-1"),
)


def settings(**values: Any) -> Settings:
    return Settings(**{"data": Path("/nowhere"), **values})


def only(found: Any) -> Finding:
    (one,) = found
    assert isinstance(one, Finding)
    return one


def says(found: Any, level: str, words: str) -> None:
    """One finding of this level has these words; each finding is a sentence or two on one line."""
    listed = list(found)
    for one in listed:
        assert one.say[0].isupper() or one.say[0] in "/0123456789h", one
        assert one.say.endswith((".", ".)")) and "\n" not in one.say, one
    assert any(one.level == level and words in one.say for one in listed), listed


# -- settings


def test_DR1_what_does_nothing_or_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only(variables(settings(), {"JAM_PORT": "1"})).level == "well"
    says(variables(settings(limits={"rooms": 1}), {}), "well", "All can be used")
    says(variables(settings(limits={"roms": 1}), {}), "wrong", "JAM_LIMIT_ROMS is no limit")
    says(variables(settings(), {"JAM_SHOES": "1"}), "note", "JAM_SHOES is no setting")
    watched = settings(metrics=("127.0.0.1", 9100))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    says(variables(watched, {}), "wrong", "JAM_METRICS needs the Python package")


# -- ports


def test_DR2_a_port_is_free_or_answered_by_the_server_that_is_meant(data: Path) -> None:
    port = free_port()
    says(door(settings(port=port), {}), "well", f"Port {port} is free")
    says(door(settings(port=0), {}), "note", "JAM_PORT is 0")
    server = Running(data).start()
    try:
        says(door(settings(port=server.port), {}), "well", "answers on port")
    finally:
        server.stop()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        other.settimeout(0.1)
        threading.Thread(target=hang_up, args=(other,), daemon=True).start()
        says(door(settings(port=port), {}), "wrong", "in use by another program")
        taken = settings(port=free_port(), metrics=("127.0.0.1", port))
        says(door(taken, {}), "wrong", f"JAM_METRICS, port {port}")
    says(door(settings(host="192.0.2.9"), {}), "wrong", "not an address of this machine")
    wide = settings(port=free_port(), metrics=("0.0.0.0", free_port()))
    says(door(wide, {}), "note", "open to whoever can reach it")


def hang_up(door: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            try:
                door.accept()[0].close()
            except TimeoutError:
                continue


def test_DR2_a_server_that_is_not_ready_is_not_well() -> None:
    with site({"/healthz": (200, "ok\n"), "/readyz": (503, "the store does not answer\n")}) as at:
        says(door(settings(port=at), {}), "wrong", "is not ready (the store does not answer)")


# -- disk


def test_DR3_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rooms"
    much, some, little = (lambda path, mb=mb: mb << 20 for mb in (5000, 500, 50))
    says(disks.disk(settings(data=folder), {}, much), "well", "will be made at the first start")
    assert not folder.exists()  # looking changes nothing
    folder.mkdir(mode=0o700)
    says(disks.disk(settings(data=folder), {}, much), "well", "can be written; 4 GB are free")
    says(disks.disk(settings(data=folder), {}, some), "note", "500 MB are free")
    says(disks.disk(settings(data=folder), {}, little), "wrong", "Only 50 MB are free")
    assert list(folder.iterdir()) == []
    folder.chmod(0o755)
    says(disks.disk(settings(data=folder), {}, much), "note", "chmod 700 closes it")
    monkeypatch.setattr(disks, "_writable", lambda there, itself: False)
    says(disks.disk(settings(data=folder), {}, much), "wrong", "cannot be written by this user")
    monkeypatch.setattr(disks, "network_kind", lambda path: "nfs4")
    says(disks.disk(settings(data=folder), {}, much), "wrong", "on a network drive (nfs4)")
    says(disks.disk(settings(redis_url="redis://h"), {}), "well", "Rooms lie in Redis")


# -- proxies


@pytest.mark.parametrize(
    ("given", "level", "words"),
    [
        ({}, "well", "No proxy is believed"),
        ({"base_url": "http://jam.example"}, "well", "No proxy"),
        ({"base_url": "https://jam.example"}, "wrong", "JAM_TRUSTED_PROXIES is empty"),
        ({"trusted_proxies": ("127.0.0.1/32",)}, "well", "127.0.0.1/32 alone"),
        ({"trusted_proxies": ("10.0.0.0/8",)}, "well", "10.0.0.0/8"),
        ({"trusted_proxies": ("10.0.0.0/7",)}, "wrong", "half the world (10.0.0.0/7)"),
        ({"trusted_proxies": ("127.0.0.1/32", "::/0")}, "wrong", "half the world (::/0)"),
    ],
)
def test_DR4_whose_word_is_believed(given: dict[str, Any], level: str, words: str) -> None:
    says(proxies(settings(**given), {}), level, words)


# -- the address that people open


@contextlib.contextmanager
def site(
    answers: dict[str, tuple[int, str]], context: ssl.SSLContext | None = None
) -> Iterator[int]:
    """Something on a port that answers these paths, and 404 else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, ""))
            if self.path.startswith("/ws/"):
                whose = "theirs" if "invalid" in self.headers["Origin"] else "ours"
                status = answers.get(whose, (404, ""))[0]
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_DR5_without_an_address_it_says_who_can_come() -> None:
    says(outside(settings(), {}), "note", "Only this computer can open the rooms")
    says(outside(settings(lan=True, host="0.0.0.0"), {}), "well", "Phones in the same network")
    says(outside(settings(host="0.0.0.0"), {}), "note", "JAM_BASE_URL is not set")


def test_DR5_a_server_behind_its_address_is_well(data: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = Running(data, {"JAM_BASE_URL": base})
    server.port = port
    server.start()
    try:
        found = list(outside(settings(base_url=base), {}))
        assert [one.level for one in found] == ["well", "well"], found
        says(found, "well", "Sockets pass, from our own pages alone")
        other = settings(base_url=f"http://localhost:{port}")
        says(outside(other, {}), "wrong", "runs with another JAM_BASE_URL")
    finally:
        server.stop()


REACH = '{"base": "http://127.0.0.1:%d"}'


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"/api/reach": (502, "")}, "answers, but finds no Jam Room (502)"),
        ({"/api/reach": (308, "")}, "leads on to another address"),
        ({"/api/reach": (200, "<html>")}, "Something else answers"),
        ({"/api/reach": (200, "[]")}, "Something else answers"),
        ({}, "Something else answers"),
        ({"/api/reach": (200, REACH), "ours": (426, "")}, "does not pass WebSockets on (426)"),
        ({"/api/reach": (200, REACH), "ours": (403, "")}, "refuses its own pages"),
        (
            {"/api/reach": (200, REACH), "ours": (101, ""), "theirs": (101, "")},
            "Pages of strangers may open sockets",
        ),
    ],
)
def test_DR5_what_stands_between_is_found_out(
    answers: dict[str, tuple[int, str]], words: str
) -> None:
    with site(answers) as port:
        status, body = answers.get("/api/reach", (404, ""))
        answers["/api/reach"] = (status, body.replace("%d", str(port)))
        says(outside(settings(base_url=f"http://127.0.0.1:{port}"), {}), "wrong", words)


def test_DR5_nobody_there_is_told() -> None:
    away = f"http://127.0.0.1:{free_port()}"
    says(outside(settings(base_url=away), {}), "wrong", "does not answer from here")
    says(outside(settings(base_url="http://jam.invalid"), {}), "note", "plain http")


# -- the certificate


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for localhost that is good for 90 days."""
    folder = tmp_path_factory.mktemp("tls")
    assert shutil.which("openssl"), "openssl is missing: `make setup` installs it or says how"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "90", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@contextlib.contextmanager
def secure(keys: Path, answers: dict[str, tuple[int, str]] | None = None) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys / "cert.pem", keys / "key.pem")
    with site(answers or {}, context) as port:
        yield port


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (0, "well", "is good for 90 days"),
        (75.9, "well", "is good for 14 days"),
        (76.1, "note", "ends in 14 days, and should have been renewed"),
        (86.9, "note", "ends in 3 days"),
        (87.1, "wrong", "ends in 3 days: renew it now"),
        (88.5, "wrong", "ends in 36 hours: renew it now"),
    ],
)
def test_DR6_days_left_are_counted(
    keys: Path, monkeypatch: pytest.MonkeyPatch, days: float, level: str, words: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(keys / "cert.pem"))
    made = (keys / "cert.pem").stat().st_mtime
    with secure(keys) as port:
        found = certificates.certificate("localhost", port, made + days * 86_400)
    assert (found.level, words in found.say) == (level, True), found


@pytest.mark.parametrize(
    ("life", "left", "level"),
    [
        (12, 3.1, "well"),
        (12, 2.9, "note"),
        (12, 0.9, "wrong"),
        (144, 36.1, "well"),
        (144, 35.9, "note"),
        (144, 11.9, "wrong"),
    ],
)
def test_DR6_a_short_life_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, life: float, left: float, level: str
) -> None:
    """Hours. A proxy's own certificate lives half a day, and was said to end in 0 days."""
    monkeypatch.setattr(certificates, "_life", lambda host, port: (0.0, life * 3600))
    assert certificates.certificate("h", 443, (life - left) * 3600).level == level


def test_DR6_what_is_wrong_with_a_certificate_is_told(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secure(keys) as port:
        found = certificates.certificate("localhost", port)
        says([found], "wrong", "will not believe the certificate of localhost (self")
        monkeypatch.setenv("SSL_CERT_FILE", str(keys / "cert.pem"))
        found = certificates.certificate("127.0.0.1", port)
        says([found], "wrong", "get one for exactly this name")
    with site({}) as port:
        says([certificates.certificate("127.0.0.1", port)], "wrong", "does not speak TLS")
    found = certificates.certificate("127.0.0.1", free_port())
    says([found], "wrong", "open ports 80 and 443")

    def nowhere(*args: Any, **more: Any) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "create_connection", nowhere)
    says([certificates.certificate("jam.invalid", 443)], "wrong", "make a DNS record")


def test_DR6_https_is_asked_all_the_way(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"/api/reach": (200, ""), "ours": (101, ""), "theirs": (403, "")}
    with secure(keys, answers) as port:
        base = f"https://localhost:{port}"
        answers["/api/reach"] = (200, json.dumps({"base": base}))
        says(outside(settings(base_url=base), {}), "wrong", "certificate")
        monkeypatch.setenv("SSL_CERT_FILE", str(keys / "cert.pem"))
        found = list(outside(settings(base_url=base), {}))
        assert [one.check for one in found] == ["tls", "address", "origin"]
        assert {one.level for one in found} == {"well"}, found


# -- the clock


@pytest.fixture(scope="module")
def keeping() -> Iterator[RedisServer]:
    """A redis-server as docs/run-a-server.md wishes it."""
    server = RedisServer(*KEEPING, port=free_port()).start()
    yield server
    server.remove()


def test_DR7_the_clock_is_held_against_that_of_redis(keeping: RedisServer) -> None:
    says(clocks.clock(settings(), {}), "well", "UTC here")
    says(clocks.clock(settings(), {}, lambda: 1e9), "wrong", "years behind")
    shared = settings(redis_url=keeping.url)
    says(clocks.clock(shared, {}), "well", "agree to")
    for shift, level, words in (
        (5, "note", "5.0 s apart"),
        (-5, "note", "5.0 s apart"),
        (40, "wrong", "40 s apart"),
    ):
        says(clocks.clock(shared, {}, lambda s=shift: time.time() + s), level, words)
    away = settings(redis_url=f"redis://127.0.0.1:{free_port()}")
    assert list(clocks.clock(away, {})) == []  # told where Redis is looked at


# -- Redis


def looked(url: str) -> list[Finding]:
    return list(store.store(settings(redis_url=url), {}))


def test_DR8_a_redis_as_it_should_be_is_well(keeping: RedisServer) -> None:
    for url in (keeping.url, f"unix://{keeping.folder / 'redis.sock'}"):
        found = looked(url)
        assert {one.level for one in found} == {"well"}, found
        says(found, "well", "Redis 7")
        says(found, "well", "append-only file, everysec; noeviction")
        says(found, "well", "It answers in")
    assert keeping.client().keys("*") == []  # nothing stays
    says(store.store(settings(), {}), "well", "Not in use")


@pytest.mark.parametrize(
    ("option", "value", "level", "words"),
    [
        ("maxmemory-policy", "allkeys-lru", "wrong", "throw rooms away (allkeys-lru)"),
        ("appendonly", "no", "wrong", "set appendonly yes"),
        ("appendfsync", "no", "wrong", "set appendfsync everysec"),
        ("appendfsync", "always", "well", "append-only file, always"),
        ("maxmemory", "0", "note", "no bound of memory"),
        ("slowlog-log-slower-than", "0", "note", "may hold what people wrote"),
    ],
)
def test_DR8_each_setting_that_loses_rooms_is_named(
    keeping: RedisServer, option: str, value: str, level: str, words: str
) -> None:
    client = keeping.client()
    before = client.config_get(option)[option]
    try:
        client.config_set(option, value)
        says(looked(keeping.url), level, words)
    finally:
        client.config_set(option, before)


def test_DR8_a_full_redis_is_told_before_it_refuses(keeping: RedisServer) -> None:
    client = keeping.client()
    used = int(client.info("memory")["used_memory"])
    try:
        client.config_set("maxmemory", int(used * 1.15))
        says(looked(keeping.url), "note", "filling up")
        client.config_set("maxmemory", used // 2)
        says(looked(keeping.url), "wrong", "raise maxmemory")
    finally:
        client.config_set("maxmemory", "64mb")


def test_DR8_a_redis_that_is_away_is_told_without_its_password() -> None:
    port = free_port()
    found = looked(f"redis://ana:topsecret@127.0.0.1:{port}/0")
    says(found, "wrong", f"does not answer at 127.0.0.1 port {port}")
    found += looked("unix:///nowhere/redis.sock")
    says(found, "wrong", "does not answer at /nowhere/redis.sock")
    found += looked("http://ana:topsecret@x")  # whatever the address is
    assert "topsecret" not in str(found)


def test_DR8_rights_and_passwords(keeping: RedisServer) -> None:
    client = keeping.client()
    base = f"127.0.0.1:{keeping.port}"
    users = {
        "reader": ["+@all", "-eval", "~jam:*", "&jam:*"],
        "elsewhere": ["+@all", "~other:*", "&jam:*"],
        "deaf": ["+@all", "~jam:*", "&other:*"],
        "blind": ["+@all", "-info", "~*", "&*"],
        "guest": ["+@all", "-config", "~jam:*", "&jam:*"],
    }
    for name, rights in users.items():
        client.execute_command("ACL", "SETUSER", name, "on", ">pass", *rights)
    try:
        for name in ("reader", "elsewhere", "deaf"):
            says(looked(f"redis://{name}:pass@{base}"), "wrong", "give it +@all, ~jam:* and &jam:*")
        says(looked(f"redis://blind:pass@{base}"), "wrong", "may not ask INFO")
        says(looked(f"redis://guest:pass@{base}"), "note", "does not tell how often it syncs")
        says(looked(f"redis://guest:no@{base}"), "wrong", "does not know us")
        client.config_set("requirepass", "pass")
        says(looked(keeping.url), "wrong", "put user and password into JAM_REDIS_URL")
    finally:
        client.execute_command("AUTH", "default", "pass")
        client.config_set("requirepass", "")
        for name in users:
            client.execute_command("ACL", "DELUSER", name)


def test_DR8_a_replica_takes_no_writes(keeping: RedisServer) -> None:
    client = keeping.client()
    try:
        client.replicaof("127.0.0.1", free_port())
        says(looked(keeping.url), "wrong", "is a replica and takes no writes")
    finally:
        client.replicaof("NO", "ONE")


def test_DR8_a_redis_that_hangs_is_not_waited_for_long() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        says(looked(f"redis://127.0.0.1:{deaf.getsockname()[1]}"), "wrong", "does not answer at")


@pytest.mark.parametrize(
    ("told", "level", "words"),
    [
        ({"redis_version": "6.2.14", "role": "master"}, "wrong", "Redis 6.2.14 is too old"),
        ({"redis_version": "7.0.0", "role": "master"}, "well", "Redis 7.0.0 answers"),
        (
            {"redis_version": "7.2.4", "valkey_version": "8.1.3", "role": "master"},
            "well",
            "Valkey 8.1.3 answers",
        ),
        (
            {"redis_version": "7.2.4", "role": "master", "cluster_enabled": 1},
            "wrong",
            "runs as a cluster",
        ),
    ],
)
def test_DR8_versions_and_kinds(told: dict[str, Any], level: str, words: str) -> None:
    says(store._kind(told), level, words)


def test_DR8_a_slow_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        def __init__(self, seconds: float) -> None:
            self.seconds, self.at = seconds, 0.0

        def perf_counter(self) -> float:
            return self.at

        def ping(self) -> None:
            self.at += self.seconds

    for seconds, level in ((0.0049, "well"), (0.005, "note"), (0.05, "wrong")):
        line = Slow(seconds)
        monkeypatch.setattr(store, "time", line)
        assert store._speed(line).level == level


# -- voices


def test_DR10_what_voices_need_is_here_or_told(monkeypatch: pytest.MonkeyPatch) -> None:
    says(voice(settings(voice=False), {}), "well", "Switched off")
    says(voice(settings(), {}), "well", "People can hear each other")
    monkeypatch.setattr(voices, "installed", lambda: False)
    assert only(voice(settings(), {})).level == "note"
    says(voice(settings(), {}), "note", "jamroom[audio]")
    says(voice(settings(voice=True), {}), "wrong", "JAM_VOICE is 1, but its packages")


def test_DR10_the_port_can_be_had_and_people_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("0.0.0.0", 0))
        port = other.getsockname()[1]
        says(voice(settings(voice_port=port), {}), "well", f"UDP port {port} is in use, by the")
    says(voice(settings(voice_port=port), {}), "well", f"UDP port {port} is free")
    monkeypatch.setattr(voices, "_taken", lambda port: 13)
    says(voice(settings(voice_port=53), {}), "wrong", "UDP port 53 may not be used")
    public = settings(base_url="https://jam.example.org")
    monkeypatch.setattr(voices, "own", lambda: ["10.0.0.9"])
    says(voice(public, {}), "note", "JAM_VOICE_PORT is 0")
    says(voice(public, {}), "wrong", "into JAM_PUBLIC_IP")
    monkeypatch.setattr(voices, "own", lambda: ["10.0.0.9", "9.9.9.9"])
    assert [one.level for one in voice(public, {})] == ["note"]
    inner = settings(base_url="https://jam.example.org", public_ip=("10.0.0.9",))
    says(voice(inner, {}), "note", "names no address of the internet")
    says(voice(settings(base_url="http://localhost:8000"), {}), "well", "People can hear")


def test_DR10_turn_needs_its_secret() -> None:
    turn = ("turn:jam.example.org",)
    says(voice(settings(turn=turn), {}), "wrong", "JAM_TURN needs JAM_TURN_SECRET")
    says(voice(settings(turn_secret="0123456789abcdef"), {}), "note", "without JAM_TURN")
    found = [*voice(settings(turn=turn, turn_secret="0123456789abcdef"), {})]
    says(found, "well", "People can hear")
    assert "0123456789abcdef" not in str(found)


def test_DR10_with_redis_workers_are_looked_for(keeping: RedisServer) -> None:
    client = keeping.client()
    shared = settings(redis_url=keeping.url)
    try:
        says(voice(shared, {}), "note", "No voice worker is there")
        client.sadd("jam:v:workers", "one")
        says(voice(shared, {}), "well", "People can hear")
    finally:
        client.delete("jam:v:workers")
    away = settings(redis_url=f"redis://127.0.0.1:{free_port()}")
    assert only(voice(away, {})) == voices.note(
        "voice", "Whether a voice worker is there, Redis does not say."
    )


# -- the command


def doctor(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
    return subprocess.run(
        [sys.executable, "-m", "server.cli", "doctor", *args],
        cwd=ROOT,
        env={**plain, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_DR9_exit_code_text_and_json_agree(tmp_path: Path) -> None:
    port = str(free_port())
    fine = doctor("--data", str(tmp_path), "--port", port)
    assert fine.returncode == 0 and fine.stderr == ""
    assert fine.stdout.endswith("\nAll is well.\n")
    told = json.loads(doctor("--json", "--data", str(tmp_path), "--port", port).stdout)
    assert told["well"] is True
    names = [name for check in report.CHECKS for name in check.name.split(", ")]
    assert {one["check"] for one in told["findings"]} <= set(names)
    bad = doctor("--json", "--port", port, JAM_TRUSTED_PROXIES="0.0.0.0/0")
    assert bad.returncode == 1
    levels = [one["level"] for one in json.loads(bad.stdout)["findings"]]
    assert json.loads(bad.stdout)["well"] is False and levels.count("wrong") == 1
    text = doctor("--port", port, JAM_TRUSTED_PROXIES="0.0.0.0/0")
    assert text.returncode == 1 and text.stdout.endswith("\nOne thing is to be mended.\n")


def test_DR9_redis_is_looked_at_where_it_is_set(keeping: RedisServer, tmp_path: Path) -> None:
    """The server and the doctor read one variable, and agree on what is there."""
    port = str(free_port())
    done = doctor("--json", "--port", port, JAM_REDIS_URL=keeping.url)
    told = {one["check"]: one["level"] for one in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0 and told["redis"] == told["clock"] == told["disk"] == "well"
    away = doctor("--port", port, JAM_REDIS_URL=f"redis://:topsecret@127.0.0.1:{free_port()}")
    assert away.returncode == 1 and "topsecret" not in away.stdout
    assert "does not answer at 127.0.0.1 port" in away.stdout


def test_DR9_a_setting_that_cannot_be_used_is_the_first_thing_to_mend() -> None:
    done = doctor("--json", JAM_PORT="x")
    assert done.returncode == 1
    (one,) = json.loads(done.stdout)["findings"]
    assert one["level"] == "wrong" and one["say"].startswith("JAM_PORT must be")


def test_DR9_a_look_that_fails_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("topsecret")

    checks = [c._replace(look=broken) if c.name == "ports" else c for c in report.CHECKS]
    monkeypatch.setattr(report, "CHECKS", checks)
    found = report.examine({"HOME": "/nowhere"}, {})
    says(found, "note", "This could not be looked at (RuntimeError)")
    assert len(found) >= len(checks) and "topsecret" not in str(found)


def test_DR9_help_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["doctor", "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "--json" in said and "JAM_REDIS_URL" in said


def test_DR9_redis_is_loaded_only_where_it_is_used() -> None:
    code = (
        "import sys; from server import cli\n"
        "cli.main(['doctor', '--port', '0'])\n"
        "heavy = {'redis', 'uvicorn', 'starlette', 'asyncio', 'prometheus_client'}\n"
        "sys.exit(repr(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("JAM_")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
