"""The host's guide: a Markdown file for each language, as parts that a page and a room draw.

A line `[[button:<what>]]` stands for something that a host can do in the room; outside it is only
told where that is.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from server.web.library import ROOT
from server.web.words import NAMES

FOLDERS: Final = (ROOT / "docs" / "host-guide", ROOT / "server" / "guide")
"""In a checkout, and as it is installed."""
BUTTON: Final = "[[button:"
BUTTONS: Final = ("lobby", "standin", "say", "open", "plan", "invite", "language", "screen", "end")
Part = dict[str, Any]
Piece = str | dict[str, str]
_HEADS: Final = {"h1": 1, "h2": 2, "h3": 3}


def folder() -> Path:
    """Where the files are."""
    return next((path for path in FOLDERS if path.is_dir()), FOLDERS[0])


@cache
def parts(lang: str) -> list[Part]:
    """The guide in one language: headings ``{"h": 1..3, "t"}``, paragraphs ``{"p"}``, lists
    ``{"ul"}`` and ``{"ol"}``, tables ``{"rows"}``, quotations ``{"quote"}`` and ``{"button"}``. A
    text is a list of strings, ``{"b": strong}`` and ``{"a": address, "t": text}``."""
    path = folder() / f"{lang if lang in NAMES else 'en'}.md"
    return read(path.read_text("utf-8")) if path.exists() else []


def read(text: str) -> list[Part]:
    """The parts of a Markdown text; what they do not know is left out."""
    found: list[Part] = []
    lists: list[tuple[str, list[list[Piece]]]] = []
    quote: list[list[Piece]] | None = None
    rows: list[list[list[Piece]]] | None = None
    head = 0
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(_apart(text)):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            found.append({"rows": rows})
            rows = None
        elif token.type == "heading_open":
            head = _HEADS.get(token.tag, 3)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(("ul" if token.type.startswith("b") else "ol", []))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            kind, items = lists.pop()
            found.append({kind: items})
        elif token.type == "blockquote_open":
            quote = []
        elif token.type == "blockquote_close" and quote is not None:
            found.append({"quote": quote})
            quote = None
        elif token.type == "inline":
            pieces = _pieces(token.children or [])
            if head:
                found.append({"h": head, "t": pieces})
                head = 0
            elif token.content.startswith(BUTTON):
                found.append({"button": token.content.removeprefix(BUTTON).removesuffix("]]")})
            elif rows is not None:
                rows[-1].append(pieces)
            elif quote is not None:
                quote.append(pieces)
            elif lists:
                lists[-1][1].append(pieces)
            else:
                found.append({"p": pieces})
    return found


def _apart(text: str) -> str:
    """Each button in a paragraph of its own, wherever it stands."""
    return re.sub(r"\s*(\[\[button:[\w:]+\]\])\s*", r"\n\n\1\n\n", text)


def _pieces(tokens: list[Token]) -> list[Piece]:
    made: list[Piece] = []
    href = ""
    strong = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        elif token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            made.append(" ")
        elif token.content:
            made.append(
                {"a": href, "t": token.content}
                if href.startswith(("https://", "/"))
                else {"b": token.content}
                if strong
                else token.content
            )
    return made


def html(found: list[Part], button: dict[str, str]) -> str:
    """The same as a page's own markup; `button` says where in the room each thing is done."""
    return "\n".join(_html(part, button) for part in found)


def _html(part: Part, button: dict[str, str]) -> str:
    if "h" in part:
        return f"<h{part['h']}>{_text(part['t'])}</h{part['h']}>"
    if "p" in part:
        return f"<p>{_text(part['p'])}</p>"
    if "quote" in part:
        lines = "".join(f"<p>{_text(line)}</p>" for line in part["quote"])
        return f'<blockquote class="cut">{lines}</blockquote>'
    if "rows" in part:
        return f"<table>{''.join(_row(row) for row in part['rows'])}</table>"
    if "button" in part:
        told = button.get(part["button"].partition(":")[0], "")
        return f'<p class="small soft">{escape(told)}</p>' if told else ""
    kind = "ul" if "ul" in part else "ol"
    items = "".join(f"<li>{_text(item)}</li>" for item in part[kind])
    return f"<{kind}>{items}</{kind}>"


def _row(row: list[list[Piece]]) -> str:
    first, *rest = row
    cells = "".join(f"<td>{_text(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>'


def _text(pieces: list[Piece]) -> str:
    return "".join(
        escape(piece)
        if isinstance(piece, str)
        else f"<b>{escape(piece['b'])}</b>"
        if "b" in piece
        else f'<a href="{escape(piece["a"])}" rel="noreferrer">{escape(piece["t"])}</a>'
        for piece in pieces
    )
