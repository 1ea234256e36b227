"""A person's view of the whole state, cut into parts that a thin line can swallow.

The parts of a snapshot are merged in order: dicts merged, lists appended (DESIGN.md §8). Shell,
people and small paths come first, long lists are paged after them, so that the room is usable
before its 2,000 marks are there (decisions.md 17).
"""

from __future__ import annotations

from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


def parts(state: dict[str, Any], part_bytes: int) -> list[dict[str, Any]]:
    """`state` as a list of trees, each about `part_bytes` long in JSON, that merge back into it.

    A single string or number is never cut; each of the limits on what a person can send is far
    below a part.
    """
    if len(_encode(state)) <= part_bytes:
        return [state]
    small: dict[str, Any] = {}
    pages: list[dict[str, Any]] = []
    _split(state, (), small, pages, part_bytes // 2)
    return _packed(small, pages, part_bytes)


def _split(
    value: dict[str, Any],
    path: tuple[str, ...],
    small: dict[str, Any],
    pages: list[dict[str, Any]],
    bound: int,
) -> None:
    """Put what is small into `small` at its place, and what is long into `pages`."""
    place = _at(small, path)
    for key, item in value.items():
        if len(_encode(item)) <= bound:
            place[key] = item
        elif isinstance(item, dict):
            _split(item, (*path, key), small, pages, bound)
        elif isinstance(item, list):
            place[key] = []
            for page in _paged(item, bound):
                pages.append(_wrapped((*path, key), page))
        else:
            pages.append(_wrapped((*path, key), item))


def _paged(items: list[Any], bound: int) -> list[list[Any]]:
    found: list[list[Any]] = []
    page: list[Any] = []
    size = 0
    for item in items:
        length = len(_encode(item)) + 1
        if page and size + length > bound:
            found.append(page)
            page, size = [], 0
        page.append(item)
        size += length
    if page:
        found.append(page)
    return found


def _packed(small: dict[str, Any], pages: list[dict[str, Any]], bound: int) -> list[dict[str, Any]]:
    """`small` first (cut by its branches where it is still too long), then the pages."""
    found: list[dict[str, Any]] = []
    if len(_encode(small)) <= bound:
        found.append(small)
    else:
        found.extend(_branches(small, (), bound))
    found.extend(pages)
    return found


def _branches(value: dict[str, Any], path: tuple[str, ...], bound: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    part: dict[str, Any] = {}
    size = 0
    for key, item in value.items():
        length = len(_encode(item)) + len(key) + 4
        if length > bound and isinstance(item, dict):
            found.extend(_branches(item, (*path, key), bound))
            continue
        if part and size + length > bound:
            found.append(_wrapped(path, part))
            part, size = {}, 0
        part[key] = item
        size += length
    if part or not found:
        found.append(_wrapped(path, part))
    return found


def _wrapped(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return value if isinstance(value, dict) else {}


def _at(tree: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path:
        tree = tree.setdefault(key, {})
    return tree


def merged(into: Any, part: Any) -> Any:
    """What a client does with the next part; kept here so that laws can hold both sides to it."""
    if isinstance(into, dict) and isinstance(part, dict):
        out = dict(into)
        for key, value in part.items():
            out[key] = merged(out[key], value) if key in out else value
        return out
    if isinstance(into, list) and isinstance(part, list):
        return [*into, *part]
    return part
