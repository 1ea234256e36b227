"""Frozen: a deep copy that raises when a reducer writes to what it was only lent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


def _no(*_: Any, **__: Any) -> NoReturn:
    raise TypeError("the state is read only: yield a Change")


class _Dict(dict[str, Any]):
    __setitem__ = __delitem__ = __ior__ = _no
    clear = pop = popitem = setdefault = update = _no


class _List(list[Any]):
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _no
    append = clear = extend = insert = pop = remove = reverse = sort = _no


def frozen(value: Any) -> Any:
    """The same JSON; equal to it, readable as it, not writable."""
    if isinstance(value, Mapping):
        return _Dict({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return _List([frozen(item) for item in value])
    return value
