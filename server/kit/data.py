"""Data: a field for named plain values, as the options of another kind are."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any, Final

from server.kit.change import MAX_INT
from server.kit.fields import REQUIRED, Field, FieldError, clean_text

DEEP: Final = 3
EACH: Final = 8
"""What a value counts for, beside its characters."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


class _Data(Field):
    def __init__(self, most: int, default: Any) -> None:
        self.max, self.default = most, default

    def check(self, value: Any, people: Container[str] = ()) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise FieldError("not_a_list", max=self.max)
        clean, _ = self._plain(value, self.max, DEEP)
        return dict(clean)

    def _schema(self) -> dict[str, Any]:
        return {"type": "object", "format": "data", "maxLength": self.max}

    def _plain(self, value: Any, left: int, deep: int) -> tuple[Any, int]:
        """Plain data, cleaned, and what is left of its length."""
        clean: Any = value
        if isinstance(value, str) and len(value) <= left:
            clean = clean_text(value, lines=True)
            left -= len(clean)
        elif isinstance(value, list) and deep and len(value) <= left:
            clean = []
            for item in value:
                one, left = self._plain(item, left, deep - 1)
                clean.append(one)
        elif isinstance(value, dict) and deep and len(value) <= left:
            clean = {}
            for key, item in value.items():
                if not isinstance(key, str) or not _KEY.fullmatch(key):
                    raise FieldError("not_a_list", max=self.max)
                clean[key], left = self._plain(item, left - len(key), deep - 1)
        elif value is not None and not (
            isinstance(value, bool) or (type(value) is int and abs(value) <= MAX_INT)
        ):
            raise FieldError("not_a_list", max=self.max)
        if left < EACH:
            raise FieldError("not_a_list", max=self.max)
        return clean, left - EACH


def data(most: int, *, default: Any = REQUIRED) -> Field:
    """Named plain values, three levels deep; keys, texts and eight for each value are together at
    most ``most`` characters."""
    return _Data(most, default)
