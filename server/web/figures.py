"""What `/metrics` tells: figures of one server, with no room and no person in any label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from server import __version__
from server.log import sharing
from server.metrics import REFUSED, Spread
from server.web.hub import Hub
from server.web.line import CLOSED

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric


class Figure(NamedTuple):
    """One family of figures. Its help is also what docs/run-a-server.md says."""

    name: str
    kind: str
    """`gauge`, `counter` (written with `_total` behind its name) or `histogram`."""
    labels: tuple[str, ...]
    help: str


Reading = tuple[str, tuple[str, ...], "float | Spread"]
"""A figure's name, the values of its labels, and what it is now."""

FIGURES: Final = (
    Figure("jam_info", "gauge", ("version",), "Always 1; which version this is."),
    Figure("jam_draining", "gauge", (), "1 while this server sends people elsewhere."),
    Figure("jam_rooms", "gauge", (), "Rooms in this server's memory."),
    Figure("jam_people", "gauge", (), "People with an open line to this server."),
    Figure("jam_lines", "gauge", (), "Open lines: tabs, phones and big screens."),
    Figure("jam_lines_behind", "gauge", (), "Lines that take less than there is to send."),
    Figure("jam_calls", "gauge", (), "Where there are voices: calls of people at this server."),
    Figure("jam_ops", "counter", ("answer",), "What the log answered to what people did."),
    Figure("jam_append_seconds", "histogram", (), "From asking the log to its answer."),
    Figure("jam_ticks", "counter", (), "Rounds of news sent to rooms."),
    Figure("jam_frame_bytes", "counter", (), "Bytes sent to lines, without what TLS adds."),
    Figure(
        "jam_resumes", "counter", ("kind",),
        "Greetings: new, tail (went on where they were), snap (the whole state anew).",
    ),
    Figure(
        "jam_refusals", "counter", ("where", "code"),
        "What was refused: in a room, at its door, or over http.",
    ),
    Figure("jam_cuts", "counter", ("reason",), "Lines that the server had to end."),
    Figure("jam_rereads", "counter", ("found",), "Rooms read on from the log, and what was found."),
    Figure("jam_feed_up", "gauge", (), "With Redis: 1 while news of others arrive."),
    Figure("jam_feed_rebuilt", "counter", (), "How often the line for these was made anew."),
)  # fmt: skip


class Figures:
    """Reads the figures of one server; a collector, as prometheus_client calls it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._bytes = 0

    def read(self) -> Iterator[Reading]:
        """Everything as it is now. What is not in use on this server is left out."""
        hub, place = self._hub, self._hub.place
        tally, metrics = place.tally, place.metrics
        nodes = [hosted.node for hosted in hub.rooms.values()]
        lines = [session for node in nodes for session in node.delivery.sessions]
        yield "jam_info", (__version__,), 1
        yield "jam_draining", (), float(hub.draining)
        yield "jam_rooms", (), len(nodes)
        yield "jam_people", (), sum(len(node.seats.presence.sitting) for node in nodes)
        yield "jam_lines", (), len(lines)
        yield "jam_lines_behind", (), sum(line.behind for line in lines)
        if place.voices is not None:
            yield "jam_calls", (), sum(node.calls.many for node in nodes)
        yield from _each("jam_ops", metrics.answers)
        yield "jam_append_seconds", (), metrics.appends
        yield "jam_ticks", (), tally.ticks
        # a room that was dropped takes its open lines out of the sum for a moment
        self._bytes = max(self._bytes, tally.sent + sum(line.sent for line in lines))
        yield "jam_frame_bytes", (), self._bytes
        yield from _each("jam_resumes", tally.resumes)
        yield from _each("jam_refusals", tally.refusals, "room")
        for (where, code), times in sorted(REFUSED.items()):
            yield "jam_refusals", (where, code), times
        yield from _each("jam_cuts", CLOSED)
        yield from _each("jam_rereads", metrics.rereads)
        feed: Any = getattr(sharing(place.log), "feed", None)
        if feed is not None:
            yield "jam_feed_up", (), float(feed.hears)
            yield "jam_feed_rebuilt", (), feed.rebuilt

    def collect(self) -> Iterable[Metric]:
        """The same in the library's words, one family a figure."""
        from prometheus_client import core

        families = {
            "gauge": core.GaugeMetricFamily,
            "counter": core.CounterMetricFamily,
            "histogram": core.HistogramMetricFamily,
        }
        made: dict[str, Any] = {
            figure.name: families[figure.kind](figure.name, figure.help, labels=figure.labels)
            for figure in FIGURES
        }
        for name, labels, value in self.read():
            if isinstance(value, Spread):
                made[name].add_metric(labels, value.buckets(), value.total)
            else:
                made[name].add_metric(labels, value)
        return [family for family in made.values() if family.samples]


def _each(name: str, counts: dict[str, int], *before: str) -> Iterator[Reading]:
    for label, times in sorted(counts.items()):
        yield name, (*before, label), times
