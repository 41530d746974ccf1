"""Pages to print: door cards for households, signs for stations. A4, in millimetres."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fpdf import FPDF
from fpdf.enums import TextMode

from handlers.pictures import drawing, qr

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 10.0
ACROSS, DOWN = 2, 4
CARD_WIDTH = (WIDTH - 2 * MARGIN) / ACROSS
CARD_HEIGHT = (HEIGHT - 2 * MARGIN) / DOWN
CODE = 47.0
"""A side of a card's code with its quiet zone: read from an arm's length and more."""

PAD = 3.0
MARK = 6.0
"""How long a cutting mark is."""

NUMBER_POINTS = 44
POINTS = 72 / 25.4
SMALLEST = 6.0
BREAKS = " ，。、；：！？,.;:-"
"""After these a line is broken first; Chinese may be broken anywhere."""

OVERLAP = 0.01
"""By this much the squares run into each other, so that no printer leaves a line between them."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card at a household's door."""

    text: str
    """In the code."""
    number: str
    """To type, where no phone can see the code: "123-456-7"."""
    estate: str
    address: str
    purpose: str
    """One line that says what the card is for."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What hangs at a station, for volunteers who begin their shift."""

    text: str
    name: str
    area: str
    purpose: str


def sheet(cards: Iterable[Card]) -> bytes:
    """A PDF of door cards, eight to a page, with marks to cut along."""
    pdf = _document()
    for count, card in enumerate(cards):
        place = count % (ACROSS * DOWN)
        if place == 0:
            pdf.add_page()
            _marks(pdf)
        left = MARGIN + place % ACROSS * CARD_WIDTH
        top = MARGIN + place // ACROSS * CARD_HEIGHT
        _card(pdf, card, left, top)
    return _bytes(pdf)


def signs(stations: Iterable[Sign]) -> bytes:
    """A PDF of signs, a page each."""
    pdf = _document()
    room, middle = WIDTH - 4 * MARGIN, WIDTH / 2
    for sign in stations:
        pdf.add_page()
        _line(pdf, sign.area, middle, 34, room, 28)
        _line(pdf, sign.name, middle, 58, room, 60, bold=True)
        _code(pdf, sign.text, MARGIN + 15, 80, WIDTH - 2 * (MARGIN + 15))
        _line(pdf, sign.purpose, middle, 262, room, 28)
    return _bytes(pdf)


def _document() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.add_font("zh", fname=drawing.FONT_FILE)
    pdf.set_font("zh")
    return pdf


def _bytes(pdf: FPDF) -> bytes:
    if not pdf.page:
        pdf.add_page()  # a PDF without a page cannot be opened
    return bytes(pdf.output())


def _card(pdf: FPDF, card: Card, left: float, top: float) -> None:
    """The code on the left, whose it is on the right, the number across the foot."""
    _code(pdf, card.text, left + PAD, top + PAD, CODE)
    room = CARD_WIDTH - CODE - 3 * PAD
    middle = left + CARD_WIDTH - PAD - room / 2
    _lines(pdf, card.estate, middle, top + 13, room, 17)
    _line(pdf, card.address, middle, top + 28, room, 20, bold=True)
    _lines(pdf, card.purpose, middle, top + 41, room, 11)
    whole, centre = CARD_WIDTH - 4 * PAD, left + CARD_WIDTH / 2
    _line(pdf, card.number, centre, top + PAD + CODE + 8, whole, NUMBER_POINTS, bold=True)


def _line(
    pdf: FPDF,
    words: str,
    middle: float,
    centre: float,
    room: float,
    points: float,
    *,
    bold: bool = False,
) -> None:
    """Write `words` around this point, smaller if they need to be, and cut off at last."""
    words = " ".join(words.split())
    pdf.set_font_size(points)
    width = pdf.get_string_width(words)
    if width > room:
        pdf.set_font_size(max(SMALLEST, points * room / width))
    while words.rstrip("…") and pdf.get_string_width(words) > room + OVERLAP:
        words = words.rstrip("…")[:-1] + "…"
    size = pdf.font_size_pt
    mode = TextMode.FILL_STROKE if bold else TextMode.FILL
    with pdf.local_context(text_mode=mode, line_width=size / POINTS / 45):
        # Letters are centred by the height of a digit, which is 0.73 of the size.
        pdf.text(middle - pdf.get_string_width(words) / 2, centre + 0.365 * size / POINTS, words)


def _lines(
    pdf: FPDF, words: str, middle: float, centre: float, room: float, points: float
) -> None:
    """Write `words` as one line; as two, broken near the middle, if they do not fit."""
    pdf.set_font_size(points)
    lines = [words]
    if pdf.get_string_width(words) > room:
        half = len(words) / 2
        breaks = [at for at in range(1, len(words)) if words[at - 1] in BREAKS]
        best = min(breaks, key=lambda at: abs(at - half), default=0)
        at = best if abs(best - half) <= half / 2 else round(half)
        lines = [words[:at], words[at:]]
    height = 1.3 * points / POINTS
    for row, line in enumerate(lines):
        at_row = centre + (row - (len(lines) - 1) / 2) * height
        _line(pdf, line, middle, at_row, room, points)


def _code(pdf: FPDF, text: str, left: float, top: float, side: float) -> None:
    """The code as black rectangles, sharp at every size."""
    rows = qr.matrix(text)
    square = side / (len(rows) + 2 * qr.QUIET)
    pdf.set_fill_color(0)
    for down, row in enumerate(rows, qr.QUIET):
        across = qr.QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = left + across * square, top + down * square
                pdf.rect(x, y, length * square + OVERLAP, square + OVERLAP, style="F")
            across += length


def _marks(pdf: FPDF) -> None:
    """Short lines in the margin, and thin grey ones between the cards."""
    pdf.set_line_width(0.1)
    columns = [MARGIN + column * CARD_WIDTH for column in range(ACROSS + 1)]
    rows = [MARGIN + row * CARD_HEIGHT for row in range(DOWN + 1)]
    for grey, ends in ((0, MARK), (190, 0.0)):
        pdf.set_draw_color(grey)
        for x in columns:
            for start, end in _spans(HEIGHT, ends):
                pdf.line(x, start, x, end)
        for y in rows:
            for start, end in _spans(WIDTH, ends):
                pdf.line(start, y, end, y)
    pdf.set_draw_color(0)


def _spans(whole: float, mark: float) -> tuple[tuple[float, float], ...]:
    """From edge to edge what is in both margins; or, without a mark, what is between them."""
    if mark:
        edge = MARGIN - mark - 1
        return (edge, edge + mark), (whole - edge - mark, whole - edge)
    return ((MARGIN, whole - MARGIN),)
