"""What a messenger shows beside a link: one picture and two sentences, the same for every room.

Nothing of a room is in it, because a messenger's server reads the page before any guest does.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from server.web.words import Words

_BASE: Final = "base:"
_PICTURE: Final = re.compile(rb'\n<meta property="og:image[^>]*>')


def tags(words: Words, picture: str) -> str:
    """Tags for the head of a page, before it is known where people open it. `picture` is a path."""
    facts = {
        "og:type": "website",
        "og:site_name": "Jam Room",
        "og:title": words.t("preview.line"),
        "og:description": words.t("preview.text"),
        "og:image": _BASE + picture,
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    made = (f'\n<meta property="{n}" content="{escape(text)}">' for n, text in facts.items())
    return "".join(made) + '\n<meta name="twitter:card" content="summary_large_image">'


def at(base: str, page: bytes) -> bytes:
    """The page for this address. A messenger takes no relative one: without it, no picture."""
    if not base:
        return _PICTURE.sub(b"", page)
    return page.replace(_BASE.encode(), escape(base).encode(), 1)
