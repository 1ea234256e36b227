"""Where a line may go that lets no sound through: a TURN server of ours, with names for an hour.

The name says when it ends and the word is its HMAC, so that the TURN server needs to know nobody
("A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00; coturn calls it
`use-auth-secret`). Only servers that are set here are ever told to a browser.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

HOUR_S: Final = 3_600


class Turn:
    """The TURN servers of one site; none, where none are set."""

    def __init__(
        self, urls: tuple[str, ...], secret: str, wall: Callable[[], float] = time.time
    ) -> None:
        self._urls, self._secret, self._wall = urls, secret, wall

    def ice(self) -> list[dict[str, Any]]:
        """`RTCConfiguration.iceServers` for one browser."""
        if not self._urls:
            return []
        name = f"{int(self._wall()) + HOUR_S}:{secrets.token_hex(8)}"
        word = hmac.new(self._secret.encode(), name.encode(), hashlib.sha1).digest()
        credential = base64.b64encode(word).decode()
        return [{"urls": list(self._urls), "username": name, "credential": credential}]
