"""Change: one step from a state to the next, and how steps are applied and merged.

The browser has the same functions in ``static/patch.js``; both read ``tests/vectors/patch.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

MAX_KEYS: Final = 200
MAX_INT: Final = 2**53
MAX_DEPTH: Final = 16
FORBIDDEN: Final = frozenset({"", "__proto__", "constructor", "prototype"})


class _Gone:
    """The value of a change that deletes: JSON has no word for "absent"."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final = _Gone()


class PatchError(ValueError):
    """A change that cannot be applied. ``code``: path, scalar, gap, middle, wide or value."""

    def __init__(self, code: str, path: str = "") -> None:
        super().__init__(f"{code}: {path}" if path else code)
        self.code = code


class Change:
    """Set ``path`` to ``value``; without a value, delete it. Immutable by agreement."""

    __slots__ = ("path", "value")

    def __init__(self, path: str, value: Any = GONE) -> None:
        self.path = path
        self.value = value

    @classmethod
    def of(cls, wire: list[Any]) -> Change:
        """The change that ``[path, value]`` or ``[path]`` stands for."""
        return cls(wire[0], wire[1]) if len(wire) > 1 else cls(wire[0])

    @property
    def deletes(self) -> bool:
        return self.value is GONE

    def wire(self) -> list[Any]:
        """``[path, value]``, or ``[path]`` for a deletion."""
        return [self.path] if self.value is GONE else [self.path, self.value]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and self.wire() == other.wire()

    __hash__ = None  # type: ignore[assignment]  # values are lists and dicts

    def __repr__(self) -> str:
        return f"Change({', '.join(map(repr, self.wire()))})"


@lru_cache(maxsize=4096)
def split(path: str) -> tuple[str, ...]:
    """The segments of a path. Raises PatchError("path") for those no browser may meet."""
    segments = tuple(str(path).split("/"))
    if not FORBIDDEN.isdisjoint(segments) or len(segments) > MAX_DEPTH:
        raise PatchError("path", path)
    return segments


def index(segment: str, path: str) -> int:
    """A list's index: decimal digits without leading zeros."""
    if not (segment.isascii() and segment.isdigit()) or (segment[0] == "0" and segment != "0"):
        raise PatchError("path", path)
    if len(segment) > 9:
        raise PatchError("gap", path)
    return int(segment)


def check_value(value: Any, path: str = "", depth: int = 0) -> None:
    """Raises PatchError unless ``value`` is plain JSON without floats, within the bounds."""
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if -MAX_INT <= value <= MAX_INT:
            return
    elif depth < MAX_DEPTH:
        if isinstance(value, list):
            for item in value:
                check_value(item, path, depth + 1)
            return
        if isinstance(value, dict):
            if len(value) > MAX_KEYS:
                raise PatchError("wide", path)
            for key, item in value.items():
                if not isinstance(key, str) or key in FORBIDDEN:
                    raise PatchError("path" if isinstance(key, str) else "value", path)
                check_value(item, path, depth + 1)
            return
    raise PatchError("value", path)


class Tree:
    """A tree that grows in place where it may: appending to 20,000 marks costs no copy.

    Containers made since the last ``share()`` are written in place, all others are copied first,
    so whatever ``share()`` gave out never changes. ``root`` is the living tree: read, don't keep.
    """

    __slots__ = ("_mine", "_open_end", "_undo", "root")

    def __init__(self, root: Any) -> None:
        self.root = root
        self._mine: dict[int, Any] = {}  # holding them keeps their ids from being used again
        self._undo: list[tuple[Any, Any, Any]] = []
        self._open_end = False

    def share(self) -> Any:
        """The tree as it is now, safe to keep or to read in another thread."""
        self._mine.clear()
        return self.root

    def apply(self, changes: Iterable[Change]) -> None:
        """All changes or none; raises PatchError."""
        start = len(self._undo)
        try:
            for change in changes:
                self._step(change)
        except PatchError:
            self._back(start)
            raise
        if not self._open_end:
            self._undo.clear()

    def begin(self) -> None:
        """From here on several ``apply`` belong together, until ``commit`` or ``rollback``."""
        self._undo.clear()
        self._open_end = True

    def commit(self) -> None:
        """What was applied since ``begin`` stays."""
        self._undo.clear()
        self._open_end = False

    def rollback(self) -> None:
        """The tree is again what it was at ``begin``."""
        self._back(0)
        self._open_end = False

    def _back(self, start: int) -> None:
        undo = self._undo
        while len(undo) > start:
            node, key, old = undo.pop()
            if node is None:
                self.root = old
            elif old is GONE:
                del node[key]
            else:
                node[key] = old

    def _put(self, node: Any, key: Any, value: Any, path: str) -> None:
        """Set one key of a container that is ours (None: the root), with its way back."""
        if node is None:
            self._undo.append((None, None, self.root))
            self.root = value
        elif isinstance(node, dict):
            old = node.get(key, GONE)
            if old is GONE and len(node) >= MAX_KEYS:
                raise PatchError("wide", path)
            self._undo.append((node, key, old))
            node[key] = value
        elif key < len(node):
            self._undo.append((node, key, node[key]))
            node[key] = value
        elif key == len(node):
            self._undo.append((node, key, GONE))
            node.append(value)
        else:
            raise PatchError("gap", path)

    def _open(self, parent: Any, key: Any, child: Any, path: str) -> Any:
        """The child as a container we may write to."""
        if id(child) in self._mine:
            return child
        if isinstance(child, dict):
            fresh: Any = dict(child)
        elif isinstance(child, list):
            fresh = list(child)
        else:
            raise PatchError("scalar", path)
        self._put(parent, key, fresh, path)
        self._mine[id(fresh)] = fresh
        return fresh

    def _step(self, change: Change) -> None:
        path, value = change.path, change.value
        segments = split(path)
        if value is not GONE:
            check_value(value, path)
        elif not self._reaches(segments, path):
            return
        parent: Any = None
        key: Any = None
        node: Any = self._open(None, None, self.root, path)
        for segment in segments[:-1]:
            parent, key = node, segment if isinstance(node, dict) else index(segment, path)
            child = _child(node, key)
            if child is GONE:
                child = {}
                self._put(node, key, child, path)
                self._mine[id(child)] = child
            node = self._open(parent, key, child, path)
        last: Any = segments[-1] if isinstance(node, dict) else index(segments[-1], path)
        if value is not GONE:
            self._put(node, last, value, path)
        elif isinstance(node, dict):
            # a copy, so that the way back keeps the order of the keys
            fresh = dict(node)
            del fresh[last]
            self._put(parent, key, fresh, path)
            self._mine[id(fresh)] = fresh
        else:
            fresh_list = node[:-1]
            self._put(parent, key, fresh_list, path)
            self._mine[id(fresh_list)] = fresh_list

    def _reaches(self, segments: tuple[str, ...], path: str) -> bool:
        """Is there something to delete? Raises where the way is wrong."""
        node = self.root
        for segment in segments[:-1]:
            if isinstance(node, dict):
                node = node.get(segment, GONE)
            elif isinstance(node, list):
                node = _child(node, index(segment, path))
            else:
                raise PatchError("scalar", path)
            if node is GONE:
                return False
        last = segments[-1]
        if isinstance(node, dict):
            return last in node
        if not isinstance(node, list):
            raise PatchError("scalar", path)
        at = index(last, path)
        if at < len(node) - 1:
            raise PatchError("middle", path)
        return at < len(node)


def _child(node: Any, key: Any) -> Any:
    if isinstance(node, dict):
        return node.get(key, GONE)
    return node[key] if key < len(node) else GONE


def apply(tree: Any, changes: Iterable[Change]) -> Any:
    """A new tree with all the changes, sharing what they do not touch; raises PatchError."""
    new = Tree(tree)
    new.apply(changes)
    return new.root


def get(tree: Any, path: str, default: Any = None) -> Any:
    """What stands at ``path``, or ``default``."""
    node = tree
    for segment in split(path):
        if isinstance(node, dict):
            node = node.get(segment, GONE)
        elif isinstance(node, list) and segment.isascii() and segment.isdigit():
            node = _child(node, int(segment))
        else:
            return default
        if node is GONE:
            return default
    return node
