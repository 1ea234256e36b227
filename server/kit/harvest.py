"""Harvest pieces: what an activity gives people to keep, as Markdown and CSV.

Titles, columns and notes are word keys of the kind; ``words`` turns them into a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

Words = Callable[[str], str]

_FORMULA = tuple("=+-@\t\r\0＝＋－＠﹢﹣﹦﹫−")
_ALWAYS = re.compile(r"([\\`*_\[\]<>|~&$])")
_LEADING = re.compile(r"^([#+\-=]|\d{1,9}(?=[.)]))")
_LINK = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(@)")


def plain(key: str) -> str:
    """The words of somebody who knows no language: the key itself."""
    return key


def escape(text: str) -> str:
    """Text that Markdown shows as it was written: one line, no markup, no link."""
    line = " ".join(text.split())
    line = _ALWAYS.sub(r"\\\1", line)
    line = _LINK.sub(lambda found: "\\" + found.group(0), line)
    start = _LEADING.match(line)
    if start:
        digits = start.group(1)
        if digits.isdigit():
            return f"{digits}\\{line[len(digits) :]}"
        return "\\" + line
    return line


def cell(value: Any) -> str:
    """One CSV cell, always quoted; text that a spreadsheet would calculate gets a leading '."""
    if isinstance(value, bool):
        shown = "yes" if value else "no"
    elif value is None:
        shown = ""
    elif isinstance(value, int):
        shown = str(value)
    else:
        shown = str(value)
        if shown.startswith(_FORMULA) or shown.lstrip().startswith(_FORMULA):
            shown = "'" + shown
    return '"' + shown.replace('"', '""') + '"'


def csv(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """RFC 4180: a header, CRLF after every record."""
    records = [columns, *rows]
    return "".join(",".join(map(cell, record)) + "\r\n" for record in records)


class Piece:
    """One thing to keep; ``name`` is a word key and, made safe by the kit, a file's name."""

    name: str

    def markdown(self, words: Words = plain) -> str:
        """A section without its heading, ending in a line break; "" when there is nothing."""
        raise NotImplementedError

    def csv(self, words: Words = plain) -> str:
        """The same as CSV; "" when a table makes no sense."""
        raise NotImplementedError


class Table(Piece):
    """Rows under named columns. The cells of ``keyed`` columns are word keys: ``icon.sun``."""

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        keyed: Collection[str] = (),
    ) -> None:
        self.name, self.columns, self.keyed = name, tuple(columns), frozenset(keyed)
        self.rows: list[tuple[Any, ...]] = [tuple(row) for row in rows]
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{name}: a row is not as long as the head")

    def _worded(self, words: Words) -> list[list[Any]]:
        return [
            [
                words(f"{column}.{value}") if column in self.keyed and value else value
                for column, value in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    def markdown(self, words: Words = plain) -> str:
        if not self.rows:
            return ""
        head = "| " + " | ".join(escape(words(column)) for column in self.columns) + " |\n"
        rule = "|" + " --- |" * len(self.columns) + "\n"
        body = "".join("| " + " | ".join(map(_shown, row)) + " |\n" for row in self._worded(words))
        return head + rule + body

    def csv(self, words: Words = plain) -> str:
        return csv([words(column) for column in self.columns], self._worded(words))


class Lines(Piece):
    """One text after another."""

    def __init__(self, name: str, lines: Iterable[str]) -> None:
        self.name, self.lines = name, list(lines)

    def markdown(self, words: Words = plain) -> str:
        return "".join(f"- {escape(line)}\n" for line in self.lines)

    def csv(self, words: Words = plain) -> str:
        return csv([words(self.name)], [(line,) for line in self.lines])


class Picture(Piece):
    """A picture that the browser draws and saves; here it is what its text twin says."""

    def __init__(self, name: str, twin: Iterable[str] = ()) -> None:
        self.name, self.twin = name, list(twin)

    def markdown(self, words: Words = plain) -> str:
        return "".join(f"- {escape(line)}\n" for line in self.twin)

    def csv(self, words: Words = plain) -> str:
        return ""


def beside(text: str, name: str | None) -> str:
    """A text, and a name beside it where there is one."""
    return f"{text} ({name})" if name else text


def written(
    name: str,
    things: Iterable[Mapping[str, Any]],
    names: Mapping[str, str] | None = None,
    text: str = "text",
    by: str = "by",
) -> Iterator[Piece]:
    """The texts of a list, without what was taken back or taken aside; a name stands beside one
    only if its owner allows that. Nothing where there is none."""
    there = [one for one in things if one[text] and not one.get("off")]
    if there:
        yield Lines(name, [beside(one[text], (names or {}).get(one.get(by, ""))) for one in there])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    return escape(str(value))
