"""Host in a minute: how long, how many, what for; or a plan of the collection, or a few cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from server.room.compose import MOODS
from server.web.words import Words

MINUTES: Final = (15, 30, 45, 60, 90, 120)
USUAL_MINUTES: Final = 60
SIZES: Final = (4, 8, 15, 30, 60, 90)
USUAL_SIZE: Final = 15
CARDS: Final = "cards"
"""No plan, but the few cards that every room can start with."""
PLAN: Final = "plan:"

# keys: mood.*


def fields(words: Words, plans: Iterable[Mapping[str, Any]]) -> str:
    """Three choices with good defaults, so that one press is enough."""

    def t(key: str) -> str:
        return escape(words.t(key))

    def option(value: object, text: str, chosen: bool = False) -> str:
        mark = " selected" if chosen else ""
        return f'<option value="{escape(str(value))}"{mark}>{escape(text)}</option>'

    minutes = "".join(option(n, words.t("min", count=n), n == USUAL_MINUTES) for n in MINUTES)
    sizes = "".join(option(n, str(n), n == USUAL_SIZE) for n in SIZES)
    moods = "".join(option(mood, words.t(f"mood.{mood}")) for mood in MOODS)
    ready = "".join(
        option(
            f"{PLAN}{plan['id']}",
            f"{plan['title']} ({words.t('min', count=plan['minutes'])})",
        )
        for plan in plans
    )
    group = f'<optgroup label="{t("plan.ready")}">{ready}</optgroup>' if ready else ""
    return f"""<fieldset id="wish"><legend class="hide">{t("wish.title")}</legend>
<div><label for="mood">{t("wish.mood")}</label>
<select class="field" id="mood" name="mood"><optgroup label="{t("plan.measure")}">{moods}
</optgroup>{group}{option(CARDS, words.t("start.cards"))}</select></div>
<div id="measure"><div><label for="long">{t("wish.minutes")}</label>
<select class="field" id="long" name="long">{minutes}</select></div>
<div><label for="size">{t("wish.size")}</label>
<select class="field" id="size" name="size">{sizes}</select></div></div></fieldset>"""
