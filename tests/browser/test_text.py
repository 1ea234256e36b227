"""Text in, text out: whatever people write is read, never run."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

# Each calls `pwned()` if anything of it is ever run. Short enough for a word of a check-in.
BAD = [
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "<svg onload=pwned()>",
    "<svg/onload=pwned()>",
    "<body onload=pwned()>",
    '<iframe srcdoc="<script>pwned()</script>">',
    "<iframe src=javascript:pwned()>",
    "<a href=javascript:pwned()>x</a>",
    '<a href="data:text/html,x">x</a>',
    "<object data=javascript:pwned()>",
    "<embed src=javascript:pwned()>",
    "<link rel=stylesheet href=//evil.test>",
    "<style>*{display:none}</style>",
    "<style>@import'//evil.test'</style>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content=0;//evil.test>",
    "<form action=//evil.test><input></form>",
    "<input autofocus onfocus=pwned()>",
    "<select autofocus onfocus=pwned()>",
    "<textarea autofocus onfocus=pwned()>",
    "<details open ontoggle=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<audio src=x onerror=pwned()>",
    "<marquee onstart=pwned()>x</marquee>",
    "<math><mi xlink:href=javascript:pwned()>",
    "<table background=javascript:pwned()>",
    "<div style=background:url(//evil.test)>",
    "<div style=width:expression(pwned())>",
    "<p onpointerover=pwned()>x",
    "<button formaction=javascript:pwned()>x",
    "<isindex type=image src=1 onerror=pwned()>",
    '<noscript><p title="</noscript><img src=x>">',
    "<svg><script>pwned()</script></svg>",
    "<svg><a xlink:href=javascript:pwned()>",
    "<svg><animate onbegin=pwned()>",
    "<svg><use href=//evil.test/x.svg#x>",
    "<svg><foreignObject><p>x</p>",
    "<template><script>pwned()</script>",
    "<x onclick=pwned()>x</x>",
    "<!--><img src=x onerror=pwned()>",
    "]]><script>pwned()</script>",
    '"><script>pwned()</script>',
    "'><script>pwned()</script>",
    '" onmouseover="pwned()',
    "' onmouseover='pwned()",
    "`-pwned()-`",
    "${pwned()}",
    "{{constructor.constructor('pwned()')()}}",
    "{{title}} {{name}}",
    "</title><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "</script><script>pwned()</script>",
    "javascript:pwned()",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;img src=x&#62;",
    "\\u003cscript\\u003epwned()",
    "%3Cscript%3Epwned()%3C/script%3E",
    "<scr<script>ipt>pwned()</script>",
    '<IMG SRC="jav&#x09;ascript:pwned()">',
    "<img/src=x/onerror=pwned()//",
    "__proto__",
    "constructor",
    "[object Object]",
]

# What the client's own markup is made of.
TAGS = {
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "noscript",
    "div",
    "main",
    "section",
    "aside",
    "header",
    "nav",
    "p",
    "h1",
    "h2",
    "h3",
    "a",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "span",
    "bdi",
    "br",
    "code",
    "label",
    "input",
    "textarea",
    "select",
    "option",
    "button",
    "form",
    "img",
    "canvas",
    "details",
    "summary",
    "svg",
    "symbol",
    "g",
    "path",
    "circle",
    "ellipse",
    "rect",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "use",
    "defs",
    "pattern",
    "clippath",
    "mask",
}
LOOK = """() => {
  const out = new Set();
  for (const el of document.querySelectorAll("*")) {
    out.add(el.localName.toLowerCase());
    for (const { name, value } of el.attributes) {
      if (/^on/i.test(name)) out.add(`${el.localName}[${name}]`);
      if (/^(src|href|xlink:href|action|formaction|data|srcdoc|background)$/i.test(name)) {
        const url = new URL(value, location.href);
        if (url.protocol !== "blob:" && url.host !== location.host) out.add(`${el.localName}[${name}=${value}]`);
      }
    }
  }
  return [...out];
}"""  # noqa: E501


def unhurt(phone: Phone) -> None:
    """Nothing was run, and nothing stands in the page that is not ours."""
    assert phone.page.evaluate("window.hurt") == 0
    strange = set(phone.page.evaluate(LOOK)) - TAGS
    assert not strange, strange


def test_b80_what_people_write_is_only_read(phone: Open, house: House, crowd: Crowd) -> None:
    """B80: sixty hostile texts as names, titles, words and songs stay text on every screen."""
    room = house.room(BAD[1], plan=["weather", "street", "song-play"])
    host = crowd.come(house, room, BAD[0][:40], host=True)
    short = [text for text in BAD if len(text) <= 40]
    bots = [crowd.come(house, room, text) for text in short[:24]]
    one = phone()
    one.page.add_init_script("window.hurt = 0; window.pwned = () => { window.hurt += 1; };")
    one.join(room.join, short[24])
    expect(one.page.locator("h1")).to_have_text(BAD[1])
    one.sheet_of("bar.people")
    names = one.sheet.locator(".ppl bdi").all_inner_texts()
    for bot in bots:  # names that look alike are told apart by a number
        assert any(name in (bot.name, f"{bot.name} 2") for name in names), bot.name
    unhurt(one)
    one.close()
    # moods and weathers
    host.do("room.next")
    one.kind("checkin")
    for i, bot in enumerate(bots):
        assert bot.do("checkin.choose", icon="sun", word=BAD[i * 2 % len(BAD)][:60]) == "ok"
        bot.do("room.hand", up=True)
    host.do("checkin.show")
    one.page.locator("svg.sky").wait_for()
    one.tap("checkin:list")
    unhurt(one)
    # a drawing, its hands and its list
    host.do("room.next")
    one.kind("canvas")
    one.tool("more")  # on a small screen, and among many, hands are seen only if one wants to
    one.page.click("[data-tool=cursors][aria-pressed=false]")
    one.page.keyboard.press("Escape")
    for i, bot in enumerate(bots):
        bot.live("cursor", x=i * 400, y=i * 300)
        bot.do("canvas.mark", group=1, ink=i % 12, width=1, shape="free", points="AgEgE")
    one.marks(len(bots))
    expect(one.page.locator(".cv-cursor")).to_have_count(len(bots))
    lines = one.twin()
    assert any(BAD[0][:20] in line or "script" in line for line in lines)
    unhurt(one)
    # songs, with all of it
    host.do("room.next")
    one.kind("prompt")
    for i, text in enumerate(BAD):
        assert bots[i % len(bots)].do("prompt.add", title=text, who=BAD[-i][:80]) == "ok"
    expect(one.page.locator(".songs > li")).to_have_count(len(BAD))
    assert one.page.locator(".songs b bdi").all_inner_texts()[:5] == BAD[:5]
    host.do("prompt.play", i=1)
    expect(one.page.locator(".cut.now h2")).to_have_text(BAD[1])
    unhurt(one)
    # a card of the host's own, with a text of its own
    for kind in ("prompt", "checkin"):
        assert host.do("room.open", kind=kind, options={"text": BAD[2]}) == "ok"
        expect(one.page.locator("h1")).to_have_text(BAD[2])
        unhurt(one)
    host.do("room.title", title=BAD[3])
    host.do("room.end", erase=False)
    one.tells("end.title")
    one.reads(BAD[3])
    unhurt(one)
