"""What a volunteer types at the station, a household a line: "3-1-502 对；3-1-601 混投 塑料袋".

Between lines stands a semicolon, a full stop, a new line, or a comma before the next household. In
a line, in any order: the household, the quality, weights, streams, a time; after "混投" or "部分"
other words too, which say what was wrong. What is not understood makes its own line bad and no
other.

A volunteer on shift asks questions as well: a text is a batch only if some line of it can hardly
be anything else, because it names a household for certain, or one with a quality.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge import shorthand
from knowledge.batch_lines import BadLine, Line, Why
from knowledge.batch_reading import Reading
from knowledge.batch_words import Weight
from knowledge.households import Address, Number

__all__ = ["Address", "BadLine", "Batch", "Line", "Number", "Weight", "Why", "parse"]

PIECE = re.compile("[^;]+")
NOTHING = " ,."


@dataclass(frozen=True, slots=True)
class Batch:
    """The lines of a text, in order."""

    lines: tuple[Line | BadLine, ...]


def parse(text: str) -> Batch | None:
    """The batch that `text` is, or `None` if it is none, such as a question."""
    plain = shorthand.plain(text)
    readings = [
        reading
        for piece in PIECE.finditer(plain)
        if piece[0].strip(NOTHING)
        for reading in _readings(plain[: piece.end()], piece.start())
    ]
    if not any(reading.is_sure for reading in readings):
        return None
    return Batch(tuple(reading.line(text) for reading in readings))


def _readings(plain: str, begin: int) -> Iterator[Reading]:
    """The lines of a piece of `plain`, from `begin` to its end."""
    reading = Reading(plain, begin)
    while not reading.is_over:
        if not reading.reads_on():
            reading.end()
            yield reading
            if not reading.is_over:
                reading = Reading(plain, reading.at)
