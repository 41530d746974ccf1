"""Rules of pickups as staff write them into a cell: `days mo-fr; households 40; free 2; price 20`.

Entries stand between semicolons, in any order; what is left out is as everywhere.

    days mo-fr,makeup      on which it is collected; holiday and makeup only if they are named
    households 40          served on a day, and
    items 120              collected on a day, of all of them
    ahead 1-28             booked so many days before
    per-booking 5          items at once
    free 2                 items of a household and year that cost nothing
    price 20               yuan for each of the others, with up to two decimals
    cutoff 14:00 1         changed and cancelled until then, so many working days before
    lock 1                 booked by residents until so many days before it begin
    none                   nothing is collected here

The Chinese words for all of it are understood too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from knowledge import cells, schedule_entries, schedule_texts
from knowledge.cells import BadCell, Piece
from knowledge.pickups import NONE, Rules
from knowledge.schedule_words import Entry

__all__ = ["BadCell", "Wrong", "parse", "write"]

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "days": ("days", "收运日", "清运日", "日子"),
        "households": ("households", "每日户数", "每天户数", "户数"),
        "items": ("items", "每日件数", "每天件数", "件数"),
        "ahead": ("ahead", "提前"),
        "per-booking": ("per-booking", "per booking", "每次最多", "每单最多", "每次"),
        "free": ("free", "每年免费", "免费"),
        "price": ("price", "超出每件", "每件", "单价", "价格"),
        "cutoff": ("cutoff", "cut-off", "取消截止", "截止"),
        "lock": ("lock", "锁定"),
        "none": ("none", "不收运", "不预约"),
    }
)
KEYS = {word: key for key, words in WORDS.items() for word in words}
LONGEST_FIRST = sorted(KEYS, key=len, reverse=True)
KEY = re.compile(rf"({'|'.join(LONGEST_FIRST)})(?![a-z])[ :=]*", re.IGNORECASE | re.ASCII)

MOST = 10_000
"""Of households, items and yuan; a slip of the key is noticed."""
MOST_DAYS = 365
MOST_WORKDAYS = 10
FEN = 100

_UNITS = "户|件|天|元|项|(?:个)?工作日"
NUMBER = re.compile(rf"(\d{{1,6}})(?:\.(\d{{1,2}}))? *(?:{_UNITS})?$", re.ASCII)
SPAN = re.compile(r"(\d{1,6}) *(?:-|~|至|到) *(\d{1,6}) *天?$", re.ASCII)
CUT_OFF = re.compile(r"(\d{1,2}):(\d{2})(?: *[ ,] *(\d{1,6}) *(?:个)?(?:工作日)?)?$", re.ASCII)


class Wrong(StrEnum):
    """What can be wrong with the text of such rules."""

    UNKNOWN_WORD = "unknown_word"
    TWICE = "twice"
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    """Only the price may have decimals."""
    TOO_MANY = "too_many"
    NO_SPAN = "no_span"
    """Days ahead are written as "1-28"."""
    BACKWARDS = "backwards"
    """The last day ahead is before the first."""
    NO_CLOCK = "no_clock"
    """The cut-off is written as "14:00 1"."""
    NOTHING_IN_IT = "nothing_in_it"
    """A booking of no items, or more of them than a day takes."""


def parse(text: str) -> Rules:
    """The rules that `text` says, or `BadCell` with a `Wrong` or that of a schedule's days."""
    found: dict[str, Any] = {}
    is_none = False
    for piece in cells.pieces(text):
        key, rest = _key(piece)
        said = _READERS[key](rest)
        if found.keys() & said.keys() or (key == "none" and is_none):
            raise _bad(Wrong.TWICE, piece)
        is_none = is_none or key == "none"
        found |= said
    rules = replace(NONE if is_none else Rules(), **found)
    if rules.are_offered and not 1 <= rules.per_booking <= rules.items:
        raise BadCell(Wrong.NOTHING_IN_IT, 0, text)
    return rules


def write(rules: Rules) -> str:
    """The text that says these rules, all of them."""
    cut_off = f"{schedule_texts.clock(rules.cut_off_minute)} {rules.cut_off_workdays}"
    return "; ".join(
        (
            f"days {schedule_texts.days_text(rules.days)}",
            f"households {rules.households}",
            f"items {rules.items}",
            f"ahead {rules.first_day}-{rules.last_day}",
            f"per-booking {rules.per_booking}",
            f"free {rules.free}",
            f"price {yuan(rules.price)}",
            f"cutoff {cut_off}",
            f"lock {rules.lock_days}",
        )
    )


def yuan(fen: int) -> str:
    """An amount as people write it: "20", "7.50"."""
    whole, rest = divmod(fen, FEN)
    return f"{whole}.{rest:02}" if rest else str(whole)


def _key(piece: Piece) -> tuple[str, Piece]:
    """What an entry is about, and the rest of it."""
    found = KEY.match(piece.text)
    if not found:
        raise _bad(Wrong.UNKNOWN_WORD, piece)
    return KEYS[found[1].lower()], Piece(piece.text[found.end() :], piece.position + found.end())


def _days(piece: Piece) -> dict[str, Any]:
    return {"days": schedule_entries.days(Entry(piece, piece.text))}


def _count(name: str, most: int) -> Callable[[Piece], dict[str, Any]]:
    def read(piece: Piece) -> dict[str, Any]:
        whole, decimals = _number(piece, most)
        if decimals:
            raise _bad(Wrong.NOT_WHOLE, piece)
        return {name: whole}

    return read


def _price(piece: Piece) -> dict[str, Any]:
    whole, decimals = _number(piece, MOST)
    return {"price": whole * FEN + int(decimals.ljust(2, "0") or 0)}


def _ahead(piece: Piece) -> dict[str, Any]:
    found = SPAN.fullmatch(piece.text)
    if not found:
        raise _bad(Wrong.NO_SPAN, piece)
    first, last = int(found[1]), int(found[2])
    if last > MOST_DAYS:
        raise _bad(Wrong.TOO_MANY, piece)
    if last < first:
        raise _bad(Wrong.BACKWARDS, piece)
    return {"first_day": first, "last_day": last}


def _cut_off(piece: Piece) -> dict[str, Any]:
    found = CUT_OFF.fullmatch(piece.text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise _bad(Wrong.NO_CLOCK, piece)
    workdays = int(found[3] or 1)
    if not 1 <= workdays <= MOST_WORKDAYS:
        raise _bad(Wrong.TOO_MANY if workdays else Wrong.NO_CLOCK, piece)
    return {
        "cut_off_minute": int(found[1]) * 60 + int(found[2]),
        "cut_off_workdays": workdays,
    }


def _none(piece: Piece) -> dict[str, Any]:
    if piece.text:
        raise _bad(Wrong.UNKNOWN_WORD, piece)
    return {}


def _number(piece: Piece, most: int) -> tuple[int, str]:
    """The whole number, and the digits after the point without noughts at the end."""
    found = NUMBER.fullmatch(piece.text)
    if not found:
        raise _bad(Wrong.NO_NUMBER, piece)
    if int(found[1]) > most:
        raise _bad(Wrong.TOO_MANY, piece)
    return int(found[1]), (found[2] or "").rstrip("0")


def _bad(wrong: Wrong, piece: Piece) -> BadCell:
    return BadCell(wrong, piece.position, piece.text)


_READERS: Mapping[str, Callable[[Piece], dict[str, Any]]] = MappingProxyType(
    {
        "days": _days,
        "households": _count("households", MOST),
        "items": _count("items", MOST),
        "ahead": _ahead,
        "per-booking": _count("per_booking", MOST),
        "free": _count("free", MOST),
        "price": _price,
        "cutoff": _cut_off,
        "lock": _count("lock_days", MOST_DAYS),
        "none": _none,
    }
)
