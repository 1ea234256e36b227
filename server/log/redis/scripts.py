"""The Lua scripts, by name: each does one thing at one moment, and doing it twice does no harm."""

from __future__ import annotations

import hashlib
from pathlib import Path

_FOLDER = Path(__file__).parent / "lua"


class Script:
    """The text of a script and the name under which Redis keeps it."""

    __slots__ = ("name", "sha", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def load() -> dict[str, Script]:
    """All scripts, each behind what they have in common."""
    common = (_FOLDER / "common.lua").read_text()
    found = {}
    for path in sorted(_FOLDER.glob("*.lua")):
        if path.stem != "common":
            found[path.stem] = Script(path.stem, common + path.read_text())
    return found
