"""Draw static/preview/<lang>.png: what messengers show beside a link. One picture a language, 1200
by 630, at most 20 KB, of the product's own sprite and inks. It knows nothing of any room.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from server.web.words import NAMES, direction  # noqa: E402
from tests.browser.conftest import ARGS, chromium  # noqa: E402

OUT = ROOT / "static" / "preview"
SIZE = {"width": 1200, "height": 630}
LARGEST = 20 * 1024
COLOURS = (96, 64, 48, 32)

STYLE = """
body{margin:0;inline-size:1200px;block-size:630px;overflow:hidden}
.page{position:relative;inline-size:1200px;block-size:630px;background:var(--f2);overflow:hidden}
.scene{position:absolute;top:0;left:600px;inline-size:560px;block-size:450px}
[dir=rtl] .scene{left:40px}
#s-start .dots{display:none}
.paper{position:absolute;z-index:1;bottom:0;left:0;right:0;block-size:224px;background:#fbf2df;
 clip-path:polygon(0 30px,31% 6px,64% 26px,100% 0,100% 100%,0 100%)}
.logo{position:absolute;z-index:2;top:44px;left:64px;inline-size:500px;block-size:auto}
[dir=rtl] .logo{left:auto;right:64px}
h1{position:absolute;z-index:2;bottom:48px;left:64px;right:64px;margin:0;font-size:108px!important;
 line-height:1.1!important;white-space:nowrap}
"""


def drawn(lang: str) -> str:
    """The page of the picture."""
    table = json.loads((ROOT / "static" / "lang" / f"{lang}.json").read_text("utf-8"))
    sprite = (ROOT / "static" / "sprite.svg").read_text("utf-8")
    style = (ROOT / "static" / "style" / "base.css").read_text("utf-8")
    return f"""<!doctype html><html lang="{lang}" dir="{direction(lang)}" data-theme="light">
<meta charset="utf-8"><style>{style}{STYLE}</style><body class="room">{sprite}<div class="page">
<svg class="scene"><use href="#s-start"/></svg><div class="paper"></div>
<svg class="logo" viewBox="0 0 163 97"><use href="#markblock"/></svg>
<h1>{table["preview.line"]}</h1></div></body></html>"""


def small(shot: bytes) -> bytes:
    """A PNG with few colours: flat inks need no more."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=0)
        few.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= LARGEST:
            return out.getvalue()
    raise SystemExit(f"no picture of {LARGEST} bytes came of it: {len(out.getvalue())}")


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
        page = browser.new_page(viewport=SIZE)
        for lang in NAMES:
            page.set_content(drawn(lang))
            body = small(page.screenshot())
            (OUT / f"{lang}.png").write_bytes(body)
            print(lang, len(body))
        browser.close()


if __name__ == "__main__":
    main()
