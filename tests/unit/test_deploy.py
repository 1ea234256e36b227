"""DEP rules: the files in which a server is put together keep what they promise.

No container runs here. What is there of `docker compose`, `caddy` and `systemd-analyze` is asked,
and what is not is said aloud; the promises themselves are read out of the files, which needs none.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from server import cli
from server.settings import Settings, known
from server.voice.process import PRIORITY
from tests.server.running import Running

ROOT = Path(__file__).resolve().parents[2]
CADDYFILE = ROOT / "deploy" / "Caddyfile"
UNIT = ROOT / "deploy" / "jam-room.service"
VOICE = ROOT / "deploy" / "jam-voice.service"
WIDER = ROOT / "deploy" / "voice.conf"
TURN = ROOT / "deploy" / "turnserver.sh"


class Strict(yaml.SafeLoader):
    """YAML in which no key stands twice: the second would win, in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice, f"{node.start_mark}: {twice}"
        return super().construct_mapping(node, deep)


def composed() -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Strict)
    return found


Say = Callable[[str], None]


def tool(aloud: Say, name: str, *args: str, **more: Any) -> subprocess.CompletedProcess[str] | None:
    """Ask a tool, or say aloud that it is not here: no skip, for the promises are looked at."""
    path = shutil.which(name)
    if path is None:
        aloud(f"{name} is not here: {name} {args[0]} was not asked")
        return None
    return subprocess.run([path, *args], capture_output=True, text=True, check=False, **more)


COMPOSE = composed()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NODES = [name for name, service in SERVICES.items() if service.get("image") == "jamroom"]
VOICES = {name for name, service in SERVICES.items() if service.get("profiles") == ["voice"]}


def test_DEP1_what_is_not_here_is_said_aloud() -> None:
    said: list[str] = []
    assert tool(said.append, "no-such-tool", "look") is None
    assert said == ["no-such-tool is not here: no-such-tool look was not asked"]


def test_DEP1_a_key_that_stands_twice_is_found() -> None:
    with pytest.raises(AssertionError):
        yaml.load("a: 1\na: 2\n", Strict)


def test_DEP1_compose_reads_it_where_it_is_there(aloud: Say) -> None:
    there = tool(aloud, "docker", "compose", "version")
    if there is None or there.returncode:
        aloud("docker compose is not here: whether it can read docker-compose.yml was not asked")
        return
    file = str(ROOT / "docker-compose.yml")
    done = tool(aloud, "docker", "compose", "--file", file, "config", "-q")
    assert done is not None and done.returncode == 0, done


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_DEP2_every_service_is_held_tight(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    low = name in ("caddy", "turn")
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if low else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert not service.get("privileged") and "network_mode" not in service
    for limit in ("mem_limit", "memswap_limit", "cpus", "pids_limit"):
        assert service[limit], limit
    assert service["mem_limit"] == service["memswap_limit"]  # nothing is swapped out
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert "healthcheck" in service or (name in NODES and "HEALTHCHECK" in image)
    for host in service.get("volumes", []):
        assert host.split(":")[0] in COMPOSE["volumes"] or host.endswith(":ro"), host


def test_DEP2_only_the_proxy_has_a_port_outside() -> None:
    """And the voices, where somebody wants them: UDP, for sound takes no other way."""
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"caddy", *VOICES}
    assert SERVICES["voice"]["ports"] == ["40000:40000/udp"]
    assert {port.split(":")[0] for port in SERVICES["caddy"]["ports"]} == {"80", "443"}
    assert not any("expose" in service for service in SERVICES.values())
    networks = COMPOSE["networks"]
    assert networks["front"]["internal"] is networks["store"]["internal"] is True
    # Redis is reached by the servers alone, and no server reaches the world.
    reach = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert reach == {
        "caddy": {"outside", "front"},
        "redis": {"store"},
        "voice": {"outside", "store"},
        "turn": {"outside"},
        **{node: {"front", "store"} for node in NODES},
    }


def test_DEP3_two_servers_share_what_redis_keeps() -> None:
    assert len(NODES) == 2
    redis = SERVICES["redis"]
    words = redis["command"]
    given = {words[at].removeprefix("--"): words[at + 1] for at in range(1, len(words), 2)}
    assert given["appendonly"] == "yes" and given["appendfsync"] == "everysec"
    assert given["maxmemory-policy"] == "noeviction"
    assert given["slowlog-log-slower-than"] == "-1"  # it would hold what people wrote
    assert given["save"] == ""
    most = int(given["maxmemory"].removesuffix("mb"))
    assert int(redis["mem_limit"].removesuffix("m")) >= 2 * most
    assert redis["user"] == "redis"
    assert "redis:/data" in redis["volumes"] and "redis" in COMPOSE["volumes"]
    # The last version under a licence that lets everybody run it as a service, or Valkey.
    assert re.fullmatch(r"(redis:7\.2|valkey/valkey:[89]).*", redis["image"])
    for node in NODES:
        assert SERVICES[node]["depends_on"]["redis"]["condition"] == "service_healthy"
        assert SERVICES["caddy"]["depends_on"][node]["condition"] == "service_healthy"
        assert f"{node}:8000" in SERVICES["caddy"]["environment"]["NODES"].split()


def test_DEP3_the_settings_of_a_server_can_be_used() -> None:
    """As compose fills them in, without a .env."""
    names = {entry.env for entry in known()}
    for node in NODES:
        given = {
            name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(value))
            for name, value in SERVICES[node]["environment"].items()
        }
        assert set(given) <= names
        redis = given.pop("JAM_REDIS_URL")
        assert redis == "redis://redis:6379/0"
        settings = Settings.read({"HOME": "/nowhere", **given})
        assert settings.base_url == "https://localhost"
        assert settings.metrics is None
        (trusted,) = settings.trusted_proxies
        (subnet,) = COMPOSE["networks"]["front"]["ipam"]["config"]
        assert trusted == subnet["subnet"] and ipaddress.ip_network(trusted).is_private


def filled(service: str, **env: str) -> dict[str, str]:
    """The environment of a service, as compose makes it of a .env."""

    def value(found: re.Match[str]) -> str:
        return env.get(found[1]) or found[2]

    told = SERVICES[service]["environment"]
    return {name: re.sub(r"\$\{(\w+):-(.*?)\}", value, str(text)) for name, text in told.items()}


def test_DEP8_voices_are_there_for_who_wants_them() -> None:
    """DEP8: servers, worker and TURN server of the profile fit together; without it rooms have no
    voices and say nothing of them."""
    assert {"voice", "turn"} == VOICES
    assert all("profiles" not in SERVICES[name] for name in SERVICES if name not in VOICES)
    for node in NODES:
        assert Settings.read({"HOME": "/nowhere", **filled(node)}).voice is False
    mine = {"JAM_VOICE": "1", "JAM_PUBLIC_IP": "203.0.113.7", "DOMAIN": "jam.example.org"}
    mine["JAM_TURN_SECRET"] = "0123456789abcdef"
    node = Settings.read({"HOME": "/nowhere", **filled("one", **mine)})
    worker = Settings.read({"HOME": "/nowhere", **filled("voice", **mine)})
    assert node.voice and node.turn_secret == mine["JAM_TURN_SECRET"] and not worker.turn_secret
    assert node.redis_url == worker.redis_url and worker.public_ip == ("203.0.113.7",)
    assert SERVICES["voice"]["ports"] == [f"{worker.voice_port}:{worker.voice_port}/udp"]
    assert SERVICES["voice"]["build"]["args"] == {"AUDIO": "1"}
    assert f"${{{'AUDIO'}:+--requirement requirements/audio.txt}}" in dockertext()
    assert cli.parser().parse_args(SERVICES["voice"]["command"][3:]).command == "voice"
    heads = {one.partition("?")[0] for one in node.turn}
    assert heads == {"turn:jam.example.org:3478"}
    assert {"3478:3478", "3478:3478/udp"} < set(SERVICES["turn"]["ports"])


def turn(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What the script starts, by a program that only says how it was called."""
    fake = tmp_path / "turnserver"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    fake.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    given = {"PATH": path, "JAM_PUBLIC_IP": "", "JAM_TURN_SECRET": "", **env}
    return subprocess.run(["sh", TURN], env=given, capture_output=True, text=True, check=False)


def test_DEP9_the_turn_server_leads_to_the_voices_and_nowhere_else(tmp_path: Path) -> None:
    """DEP9: an open relay would be everybody's way into the machine's own networks."""
    secret = "0123456789abcdef"
    for env in ({}, {"JAM_TURN_SECRET": secret}, {"JAM_PUBLIC_IP": "203.0.113.7"}):
        done = turn(tmp_path, **env)
        assert done.returncode == 2 and done.stderr.startswith("turnserver: ")
    short = turn(tmp_path, JAM_PUBLIC_IP="203.0.113.7", JAM_TURN_SECRET="short")
    assert short.returncode == 2
    done = turn(tmp_path, JAM_PUBLIC_IP="203.0.113.7,2001:db8::7", JAM_TURN_SECRET=secret)
    words = done.stdout.splitlines()
    allowed = {word.partition("=")[2] for word in words if word.startswith("--allowed-peer-ip=")}
    denied = {word.partition("=")[2] for word in words if word.startswith("--denied-peer-ip=")}
    assert allowed == {"203.0.113.7", "2001:db8::7"}
    assert {one.partition("-")[0] for one in denied} == {"0.0.0.0", "::"} and len(denied) == 2
    assert "--external-ip=203.0.113.7" in words and f"--static-auth-secret={secret}" in words
    for word in (
        *("--use-auth-secret", "--no-multicast-peers", "--no-tcp-relay", "--no-cli", "--no-tls"),
        *("--user-quota=4", "--total-quota=100", "--log-file=/dev/null", "--no-stdout-log"),
    ):
        assert word in words, word
    assert not [word for word in words if "loopback" in word or "no-auth" in word]
    low, high = (next(w for w in words if w.startswith(f"--{k}-port=")) for k in ("min", "max"))
    span = f"{low.partition('=')[2]}-{high.partition('=')[2]}"
    assert f"{span}:{span}/udp" in SERVICES["turn"]["ports"]


def test_DEP4_certificates_outlive_their_container() -> None:
    caddy = SERVICES["caddy"]
    assert "certificates:/data" in caddy["volumes"] and "certificates" in COMPOSE["volumes"]
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in caddy["volumes"]
    assert set(caddy["environment"]) == {"DOMAIN", "NODES"}
    assert set(re.findall(r"\{\$(\w+)[:}]", CADDYFILE.read_text("utf-8"))) == {"DOMAIN", "NODES"}


# -- the proxy


def test_DEP5_a_room_s_requests_go_to_one_server() -> None:
    text = CADDYFILE.read_text("utf-8")
    (pattern,) = re.findall(r"path_regexp room (\S+)", text)
    room = "ABCDEFGHJ1"
    for path in ("/r/{}", "/r/{}/screen", "/ws/{}", "/api/rooms/{}", "/api/rooms/{}/harvest.md"):
        found = re.search(pattern, path.format(room))
        assert found and found[1] == room
    for path in ("/", "/v/ABCDEFGHJ1", "/api/rooms", "/r/ABCDEFGHJ1x", "/x/r/ABCDEFGHJ1"):
        assert not re.search(pattern, path)
    # In a `route`, because Caddy else sorts: what takes away came after what had set it.
    body = text[text.index("route {") :]
    taken, given = body.index("request_header -X-Jam-Room"), body.index("request_header @room")
    assert taken < given < body.index("reverse_proxy") < body.index("lb_policy header X-Jam-Room")


def test_DEP5_a_server_that_stops_is_left_out() -> None:
    text = CADDYFILE.read_text("utf-8")
    for words in ("health_uri /readyz", "health_interval 2s", "lb_try_duration 5s"):
        assert words in text


def test_DEP5_the_proxy_logs_no_address() -> None:
    text = CADDYFILE.read_text("utf-8")
    top = text[: text.index("{$DOMAIN")]
    assert re.search(
        r"log default \{\s+format filter \{\s+wrap json\s+fields \{\s+request delete", top
    )
    assert "exclude http.stdlib" in top
    assert "log" not in re.sub("#.*", "", text[text.index("{$DOMAIN") :])  # no access log


def test_DEP5_caddy_reads_it_where_it_is_there(tmp_path: Path, aloud: Say) -> None:
    env = {**os.environ, "DOMAIN": "jam.example.org", "NODES": "one:8000 two:8000"}
    env |= {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    args = ("validate", "--adapter", "caddyfile", "--config", str(CADDYFILE))
    done = tool(aloud, "caddy", *args, env=env)
    assert done is None or done.returncode == 0, done


# -- the unit of systemd


def unit(path: Path = UNIT) -> dict[str, list[str]]:
    """Each directive of the unit with its values; sections are known by their names."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            assert section in ("Unit", "Service", "Install")
        elif line and not line.startswith("#"):
            name, equal, value = line.partition("=")
            assert section and equal and name.isalnum(), line
            found.setdefault(name, []).append(value)
    return found


def test_DEP6_the_unit_gives_nothing_that_is_not_needed() -> None:
    told = unit()
    for name in (
        *("DynamicUser", "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"),
        *("PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHostname", "RemoveIPC"),
        *("ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "LockPersonality"),
        *("MemoryDenyWriteExecute", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID"),
    ):
        assert told[name] == ["yes"], name
    assert told["ProtectSystem"] == ["strict"]
    assert told["CapabilityBoundingSet"] == told["AmbientCapabilities"] == [""]
    assert told["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert (told["LimitCORE"], told["MemorySwapMax"]) == (["0"], ["0"])  # nothing on a disk
    assert told["UMask"] == ["0077"] and told["StateDirectoryMode"] == ["0700"]
    assert set(told["RestrictAddressFamilies"][0].split()) <= {
        *("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK")
    }


def test_DEP6_the_unit_starts_what_there_is_and_stops_it_kindly() -> None:
    told = unit()
    names = {entry.env for entry in known()}
    for word in shlex.split(told["Environment"][0]):
        name = word.partition("=")[0]
        assert name in names or name.startswith("PYTHON")
    assert told["ExecStart"] == [f"{told['WorkingDirectory'][0]}/.venv/bin/jam serve"]
    assert told["RestartPreventExitStatus"] == ["2"]  # as rule C3 leaves
    assert int(told["TimeoutStopSec"][0]) >= 10 and "KillSignal" not in told
    assert "--no-access-log" not in told["ExecStart"][0]


def test_DEP6_the_unit_of_voices_has_what_they_need_and_otherwise_the_same() -> None:
    """The keys of a call are made by a library that writes code as it runs (pyOpenSSL's callbacks):
    where that is forbidden, every call is refused without a word."""
    rooms, voices, wider = unit(), unit(VOICE), unit(WIDER)
    assert voices["ExecStart"] == [rooms["ExecStart"][0].replace("jam serve", "jam voice")]
    given = {"SystemCallFilter": [*rooms["SystemCallFilter"], "setpriority"], "LimitNICE": ["-5"]}
    own = {"Description", "Documentation", "Environment", "ExecStart", "LimitNOFILE", "MemoryMax"}
    own |= {"TasksMax", "StateDirectory", "StateDirectoryMode", "MemoryDenyWriteExecute"}
    for name in (rooms.keys() | voices.keys()) - own:
        assert voices.get(name) == given.get(name, rooms.get(name)), name
    assert "MemoryDenyWriteExecute" not in voices and rooms["MemoryDenyWriteExecute"] == ["yes"]
    assert wider == {
        "MemoryDenyWriteExecute": ["no"],
        "SystemCallFilter": ["setpriority"],
        "LimitNICE": [str(PRIORITY)],
    }


@pytest.mark.parametrize("unit", [UNIT, VOICE], ids=lambda unit: unit.stem)
def test_DEP6_systemd_reads_it_where_it_is_there(unit: Path, tmp_path: Path, aloud: Say) -> None:
    copy = tmp_path / unit.name
    text = unit.read_text("utf-8")
    copy.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text), "utf-8")
    done = tool(aloud, "systemd-analyze", "verify", "--man=no", str(copy))
    assert done is None or (done.returncode, done.stderr) == (0, ""), done
    args = ("security", "--offline=yes", "--threshold=20", str(unit))
    done = tool(aloud, "systemd-analyze", *args)
    assert done is None or done.returncode == 0, done


# -- the image


def dockertext() -> str:
    return (ROOT / "Dockerfile").read_text("utf-8")


def dockerfile() -> list[list[str]]:
    """Its instructions as words, with continued lines joined."""
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", dockertext())).splitlines()
    return [line.split() for line in lines if line.strip()]


def test_DEP7_the_image_is_small_and_belongs_to_nobody() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    stages = [words for words in dockerfile() if words[0] == "FROM"]
    assert len(stages) == 2 and all(words[1].endswith("-slim") for words in stages)
    assert "--platform" not in "".join(" ".join(words) for words in stages)  # any that Python has
    assert "--require-hashes" in text and "--only-binary :all:" in text
    assert "apt-get" not in text and "curl" not in text and "ADD " not in text
    last = text.split("\nFROM ")[-1]
    assert last.index("USER 10001") < last.index("HEALTHCHECK") < last.index('CMD ["python", "-m"')
    assert "PYTHONDONTWRITEBYTECODE=1" in last and "STOPSIGNAL SIGTERM" in last


def test_DEP7_what_goes_into_the_image_is_enough_to_run(tmp_path: Path) -> None:
    """What COPY takes is put into an empty folder, and a server started there; afterwards nothing
    has been written beside the code, for the container may not."""
    app = tmp_path / "app"
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for words in dockerfile():
        if words[0] == "COPY" and not words[1].startswith("--from"):
            source, target = words[1:]
            assert any(line == f"!{source}" for line in allowed), source
            if (ROOT / source).is_dir():
                shutil.copytree(
                    ROOT / source, app / target, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                (app / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, app / target)
    before = sorted(path.relative_to(app) for path in app.rglob("*"))
    server = Running(tmp_path / "data", {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(app)})
    server.args = ("-P", *server.args)  # not the folder that the test stands in
    server.start()
    try:
        assert server.ask("GET", "/").status == 200
        assert server.ask("GET", "/guide").status == 200
        made = server.make()
        assert server.ask("GET", f"/r/{made.room}").status == 200
        check = next(words for words in dockerfile() if words[0] == "HEALTHCHECK")
        command = yaml.safe_load(" ".join(check[check.index("CMD") + 1 :]))
        command[0] = sys.executable
        env = {**os.environ, "JAM_PORT": str(server.port)}
        assert subprocess.run(command, env=env, check=False).returncode == 0
        server.stop()
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert done.returncode != 0
    finally:
        server.stop()
    assert sorted(path.relative_to(app) for path in app.rglob("*")) == before
