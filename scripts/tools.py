"""Install what the tests need beside Python packages: node packages, chromium, redis-server,
coturn, fonts.

On Debian with root everything comes by apt-get and npm; elsewhere the one line at the end names
what is missing, and the tests that need it say that they were skipped.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JS = ROOT / "tests" / "js"
NODE_STAMP = JS / "node_modules" / ".jam-lock"
# Arabic has to be drawn with its own letters, or pictures and widths in the tests mean nothing.
FONTS = ("fonts-noto-core", "fonts-dejavu-core")


def say(sentence: str) -> None:
    """Tell it to the person at the terminal, at once."""
    print(f"jam: {sentence}", flush=True)


def has_chromium() -> bool:
    """Whether a browser is there that the tests can drive."""
    return any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


def has_fonts() -> bool:
    """Whether letters of all our languages can be drawn."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"
    found = subprocess.run(
        ["fc-list", ":lang=ar", "family"], capture_output=True, text=True, check=False
    )
    return "Noto" in found.stdout or sys.platform != "linux"


# What has to be there, how one sees that it is, and the Debian packages that bring it.
WANTED: tuple[tuple[str, Callable[[], object], tuple[str, ...]], ...] = (
    ("chromium", has_chromium, ("chromium",)),
    ("redis-server", lambda: shutil.which("redis-server"), ("redis-server",)),
    ("coturn", lambda: shutil.which("turnserver"), ("coturn",)),
    ("openssl", lambda: shutil.which("openssl"), ("openssl",)),
    ("ip", lambda: shutil.which("ip") or sys.platform != "linux", ("iproute2",)),
    ("turnserver", lambda: shutil.which("turnserver"), ("coturn",)),
    ("Noto fonts", has_fonts, FONTS),
    ("node", lambda: shutil.which("node"), ("nodejs",)),
    ("npm", lambda: shutil.which("npm"), ("npm",)),
)


SHELL = "chromium-headless-shell"
"""The browser's engine without its windows: half the work for the tests, where Debian has it."""


def twice(command: list[str], cwd: Path = ROOT) -> bool:
    """Run it, and once more if it failed: registries and mirrors have bad moments."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for attempt in (1, 2):
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode == 0:
            return True
        say(f"`{' '.join(command)}` failed ({attempt} of 2). Its last lines:")
        print("\n".join(done.stdout.splitlines()[-8:]), flush=True)
    return False


def missing() -> list[tuple[str, tuple[str, ...]]]:
    """Names and packages of what is not there yet."""
    return [(name, packages) for name, there, packages in WANTED if not there()]


def may_install() -> bool:
    """Whether this is Debian or a relative of it, and we are root."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: Iterable[str]) -> None:
    """Bring Debian packages in; whether that worked is seen by looking again."""
    wanted = sorted(set(packages))
    say(f"installing {', '.join(wanted)}")
    if not twice(["apt-get", "update", "-q"]):
        return
    twice(["apt-get", "install", "-q", "-y", "--no-install-recommends", *wanted])


def spare() -> None:
    """Bring in what the tests can do without, but not as fast; never told as missing."""
    if shutil.which(SHELL):
        return
    known = subprocess.run(["apt-cache", "show", SHELL], capture_output=True, check=False)
    if known.returncode == 0:
        say(f"installing {SHELL}")
        twice(["apt-get", "install", "-q", "-y", "--no-install-recommends", SHELL])


def node_packages() -> str:
    """Install tests/js from its lock; returns what is wrong, or nothing."""
    npm = shutil.which("npm")
    if not npm:
        return "npm"
    digest = hashlib.sha256((JS / "package-lock.json").read_bytes()).hexdigest()
    if NODE_STAMP.exists() and NODE_STAMP.read_text(encoding="utf-8") == digest:
        return ""
    say("installing the node packages of tests/js")
    if not twice([npm, "ci", "--loglevel=error"], cwd=JS):
        return "the node packages of tests/js (npm ci)"
    NODE_STAMP.write_text(digest, encoding="utf-8")
    return ""


def main() -> int:
    """Install what one may install, and name the rest in one line."""
    lacking = missing()
    if lacking and may_install():
        install(package for _, packages in lacking for package in packages)
        lacking = missing()
    if may_install():
        spare()
    names = [name for name, _ in lacking]
    node = node_packages()
    if node and node not in names:
        names.append(node)
    if names:
        strict = os.environ.get("JAM_STRICT") == "1"
        then = "JAM_STRICT=1 forbids that." if strict else "Tests that need them are skipped."
        say(f"MISSING for all tests to run: {', '.join(names)}. {then}")
        return int(strict)
    return 0


if __name__ == "__main__":
    sys.exit(main())
