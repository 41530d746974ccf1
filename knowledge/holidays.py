"""Which days China works: public holidays and the days that are worked in exchange.

Each November the State Council tells of the year to come; its notices are in `data/holidays`, a
file a year. Of a year without a notice only the days that the law itself names are known, so
whoever plans for it should be warned: see `is_announced`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Self

from knowledge import tables
from knowledge.tables import Problems, Row

FOLDER = Path(__file__).parent / "data" / "holidays"
FESTIVALS = "festivals.csv"

NOTICE_HEADER = ("kind", "first", "last", "about")
FESTIVALS_HEADER = ("year", "spring_festival", "tomb_sweeping", "dragon_boat", "mid_autumn")

FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Month and day of those that the law names by the sun's calendar."""

LONGEST_DAYS = 15
SATURDAY = 5
DECEMBER = 12

NEAR_DAYS = 14
"""How far from a holiday by law a notice moves days; by 11 at most in those of 2025 and 2026."""


class DayKind(StrEnum):
    """What kind of day it is for those who work from Monday to Friday."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """By law, or off in exchange for a `MAKE_UP` day."""
    MAKE_UP = "makeup"
    """A Saturday or Sunday that is worked."""

    @property
    def is_worked(self) -> bool:
        """Whether people work."""
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days that differ from their weekday."""

    kinds: Mapping[date, DayKind]
    years: frozenset[int]
    """Those with a notice."""

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read all notices, or raise `BadCatalogue` with all that is wrong in them."""
        problems = Problems()
        kinds = dict.fromkeys(_festivals(folder, problems), DayKind.HOLIDAY)
        notices = sorted(folder.glob("[0-9][0-9][0-9][0-9].csv"))
        announced: dict[date, DayKind] = {}
        for path in notices:
            _read_notice(path, announced, problems)
        problems.stop_if_any()
        years = frozenset(int(path.stem) for path in notices)
        return cls(MappingProxyType(kinds | announced), years)

    def is_announced(self, year: int) -> bool:
        """Whether the notice of this year is known; if not, days off and make-up days are not."""
        return year in self.years

    def is_known(self, day: date) -> bool:
        """Whether no notice can change any more what kind of day it is.

        A notice moves days near a holiday by law, also those of the December before.
        """
        if self.is_announced(day.year) and day.month < DECEMBER:
            return True
        if self.kind(day) is DayKind.HOLIDAY:
            return True
        if not self._has_festivals(day.year):
            return False
        near = (day + timedelta(days=off) for off in range(-NEAR_DAYS, NEAR_DAYS + 1))
        return not any(self._waits(each) for each in near)

    def _waits(self, day: date) -> bool:
        """Whether it is a holiday by law whose notice is not there."""
        return not self.is_announced(day.year) and self.kind(day) is DayKind.HOLIDAY

    def _has_festivals(self, year: int) -> bool:
        """Whether it is known when the moon's festivals are."""
        return any(known.year == year for known in self.kinds)

    def kind(self, day: date) -> DayKind:
        """What kind of day it is, as far as it is known."""
        if known := self.kinds.get(day):
            return known
        if (day.month, day.day) in FIXED:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY


def _festivals(folder: Path, problems: Problems) -> Iterator[date]:
    """The days of the law that follow the moon or the sun; New Year's Eve is one of them."""
    for row in tables.read_table(folder / FESTIVALS, FESTIVALS, FESTIVALS_HEADER, problems):
        days = [_day(row, column, problems) for column in FESTIVALS_HEADER[1:]]
        yield from (day for day in days if day)
        if days[0]:
            yield from (days[0] + timedelta(days=off) for off in (-1, 1, 2))


def _read_notice(path: Path, kinds: dict[date, DayKind], problems: Problems) -> None:
    rows = tables.read_table(path, path.name, NOTICE_HEADER, problems)
    if not any(row["kind"] == "source" and row["about"] for row in rows):
        problems.add(path.name, 0, "no_source")
    for row in rows:
        if row["kind"] == "holiday":
            _add(row, DayKind.HOLIDAY, kinds, problems)
        elif row["kind"] == "work":
            _add(row, DayKind.MAKE_UP, kinds, problems)
        elif row["kind"] != "source":
            problems.add_at(row, "unknown_kind", found=row["kind"])


def _add(row: Row, kind: DayKind, kinds: dict[date, DayKind], problems: Problems) -> None:
    first, last = _day(row, "first", problems), _day(row, "last", problems)
    if not first or not last:
        return
    year = int(row.file.partition(".")[0])
    # New Year's holiday may begin in December.
    if not 0 <= (last - first).days < LONGEST_DAYS or last.year != year or first.year < year - 1:
        problems.add_at(row, "bad_span", first=row["first"], last=row["last"])
        return
    for day in (first + timedelta(days=off) for off in range((last - first).days + 1)):
        if kind is DayKind.MAKE_UP and day.weekday() < SATURDAY:
            problems.add_at(row, "works_anyway", day=day.isoformat())
        if kinds.setdefault(day, kind) is not kind:
            problems.add_at(row, "day_twice", day=day.isoformat())


def _day(row: Row, column: str, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        problems.add_at(row, "bad_date", date=row[column])
        return None
