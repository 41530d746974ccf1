"""The points of the last weeks as bars that can be read without reading glasses."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from handlers.pictures import drawing, qr
from handlers.pictures.drawing import BLACK

WIDTH, HEIGHT = 1000, 640
SIDE = 30
TITLE_AT, TITLE_SIZE = 50, 46
TOP, BOTTOM = 150, 530
"""Between these the bars stand; their numbers may reach a little beyond."""

LABEL_AT, LABEL_SIZE, SMALLEST = 572, 28, 13
NUMBER_SIZE, NUMBER_GAP = 32, 24
BELOW_AT, BELOW_SIZE = 612, 26
PART = 0.72
"""How much of a week's room its bar takes."""

LEAST = 4
"""Pixels of the smallest bar, so that one point is not nothing."""

PAPER = "#ffffff"
GAIN = "#1b8a3c"
LOSS = "#b3261e"
LINE = "#888888"


@dataclass(frozen=True, slots=True)
class Week:
    """A bar: what stands under it, and how many points it shows."""

    label: str
    points: int


def weeks(values: Sequence[Week], *, title: str, below: str = "") -> bytes:
    """A PNG of these weeks, the oldest on the left; lost points hang below the line."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    room, middle = WIDTH - 2 * SIDE, WIDTH / 2
    drawing.centred(draw, (middle, TITLE_AT), title, room=room, largest=TITLE_SIZE, fill=BLACK)
    drawing.centred(draw, (middle, BELOW_AT), below, room=room, largest=BELOW_SIZE, fill=BLACK)
    highest = max((0, *(week.points for week in values)))
    lowest = min((0, *(week.points for week in values)))
    # Numbers of lost points stand under their bars: they need room above the labels.
    bottom = BOTTOM - 2 * NUMBER_GAP if lowest < 0 else BOTTOM
    scale = (bottom - TOP) / max(highest - lowest, 1)
    zero = bottom + lowest * scale
    slot = room / max(len(values), 1)
    for place, week in enumerate(values):
        _bar(draw, SIDE + (place + 0.5) * slot, slot, week, zero, scale)
    draw.line((SIDE, zero, WIDTH - SIDE, zero), fill=LINE, width=3)
    return qr.as_png(picture.quantize(32, dither=Image.Dither.NONE))


def _bar(
    draw: ImageDraw.ImageDraw, middle: float, slot: float, week: Week, zero: float, scale: float
) -> None:
    """One week: bar, number at its end, label underneath."""
    half = min(slot * PART, 80) / 2
    height = max(LEAST, abs(week.points) * scale) if week.points else 0
    end = zero - height if week.points >= 0 else zero + height
    if week.points:
        box = (middle - half, min(end, zero), middle + half, max(end, zero))
        draw.rectangle(box, fill=GAIN if week.points > 0 else LOSS)
    number_at = end - NUMBER_GAP if week.points >= 0 else end + NUMBER_GAP
    for at, words, largest in (
        (number_at, f"{week.points:,}", NUMBER_SIZE),
        (LABEL_AT, week.label, LABEL_SIZE),
    ):
        drawing.centred(
            draw, (middle, at), words, room=slot * 0.96, largest=largest, smallest=SMALLEST
        )
