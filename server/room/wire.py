"""The frames of `jam.v1`: what a client may say, decoded strictly, and how answers are built.

Text frames are JSON with the field `t` as type. Unknown fields are ignored (a new field is
additive); unknown types, wrong fields, deep nesting, NaN and bad UTF-8 raise `BadFrame`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec

from . import codes

VERSION: Final = 1
SUBPROTOCOL: Final = "jam.v1"
MAX_DEPTH: Final = 8
MAX_NODES: Final = 2000
MAX_INT: Final = 2**53

_OPEN = frozenset(b"[{")
_CLOSE = frozenset(b"]}")


Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_INT)]
"""A number that every store and every browser can hold exactly."""


class BadFrame(Exception):
    """The frame cannot be read; `code` is a refusal code."""

    def __init__(self, code: str = "bad_frame") -> None:
        super().__init__(code)
        self.code = code


class Hello(msgspec.Struct, tag_field="t", tag="hello"):
    v: int
    cid: str
    gen: int = 1
    cap: str | None = None
    token: str | None = None
    name: str | None = None
    lang: str | None = None
    pos: str | None = None
    as_: str | None = msgspec.field(name="as", default=None)
    z: bool = False
    light: bool = False


class Op(msgspec.Struct, tag_field="t", tag="op"):
    n: Annotated[int, msgspec.Meta(ge=1, le=MAX_INT)]
    do: str
    d: dict[str, Any] = {}
    p: Count | None = None
    g: Count | None = None


class Eph(msgspec.Struct, tag_field="t", tag="eph"):
    key: str
    d: Any = None


class Beat(msgspec.Struct, tag_field="t", tag="k"):
    ct: Count | None = None
    pos: str | None = None
    hidden: bool = False
    light: bool | None = None


class Rtc(msgspec.Struct, tag_field="t", tag="rtc"):
    id: str
    d: Any = None


class Bye(msgspec.Struct, tag_field="t", tag="bye"):
    pass


Inbound = Hello | Op | Eph | Beat | Rtc | Bye

_decoder: msgspec.json.Decoder[Inbound] = msgspec.json.Decoder(Inbound)
_encoder = msgspec.json.Encoder()


def decode(data: bytes) -> Inbound:
    """One frame of a client. Raises BadFrame. What is in `d` is for `plain` to check.

    The bracket scan runs first: a nest of 16,000 brackets makes the decoder raise RecursionError
    only after it has burnt the stack (decisions.md 24).
    """
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH or data.count(b",") >= MAX_NODES:
        _scan(data)
    try:
        frame = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as wrong:
        raise BadFrame from wrong
    return frame


def _scan(data: bytes) -> None:
    depth = 0
    commas = 0
    quoted = escaped = False
    for byte in data:
        if quoted:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                quoted = False
        elif byte == 0x22:
            quoted = True
        elif byte in _OPEN:
            depth += 1
            if depth > MAX_DEPTH:
                raise BadFrame
        elif byte in _CLOSE:
            depth -= 1
        elif byte == 0x2C:
            commas += 1
            if commas > MAX_NODES:
                raise BadFrame


def plain(value: Any) -> None:
    """Raise BadFrame for what no state may hold: floats, integers beyond 2^53, lone surrogates,
    and keys that mean something else to a browser."""
    if value is None or value is True or value is False:
        return
    kind = type(value)
    if kind is str:
        try:
            value.encode()
        except UnicodeEncodeError as wrong:
            raise BadFrame from wrong
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise BadFrame
    elif kind is list:
        for item in value:
            plain(item)
    elif kind is dict:
        for key, item in value.items():
            if key in ("__proto__", "constructor", "prototype"):
                raise BadFrame
            plain(key)
            plain(item)
    else:
        raise BadFrame


def encode(frame: dict[str, Any]) -> bytes:
    """One frame for a client; the field `t` is expected in it."""
    return _encoder.encode(frame)


def error(code: str, **more: Any) -> dict[str, Any]:
    """An `err` frame: a code for the browser's own sentence, and plain English."""
    return {"t": "err", "code": code, "say": codes.sentence(code), **more}
