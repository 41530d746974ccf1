"""A photo that anybody sent: opened without trust, and looked at in several ways."""

import struct
import zlib
from io import BytesIO

from PIL import Image

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a bot gets no larger file from Telegram."""

MOST_PIXELS = 16_000_000
"""Of a picture that has to be unpacked in full."""

MOST_PIXELS_OF_A_CAMERA = 120_000_000
"""Of a plain JPEG, which can be unpacked at an eighth of its size."""

MOST_SCANS = 100
"""A progressive JPEG has about ten; thousands would keep us unpacking for minutes."""

SCAN = b"\xff\xda"
FORMATS = ("JPEG", "PNG", "WEBP")

LARGE = 2560
"""Pixels of the longer side that are kept at most."""

USUAL = 1280
"""Pixels of the longer side in a photo that comes through Telegram."""

# Pillow warns of more pixels than this, and refuses twice as many; both are refused here.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_A_CAMERA


class NotAPicture(ValueError):
    """These bytes are no picture that we can, or are willing to, look at."""


UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    IndexError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises for bytes that are broken, or made to harm."""


def opened(photo: bytes) -> Image.Image:
    """The photo in greys, its longer side at most `LARGE`; or `NotAPicture`."""
    if len(photo) > LARGEST_FILE or photo.count(SCAN) > MOST_SCANS:
        raise NotAPicture
    try:
        with Image.open(BytesIO(photo), formats=FORMATS) as image:
            if image.width * image.height > _most_pixels(image):
                raise NotAPicture
            # For a JPEG this unpacks a half, a quarter or an eighth of the size only.
            image.draft("L", (LARGE, LARGE))
            image.load()
            return _in_greys(image)
    except UNREADABLE as error:
        raise NotAPicture from error


def _most_pixels(image: Image.Image) -> int:
    in_part = image.format == "JPEG" and "progressive" not in image.info
    return MOST_PIXELS_OF_A_CAMERA if in_part else MOST_PIXELS


def _in_greys(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image.thumbnail((LARGE, LARGE), reducing_gap=2)
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("L")
    grey = image.convert("L")
    grey.thumbnail((LARGE, LARGE), reducing_gap=2)
    return grey
