"""What all rooms of a server share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from server.kit import Activity
from server.log import Log, sharing
from server.log.chain import next_tag
from server.metrics import Metrics
from server.room.library import Library
from server.room.limits import Limits
from server.room.revision import Openings, note
from server.room.seats import Namer
from server.room.tally import Tally

if TYPE_CHECKING:
    from server.web.voices import Voices


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
        self.openings = Openings(kinds)
        self.shared = sharing(log)
        if self.shared is not None:
            self.shared.announce(note(kinds))
            self.openings.others = self.shared.announced
        self.chain = None if self.shared is None else next_tag
        self.limits, self.names = limits, names
        self.metrics, self.tally = Metrics(), Tally()
        self.voices: Voices | None = None
