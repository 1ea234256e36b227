"""Which word keys the code asks for: a scan of `t("...")` in JavaScript and Python.

A key that is put together or passed on as data stands in a comment of the same file:
`/* keys: refused.* bar.hand */`, in Python `# keys: harvest.*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_CALL = re.compile(r"(?<![\w$])(?:t|pieces)\(")
_DECLARED = re.compile(r"(?:/\*|//|#|\*)\s*keys:\s*([^\n]*)")
_TOKEN = re.compile(r"[a-z][\w.\-]*\*?$")
_LITERAL = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
_COMPARED = re.compile(r"""[=!]==?\s*(["'])[^"'\n]*\1|(["'])[^"'\n]*\2\s*[=!]==?|\bin \(.*?\)""")


class Asked:
    """What one file asks for: whole keys, beginnings (`refused.`), and calls nobody can follow."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.starts: set[str] = set()
        self.blind: list[str] = []

    def covers(self, key: str) -> bool:
        return key in self.keys or any(key.startswith(start) for start in self.starts)


def first_argument(text: str, start: int) -> str:
    """The source of the first argument of a call whose bracket opens just before `start`."""
    depth = 0
    quote = ""
    for place in range(start, len(text)):
        sign = text[place]
        if quote:
            if sign == quote and text[place - 1] != "\\":
                quote = ""
        elif sign in "\"'`":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            if depth == 0:
                return text[start:place]
            depth -= 1
        elif sign == "," and depth == 0:
            return text[start:place]
    return text[start:]


def scan(source: str, own: bool = True) -> Asked:
    """The keys of one file. `own` is False for a file that only explains the convention."""
    asked = Asked()
    if own:
        for found in _DECLARED.finditer(source):
            for token in found.group(1).replace("*/", " ").split():
                if not _TOKEN.match(token):
                    break
                (asked.starts if token.endswith("*") else asked.keys).add(token.rstrip("*"))
    bare = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", " ", source, flags=re.S)
    for call in _CALL.finditer(bare):
        if re.search(r"(function|def)\s+$", bare[: call.start()]):
            continue
        argument = first_argument(bare, call.end())
        literals = [m.group(2) for m in _LITERAL.finditer(_COMPARED.sub(" ", argument))]
        whole = [text for text in literals if "${" not in text and re.fullmatch(r"[\w.\-]+", text)]
        begun = [text.split("${")[0] for text in literals if re.match(r"[\w.]+\.\$\{", text)]
        asked.keys |= set(whole)
        asked.starts |= set(begun)
        known = len(whole) + len(begun)
        built = known < len(literals) or not known or "+" in _LITERAL.sub("", argument)
        # A parameter's own name in a signature or a wrapper is not a call for a word.
        if built and not re.fullmatch(r"\s*(key|self|k|name)?\s*(:\s*\w+)?\s*", argument):
            asked.blind.append(argument.strip())
            asked.keys -= {text for text in whole if text.endswith(".")}
    return asked


def files(root: Path, *patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if "vendor" not in path.parts and "node_modules" not in path.parts:
                yield path
