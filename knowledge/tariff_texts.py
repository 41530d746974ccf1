"""A tariff as staff write it into a cell: `visit 2; right 3; partly 1; kg food 0.5; day 20`.

Entries stand between semicolons, in any order. What is left out is worth nothing; without `day`
there is no cap. `quiz 3` is the most for the daily quiz, besides. `wrong freeze` keeps back what a
right one would have given. What a kilogram is worth may have three decimals. The Chinese words for
all of it are understood too.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from knowledge import cells, stream_names
from knowledge.cells import BadCell, Piece
from knowledge.streams import Stream
from knowledge.tariff import Tariff

__all__ = ["BadCell", "Wrong", "parse", "write"]

Key = TypeVar("Key")

MOST_POINTS = 100_000
DECIMALS = 3

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "visit": ("visit", "每次", "到场"),
        "right": ("right", "正确", "对"),
        "partly": ("partly", "部分正确", "半对"),
        "wrong": ("wrong", "错误", "混投", "错"),
        "day": ("day", "每日上限", "每天上限", "每日最多", "每天最多"),
        "kg": ("kg", "每公斤", "每千克"),
        "quiz": ("quiz", "答题", "问答"),
    }
)
FREEZE = ("freeze", "冻结")

KEYS = {word: key for key, words in WORDS.items() for word in words}
LONGEST_FIRST = sorted(KEYS, key=len, reverse=True)
KEY = re.compile(rf"({'|'.join(LONGEST_FIRST)})(?![a-z])[ :=]*", re.IGNORECASE | re.ASCII)
WORTH = re.compile(r"(\d+)(?:\.(\d+))? *分?$", re.ASCII)


class Wrong(StrEnum):
    """What can be wrong with the text of a tariff."""

    UNKNOWN_WORD = "unknown_word"
    TWICE = "twice"
    UNKNOWN_STREAM = "unknown_stream"
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    """Only what a kilogram is worth may have decimals, and three of them."""
    TOO_MANY = "too_many"
    UNFAIR = "unfair"
    """A worse quality gives more than a better one."""


def parse(text: str) -> Tariff:
    """The tariff that `text` says, or `BadCell` with a `Wrong`. An empty one gives nothing."""
    worths: dict[str, int] = {}
    per_tonne: dict[Stream, int] = {}
    freezes = False
    for piece in cells.pieces(text):
        key, rest = _key(piece)
        if key == "kg":
            stream, worth = _per_tonne(rest)
            _add(per_tonne, stream, worth, piece)
        elif key == "wrong" and rest.text.lower() in FREEZE:
            _add(worths, key, 0, piece)
            freezes = True
        else:
            _add(worths, key, _number(rest, decimals=0), piece)
    right, partly, wrong = (worths.get(key, 0) for key in ("right", "partly", "wrong"))
    if not right >= partly >= wrong:
        raise BadCell(Wrong.UNFAIR, 0, text)
    return Tariff(
        visit=worths.get("visit", 0),
        right=right,
        partly=partly,
        wrong=None if freezes else wrong,
        per_tonne=MappingProxyType(per_tonne),
        day=worths.get("day"),
        quiz=worths.get("quiz", 0),
    )


def write(tariff: Tariff) -> str:
    """The text that says this tariff."""
    wrong = FREEZE[0] if tariff.wrong is None else tariff.wrong
    entries = [f"visit {tariff.visit}", f"right {tariff.right}"]
    entries += [f"partly {tariff.partly}", f"wrong {wrong}"]
    entries += [
        f"kg {stream} {_decimal(tariff.per_tonne[stream])}"
        for stream in Stream
        if stream in tariff.per_tonne
    ]
    entries += [] if tariff.day is None else [f"day {tariff.day}"]
    entries += [f"quiz {tariff.quiz}"] if tariff.quiz else []
    return "; ".join(entries)


def _add(worths: dict[Key, int], key: Key, worth: int, piece: Piece) -> None:
    if key in worths:
        raise _bad(Wrong.TWICE, piece)
    worths[key] = worth


def _key(piece: Piece) -> tuple[str, Piece]:
    """What an entry is about, and the rest of it."""
    found = KEY.match(piece.text)
    if not found:
        raise _bad(Wrong.UNKNOWN_WORD, piece)
    return KEYS[found[1].lower()], Piece(piece.text[found.end() :], piece.position + found.end())


def _per_tonne(piece: Piece) -> tuple[Stream, int]:
    name = re.match(r"[^\d.]*", piece.text)
    length = name.end() if name else 0
    stream = stream_names.named(piece.text[:length])
    if not stream:
        raise _bad(Wrong.UNKNOWN_STREAM, piece)
    rest = Piece(piece.text[length:], piece.position + length)
    return stream, _number(rest, decimals=DECIMALS)


def _number(piece: Piece, *, decimals: int) -> int:
    """The number with so many decimals, as a whole number of the last of them."""
    found = WORTH.fullmatch(piece.text)
    if not found:
        raise _bad(Wrong.NO_NUMBER, piece)
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > decimals:
        raise _bad(Wrong.NOT_WHOLE, piece)
    # Before it is made a number: a very long one takes a very long time.
    if len(found[1].lstrip("0")) > len(str(MOST_POINTS)) or int(found[1]) > MOST_POINTS:
        raise _bad(Wrong.TOO_MANY, piece)
    return int(found[1] + fraction.ljust(decimals, "0"))


def _decimal(per_tonne: int) -> str:
    whole, rest = divmod(per_tonne, 10**DECIMALS)
    return f"{whole}.{rest:0{DECIMALS}}".rstrip("0").rstrip(".")


def _bad(wrong: Wrong, piece: Piece) -> BadCell:
    return BadCell(wrong, piece.position, piece.text)
