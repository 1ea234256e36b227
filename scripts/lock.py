"""Compile requirements/*.in to locks with hashes, for every platform, naming no index. Needs uv."""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
FLAGS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"]
FLAGS += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet"]


def main() -> int:
    """The server's lock first: the one for tests holds the same versions."""
    uv = shutil.which("uv")
    if not uv:
        print("jam: this needs uv (for example: pipx install uv)", file=sys.stderr)
        return 2
    for name in ("run", "audio", "test"):
        command = [uv, "pip", "compile", *FLAGS, f"{name}.in", "-o", f"{name}.txt", *sys.argv[1:]]
        if subprocess.call(command, cwd=FOLDER):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
