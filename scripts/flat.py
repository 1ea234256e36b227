"""Pictures of flat inks as small files."""

from PIL import Image

COLOURS = 128
NEAR = 10
"""Colours that differ by less are one."""


def flat(image: Image.Image, colours: int = COLOURS, near: int = NEAR) -> Image.Image:
    """The picture with few colours: those that cover most of it, exactly as they are."""
    whole = image.convert("RGB")
    counted = sorted(whole.getcolors(maxcolors=2**24) or [], reverse=True)
    chosen: list[tuple[int, int, int]] = []
    for _, colour in counted:
        if all(sum(abs(a - b) for a, b in zip(colour, one, strict=True)) > near for one in chosen):
            chosen.append(colour)  # type: ignore[arg-type]
        if len(chosen) == colours:
            break
    # Pillow's own way to the nearest colour rounds the flat ones, too.
    nearest = {
        colour: min(
            range(len(chosen)),
            key=lambda i: sum((a - b) ** 2 for a, b in zip(chosen[i], colour, strict=True)),
        )
        for _, colour in counted
    }
    parts = iter(whole.tobytes())
    dots = bytes(nearest[colour] for colour in zip(parts, parts, parts, strict=True))
    out = Image.frombytes("P", whole.size, dots)
    out.putpalette([part for colour in chosen for part in colour])
    return out
