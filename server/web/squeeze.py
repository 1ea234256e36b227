"""Spaces, line ends and notes out of our own scripts, where the language reads the same without.

No minifier: names stay, statements stay, and so does every literal. A text that this reader does
not understand is left as it is; tests/unit/test_assets.py holds every file of the client to the
same syntax tree as before.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<run>[^\s"'`/{}()]+)|(?P<gap>(?:\s|//[^\n]*|/\*[\s\S]*?\*/)+)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<sign>[`/{}()])"""
)
_PATTERN: Final = re.compile(r"/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/")
_MARKUP: Final = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?P<end>`|\$\{)")
# A slash after one of these begins a pattern; after another word or a closing sign it divides.
_BEFORE_PATTERN: Final = re.compile(
    r"[\n{([,;:?=&|<>!^%*+~-]$|(?<![\w$.])(?:return|typeof|case|in|of|void|delete|do)$"
)
# The semicolon after such a bracket may be a statement of its own.
_HOLDS_NOTHING: Final = re.compile(r"(?<![\w$.])(?:if|for|while|with)$")
# No statement ends with one of these and none begins with one of those: a line end says nothing.
_OPEN: Final = frozenset("{([,;:?=&|<>!^%*")
_CLOSE: Final = frozenset(")]},;:?=&|.<>^%*")
# They stand at the beginning of a line for server/web/pack.py.
_HEADS: Final = ("import", "export")


class Unread(Exception):
    """A text that ends inside a literal or a bracket."""


def script(text: str) -> str:
    """JavaScript without what nothing depends on."""
    try:
        return _squeezed(text)
    except Unread:
        return text


def _squeezed(text: str) -> str:
    out = ["\n"]
    gap = ""  # what stands before the next token
    braces: list[bool] = []  # each open brace: whether it leads back into a text in backquotes
    rounds: list[str] = []  # each open bracket: what stands before it
    closed = ""  # what stands before the bracket that was closed last
    at, end = 0, len(text)
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unread
        token, at = match[0], match.end()
        if match.lastgroup == "gap":
            gap = "\n" if "\n" in token else " "
            continue
        before, resumed = out[-1], False
        if token == "/" and _BEFORE_PATTERN.search(before):
            pattern = _PATTERN.match(text, at - 1)
            if pattern is None:
                raise Unread
            token, at = pattern[0], pattern.end()
        elif token == "(":
            rounds.append(before)
        elif token == ")":
            if not rounds:
                raise Unread
            closed = rounds.pop()
        elif token == "{":
            braces.append(False)
        elif token == "}":
            if not braces:
                raise Unread
            resumed = braces.pop()
            if before.endswith(";") and _ends((before[:-1] or out[-2])[-1], closed):
                out[-1] = before = before[:-1]
                gap = ""
        if token == "`" or resumed:
            markup = _MARKUP.match(text, at)
            if markup is None:
                raise Unread
            if markup["end"] != "`":
                braces.append(True)
            token, at = token + markup[0], markup.end()
        if gap:
            token, gap = _kept(gap, before[-1:], token) + token, ""
        out.append(token)
    if braces or rounds:
        raise Unread
    return "".join(out).strip() + "\n"


def _ends(before: str, closed: str) -> bool:
    """Whether a semicolon before a closing brace only ends what stands before it."""
    if before == ")":
        return not _HOLDS_NOTHING.search(closed)
    return _named(before) or before in "\"'`]"


def _kept(gap: str, last: str, token: str) -> str:
    """What stays of a gap: nothing, or what has to stand there."""
    first = token[0]
    if gap == "\n":
        free = last in _OPEN or first in _CLOSE
        return "" if free and not token.startswith(_HEADS) else "\n"
    both = _named(last) and _named(first)
    return " " if both or (last == first and first in "+-/") else ""


def _named(sign: str) -> bool:
    return sign.isalnum() or sign in "_$"
