"""The settings: read once from the environment and the command line, then frozen.

Each setting is declared in one place, the field of `Settings` below: its name, its environment
variable (`JAM_` and the name in capitals), how it is read, and what the help says about it.
"""

import ipaddress
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints
from urllib.parse import urlsplit

import msgspec

PREFIX = "JAM_"
LIMIT = "JAM_LIMIT_"
LEVELS = ("debug", "info", "warning", "error")
YES = frozenset(("1", "true", "yes", "on"))
NO = frozenset(("", "0", "false", "no", "off"))


class SettingError(Exception):
    """A setting that cannot be used. Its text is one sentence for the person who set it."""


class Setting(NamedTuple):
    """How one setting is read, and what the help says. `read` raises ValueError("be ...")."""

    help: str
    read: Callable[[str], Any]
    flag: bool = False
    """Whether `jam serve` has it as an option, too."""


class Known(NamedTuple):
    """One setting as the help lists it."""

    name: str
    env: str
    default: Any
    setting: Setting


def _host(text: str) -> str:
    if not text or any(sign in text for sign in " /\\@?#"):
        raise ValueError("be an address or a host name, such as 127.0.0.1")
    return text.strip("[]")


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"be a whole number from {low} to {high}")
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError("be 1 or 0")
    return text.lower() in YES


def _folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not text or "\0" in text:
        raise ValueError("be the path of a folder")
    if path.exists() and not path.is_dir():
        raise ValueError("be the path of a folder; there is a file of that name")
    return path


def _base_url(text: str) -> str:
    """The origin people see; a path would break links, so it is refused rather than dropped."""
    sentence = "be an address such as https://jam.example.org, without a path"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(sentence) from error
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or extra or " " in text:
        raise ValueError(sentence)
    if ":" in host:
        host = f"[{host}]"
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _redis_url(text: str) -> str:
    scheme, _, rest = text.partition("://")
    if scheme not in ("redis", "rediss", "unix") or not rest or " " in text:
        raise ValueError("be an address such as redis://127.0.0.1:6379, rediss:// or unix://")
    return text


def _level(text: str) -> str:
    if text.lower() not in LEVELS:
        raise ValueError(f"be one of {', '.join(LEVELS)}")
    return text.lower()


def _networks(text: str) -> tuple[str, ...]:
    found = []
    for part in text.replace(",", " ").split():
        try:
            found.append(str(ipaddress.ip_network(part)))
        except ValueError as error:
            raise ValueError("be addresses or networks such as 10.0.0.2, 172.16.0.0/12") from error
    return tuple(found)


def _addresses(text: str) -> tuple[str, ...]:
    try:
        found = [ipaddress.ip_address(part.strip("[]")) for part in text.replace(",", " ").split()]
    except ValueError:
        found = []
    if not found or any(one.is_unspecified or one.is_multicast for one in found):
        raise ValueError("be addresses such as 203.0.113.7, 2001:db8::7")
    return tuple(map(str, found))


def _turns(text: str) -> tuple[str, ...]:
    found = tuple(text.replace(",", " ").split())
    form = r"turns?:(\[[0-9A-Fa-f:]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?"
    if not found or not all(re.fullmatch(form, one, re.ASCII) for one in found):
        raise ValueError("be addresses such as turn:jam.example.org:3478, turns:jam.example.org")
    return found


def _secret(text: str) -> str:
    if len(text) < 16 or not text.isprintable() or " " in text:
        raise ValueError("be at least 16 letters without spaces")
    return text


def _bind(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    try:
        if not colon:
            raise ValueError
        return _host(host), _between(0, 65535)(port)
    except ValueError:
        raise ValueError("be an address and a port, such as 127.0.0.1:9100") from None


def default_folder(env: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where rooms lie when nobody says so: the place where this system keeps a program's data."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or os.path.expanduser("~"))
    if platform == "darwin":
        return home / "Library" / "Application Support" / "jamroom"
    if platform == "win32":
        return Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local") / "jamroom"
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "jamroom"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings of one server. Nothing else reads the environment."""

    host: Annotated[str, Setting("address to listen on", _host, True)] = "127.0.0.1"
    port: Annotated[
        int, Setting("port to listen on; 0 takes a free one", _between(0, 65535), True)
    ] = 8000
    data: Annotated[Path, Setting("folder in which the rooms are kept", _folder, True)]
    base_url: Annotated[
        str, Setting("address that people open, if it differs from the server's", _base_url, True)
    ] = ""
    lan: Annotated[
        bool,
        Setting("let other devices in the local network in, and show a QR code", _switch, True),
    ] = False
    redis_url: Annotated[
        str, Setting("where many servers share their rooms; unset: in the folder", _redis_url)
    ] = ""
    log_level: Annotated[str, Setting(f"how much is logged: {', '.join(LEVELS)}", _level)] = "info"
    trusted_proxies: Annotated[
        tuple[str, ...],
        Setting("addresses or networks whose X-Forwarded-For is believed", _networks),
    ] = ()
    metrics: Annotated[
        tuple[str, int] | None,
        Setting("address and port of /metrics, such as 127.0.0.1:9100; off when unset", _bind),
    ] = None
    cleanup: Annotated[
        int, Setting("seconds between two looks for rooms that are over", _between(1, 86400))
    ] = 60
    voice: Annotated[
        bool | None,
        Setting("whether there are voices; unset: where the extra audio is installed", _switch),
    ] = None
    voice_port: Annotated[
        int, Setting("UDP port of the voices; 0 takes a free one", _between(0, 65535))
    ] = 0
    public_ip: Annotated[
        tuple[str, ...],
        Setting("addresses at which people reach that port; unset: this machine's", _addresses),
    ] = ()
    turn: Annotated[
        tuple[str, ...],
        Setting("TURN servers of ours, such as turns:jam.example.org, for closed networks", _turns),
    ] = ()
    turn_secret: Annotated[
        str, Setting("what these share with us (coturn: static-auth-secret)", _secret)
    ] = ""
    limits: dict[str, int] = {}
    """What JAM_LIMIT_* sets, by the limit's name in small letters. /limits shows all of them."""

    @classmethod
    def read(
        cls, env: Mapping[str, str], given: Mapping[str, str | None] | None = None
    ) -> "Settings":
        """Read the environment; what the command line gave (by field name) stands above it.

        Raises SettingError with one sentence for the first setting that cannot be used.
        """
        values: dict[str, Any] = {"data": default_folder(env), "limits": _limits(env)}
        for name, variable, _, setting in known():
            option = (given or {}).get(name)
            # An empty variable is an unset one, as `JAM_PORT=` in a compose file means it.
            text = option if option is not None else env.get(variable) or None
            if text is not None:
                label = variable if option is None else "--" + name.replace("_", "-")
                values[name] = _value(label, text.strip(), setting)
        _no_typos(env)
        if values.get("lan") and "host" not in values:
            values["host"] = "0.0.0.0"
        return cls(**values)


def known() -> Iterator[Known]:
    """Every setting, in the order of its declaration."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(Settings)}
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, Setting):
                yield Known(name, PREFIX + name.upper(), defaults[name], mark)


def _value(label: str, text: str, setting: Setting) -> Any:
    try:
        return setting.read(text)
    except ValueError as error:
        # The value itself stays out of the sentence: an address with a password is one, too.
        raise SettingError(f"{label} must {error}.") from None


def _limits(env: Mapping[str, str]) -> dict[str, int]:
    found = {}
    read = Setting("", _between(0, 2**53))
    for variable, text in sorted(env.items()):
        if variable.startswith(LIMIT) and text:
            found[variable.removeprefix(LIMIT).lower()] = _value(variable, text.strip(), read)
    return found


def _no_typos(env: Mapping[str, str]) -> None:
    """Refuse names that are nearly a setting: JAM_PROT=80 would otherwise do nothing, silently."""
    names = [entry.env for entry in known()]
    strange = [
        name
        for name in sorted(env)
        if name.startswith(PREFIX) and not name.startswith(LIMIT) and name not in names
    ]
    if not strange:
        return
    from difflib import get_close_matches

    ends = [name.removeprefix(PREFIX) for name in names]
    for name in strange:
        near = get_close_matches(name.removeprefix(PREFIX), ends, 1, 0.7)
        if near:
            raise SettingError(f"{name} is not a setting; did you mean {PREFIX}{near[0]}?")
