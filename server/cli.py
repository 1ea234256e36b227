"""`jam`: the command. Reads the settings, says where the room is, hands over to the server."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from server import __version__
from server.settings import LIMIT, SettingError, Settings, known

WRONG = 2
"""Exit code when a setting cannot be used."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as the settings do."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"jam: {message[0].upper()}{message[1:]}. See {self.prog} --help.\n")


def _settings_help() -> str:
    """The list of all settings; each is declared once, in server/settings.py."""
    lines = ["Every setting can also be given in the environment:"]
    for entry in known():
        lines.append(f"  {entry.env:<21} {entry.setting.help}")
    lines.append(f"  {LIMIT + '<NAME>':<21} one of the limits that /limits shows")
    return "\n".join(lines)


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    top = _Parser(
        prog="jam", description="A room in the browser where people make something together."
    )
    top.add_argument("--version", action="version", version=f"jam {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    serve = commands.add_parser(
        "serve",
        help="open Jam Room on this machine",
        description="Open Jam Room on this machine.",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_settings(serve)
    doctor = commands.add_parser(
        "doctor",
        help="look at what a server needs, and say what to do",
        description="Look at settings, ports, disk, address, clock and Redis, and say in a sentence"
        " each what to do. Changes nothing. Leaves with 1 if something has to be mended.",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    doctor.add_argument("--json", action="store_true", help="for a program instead of a person")
    _add_settings(doctor)
    voice = commands.add_parser(
        "voice",
        help="mix voices for servers that share a Redis",
        description="Mix people's voices, on one UDP port. Servers with the same JAM_REDIS_URL find"
        " it, and share their rooms among all that run. `jam serve` alone starts one by itself.",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    voice.add_argument(
        "--voice-port", metavar="PORT", help="UDP port; 0 takes a free one (default 0)"
    )
    voice.add_argument(
        "--pipe", action="store_true", help="for the server that starts it: by standard input"
    )
    rehearse = commands.add_parser(
        "rehearse",
        help="play a copy of a room with people who are none",
        description="Make a copy of a room, with players in it that behave like people.",
    )
    rehearse.add_argument("link", metavar="LINK", help="the host's link of the room")
    rehearse.add_argument("-n", dest="many", type=int, default=12, help="players (default 12)")
    rehearse.add_argument("--seed", type=int, default=1, help="another seed, another evening")
    commands.add_parser("version", help="print the version")
    return top


def _add_settings(command: argparse.ArgumentParser) -> None:
    for name, _, default, setting in known():
        if not setting.flag:
            continue
        option = "--" + name.replace("_", "-")
        if isinstance(default, bool):
            command.add_argument(
                option, dest=name, action="store_const", const="1", help=setting.help
            )
        else:
            usual = f" (default {default})" if isinstance(default, (str, int)) and default else ""
            command.add_argument(
                option, dest=name, metavar=name.upper(), help=f"{setting.help}{usual}"
            )


def main(argv: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run the command; returns the exit code."""
    top = parser()
    given = vars(top.parse_args(argv))
    command = given.pop("command")
    if command == "version":
        print(f"jam {__version__}")
        return 0
    if command == "rehearse":
        return _rehearse(**given)
    if command == "doctor":
        return _doctor(os.environ if env is None else env, given)
    if command == "voice":
        return _voice(os.environ if env is None else env, given)
    if command != "serve":
        top.print_help()
        return 0
    return _serve(os.environ if env is None else env, given)


def _serve(env: Mapping[str, str], given: Mapping[str, str | None]) -> int:
    from server.address import PortTaken

    try:
        settings = Settings.read(env, given)

        def ready(port: int) -> None:
            print(greeting(settings, port), flush=True)

        # Not before the settings are known to be good: this import is most of the start.
        from server.web.serve import run

        run(settings, ready=ready)
    except (SettingError, PortTaken) as error:
        print(f"jam: {error}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return 130
    return 0


def _doctor(env: Mapping[str, str], given: dict[str, Any]) -> int:
    from server.doctor import report

    as_json = given.pop("json")
    found = report.examine(env, given)
    print(report.data(found) if as_json else report.text(found))
    return 0 if report.healthy(found) else 1


def _voice(env: Mapping[str, str], given: dict[str, Any]) -> int:
    pipe = given.pop("pipe")
    try:
        settings = Settings.read(env, given)
        from server.voice.process import run

        run(settings, pipe)
    except SettingError as error:
        print(f"jam: {error}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return 130
    return 0


def _rehearse(link: str, many: int, seed: int) -> int:
    from server.rehearse.command import CannotRehearse, run

    try:
        run(link, many, seed)
    except CannotRehearse as no:
        print(f"jam: {no}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return 130
    return 0


def greeting(settings: Settings, port: int) -> str:
    """What stands in the terminal once people can come in."""
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host
    here = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    lines = [f"Jam Room is open: {settings.base_url or here}"]
    if settings.lan:
        lines += _in_the_network(settings, port)
    kept = "Redis" if settings.redis_url else settings.data
    lines.append(f"Rooms are kept in {kept}")
    lines.append("Press Ctrl+C to close it.")
    return "\n".join(lines)


def _in_the_network(settings: Settings, port: int) -> list[str]:
    """The address for other devices, as text and as something that a phone can read."""
    from server.address import own

    address = settings.base_url
    if not address:
        ours = own()
        if not ours:
            return ["This machine is in no local network, so other devices cannot reach it yet."]
        address = f"http://{ours[0]}:{port}"
    try:
        "▀▄█".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return [f"In your network: {address}"]
    return [f"In your network: {address}", qr(address, colours=sys.stdout.isatty())]


def qr(text: str, colours: bool) -> str:
    """A QR code of half-height blocks. With colours it is dark on light in every terminal."""
    import io

    import segno

    out = io.StringIO()
    segno.make(text, micro=False, error="m").terminal(out, border=2, compact=True)
    lines = out.getvalue().rstrip("\n").split("\n")
    if colours:
        lines = [f"\x1b[97;40m{line}\x1b[0m" for line in lines]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
