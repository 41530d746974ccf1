"""Reading what staff write into one cell of a table, and saying where it is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

NARROW = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | {space: " " for space in map(chr, range(0x3001)) if space.isspace()}
    | {"–": "-", "—": "-", "−": "-", "〜": "~", "、": ",", "\n": ";"}
)
"""What a Chinese keyboard or a word processor gives, one character for one."""

PIECE = re.compile(r"[^;]+")


class BadCell(ValueError):
    """The text cannot be used: what is wrong, where it begins, and the words it is about."""

    def __init__(self, kind: StrEnum, position: int, piece: str) -> None:
        super().__init__(kind, position, piece)
        self.kind = kind
        self.position = position
        """Counted from 0 in the text as it was written."""
        self.piece = piece


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a cell and where it begins."""

    text: str
    position: int


def pieces(text: str) -> Iterator[Piece]:
    """What stands between the semicolons, in narrow characters; empty ones are left out."""
    for found in PIECE.finditer(narrow(text)):
        stripped = found[0].strip()
        if stripped:
            yield Piece(stripped, found.start() + found[0].index(stripped))


def is_word(text: str) -> bool:
    """Whether `text` can stand in a cell as one word."""
    return bool(text) and not re.search("[ ;]", narrow(text))


def narrow(text: str) -> str:
    """`text` in narrow characters, as long as before."""
    return text.translate(NARROW)
