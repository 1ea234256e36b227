"""Settings: each is read from one place, and a wrong one is one clear sentence (rules C1-C6)."""

from pathlib import Path
from typing import Any

import pytest

from server.settings import SettingError, Settings, default_folder, known

HOME = {"HOME": "/somebody"}


def read(given: dict[str, str | None] | None = None, **env: str) -> Settings:
    """Settings from these variables and options."""
    return Settings.read({**HOME, **env}, given)


def test_c1_defaults_stay_on_this_machine() -> None:
    settings = read()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data == Path("/somebody/.local/share/jamroom")
    assert (settings.base_url, settings.redis_url, settings.lan) == ("", "", False)
    assert settings.limits == {}


@pytest.mark.parametrize(
    ("env", "name", "want"),
    [
        ({"JAM_HOST": "0.0.0.0"}, "host", "0.0.0.0"),
        ({"JAM_HOST": "[::1]"}, "host", "::1"),
        ({"JAM_PORT": "0"}, "port", 0),
        ({"JAM_PORT": "65535"}, "port", 65535),
        ({"JAM_PORT": " 81 "}, "port", 81),
        ({"JAM_PORT": ""}, "port", 8000),
        ({"JAM_BASE_URL": "https://jam.example.org/"}, "base_url", "https://jam.example.org"),
        ({"JAM_BASE_URL": "HTTPS://Jam.Example.org:443"}, "base_url", "https://jam.example.org"),
        ({"JAM_BASE_URL": "http://[::1]:8001"}, "base_url", "http://[::1]:8001"),
        ({"JAM_LAN": "1"}, "lan", True),
        ({"JAM_LAN": "no"}, "lan", False),
        ({"JAM_LAN": "1"}, "host", "0.0.0.0"),
        ({"JAM_LAN": "1", "JAM_HOST": "127.0.0.1"}, "host", "127.0.0.1"),
        ({"JAM_LOG_LEVEL": "DEBUG"}, "log_level", "debug"),
        ({"JAM_TRUSTED_PROXIES": "10.0.0.2, ::1"}, "trusted_proxies", ("10.0.0.2/32", "::1/128")),
        ({"JAM_REDIS_URL": "redis://:p@h:6379/0"}, "redis_url", "redis://:p@h:6379/0"),
        ({"JAM_REDIS_URL": "rediss://h"}, "redis_url", "rediss://h"),
        ({"JAM_REDIS_URL": "unix:///run/redis.sock"}, "redis_url", "unix:///run/redis.sock"),
        ({"JAM_METRICS": ""}, "metrics", None),
        ({"JAM_METRICS": "127.0.0.1:9100"}, "metrics", ("127.0.0.1", 9100)),
        ({"JAM_METRICS": "[::1]:9100"}, "metrics", ("::1", 9100)),
        ({}, "voice", None),
        ({"JAM_VOICE": "0"}, "voice", False),
        ({"JAM_VOICE": "1"}, "voice", True),
        ({"JAM_VOICE_PORT": "40000"}, "voice_port", 40_000),
        (
            {"JAM_PUBLIC_IP": "203.0.113.7, [2001:db8::7]"},
            "public_ip",
            ("203.0.113.7", "2001:db8::7"),
        ),
        (
            {"JAM_TURN": "turn:jam.example.org:3478,turns:[::1]?transport=tcp"},
            "turn",
            ("turn:jam.example.org:3478", "turns:[::1]?transport=tcp"),
        ),
        ({"JAM_TURN_SECRET": "0123456789abcdef"}, "turn_secret", "0123456789abcdef"),
        ({"JAM_CLEANUP": "1"}, "cleanup", 1),
        ({"JAM_CLEANUP": "86400"}, "cleanup", 86400),
        ({"JAM_LIMIT_MEMBERS": "12"}, "limits", {"members": 12}),
        ({"JAM_LIMIT_RING_MS": "0"}, "limits", {"ring_ms": 0}),
    ],
)
def test_c2_each_setting_is_read_from_its_variable(
    env: dict[str, str], name: str, want: Any
) -> None:
    assert getattr(read(**env), name) == want


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("JAM_HOST", "http://x"),
        ("JAM_HOST", "a b"),
        ("JAM_PORT", "65536"),
        ("JAM_PORT", "-1"),
        ("JAM_PORT", "8000.0"),
        ("JAM_PORT", "٣"),
        ("JAM_BASE_URL", "jam.example.org"),
        ("JAM_BASE_URL", "ftp://jam.example.org"),
        ("JAM_BASE_URL", "https://jam.example.org/room"),
        ("JAM_BASE_URL", "https://me:secret@jam.example.org"),
        ("JAM_BASE_URL", "https://jam.example.org:99999"),
        ("JAM_BASE_URL", "https://"),
        ("JAM_LAN", "perhaps"),
        ("JAM_REDIS_URL", "http://:secret@localhost"),
        ("JAM_REDIS_URL", ":secret@localhost:6379"),
        ("JAM_REDIS_URL", "redis://"),
        ("JAM_REDIS_URL", "redis://:secret @localhost"),
        ("JAM_METRICS", "9100"),
        ("JAM_METRICS", ":9100"),
        ("JAM_METRICS", "http://localhost:9100"),
        ("JAM_METRICS", "127.0.0.1:65536"),
        ("JAM_LOG_LEVEL", "loud"),
        ("JAM_TRUSTED_PROXIES", "proxy"),
        ("JAM_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("JAM_VOICE", "loud"),
        ("JAM_VOICE_PORT", "65536"),
        ("JAM_PUBLIC_IP", "jam.example.org"),
        ("JAM_PUBLIC_IP", "0.0.0.0"),
        ("JAM_PUBLIC_IP", "224.0.0.1"),
        ("JAM_PUBLIC_IP", "10.0.0.0/8"),
        ("JAM_PUBLIC_IP", " , "),
        ("JAM_TURN", "jam.example.org"),
        ("JAM_TURN", "stun:jam.example.org"),
        ("JAM_TURN", "turn:jam.example.org/secret"),
        ("JAM_TURN", ","),
        ("JAM_TURN_SECRET", "short"),
        ("JAM_TURN_SECRET", "a secret of many words"),
        ("JAM_CLEANUP", "0"),
        ("JAM_CLEANUP", "86401"),
        ("JAM_LIMIT_MEMBERS", "many"),
        ("JAM_LIMIT_MEMBERS", "-1"),
        ("JAM_LIMIT_MEMBERS", str(2**53 + 1)),
    ],
)
def test_c3_a_wrong_setting_is_one_sentence(variable: str, text: str) -> None:
    """It names the variable and what would be right, and repeats nothing that may be a secret."""
    with pytest.raises(SettingError) as caught:
        read(**{variable: text})
    sentence = str(caught.value)
    assert sentence.startswith(f"{variable} must be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "secret" not in sentence


def test_c3_data_may_not_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rooms"
    assert read(JAM_DATA=str(path)).data == path
    path.write_text("")
    with pytest.raises(SettingError, match="JAM_DATA must be the path of a folder"):
        read(JAM_DATA=str(path))


def test_c4_an_option_stands_above_its_variable() -> None:
    settings = read({"port": "9000", "lan": None}, JAM_PORT="1", JAM_LAN="1")
    assert settings.port == 9000
    assert settings.lan is True
    with pytest.raises(SettingError, match=r"^--base-url must be"):
        read({"base_url": "x"})
    with pytest.raises(SettingError, match=r"^--port must be"):
        read({"port": ""})


@pytest.mark.parametrize("name", ["JAM_PROT", "JAM_HOSTS", "JAM_BASEURL", "JAM_LOGLEVEL"])
def test_c5_a_typing_error_in_a_name_is_told(name: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} is not a setting; did you mean JAM_"):
        read(**{name: "1"})


def test_c5_variables_of_others_are_left_alone() -> None:
    assert read(JAM_STRICT="1", JAM_LONG="1", JAM_SEED="4", JAMES="x") == read()


def test_c6_settings_are_frozen_and_each_is_declared_once() -> None:
    settings = read()
    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]
    names = [entry.name for entry in known()]
    fields = list(Settings.__struct_fields__)
    assert sorted([*names, "limits"]) == sorted(fields)
    assert len(set(names)) == len(names)
    assert all(entry.env == f"JAM_{entry.name.upper()}" for entry in known())
    assert all(entry.setting.help for entry in known())


@pytest.mark.parametrize(
    ("platform", "env", "want"),
    [
        ("linux", {"HOME": "/me"}, "/me/.local/share/jamroom"),
        ("linux", {"HOME": "/me", "XDG_DATA_HOME": "/x"}, "/x/jamroom"),
        ("darwin", {"HOME": "/me"}, "/me/Library/Application Support/jamroom"),
        ("win32", {"USERPROFILE": "/me"}, "/me/AppData/Local/jamroom"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/jamroom"),
    ],
)
def test_c1_rooms_lie_where_the_system_keeps_data(
    platform: str, env: dict[str, str], want: str
) -> None:
    assert default_folder(env, platform) == Path(want)
