"""The pages that the server makes: plain HTML that can be read and typed into before any script.

What is the same for everybody in a language is made once; a room's page differs by its suggestion
alone. Nothing of a room stands in them: its id is no secret, its title is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any, Final

from server.web import dateform, guide, preview, wishform
from server.web.assets import CORE, Assets
from server.web.sprite import Sprite
from server.web.words import NAMES, Words

# keys: guide.at.*

KEPT_HOURS: Final = 24  # content goes a day after the last person left (decisions.md 33)
NAME_CHARS: Final = 40
TITLE_CHARS: Final = 80
MORE_NAMES: Final = 12
_STYLES: Final = ("base", "screens", "shell")


class Pages:
    """Every page as bytes of HTML in UTF-8."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self._sprite = Sprite(assets)
        self._made: dict[tuple[str, str], bytes] = {}
        style = "".join(assets.body(f"static/style/{name}.css") for name in _STYLES)
        assets.add("style.css", style.encode(), "text/css; charset=utf-8")
        # what stands on a page only after a tap comes with the first sheet (screens/sheets.js)
        seldom = (p for p in sorted(assets.files) if p.startswith("static/style/later/"))
        later = "".join(assets.body(path) for path in seldom)
        assets.add("later.css", later.encode(), "text/css; charset=utf-8")
        self._sprite.deal(self._join(Words.of("en"), "", [], False))
        for lang in NAMES:
            assets.add(f"shell/{lang}.html", self._shell(lang), "text/html; charset=utf-8")
            told = json.dumps(guide.parts(lang), ensure_ascii=False, separators=(",", ":"))
            assets.add(f"guide/{lang}.json", told.encode(), "application/json")

    def start(self, lang: str, base: str = "") -> bytes:
        """The start page with the form that makes a room. `base` is where people open it."""
        return preview.at(base, self._once("start", lang))

    def room(
        self, lang: str, room: str, name: str, ended: bool, *, base: str = "", following: int = 0
    ) -> bytes:
        """The page of a room with the join form; `name` is the suggestion in it. `following` is
        the next date of a room that has ended, ms, where its host left one."""
        words = Words.of(lang)
        more = [other for other in words.names() if other != name][:MORE_NAMES]
        body = self._join(words, name, more, ended, following)
        return preview.at(base, self._page(lang, "room", body))

    def guide(self, lang: str) -> bytes:
        """The host's guide, to be read and printed."""
        return self._once("guide", lang)

    def wrong(self, lang: str) -> bytes:
        """No room behind this address."""
        return self._once("wrong", lang)

    def missing(self, lang: str) -> bytes:
        """No page at this address."""
        return self._once("missing", lang)

    def _once(self, name: str, lang: str) -> bytes:
        key = (name, lang)
        if key not in self._made:
            words = Words.of(lang)
            if name == "start":
                body = self._start(words)
            elif name == "guide":
                body = self._guide(words)
            elif name == "wrong":
                texts = (words.t("link.wrong"), words.t("wrong.over"))
                body = self._calm(words, words.t("wrong.title"), *texts)
            else:
                body = self._calm(words, words.t("missing.title"), words.t("missing.text"))
            self._made[key] = self._page(lang, name, body)
        return self._made[key]

    def _shell(self, lang: str) -> bytes:
        """The room page without a room, for reloads in a tunnel (static/sw.js keeps it)."""
        words = Words.of(lang)
        body = self._join(words, words.names()[0], [], False)
        return preview.at("", self._page(lang, "room", body))

    # -- bodies

    def _start(self, words: Words) -> str:
        t = _escaped(words)
        cards: dict[str, Any] = json.loads(self.assets.body(f"cards/{words.lang}.full.json"))
        langs = "".join(
            f'<option value="{lang}"{" selected" if lang == words.lang else ""}>{name}</option>'
            for lang, name in NAMES.items()
        )
        return f"""<div class="split"><header class="mast start">
<svg class="scene" aria-hidden="true"><use href="#s-start"/></svg>
<svg class="logo" viewBox="0 0 163 97" role="img" aria-label="Jam Room">
<use href="#markblock"/></svg>
</header><main class="body" id="main"><h1>{t("start.title")}</h1>
<p>{t("start.lead")}</p>
<form id="make" class="form" data-failed="{t("start.failed")}"
 data-many="{t("refused.many_rooms")}">
<div><label for="title">{t("start.name")}</label>
<input class="field" id="title" name="title" dir="auto" maxlength="{TITLE_CHARS}" autocomplete="off"
 placeholder="{t("start.example")}"></div>
{wishform.fields(words, cards["plans"])}
{_press("ink2", words.t("start.open"), words.t("start.opening"), "u-next")}
<p class="cut note" role="alert" hidden></p>
<p class="small soft">{t("start.promise")}</p>
{dateform.fields(words)}
<details><summary>{t("start.language")}</summary>
<select class="field" id="lang" name="lang" aria-label="{t("start.language")}">{langs}
</select>
<p class="small soft">{t("start.language.how")}</p></details>
</form>
<details id="code"><summary>{t("start.code")}</summary><div></div></details>
<section id="rooms" hidden></section>{_langs(words)}</main></div>"""

    def _join(
        self, words: Words, name: str, more: list[str], ended: bool, following: int = 0
    ) -> str:
        t = _escaped(words)
        gone = "" if ended else " hidden"
        form = " hidden" if ended else ""
        return f"""<div class="inks" aria-hidden="true"></div>
<main class="body join" id="main">{_mark()}
<div id="gone" data-next="{following}"{gone}><h1 class="long">{t("ended.title")}</h1>
<p>{t("ended.text")}</p>
<p><a class="btn plain" href="/">{t("end.another")}</a></p></div>
<div id="nokey" hidden><h1 tabindex="-1">{t("nokey.title")}</h1>
<p>{t("link.nokey")}</p><form id="paste" class="form" data-failed="{t("link.wrong")}">
<div><label for="link">{t("nokey.field")}</label>
<input class="field" id="link" dir="ltr" autocomplete="off" spellcheck="false"
 inputmode="url"></div>
{_press("", words.t("nokey.open"), words.t("nokey.open"))}
<p class="cut note" role="alert" hidden></p></form>
<details id="knock"><summary>{t("knock.title")}</summary><div></div></details></div>
<div id="door"{form}><h1 class="long" id="hello">{t("join.ask")}</h1>
<svg class="scene" viewBox="0 0 288 112" aria-hidden="true"><use href="#s-door"/></svg>
<form id="join" class="form" data-more="{escape(json.dumps(more, ensure_ascii=False))}">
<div><label for="name">{t("join.name")}</label>
<input class="field" id="name" name="name" dir="auto" maxlength="{NAME_CHARS}" autocomplete="off"
 autocapitalize="words" enterkeyhint="go" value="{escape(name)}"></div>
{_press("", words.t("join.enter"), words.t("join.entering"))}
<p id="other" hidden><button type="button" class="btn plain">{t("join.other")}</button></p>
<p id="inapp" class="small" hidden>{t("join.inapp")}</p>
</form>
<p class="small soft">{t("join.promise", span=words.t("hours", count=KEPT_HOURS))}
 {t("first.limits")}</p></div>{_langs(words)}</main>"""

    def _guide(self, words: Words) -> str:
        where = {key: words.t(f"guide.at.{key}") for key in guide.BUTTONS}
        return f"""<main class="body guide" id="main">{_mark()}
{guide.html(guide.parts(words.lang), where)}
<p><a class="btn ink2" href="/">{escape(words.t("page.home"))}</a></p>
{_langs(words)}</main>"""

    def _calm(self, words: Words, title: str, *texts: str) -> str:
        t = _escaped(words)
        return f"""<main class="body join" id="main">{_mark()}
<h1>{escape(title)}</h1>{"".join(f"<p>{escape(text)}</p>" for text in texts)}
<svg class="scene" viewBox="0 0 288 150" aria-hidden="true"><use href="#s-boat"/></svg>
<p><a class="btn ink2" href="/">{t("page.home")}</a></p>{_langs(words)}</main>"""

    # -- the page around them

    def _page(self, lang: str, name: str, body: str) -> bytes:
        words, url = Words.of(lang), self.assets.url
        t = _escaped(words)
        scripts = name in ("start", "room")
        ahead = ["static/screens/start.js"] if name == "start" else []
        links = "".join(f'<link rel="modulepreload" href="{url(path)}">' for path in ahead)
        if name == "room":  # a room says nothing without its words: they come beside the script
            said = url(f"static/lang/{lang}.json")
            links = f'<link rel="prefetch" as="fetch" crossorigin href="{said}">'
        loads = f"""<script src="{url("static/boot.js")}"></script>
<script nomodule src="{url("static/gate.js")}"></script>
<script type="module" src="{url(CORE)}"></script>{links}"""
        old = f"""<noscript><p class="cut note">{t("page.noscript")}</p></noscript>
<p id="old" class="cut note" hidden>{t("page.old")}</p>
<p id="off" class="cut note" role="status" hidden>{t("page.offline")}</p>"""
        later = f'<link rel="stylesheet" href="{self.assets.prefix}later.css">'
        more = later if name == "guide" else ""
        kinds = " ".join(sorted(self.assets.first))
        return f"""<!doctype html>
<html lang="{lang}" dir="{words.dir}"><head><meta charset="utf-8"><title>Jam Room</title>
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<meta name="color-scheme" content="light dark"><meta name="theme-color" content="#ffce32">
<link rel="stylesheet" href="{self.assets.prefix}style.css">{more}
{loads + preview.tags(words, url(f"static/preview/{lang}.png")) if scripts else ""}
<link rel="icon" href="{url("static/icons/icon.svg")}" type="image/svg+xml">
<link rel="apple-touch-icon" href="{url("static/icons/icon-180.png")}">
<link rel="manifest" href="{url("static/manifest.webmanifest")}">
</head><body data-page="{name}" data-kinds="{kinds}">{self._sprite.page(body, name)}
<p id="live" class="hide" role="status"></p>
<div class="room k-room" id="room">{old if scripts else ""}{body}</div></body></html>""".encode()


def _escaped(words: Words) -> Callable[..., str]:
    """The same words, ready to stand in HTML."""

    def t(key: str, **args: object) -> str:
        return escape(words.t(key, **args))

    return t


def _mark() -> str:
    return (
        '<svg width="155" height="21" viewBox="0 0 310 41" role="img" aria-label="Jam Room">'
        '<use href="#mark"/></svg>'
    )


def _press(ink: str, word: str, busy: str, icon: str = "") -> str:
    """The one big button of a form. A press before the modules arrive shows `busy` (boot.js)."""
    sign = ""
    if icon:
        size = 'width="30" height="30"'
        sign = f'<svg class="flip" {size} aria-hidden="true"><use href="#{icon}"/></svg>'
    return (
        f'<button class="btn xl {ink}" data-busy="{escape(busy)}">'
        f'<span data-word="{escape(word)}">{escape(word)}</span>'
        f"{sign}</button>"
    )


def _langs(words: Words) -> str:
    """Each language by its own name. boot.js hands the fragment on."""
    links = "".join(
        f'<a href="?lang={lang}" lang="{lang}" hreflang="{lang}"'
        f"{' aria-current=' + chr(34) + 'true' + chr(34) if lang == words.lang else ''}>{name}</a>"
        for lang, name in NAMES.items()
    )
    label = escape(words.t("lang.label"))
    return f'<nav class="row wrap langs" aria-label="{label}">{links}</nav>'
