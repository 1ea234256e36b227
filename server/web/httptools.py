"""The guard of `server.web.heads` over uvicorn's httptools protocol (an optional package)."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.web.heads import _Guarded

__all__ = ["GuardedHttpTools"]


class GuardedHttpTools(_Guarded, HttpToolsProtocol):
    """uvicorn's httptools protocol with the guard."""

    # The parser keeps its phase to itself; its callbacks tell it.
    _phase = "head"

    def in_head(self) -> bool:
        return self._phase == "head"

    def in_body(self) -> bool:
        return self._phase == "body"

    def on_message_begin(self) -> None:
        self._phase = "head"
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._phase = "body"
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._phase = "head"
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._upgraded = True
        super().handle_websocket_upgrade()
        # Parser and protocol hold one another; let go now, not at the next collection.
        self.parser = None  # type: ignore[assignment]
