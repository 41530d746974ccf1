"""What Telegram makes of a picture: JPEGs of several sizes, the largest 1280 points long.

Source of the sizes: core.telegram.org/api/files, "Image thumbnail types" (s, m, x, y; bots are
told of 90 points where the page says 100).
"""

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

BOXES = (90, 320, 800, 1280)
"""Points along the longer side."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
QUALITY = 87
_BROKEN = (
    OSError,  # no picture, or one that ends too early
    SyntaxError,  # a part of a PNG, or what stands before the camera's notes, that is none
    ValueError,  # a head that is too short, or strips that lie outside of the picture
    EOFError,  # a WebP that ends before its picture
    *(TypeError, struct.error),  # camera's notes of a wrong kind, when they are written anew
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),  # far more points than bytes
)
"""What Pillow raises for a damaged picture; all but the end of a WebP were seen."""


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in one of its sizes."""

    width: int
    height: int
    content: bytes


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height as they stand in the file; None for what is no picture."""
    opened = _opened(content)
    return opened.size if opened else None


def sizes(content: bytes) -> list[Size]:
    """The picture as Telegram hands it on, smallest first; empty for what is no picture."""
    try:
        opened = _opened(content)
        whole = _upright(opened) if opened else None
    except _BROKEN:
        return []
    if whole is None:
        return []
    longest = max(whole.size)
    smaller = [box for box in BOXES if box < longest]
    return [_scaled(whole, box) for box in [*smaller, min(longest, BOXES[-1])][: len(BOXES)]]


def _opened(content: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content), formats=FORMATS)
    except _BROKEN:
        return None


def _upright(image: Image.Image) -> Image.Image:
    """The first frame, turned as the camera meant it, on white."""
    turned = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", turned.size, "white")
    return Image.alpha_composite(paper, turned).convert("RGB")


def _scaled(image: Image.Image, longest: int) -> Size:
    smaller = image.copy()
    smaller.thumbnail((longest, longest))
    written = io.BytesIO()
    smaller.save(written, "JPEG", quality=QUALITY)
    return Size(*smaller.size, written.getvalue())
