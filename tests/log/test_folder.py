"""The data folder: one process, the owner's eyes only, and files that are ours."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from server.log import AlreadyOpen, Appended, CannotOpen
from server.log.folder import Folder, filesystem_of
from server.log.schema import SCHEMA, VERSION
from tests.log.stage import FAR, SECRET, Stage, Time, opened


def python(script: str, data: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", script, data], capture_output=True, check=False, timeout=60
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.asyncio
async def test_log_30_one_process_at_a_time(tmp_path: Path) -> None:
    """LOG-30: a second process is told in one sentence; the first goes on; later it may."""
    log = await opened(tmp_path / "d")
    meta = await log.create("r", FAR, SECRET)
    script = (
        "import asyncio,sys,pathlib\n"
        "from server.log import open_log, AlreadyOpen\n"
        "try: asyncio.run(open_log(pathlib.Path(sys.argv[1])).open())\n"
        "except AlreadyOpen as error: print(error); sys.exit(2)\n"
    )
    done = python(script, tmp_path / "d")
    assert done.returncode == 2, done.stderr
    assert done.stdout.count(b"\n") == 1
    assert b"Another jam is running on" in done.stdout
    with pytest.raises(AlreadyOpen):
        await opened(tmp_path / "d")
    assert isinstance(await log.append("r", meta.epoch, "m:a", 1, 0, b"x"), Appended)
    await log.close()
    await log.close()
    again = await opened(tmp_path / "d")
    assert (await Stage(again, Time()).now()).top == 1
    await again.close()


@pytest.mark.skipif(os.name == "nt", reason="modes are a thing of POSIX")
@pytest.mark.asyncio
async def test_log_31_only_the_owner_may_look(tmp_path: Path) -> None:
    """LOG-31: folder 0700 and files 0600 whatever the umask, also where they were wider before."""
    data = tmp_path / "d"
    mask = os.umask(0)
    try:
        for _ in range(2):
            log = await opened(data)
            if await log.meta("r") is None:
                await log.create("r", FAR, SECRET)
            else:
                await log.touch("r", FAR, None)
            assert mode(data) == 0o700
            names = {path.name for path in data.iterdir()}
            assert names == {"jam.db", "jam.db-wal", "jam.db-shm", "jam.lock"}
            for path in data.iterdir():
                assert mode(path) == 0o600, path.name
            await log.close()
            data.chmod(0o755)
            (data / "jam.db").chmod(0o644)
    finally:
        os.umask(mask)


@pytest.mark.skipif(os.name == "nt", reason="modes are a thing of POSIX")
@pytest.mark.asyncio
async def test_log_31_somebodys_full_folder_keeps_its_mode(tmp_path: Path) -> None:
    """LOG-31"""
    os.chmod(tmp_path, 0o755)
    (tmp_path / "letter.txt").write_text("hello")
    log = await opened(tmp_path)
    assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "jam.db") == 0o600
    await log.close()


@pytest.mark.asyncio
async def test_log_32_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """LOG-32: a file in the way is one sentence."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotOpen, match=r"^The data folder .* cannot be used \(.*\): choose"):
        await opened(tmp_path / "file" / "d")


@pytest.mark.asyncio
async def test_log_32_network_drives_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-32: and no store is made there."""
    monkeypatch.setattr("server.log.folder.network_kind", lambda _: "nfs4")
    with pytest.raises(CannotOpen, match=r"on a network drive \(nfs4\)"):
        await opened(tmp_path / "d")
    assert list((tmp_path / "d").iterdir()) == []


def test_log_32_the_mount_that_holds_a_path() -> None:
    """LOG-32: the longest mount point wins, the later of two at one place; \\040 is a space."""
    mounts = (
        "disk / ext4 rw 0 0\nhost:/x /mnt/nfs nfs4 rw 0 0\ndisk /mnt/nfs/local ext4 rw 0 0\n"
        "//s/x /mnt/my\\040share cifs rw 0 0\nover /twice nfs rw 0 0\ndisk /twice xfs rw 0 0\nodd\n"
    )
    for path, kind in {
        "/home": "ext4",
        "/mnt/nfs": "nfs4",
        "/mnt/nfs/data": "nfs4",
        "/mnt/nfsx/data": "ext4",
        "/mnt/nfs/local/data": "ext4",
        "/mnt/my share/d": "cifs",
        "/twice/d": "xfs",
    }.items():
        assert filesystem_of(path, mounts) == kind, path
    assert filesystem_of("/home", "") == ""


@pytest.mark.asyncio
async def test_log_33_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """LOG-33: and so is a file that is not ours, or no database at all."""
    log = await opened(tmp_path)
    await log.close()

    def change(statement: str) -> None:
        connection = sqlite3.connect(tmp_path / "jam.db")
        connection.execute(statement)
        connection.commit()
        connection.close()

    change(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(CannotOpen, match="comes from a newer jam"):
        await opened(tmp_path)
    change("PRAGMA user_version=0")
    with pytest.raises(CannotOpen, match="is not ours"):
        await opened(tmp_path)
    (tmp_path / "jam.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(CannotOpen, match="cannot be opened"):
        await opened(tmp_path)
    (tmp_path / "jam.db").unlink()
    log = await opened(tmp_path)  # and no lock was left behind
    await log.close()


def test_log_33_no_column_for_what_people_write() -> None:
    """LOG-33: titles and names are inside opaque bytes only."""
    assert not any(word in SCHEMA.lower() for word in ("title", "name", "lang", "member"))


def test_log_30_release_twice(tmp_path: Path) -> None:
    """LOG-30"""
    folder = Folder(tmp_path)
    folder.hold()
    folder.release()
    folder.release()
    folder.hold()
    folder.release()
