"""The page of the big screen: `/r/{room}/screen`, in the language of the room.

It is read from five metres away and has no form that takes part: what it shows comes over the
socket, greeted with the join secret and no seat (decisions.md 26). The secret stands in the
fragment, as on every page, so nothing of the room is in here.
"""

from __future__ import annotations

from html import escape

from server.web.assets import CORE, Assets
from server.web.library import ROOT
from server.web.words import Words


def screen(assets: Assets, lang: str) -> bytes:
    """The page as HTML in UTF-8: the same for every room of a language."""
    words, url = Words.of(lang), assets.url
    sprite = (ROOT / "static" / "sprite.svg").read_text("utf-8").strip()
    wait, old = escape(words.t("page.waiting")), escape(words.t("page.old"))
    return f"""<!doctype html>
<html lang="{words.lang}" dir="{words.dir}"><head><meta charset="utf-8"><title>Jam Room</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="theme-color" content="#231b2e">
<link rel="stylesheet" href="{assets.prefix}style.css">
<link rel="stylesheet" href="{url("static/style/hall.css")}">
<script src="{url("static/boot.js")}"></script>
<script nomodule src="{url("static/gate.js")}"></script>
<script type="module" src="{url(CORE)}"></script>
<link rel="icon" href="{url("static/icons/icon.svg")}" type="image/svg+xml">
</head><body data-page="screen" data-signs="whole">{sprite}
<p id="live" class="hide" role="status"></p>
<div class="room hall k-room" id="room"><main class="h-calm" id="main">
<noscript><p>{escape(words.t("page.noscript"))}</p></noscript>
<p id="old" hidden>{old}</p><p>{wait}</p></main></div></body></html>""".encode()
