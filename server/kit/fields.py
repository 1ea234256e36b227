"""Fields: what an action or an option accepts. Each one cleans, refuses and describes itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Any, Final

from server.kit.change import MAX_INT

REQUIRED: Final[Any] = ...
MAX_MARKS: Final = 3  # combining marks on one letter: enough for Hindi, too few for a tower
_JOINERS = "\u200c\u200d"
_ADDRESS = re.compile(
    r"https://(?=[^/?#:]{1,253}(?:[/?#:]|\Z))[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
    r"(?::\d{1,5})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
)
_BREAKS = "\r\n\u2028\u2029\x85\x0b\x0c"


class Refusal(Exception):
    """Said no: a stable code and the facts that its sentence needs. No effect happens."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, Any] = facts


class FieldError(Refusal):
    """A field's refusal; ``facts`` holds the field's name once it is known, and the bound met."""


class Field:
    """What one value may be. ``default`` is REQUIRED (``...``) where there is none."""

    default: Any = REQUIRED

    def check(self, value: Any, people: Container[str] = ()) -> Any:
        """The clean value; raises FieldError. Cleaning twice changes nothing."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """JSON Schema, for strangers' clients and for tests that make up values."""
        schema = self._schema()
        if self.default is not REQUIRED:
            schema["default"] = self.default
        return schema

    def _schema(self) -> dict[str, Any]:
        raise NotImplementedError


class _Boolean(Field):
    def __init__(self, default: Any) -> None:
        self.default = default

    def check(self, value: Any, people: Container[str] = ()) -> bool:
        if not isinstance(value, bool):
            raise FieldError("not_a_choice")
        return value

    def _schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class _Integer(Field):
    def __init__(self, lo: int, hi: int, default: Any) -> None:
        if not -MAX_INT <= lo <= hi <= MAX_INT:
            raise ValueError(f"integer({lo}, {hi})")
        self.lo, self.hi, self.default = lo, hi, default

    def check(self, value: Any, people: Container[str] = ()) -> int:
        if type(value) is not int or not self.lo <= value <= self.hi:
            raise FieldError("not_a_number", min=self.lo, max=self.hi)
        return value

    def _schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.lo, "maximum": self.hi}


class _Text(Field):
    def __init__(self, most: int, lines: bool, empty: bool, default: Any) -> None:
        self.max, self.lines, self.empty, self.default = most, lines, empty, default

    def check(self, value: Any, people: Container[str] = ()) -> str:
        if not isinstance(value, str):
            raise FieldError("not_text")
        if len(value) > 4 * self.max + 1024:  # nothing that cleaning takes away is that long
            raise FieldError("too_long", max=self.max)
        clean = clean_text(value, self.lines)
        if len(clean) > self.max:
            raise FieldError("too_long", max=self.max)
        if not clean and not self.empty:
            raise FieldError("too_short")
        return clean

    def _schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 0 if self.empty else 1, "maxLength": self.max}


class _Url(Field):
    def __init__(self, most: int) -> None:
        self.max = most

    def check(self, value: Any, people: Container[str] = ()) -> str:
        if not isinstance(value, str):
            raise FieldError("not_text")
        bare = value.strip(" ")
        if bare[:8].lower() == "https://":  # phones begin a line with a capital
            bare = bare[:8].lower() + bare[8:]
        if len(bare) > self.max:
            raise FieldError("too_long", max=self.max)
        if bare and not _ADDRESS.fullmatch(bare):
            raise FieldError("not_a_link")
        return bare

    def _schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "minLength": 0, "maxLength": self.max}


class _OneOf(Field):
    def __init__(self, values: tuple[Any, ...], default: Any) -> None:
        self.values, self.default = values, default

    def check(self, value: Any, people: Container[str] = ()) -> Any:
        for choice in self.values:
            if type(choice) is type(value) and choice == value:  # True is not 1
                return choice
        raise FieldError("not_a_choice")

    def _schema(self) -> dict[str, Any]:
        return {"enum": list(self.values)}


class _Member(Field):
    def check(self, value: Any, people: Container[str] = ()) -> str:
        if not isinstance(value, str) or value not in people:
            raise FieldError("nobody")
        return value

    def _schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "member"}


class _ListOf(Field):
    def __init__(self, field: Field, most: int, default: Any) -> None:
        self.field, self.max, self.default = field, most, default

    def check(self, value: Any, people: Container[str] = ()) -> list[Any]:
        if not isinstance(value, list) or len(value) > self.max:
            raise FieldError("not_a_list", max=self.max)
        return [self.field.check(item, people) for item in value]

    def _schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.field.schema(), "maxItems": self.max}


class _Optional(Field):
    default = None

    def __init__(self, field: Field) -> None:
        self.field = field

    def check(self, value: Any, people: Container[str] = ()) -> Any:
        return None if value is None else self.field.check(value, people)

    def _schema(self) -> dict[str, Any]:
        return {"anyOf": [self.field.schema(), {"type": "null"}]}


def boolean(default: Any = REQUIRED) -> Field:
    """True or false."""
    return _Boolean(default)


def integer(lo: int, hi: int, *, default: Any = REQUIRED) -> Field:
    """A whole number from ``lo`` to ``hi``, both included."""
    return _Integer(lo, hi, default)


def text(most: int, *, lines: bool = False, empty: bool = False, default: Any = REQUIRED) -> Field:
    """Text of at most that many code points, cleaned; ``lines`` keeps line breaks."""
    return _Text(most, lines, empty, default)


def url(most: int) -> Field:
    """An https address that shows where it leads: plain ASCII, a host and no user; or empty."""
    return _Url(most)


def one_of(*values: Any, default: Any = REQUIRED) -> Field:
    """One of these strings or integers."""
    return _OneOf(values, default)


def member() -> Field:
    """The id of somebody in the room."""
    return _Member()


def list_of(field: Field, most: int, *, default: Any = REQUIRED) -> Field:
    """A list of at most that many values."""
    return _ListOf(field, most, default)


def optional(field: Field) -> Field:
    """The value, or null when it is not given."""
    return _Optional(field)


def check_all(
    fields: Mapping[str, Field], given: Mapping[str, Any], people: Container[str] = ()
) -> dict[str, Any]:
    """Every field's clean value, defaults filled in; raises FieldError with the field's name."""
    for name in given:
        if name not in fields:
            raise FieldError("unknown")  # the name is a stranger's text: not sent back
    clean: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in given:
            if field.default is REQUIRED:
                raise FieldError("missing", field=name)
            clean[name] = field.default
            continue
        try:
            clean[name] = field.check(given[name], people)
        except FieldError as error:
            raise FieldError(error.code, **{**error.facts, "field": name}) from None
    return clean


def clean_text(value: str, lines: bool = False) -> str:
    """NFC, trimmed, without control and direction marks; raises FieldError for broken Unicode.

    Line breaks become spaces unless ``lines``. Joiners stay inside words and emoji, where Persian
    and families need them; a letter keeps at most three marks.
    """
    if value.isascii() and value.isprintable():
        return value.strip(" ")
    out: list[str] = []
    run = 0  # bounded before normalising, which takes the square of a run's length
    for char in value.replace("\r\n", "\n"):
        if char in _BREAKS:
            out.append("\n" if lines else " ")
        elif char == "\t":
            out.append(" ")
        elif char in _JOINERS:
            if out and out[-1] not in _JOINERS and not out[-1].isspace():
                out.append(char)
        else:
            category = unicodedata.category(char)
            if category == "Cs":
                raise FieldError("not_text")
            run = run + 1 if category[0] == "M" else 0
            if category not in ("Cc", "Cf") and run <= 16:
                out.append(char)
    composed = unicodedata.normalize("NFC", "".join(out))
    return _thinned(composed).strip()


def _thinned(value: str) -> str:
    """Without joiners at the end of a word, and without towers of marks."""
    out: list[str] = []
    marks = 0
    for at, char in enumerate(value):
        after = value[at + 1 : at + 2]
        if char in _JOINERS and (not after or after.isspace()):
            continue
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        elif char not in _JOINERS:
            marks = 0
        out.append(char)
    return "".join(out)
