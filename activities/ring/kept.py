"""Kept: what went round, as people take it home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from activities.ring import papers
from server import kit
from server.kit import Lines, Picture, Piece, Table


def kept(room: dict[str, Any], names: dict[str, str]) -> Iterator[Piece]:
    """Each chain as a line, or as the pictures of its story. A name stands only with what was
    signed, or with thanks, and only of those who ticked that it may be kept."""
    chains = [[p for p in chain if not p.get("off")] for chain in room.get("chains", [])]
    chains = [chain for chain in chains if chain]
    if not chains:
        return
    if any("x" in piece for chain in chains for piece in chain):
        columns = ("number", "pa", "pb", "pc", "pd", "pe", "words")
        rows = [_row(at, piece) for at, chain in enumerate(chains, 1) for piece in chain]
        yield Table("stories", columns, rows, keyed=columns[1:6])
        return
    lines = [" / ".join(_line(piece, names) for piece in chain) for chain in chains]
    yield Lines("thanks" if "to" in chains[0][0] else "chains", lines)
    drawn = [piece.get("t", "") for chain in chains for piece in chain if "m" in piece]
    if drawn:
        yield Picture("drawings", list(filter(None, drawn)))


def _row(at: int, piece: dict[str, Any]) -> list[Any]:
    """A piece of a story as a row: its pictures by their names, and its words."""
    pictures = [papers.PICTURES[i] for i in piece.get("x", [])]
    return [at, *pictures, *[""] * (5 - len(pictures)), piece.get("t", "")]


def _line(piece: dict[str, Any], names: dict[str, str]) -> str:
    """A piece as words; a name stands there only of who ticked it."""
    text = " ".join(filter(None, ("✎" if "m" in piece else "", piece.get("t", ""))))
    if to := names.get(piece.get("to", "")):
        text = f"{to}: {text}"
    return kit.beside(text, names.get(piece.get("by", "")))
