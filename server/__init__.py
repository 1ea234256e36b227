"""Jam Room: the server of a room in the browser where people meet to make something together."""

__version__ = "0.1.0"
