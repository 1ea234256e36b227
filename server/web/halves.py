"""Halves: words in two files for each language, what is said soon and the rest.

The first load of a room carries what its first pages say; the rest comes while somebody reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from server.web import pack
from server.web.words import NAMES

_SELDOM: Final = "refused."
_NAMED: Final = "kind."
_LAST: Final = re.compile(r"_(?:zero|one|two|few|many|other)$")


def modules(sources: Mapping[str, str], entries: Iterable[str]) -> list[str]:
    """These modules, and all they cannot start without."""
    found = list(entries)
    for path in found:
        found += [it for it in pack.imports(path, sources[path]) if it not in found]
    return found


def views(sources: Mapping[str, str]) -> list[str]:
    """The code of the kinds: it says words of the shell, too."""
    return [path for path in sources if path.startswith("activities/")]


def split(
    bodies: dict[str, bytes], entries: Iterable[str], greeting: str, first: Collection[str]
) -> None:
    """The shell's words: what the room's first modules say, the greeting and the `first` kinds;
    and the rest, which comes when the first activity is on the page.

    A kind that fetches `<lang>.rest.json` by itself has its words in two files, too: what its view
    says from the start and why it refuses, and the rest."""
    sources = {path: body.decode() for path, body in bodies.items() if path.endswith(".js")}
    kinds = views(sources)
    paths = [*modules(sources, entries), *(path for path in sources if path == greeting)]
    said, begun = _said("".join(sources[path] for path in paths))
    for kind in first:
        more, starts = _said("".join(sources[path] for path in kinds if path.split("/")[1] == kind))
        own = json.loads(bodies[f"activities/{kind}/lang/en.json"])
        said |= more
        # a beginning that the kind has words of its own for is the kind's
        begun |= {start for start in starts if not any(key.startswith(start) for key in own)}
    _halve(bodies, "static/lang", said, tuple(begun - {_SELDOM, _NAMED}))
    for view in [path for path in kinds if path.endswith("/view.js")]:
        folder = view.rpartition("/")[0]
        if any(".rest.json" in sources[path] for path in kinds if path.startswith(f"{folder}/")):
            said, begun = _said("".join(sources[path] for path in modules(sources, (view,))))
            _halve(bodies, f"{folder}/lang", said, (*begun, _SELDOM))


def _said(texts: str) -> tuple[set[str], set[str]]:
    """What a text of code says: whole keys, and beginnings of keys."""
    said = set(re.findall(r'"([a-z][\w.]*)"', texts))
    return said, set(re.findall(r"`([a-z][\w.]*\.)\$\{", texts))


def _halve(bodies: dict[str, bytes], folder: str, said: set[str], begun: tuple[str, ...]) -> None:
    for lang in NAMES:
        path = f"{folder}/{lang}.json"
        table: dict[str, str] = json.loads(bodies[path])
        soon = {k: v for k, v in table.items() if _LAST.sub("", k) in said or k.startswith(begun)}
        bodies[path] = _json(soon)
        rest = {k: v for k, v in table.items() if k not in soon}
        bodies[f"{folder}/{lang}.rest.json"] = _json(rest)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
