"""The data folder: one process at a time, for its owner's eyes, on a disk of this machine."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import IO

from .base import AlreadyOpen, CannotOpen

DATABASE = "jam.db"
LOCK = "jam.lock"
ELSEWHERE = "choose another folder with JAM_DATA"

# Locks and shared memory, on which SQLite's write-ahead log rests, do not hold across machines.
NETWORK = frozenset((
    "afs", "beegfs", "ceph", "cifs", "coda", "fuse.ceph", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2",
    "smb3", "smbfs",
))  # fmt: skip


def filesystem_of(path: str, mounts: str) -> str:
    """The type of file system that holds `path`, from the text of /proc/mounts; "" if unknown."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # A space in a path stands as \040.
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:  # of two mounts at one place the later one is seen
            best, found = len(point), fields[2]
    return found


def network_kind(folder: Path) -> str | None:
    """The network file system that this folder is on, if it can be told."""
    path = os.path.realpath(folder)
    if path.startswith("\\\\"):
        return "a network share"
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = filesystem_of(path, mounts)
    return kind if kind in NETWORK else None


class Folder:
    """Held from `hold` to `release`, and let go by the system if the process dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE
        self._lock: IO[bytes] | None = None

    def hold(self) -> None:
        """Make the folder if need be and lock it. Raises CannotOpen."""
        try:
            self._make()
            self._lock = os.fdopen(_open(self.path / LOCK), "r+b")
            free = _lock(self._lock)
            if free:
                # Only now: closing a file drops the locks that SQLite has on it in this process.
                os.close(_open(self.database))
        except OSError as error:
            self.release()
            why = error.strerror or "unknown error"
            raise CannotOpen(
                f"The data folder {self.path} cannot be used ({why}): {ELSEWHERE}."
            ) from error
        if not free:
            self.release()
            raise AlreadyOpen(
                f"Another jam is running on {self.path}: stop that one, or {ELSEWHERE}."
            )

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()  # closing gives the lock back
            self._lock = None

    def _make(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        kind = network_kind(self.path)
        if kind is not None:
            raise CannotOpen(
                f"The data folder {self.path} is on a network drive ({kind}), where a store gets "
                f"damaged: {ELSEWHERE}."
            )
        ours = self.database.exists() or not any(self.path.iterdir())
        if ours:  # somebody's full folder keeps its mode; our files are closed to others anyway
            with contextlib.suppress(OSError):
                self.path.chmod(0o700)
            for name in (DATABASE, LOCK, DATABASE + "-wal", DATABASE + "-shm"):
                with contextlib.suppress(OSError):
                    (self.path / name).chmod(0o600)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


if sys.platform == "win32":
    import msvcrt

    def _lock(held: IO[bytes]) -> bool:
        try:
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(held: IO[bytes]) -> bool:
        """Whether nobody else had it; raises OSError where there are no locks at all."""
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
