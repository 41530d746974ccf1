"""A photo that anybody sent: opened without trust, and looked at in several ways."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a bot gets no larger file from Telegram."""

MOST_PIXELS = 8_000_000
"""Of a picture that has to be unpacked in full."""

MOST_PIXELS_OF_A_CAMERA = 120_000_000
"""Of a plain JPEG, which is unpacked at an eighth of its size."""

MOST_SCANS = 100
"""A progressive JPEG has about ten; thousands would keep us unpacking for minutes."""

FORMATS = ("JPEG", "PNG", "WEBP")
SCAN = b"\xff\xda"

LARGE = 2560
"""Pixels of the longer side that are kept at most."""

USUAL = 1280
"""Pixels of the longer side in a photo that comes through Telegram."""

# Pillow warns of more pixels than this, and refuses twice as many; both are refused here.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_A_CAMERA


class NotAPicture(Exception):
    """These bytes are no picture that we can, or are willing to, look at."""


UNREADABLE = (
    *(OSError, ValueError, SyntaxError, LookupError, EOFError, TypeError),
    *(MemoryError, OverflowError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What Pillow raises for bytes that are broken, or made to harm."""


def opened(photo: bytes) -> Image.Image:
    """The photo in greys, its longer side at most `LARGE`; or `NotAPicture`.

    Which way up it was held does not matter for a code, so that is not asked.
    """
    if len(photo) > LARGEST_FILE:
        raise NotAPicture
    try:
        with Image.open(BytesIO(photo), formats=FORMATS) as image:
            if image.width * image.height > _most_pixels(image, photo):
                raise NotAPicture
            # For a JPEG this unpacks a half, a quarter or an eighth of the size only.
            image.draft("L", (LARGE, LARGE))
            return _in_greys(image)
    except UNREADABLE as error:
        raise NotAPicture from error


def looks(grey: Image.Image) -> Iterator[Image.Image]:
    """The photo as it is, then made clearer in ways that have helped, the quickest first."""
    yield grey
    if max(grey.size) > USUAL:
        whole, grey = grey, grey.copy()
        grey.thumbnail((USUAL, USUAL), Image.Resampling.BOX)
        yield grey
        yield _sharpened(whole)
    yield _larger(grey, 2)
    yield _sharpened(grey)
    # A code that is seen from the side has squares too narrow to tell apart.
    yield _larger(grey, 2, 1.4)
    yield _evened(_larger(grey, 2), 40)
    yield _black_and_white(_larger(grey, 3), 12)


def _most_pixels(image: Image.Image, photo: bytes) -> int:
    """How large it may be, by how much of it has to be held at once."""
    if image.format != "JPEG":
        return MOST_PIXELS
    if "progressive" in image.info:
        return MOST_PIXELS if photo.count(SCAN) <= MOST_SCANS else 0
    in_one_scan = _colours_of_first_scan(photo) == len(image.getbands())
    return MOST_PIXELS_OF_A_CAMERA if in_one_scan else MOST_PIXELS


def _colours_of_first_scan(photo: bytes) -> int:
    """How many colours a JPEG's first scan holds; 0 if there is none."""
    at = 2
    while at + 4 < len(photo) and photo[at] == SCAN[0]:
        if photo[at + 1] == SCAN[1]:
            return photo[at + 4]
        at += 2 + int.from_bytes(photo[at + 2 : at + 4])
    return 0


def _in_greys(image: Image.Image) -> Image.Image:
    """In shades of grey and not too large; what is transparent is paper."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        clear.thumbnail((LARGE, LARGE), reducing_gap=2)
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("L")
    grey = image.convert("L")
    grey.thumbnail((LARGE, LARGE), reducing_gap=2)
    return grey


def _larger(image: Image.Image, across: float, down: float | None = None) -> Image.Image:
    size = (round(image.width * across), round(image.height * (down or across)))
    return image.resize(size, Image.Resampling.BICUBIC)


def _sharpened(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(1, 100, 0))


def _evened(image: Image.Image, around: int) -> Image.Image:
    """Contrast fourfold, about the mean of what is `around`: light that falls off is lost."""
    mean = image.filter(ImageFilter.BoxBlur(around))
    return ImageChops.subtract(image, mean, scale=0.25, offset=128)


def _black_and_white(image: Image.Image, around: int) -> Image.Image:
    """White where it is lighter than the mean of what is `around`."""
    mean = image.filter(ImageFilter.BoxBlur(around))
    lighter = ImageChops.subtract(image, mean, offset=128)
    return lighter.point(lambda at: 255 * (at >= 128))
