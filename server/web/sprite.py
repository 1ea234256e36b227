"""The pictures of static/sprite.svg, dealt out: what a page shows before any script stands in it,
what the first screens of a room draw is one file, and what is seen after a tap only another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from server.web.assets import Assets
from server.web.library import ROOT

SIGNS: Final = "signs.svg"
LATER: Final = "later.svg"
_SYMBOL: Final = re.compile(r'<symbol id="([^"]+)".*?</symbol>\n?', re.S)
_DEFS: Final = re.compile(r"<defs>.*?</defs>\n?", re.S)
_NAMED: Final = re.compile(r"\b[a-z]-[a-z]+\b|\bmark(?:block)?\b")
_BY_NAME: Final = ("w-", "m-")  # weather and moods are put together from their names
_FIRST: Final = ("static/screens/room.js", "static/screens/hello.js")
_MADE: Final = "static/screens/made.js"  # what the start page turns into


class Sprite:
    """What is named is kept: in a page, in the modules of a start, in those that come later."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._whole = (ROOT / "static" / "sprite.svg").read_text("utf-8").strip()
        kinds = {path.split("/")[1] for path in assets.files if path.startswith("activities/")}
        self._emblems = {f"k-{kind}" for kind in kinds}

    def page(self, body: str, name: str) -> str:
        """The sprite of a page. The start page draws the room just made without another request."""
        named = _names(body)
        made = self._named(_MADE) if name == "start" else set()
        return self._cut(lambda symbol: symbol in named or symbol in made)

    def deal(self, room: str) -> None:
        """Add the two files of a room to the assets; `room` is the body of its page."""
        there = _names(room)
        begins = self._assets.first
        views = [f"activities/{kind}/view.js" for kind in sorted(begins)]
        emblems = {f"k-{kind}" for kind in begins}
        first = (self._named(*_FIRST, *views) | emblems) - there
        rest = (_names("".join(self._assets.sources.values())) | self._emblems) - there

        def begun(symbol: str) -> bool:
            return symbol in first or symbol.startswith(_BY_NAME)

        for path, keep in (
            (SIGNS, begun),
            (LATER, lambda symbol: symbol in rest and not begun(symbol)),
        ):
            body = _DEFS.sub("", self._cut(keep))
            self._assets.add(path, body.encode(), "image/svg+xml")

    def _named(self, *entries: str) -> set[str]:
        sources = self._assets.sources
        return _names("".join(sources[path] for path in self._assets.modules(*entries)))

    def _cut(self, keep: Callable[[str], bool]) -> str:
        return _SYMBOL.sub(lambda match: match[0] if keep(match[1]) else "", self._whole)


def _names(text: str) -> set[str]:
    return set(_NAMED.findall(text))
