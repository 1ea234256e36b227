"""The data folder of the embedded store: rights, room, and what kind of disk it is on."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from server.log.folder import network_kind
from server.settings import Settings

from .finding import Finding, note, well, wrong

NAME = "disk"
LEAST, ROOMY = 100 * 1024**2, 1024**3


def disk(
    settings: Settings,
    env: Mapping[str, str],
    free_of: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
) -> Iterator[Finding]:
    folder = settings.data
    if settings.redis_url:
        yield well(NAME, "Rooms lie in Redis; this server keeps nothing on its disk.")
        return
    there = next((path for path in (folder, *folder.parents) if path.is_dir()), Path("/"))
    kind = network_kind(there)
    if kind is not None:
        yield wrong(
            NAME,
            f"{folder} is on a network drive ({kind}), where a store gets damaged: choose another "
            "with JAM_DATA.",
        )
        return
    if not _writable(there, there == folder):
        yield wrong(
            NAME,
            f"{folder} cannot be written by this user: give it the folder, or choose another with "
            "JAM_DATA. (Ask as the user who runs the server.)",
        )
        return
    free = free_of(there)
    if free < LEAST:
        yield wrong(NAME, f"Only {free >> 20} MB are free for {folder}: make room.")
        return
    if free < ROOMY:
        yield note(NAME, f"{free >> 20} MB are free for {folder}; a gigabyte is comfortable.")
    if there == folder and sys.platform != "win32" and folder.stat().st_mode & 0o077:
        yield note(NAME, f"Others on this machine may look into {folder}: chmod 700 closes it.")
        return
    if free >= ROOMY:
        state = "can be written" if there == folder else "will be made at the first start"
        yield well(NAME, f"{folder} {state}; {free >> 30} GB are free.")


def _writable(there: Path, itself: bool) -> bool:
    if not itself:
        return os.access(there, os.W_OK | os.X_OK)
    try:
        with tempfile.TemporaryFile(dir=there):
            return True
    except OSError:
        return False
