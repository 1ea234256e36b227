"""Comments and indents out of what the browser gets: they are for readers, not for phones.

Line by line and by what stands at the beginning of a line, so that nothing inside code is ever
touched; tests/unit/test_assets.py holds every file of the client to the same syntax tree as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A cast or the type of a parameter between code: it begins with a tag of JSDoc.
_TYPE = re.compile(r"/\*\* @[^*]*(?:\*(?!/)[^*]*)*\*/ ?")


def script(text: str) -> str:
    """JavaScript without comment-only lines, empty lines, types in comments and indents.

    Several lines in backquotes must be markup, where indents say nothing; a test sees to it.
    """
    return "\n".join(_TYPE.sub("", line).strip() for line in _lines(text, "//")) + "\n"


def style(text: str) -> str:
    """CSS without comment-only and empty lines."""
    return "\n".join(_lines(text, None)) + "\n"


def _lines(text: str, mark: str | None) -> Iterator[str]:
    inside = False
    for line in text.split("\n"):
        bare = line.strip()
        if inside:
            inside = "*/" not in bare
            if inside or bare.endswith("*/"):
                continue
            line = bare = bare.partition("*/")[2]
        if not bare or (mark and bare.startswith(mark)):
            continue
        if bare.startswith("/*"):
            _, end, rest = bare[2:].partition("*/")
            inside = not end
            if not rest:
                continue
        yield line.rstrip()
