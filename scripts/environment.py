"""Make .venv hold exactly what a lock file says: `python3 scripts/environment.py run` (or `audio`,
which is that and voices, or `test`, which is all).

Uses nothing but Python's own library and pip inside the new environment. Does nothing when the
environment already fits, so that it can stand in front of every command of the Makefile.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "jam-lock")
OLDEST = (3, 11)
NEWEST = (3, 14)
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")


def say(sentence):
    """Tell it to the person at the terminal, at once."""
    print("jam: " + sentence, flush=True)


def stop(sentence):
    """End with one sentence."""
    sys.exit("jam: " + sentence)


def fits(version):
    """Whether a Python of this version can run Jam Room."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def with_better_python(args):
    """Go on under a Python that fits, if this one does not."""
    if fits(sys.version_info):
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if not other:
            continue
        works = subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0
        if works:
            sys.exit(subprocess.call([other, os.path.abspath(__file__), *args]))
    stop(
        f"Jam Room needs Python 3.11 to 3.14; this is Python {sys.version.split()[0]}. "
        "Install one of them, or say which: make PYTHON=/path/to/python3"
    )


def locks_of(name):
    """Where the lock files lie that make up this one."""
    names = ("run", "audio") if name == "audio" else (name,)
    return [os.path.join(ROOT, "requirements", one + ".txt") for one in names]


def stamp_of(name):
    """What the stamp says when the environment holds this lock, in this place, for this Python."""
    digest = hashlib.sha256()
    for path in locks_of(name):
        with open(path, "rb") as file:
            digest.update(file.read())
    return f"{name} {digest.hexdigest()} {sys.version.split()[0]} {ROOT}"


def read_stamp():
    """What the environment holds now; empty if there is none."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def ready(name):
    """Whether the environment fits; one that holds more does, too."""
    held = read_stamp()
    wanted = {stamp_of(name), stamp_of("test"), *({stamp_of("audio")} if name == "run" else ())}
    return held in wanted and os.path.exists(PYTHON)


def create():
    """Make the environment anew: a half-made one is never mended."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        text = made.stdout.decode("utf-8", "replace")
        if "ensurepip" in text:
            stop("Python can make no environments here. On Debian: apt install python3-venv")
        stop("could not make the environment .venv: " + " ".join(text.split()))


def install(name):
    """Install the lock with hashes; ready-made packages only, so that no compiler is needed."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:"]
    for path in locks_of(name):
        command += ["--requirement", path]
    for last in (False, True):
        if subprocess.call(command) == 0:
            return
        if not last:
            say("that did not work; trying once more")
    stop(f"could not install the packages of requirements/{name}.txt (pip says why above)")


def link():
    """Put the project itself on the path, and the command `jam` beside python: no build needed."""
    place = sysconfig.get_path("purelib", "nt" if WINDOWS else "venv", {"base": VENV})
    with open(os.path.join(place, "jamroom.pth"), "w", encoding="utf-8") as file:
        file.write(ROOT + "\n")
    if WINDOWS:
        with open(os.path.join(BIN, "jam.cmd"), "w", encoding="utf-8") as file:
            file.write('@"%~dp0python.exe" -m server.cli %*\n')
        return
    command = os.path.join(BIN, "jam")
    with open(command, "w", encoding="utf-8") as file:
        # Through sh, because a #! line must not be long and knows no spaces in a path.
        file.write('#!/bin/sh\nexec "$(dirname "$0")/python" -m server.cli "$@"\n')
    os.chmod(command, 0o755)


def main(args):
    """Set up what is asked for."""
    name = args[0] if args else "run"
    if name not in ("run", "audio", "test"):
        stop("say `run`, `audio` or `test`")
    with_better_python(args)
    if ready(name):
        return
    say(f"setting up .venv with the locked packages ({name})")
    create()
    install(name)
    link()
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write(stamp_of(name) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
