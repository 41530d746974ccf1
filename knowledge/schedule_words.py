"""The words of a schedule's text, one after the other, and where each of them stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from knowledge import cells
from knowledge.cells import BadCell, Piece
from knowledge.schedules import WEEK, Day

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_WEEK_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK_CHINESE = ("一", "二", "三", "四", "五", "六", "日天")

DAYS: Mapping[str, tuple[Day, ...]] = MappingProxyType(
    {
        name[:length]: (day,)
        for day, name in zip(WEEK, _WEEK_ENGLISH, strict=True)
        for length in (2, 3, 9)
    }
    | {
        week + sign: (day,)
        for day, signs in zip(WEEK, _WEEK_CHINESE, strict=True)
        for sign in signs
        for week in ("周", "星期", "礼拜")
    }
    | dict.fromkeys(("daily", "每天", "每日", "天天"), WEEK)
    | dict.fromkeys(("weekend", "周末"), WEEK[5:])
    | dict.fromkeys(("holiday", "holidays", "节假日", "法定节假日"), (Day.HOLIDAY,))
    | dict.fromkeys(("makeup", "调休上班", "补班"), (Day.MAKE_UP,))
)
"""What stands for days. Not "工作日": whether it is about holidays too, people disagree."""

_CLOSED = ("closed", "关闭", "停用", "休息", "不开放", "暂停")
_ANY_DAY = "|".join(sorted(DAYS, key=len, reverse=True))

TOKEN = re.compile(
    rf"""
      (?P<date>(?P<year>\d{{4}})[-/年](?P<month>\d{{1,2}})[-/月](?P<day>\d{{1,2}})日?)
    | (?P<time>(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?!\d))
    | (?P<season>(?P<before>\d{{1,2}})?(?P<english>{"|".join(MONTHS)})(?![a-z])
        | (?P<number>\d{{1,2}})月((?P<after>\d{{1,2}})[日号])?)
    | (?P<days>(?:{_ANY_DAY})(?![a-z]))
    | (?P<closed>(?:{"|".join(_CLOSED)})(?![a-z]))
    | (?:at\s+|改到|改在|在)\s*(?P<station>[^\s;]+)
    | (?P<to>\.\.|[-~至到])
    | (?P<comma>,)
    | (?P<unknown>[^\s,;:~-]+|\S)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Wrong(StrEnum):
    """What can be wrong with the text of a schedule."""

    UNKNOWN_WORD = "unknown_word"
    UNEXPECTED = "unexpected"
    """A word that means something, but not here."""
    NO_DAYS = "no_days"
    NO_HOURS = "no_hours"
    NO_END = "no_end"
    """Something is from, and the word that says to when is missing."""
    NO_SUCH_TIME = "no_such_time"
    NO_SUCH_DATE = "no_such_date"
    NO_RANGE = "no_range"
    """From or to something that is not one weekday."""
    BACKWARDS = "backwards"
    """The last date is before the first."""
    NO_LENGTH = "no_length"
    """It closes when it opens."""
    PASSES_MIDNIGHT = "passes_midnight"
    """It closes before it opens; write it as two windows."""
    OVERLAP = "overlap"
    """Hours that overlap others of the same entry."""
    CLASH = "clash"
    """An entry about days that another entry is about as well."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word."""

    kind: str
    text: str
    position: int
    groups: Mapping[str, str | None]

    def number(self, group: str) -> int:
        """What the digits in it say."""
        return int(self.groups[group] or 0)

    def is_wrong(self, wrong: Wrong) -> BadCell:
        """The exception to raise about it."""
        return BadCell(wrong, self.position, self.text)


class Entry:
    """The words between two semicolons, taken one by one."""

    def __init__(self, piece: Piece, written: str) -> None:
        self.text = written
        self.position = piece.position
        self._tokens = [_token(found, piece, written) for found in TOKEN.finditer(piece.text)]
        self._next = 0

    def peek(self, kind: str) -> bool:
        """Whether the next word is of this kind."""
        return self._next < len(self._tokens) and self._tokens[self._next].kind == kind

    def take(self, kind: str) -> Token | None:
        """The next word, if it is of this kind."""
        if not self.peek(kind):
            return None
        self._next += 1
        return self._tokens[self._next - 1]

    def expect(self, kind: str, otherwise: Wrong) -> Token:
        """The next word, which has to be of this kind."""
        if token := self.take(kind):
            return token
        self._stop_at_unknown()
        if self._next < len(self._tokens):
            raise self._tokens[self._next].is_wrong(otherwise)
        raise BadCell(otherwise, self.position + len(self.text), "")

    def end(self) -> None:
        """Nothing may follow."""
        self._stop_at_unknown()
        if self._next < len(self._tokens):
            raise self._tokens[self._next].is_wrong(Wrong.UNEXPECTED)

    def _stop_at_unknown(self) -> None:
        if self.peek("unknown"):
            raise self._tokens[self._next].is_wrong(Wrong.UNKNOWN_WORD)


def entries(text: str) -> Iterator[Entry]:
    """The entries of a schedule's text."""
    for piece in cells.pieces(text):
        yield Entry(piece, text[piece.position : piece.position + len(piece.text)])


def _token(found: re.Match[str], piece: Piece, written: str) -> Token:
    kind = found.lastgroup or ""
    # The name of a station is kept as it was written, in wide letters too.
    start, end = found.span(kind)
    return Token(kind, written[start:end], piece.position + start, found.groupdict())
