"""The pictures of docs/look: what is photographed can be played, and what lies there is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from scripts.doodles import DOODLES, WHOLE, drawn, patch
from scripts.faces import FACES, Face
from scripts.flat import flat
from scripts.portraits import LATE, LIVE
from scripts.sheets import SIX, index, sheet
from server.kit import stroke
from server.room.limits import Limits
from server.web.library import cards, kinds

LOOK = Path(__file__).resolve().parents[2] / "docs" / "look"
MOST = 6 * 2**20


def faces() -> Iterator[tuple[str, Face]]:
    return ((kind, face) for kind, all_faces in FACES.items() for face in all_faces)


def test_every_kind_is_photographed() -> None:
    """LK1: each kind that is there has at least one face, and nothing else has."""
    assert set(FACES) == set(kinds())
    assert set(FACES) >= LIVE
    assert max(len(all_faces) for all_faces in FACES.values()) <= len(LATE)


@pytest.mark.parametrize(("kind", "face"), [pytest.param(*f, id=f[1].name) for f in faces()])
def test_every_face_can_be_opened(kind: str, face: Face) -> None:
    """LK2: its card or its options open, and what hosts do there exists."""
    (step,) = cards(kinds())[0].steps([face.opens], kinds(), Limits())
    assert step["kind"] == kind
    for act in (*face.full, *face.shown):
        name = act if isinstance(act, str) else act["do"] if isinstance(act, dict) else ""
        assert not name or name in kinds()[kind].actions


def test_no_two_faces_have_one_name() -> None:
    """LK3: nor does the README show what is not photographed."""
    names = [face.name for _, face in faces()]
    assert len(names) == len(set(names))
    assert {told.split(":")[0] for told in SIX} <= set(names)


def test_drawings_stay_on_their_paper() -> None:
    """LK4: every stroke is one that the canvas takes."""
    for which in range(len(DOODLES)):
        for nth in range(5):
            assert 2 <= stroke.count(drawn(which, nth, WHOLE)) < 60
    boxes = {patch(which) for which in range(30)}
    assert len(boxes) == 30
    assert max(left + wide for left, _, wide, _ in boxes) <= 10_000
    assert max(top + high for _, top, _, high in boxes) <= 7_500


def test_few_colours_and_those_exactly() -> None:
    """LK5: what covers most of a picture keeps its colour."""
    picture = Image.new("RGB", (40, 40), "#fbf2df")
    picture.paste("#231b2e", (0, 0, 20, 20))
    picture.putpixel((30, 30), (252, 243, 224))
    found = flat(picture, 2).convert("RGB")
    assert found.getpixel((0, 0)) == (0x23, 0x1B, 0x2E)
    assert found.getpixel((30, 30)) == found.getpixel((39, 39)) == (0xFB, 0xF2, 0xDF)


def test_a_sheet_has_room_for_all(tmp_path: Path) -> None:
    """LK6: rows of different lengths, and the list of what is there."""
    one, two = Image.new("RGB", (32, 64), "red"), Image.new("RGB", (60, 30), "blue")
    sheet([("a", [("x", one), ("y", two)]), ("b", [("x", one)])], tmp_path / "kinds" / "words.png")
    with Image.open(tmp_path / "kinds" / "words.png") as made:
        assert made.width >= 92 and made.height >= 128
    (tmp_path / "start-fr-320.png").write_bytes(b"")
    index(tmp_path)
    told = (tmp_path / "README.md").read_text("utf-8")
    assert "kinds/words.png" in told and "start: [fr 320](start-fr-320.png)" in told


def test_what_lies_in_docs_look_is_told() -> None:
    """LK7: the list names every picture and none that is not there; together they stay small."""
    pictures = {str(path.relative_to(LOOK)) for path in LOOK.rglob("*.png")}
    told = set(re.findall(r"\(([\w/-]+\.png)\)", (LOOK / "README.md").read_text("utf-8")))
    assert told == pictures - {"readme.png"}
    assert {f"kinds/{kind}{wide}.png" for kind in FACES for wide in ("", "-wide")} <= pictures
    assert sum((LOOK / name).stat().st_size for name in pictures) < MOST
