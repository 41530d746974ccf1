"""Codes as pictures: a household's code for a phone's screen, and the codes in a photo."""

import time
from collections.abc import Sequence
from io import BytesIO

import segno
import zxingcpp
from PIL import Image, ImageDraw

from handlers.pictures import drawing, photos
from handlers.pictures.drawing import BLACK, GREY, WHITE

LEVEL = "m"
"""Error correction. A higher level makes smaller squares, and those are lost first in a photo."""

QUIET = 4
"""Empty squares around a code, as the standard asks for."""

WIDTH = 900
NUMBER_SIZE = 148
NUMBER_HEIGHT = 170
LINE_SIZE = 52
LINE_HEIGHT = 76
MARGIN = 40

SECONDS = 0.5
"""After this long no further look at a photo is begun; one takes up to 0.2 s."""


def make(text: str, *, number: str, lines: Sequence[str] = ()) -> bytes:
    """A PNG for a phone's screen: the code, its short number in huge digits, lines below.

    Telegram itself shows the caption; what stands here is for whoever sees only the picture.
    """
    code = squares(text, WIDTH)
    height = code.height + NUMBER_HEIGHT + len(lines) * LINE_HEIGHT + MARGIN
    picture = Image.new("L", (WIDTH, height), WHITE)
    picture.paste(code, ((WIDTH - code.width) // 2, 0))
    draw = ImageDraw.Draw(picture)
    room, middle = WIDTH - 2 * MARGIN, WIDTH / 2
    top = code.height
    drawing.centred(
        draw, (middle, top + 70), number, room=room, largest=NUMBER_SIZE, fill=BLACK, bold=True
    )
    top += NUMBER_HEIGHT + LINE_HEIGHT // 2
    for line in lines:
        drawing.centred(draw, (middle, top), line, room=room, largest=LINE_SIZE, fill=GREY)
        top += LINE_HEIGHT
    return as_png(picture.quantize(16))


def read(photo: bytes, *, seconds: float = SECONDS) -> list[str]:
    """The texts of all codes in a photo; none if nothing can be read. Or `photos.NotAPicture`."""
    began = time.monotonic()
    for look in photos.looks(photos.opened(photo)):
        if found := _texts(look):
            return found
        if time.monotonic() - began > seconds:
            break
    return []


def squares(text: str, side: int) -> Image.Image:
    """The bare code with its quiet zone, at most `side` pixels wide, each square sharp."""
    rows = [bytes(row) for row in matrix(text)]
    small = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    small = small.point(lambda dark: BLACK if dark else WHITE)
    bare = Image.new("L", (len(rows) + 2 * QUIET,) * 2, WHITE)
    bare.paste(small, (QUIET, QUIET))
    times = max(1, side // bare.width)
    return bare.resize((bare.width * times,) * 2, Image.Resampling.NEAREST)


def matrix(text: str) -> Sequence[bytes | bytearray]:
    """The code's rows, 1 for each dark square, without a quiet zone."""
    return segno.make(text, error=LEVEL, micro=False, boost_error=True).matrix


def as_png(picture: Image.Image) -> bytes:
    """The picture as the bytes of a small file."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _texts(look: Image.Image) -> list[str]:
    # Only the large kind: noise is easily taken for a small one.
    codes = zxingcpp.read_barcodes(
        look,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [code.text for code in codes if code.text]
