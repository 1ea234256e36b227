"""What all rooms of a server share."""

from __future__ import annotations

from collections.abc import Mapping

from server.kit import Activity
from server.log import Log, sharing
from server.log.chain import next_tag
from server.metrics import Metrics
from server.room.library import Library
from server.room.limits import Limits
from server.room.seats import Namer
from server.room.tally import Tally


class Place:
    """The store, the kinds and cards, the limits, who gives names, and what is counted."""

    def __init__(
        self,
        log: Log,
        kinds: Mapping[str, Activity],
        library: Library,
        limits: Limits,
        names: Namer,
    ) -> None:
        self.log, self.kinds, self.library = log, kinds, library
        self.shared = sharing(log)
        self.chain = None if self.shared is None else next_tag
        self.limits, self.names = limits, names
        self.metrics, self.tally = Metrics(), Tally()
