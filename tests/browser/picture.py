"""Pictures that people take home, looked at from inside."""

import io
import re
from xml.etree import ElementTree

from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    [
        "svg",
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
        "defs",
        "pattern",
    ]
)
HARM = re.compile(r"(?i)^on|javascript:|https?:|//|<|@import|expression")


def is_safe_svg(text: str) -> bool:
    """Shapes and words alone: no script, no link, nothing from elsewhere."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in SHAPES, element.tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert not HARM.search(value), (name, value)
    return len(list(root.iter())) > 3


def is_png(data: bytes) -> bool:
    """A picture with more than one colour in it."""
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG" and min(image.size) > 200
        colours = image.convert("RGB").getcolors(maxcolors=2**24)
        return bool(colours and len(colours) > 3)
