"""The command: exit codes, sentences, what it prints and what it asks of the server (C7-C12)."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from server import __version__, address, cli
from server.settings import SettingError, Settings, known

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Settings of nobody; rooms would lie in a folder of this test."""
    return {"HOME": str(tmp_path), "JAM_DATA": str(tmp_path / "rooms")}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Settings]]:
    """Put a server in place that is ready at once, or fails as told; returns what it was given."""

    def put(error: BaseException | None = None, port: int = 8000) -> list[Settings]:
        seen: list[Settings] = []

        def run(settings: Settings, *, ready: Callable[[int], None]) -> None:
            seen.append(settings)
            if error:
                raise error
            ready(port)

        module = ModuleType("server.web.serve")
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "server.web.serve", module)
        return seen

    return put


def test_c7_help_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["serve", "--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    for entry in known():
        assert entry.env in said
        assert not entry.setting.flag or "--" + entry.name.replace("_", "-") in said
    assert "JAM_LIMIT_<NAME>" in said


def test_c7_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version"]) == 0
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"jam {__version__}\n" * 2


def test_c7_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "serve" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [["serve", "--port", "x"], ["serve", "--prot", "1"], ["serve", "--port"], ["sevre"]],
)
def test_c8_a_wrong_option_is_one_line_and_exit_2(
    args: list[str], env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = cli.main(args, env)
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    assert code == 2
    assert said.err.startswith("jam: ")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    ("variable", "text"), [("JAM_PORT", "x"), ("JAM_REDIS_URL", "http://x"), ("JAM_PROT", "1")]
)
def test_c8_a_wrong_variable_is_one_line_and_exit_2(
    variable: str, text: str, env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve"], {**env, variable: text}) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"jam: {variable} ")
    assert said.err.count("\n") == 1


def test_c8_a_redis_that_is_away_is_one_line_and_exit_2(
    env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Rooms are nowhere else then: a server that started all the same would have none of them."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"redis://:topsecret@127.0.0.1:{nobody.getsockname()[1]}"
        assert cli.main(["serve", "--port", "0"], {**env, "JAM_REDIS_URL": url}) == 2
    said = capsys.readouterr()
    assert said.err.startswith("jam: Redis does not answer") and said.err.count("\n") == 1
    assert "topsecret" not in said.err and said.out == ""


def test_c9_serve_hands_the_settings_over_and_greets(
    env: dict[str, str],
    server: Callable[..., list[Settings]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = server(port=8107)
    assert cli.main(["serve", "--port", "0"], env) == 0
    assert [settings.port for settings in seen] == [0]
    said = capsys.readouterr().out
    assert "Jam Room is open: http://localhost:8107\n" in said
    assert env["JAM_DATA"] in said
    assert "network" not in said


@pytest.mark.parametrize(
    "error",
    [SettingError("Another Jam Room uses this folder."), address.PortTaken("Port 1 is in use.")],
)
def test_c8_what_the_server_cannot_do_is_one_line_and_exit_2(
    error: Exception,
    env: dict[str, str],
    server: Callable[..., list[Settings]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    server(error)
    assert cli.main(["serve"], env) == 2
    assert capsys.readouterr().err == f"jam: {error}\n"


def test_c9_ctrl_c_is_no_fault(env: dict[str, str], server: Callable[..., list[Settings]]) -> None:
    server(KeyboardInterrupt())
    assert cli.main(["serve"], env) == 130


def test_c10_the_network_sees_address_and_code(
    env: dict[str, str],
    server: Callable[..., list[Settings]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = server(port=8107)
    monkeypatch.setattr(address, "own", lambda: ["192.0.2.5", "192.0.2.6"])
    assert cli.main(["serve", "--lan"], env) == 0
    said = capsys.readouterr().out
    assert seen[0].host == "0.0.0.0"
    assert "In your network: http://192.0.2.5:8107\n" in said
    assert cli.qr("http://192.0.2.5:8107", colours=False) in said


def test_c10_without_a_network_it_says_so(
    env: dict[str, str],
    server: Callable[..., list[Settings]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server()
    monkeypatch.setattr(address, "own", list)
    assert cli.main(["serve", "--lan"], env) == 0
    assert "This machine is in no local network" in capsys.readouterr().out


def test_c10_the_base_url_is_what_people_open(env: dict[str, str]) -> None:
    settings = Settings.read(env, {"lan": "1", "base_url": "https://jam.example.org"})
    text = cli.greeting(settings, 8000)
    assert "In your network: https://jam.example.org\n" in text
    assert "localhost" not in text


def test_c10_the_code_holds_the_address() -> None:
    """Read back: the blocks of the terminal are the modules of the code, light ones printed."""
    import segno

    text = "http://192.0.2.5:8000"
    code = segno.make(text, micro=False, error="m")
    want = [[bool(cell) for cell in row] for row in code.matrix_iter(border=2)]
    if len(want) % 2:
        want.append([True] * len(want[0]))
    got: list[list[bool]] = []
    for line in cli.qr(text, colours=False).split("\n"):
        got.append([sign not in "█▀" for sign in line])
        got.append([sign not in "█▄" for sign in line])
    assert got == want
    coloured = cli.qr(text, colours=True).split("\n")
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in coloured)


def test_c11_a_port_in_use_is_told() -> None:
    with address.listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(address.PortTaken) as caught:
            address.listen("127.0.0.1", port)
    assert str(caught.value) == (
        f"Port {port} is in use by another program; choose another with --port."
    )


@pytest.mark.parametrize(
    ("error", "want"),
    [
        (PermissionError(errno.EACCES, "no"), "Port 80 may not be used by this user"),
        (OSError(errno.EADDRNOTAVAIL, "no"), "192.0.2.1 is not an address of this machine"),
        (socket.gaierror(-2, "unknown"), "192.0.2.1 is not an address of this machine"),
        (OSError(errno.EMFILE, "Too many"), "Cannot listen on 192.0.2.1 port 80: Too many."),
    ],
)
def test_c11_why_one_cannot_listen(error: OSError, want: str) -> None:
    assert address.sentence(error, "192.0.2.1", 80).startswith(want)


def test_c11_own_addresses_leave_out_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "_routed", lambda: iter(["192.0.2.5", "192.0.2.5"]))
    monkeypatch.setattr(address, "_interfaces", lambda: iter(["127.0.0.1", "192.0.2.9"]))
    monkeypatch.setattr(address, "_named", lambda: iter(["127.0.1.1", "169.254.3.4"]))
    assert address.own() == ["192.0.2.5", "192.0.2.9"]


def test_c11_a_service_that_may_not_ask_for_interfaces_still_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Under RestrictAddressFamilies= without AF_NETLINK the server ended at its start."""

    def refused() -> list[tuple[int, str]]:
        raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")

    monkeypatch.setattr(socket, "if_nameindex", refused)
    monkeypatch.setattr(address, "_routed", lambda: iter(["192.0.2.5"]))
    monkeypatch.setattr(address, "_named", lambda: iter([]))
    assert address.own() == ["192.0.2.5"]


def test_c12_help_is_quick_because_it_loads_no_server() -> None:
    """Not measured in time: what takes the time must not have been imported."""
    code = (
        "import sys; from server import cli\n"
        "try: cli.main(['serve', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'starlette', 'uvicorn', 'websockets', 'asyncio', 'segno', 'sqlite3', 'redis'}\n"
        "sys.exit(repr(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "JAM_PORT" in done.stdout


def test_c13_voices_are_started_with_what_was_said(
    env: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[tuple[int, bool]] = []
    wrong: list[BaseException] = []

    def run(settings: Settings, pipe: bool) -> None:
        seen.append((settings.voice_port, pipe))
        for error in wrong:
            raise error

    module = ModuleType("server.voice.process")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "server.voice.process", module)
    assert cli.main(["voice", "--pipe"], {**env, "JAM_VOICE_PORT": "5000"}) == 0
    assert cli.main(["voice", "--voice-port", "5001"], {**env, "JAM_VOICE_PORT": "5000"}) == 0
    assert seen == [(5000, True), (5001, False)]
    assert cli.main(["voice", "--voice-port", "x"], env) == 2
    wrong.append(SettingError("It cannot be."))
    assert cli.main(["voice"], env) == 2
    said = capsys.readouterr().err
    assert said == "jam: --voice-port must be a whole number from 0 to 65535.\njam: It cannot be.\n"
    wrong[:] = [KeyboardInterrupt()]
    assert cli.main(["voice"], env) == 130
    with pytest.raises(SystemExit) as left:
        cli.main(["voice", "--help"])
    assert left.value.code == 0
    helped = capsys.readouterr().out
    assert "--voice-port PORT" in helped and "JAM_PUBLIC_IP" in helped
