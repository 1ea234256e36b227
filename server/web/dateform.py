"""The fields for day, hour, length and what comes again, as they stand on the start page.

Where a browser has no field for days or hours, it is a line of text, and start.js shows the hint.
"""

# keys: when.once when.week when.fortnight when.month

from __future__ import annotations

from html import escape
from typing import Final

from server.web.words import Words

LENGTHS: Final = (15, 30, 45, 60, 90, 120, 180, 240)
"""Minutes to choose from; the same as in static/screens/dates.js."""
USUAL: Final = 60
MOST: Final = 12
"""Dates of a series that can be made here."""
STEPS: Final = ("once", "week", "fortnight", "month")


def fields(words: Words) -> str:
    """Folded away, so that a room without a date stays two taps."""

    def t(key: str) -> str:
        return escape(words.t(key))

    lengths = "".join(
        f'<option value="{minutes}"{" selected" if minutes == USUAL else ""}>'
        f"{escape(span(words, minutes))}</option>"
        for minutes in LENGTHS
    )
    steps = "".join(f'<option value="{step}">{t(f"when.{step}")}</option>' for step in STEPS)
    times = "".join(f"<option>{count}</option>" for count in range(2, MOST + 1))
    return f"""<details id="when"><summary>{t("start.when")}</summary>
<p class="small soft">{t("start.when.how")}</p>
<div class="duo"><div><label for="date">{t("when.date")}</label>
<input class="field" type="date" id="date" name="date" dir="auto" autocomplete="off">
<p class="small soft" hidden>{t("when.date.how")}</p></div>
<div><label for="time">{t("when.time")}</label>
<input class="field" type="time" id="time" name="time" dir="auto" autocomplete="off">
<p class="small soft" hidden>{t("when.time.how")}</p></div>
<div><label for="minutes">{t("when.length")}</label>
<select class="field" id="minutes" name="minutes">{lengths}</select></div>
<div><label for="again">{t("when.again")}</label>
<select class="field" id="again" name="again">{steps}</select></div>
<div hidden><label for="times">{t("when.times")}</label>
<select class="field" id="times" name="times">{times}</select></div></div>
<div class="dates" role="status"></div></details>"""


def span(words: Words, minutes: int) -> str:
    """Whole hours as hours, the rest as minutes; as `span` of static/words.js says it."""
    if minutes % 60:
        return words.t("minutes", count=minutes)
    return words.t("hours", count=minutes // 60)
