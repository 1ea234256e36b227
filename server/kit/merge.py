"""Merge: one tick's changes, said in fewer.

The browser has the same function in ``static/patch.js``; both read
``tests/vectors/coalesce.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from server.kit.change import Change

_DROPPED: Final = Change("", None)


def coalesce(changes: Iterable[Change]) -> list[Change]:
    """Fewer changes with the same result, in an order that still applies to lists.

    A set after a set replaces it where it stands, and one of a prefix takes the place of the first
    written below it. Deletions keep their place and part what came before from what comes after.
    """
    kept: list[Change] = []
    at: dict[str, int] = {}  # path -> the place of its latest change
    below: dict[str, list[int]] = {}  # path -> the places of changes further down

    def unlist(path: str) -> list[int]:
        """No later change may touch what stands below this path."""
        places = below.pop(path, [])
        for place in places:
            child = kept[place].path
            at.pop(child, None)
            while len(child) > len(path):
                below.pop(child, None)
                child = child.rpartition("/")[0]
        return places

    for change in changes:
        path = change.path
        before = at.get(path, -1)
        inside = unlist(path)
        if change.deletes:
            if before >= 0 and kept[before].deletes and not inside:
                continue
            place = len(kept)
        else:
            written = [place for place in inside if not kept[place].deletes]
            if before >= 0 and not kept[before].deletes:
                place = before
            else:
                place = written[0] if written else len(kept)
            for dropped in inside:
                kept[dropped] = _DROPPED
        at[path] = place
        if place < len(kept):
            kept[place] = change
            if place == before:
                continue
        else:
            kept.append(change)
        parent = path.rpartition("/")[0]
        while parent:
            below.setdefault(parent, []).append(place)
            parent = parent.rpartition("/")[0]
    return [change for change in kept if change is not _DROPPED]
