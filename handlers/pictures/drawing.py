"""Chinese words on a picture: a font that is there on every machine, as large as there is room."""

from functools import cache

import pylopdf_fonts_zh_cn
from PIL import ImageDraw, ImageFont

FONT_FILE = pylopdf_fonts_zh_cn.sans_path()
"""Noto Sans SC: every character of GB 18030 that a name or an address may hold."""

BLACK = 0x00
GREY = 0x33
WHITE = 0xFF

Ink = int | str


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Our font in this size, in pixels; read from its file once."""
    return ImageFont.truetype(FONT_FILE, size, layout_engine=ImageFont.Layout.BASIC)


def centred(
    draw: ImageDraw.ImageDraw,
    middle: tuple[float, float],
    text: str,
    *,
    room: float,
    largest: int,
    smallest: int = 0,
    fill: Ink = BLACK,
    bold: bool = False,
) -> None:
    """Write `text` around `middle`, as large as `room` allows; what is too long is cut off."""
    smallest = smallest or largest // 2
    line, size = _fitted(" ".join(text.split()), room, largest, smallest)
    draw.text(
        middle,
        line,
        fill=fill,
        font=font(size),
        anchor="mm",
        stroke_width=size // 40 if bold else 0,
        stroke_fill=fill,
    )


def _fitted(text: str, room: float, largest: int, smallest: int) -> tuple[str, int]:
    """As much of `text` as fits into `room` pixels, and the size in which it does."""
    width = font(largest).getlength(text)
    size = largest if width <= room else max(smallest, int(largest * room / width))
    if font(size).getlength(text) <= room:
        return text, size
    while text and font(size).getlength(text + "…") > room:
        text = text[:-1]
    return text + "…", size
