"""When a place is open: its hours by weekday and season, on holidays, and what a date changes.

A window never passes midnight, so that it belongs to one day: what is open until one at night has
two, one until 24:00 and one from 00:00.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from knowledge import cells
from knowledge.holidays import SATURDAY, DayKind
from knowledge.spans import WHOLE_DAY, Dates, Hours, Season, are_apart


class Day(StrEnum):
    """What a rule can be about."""

    MONDAY = "mo"
    TUESDAY = "tu"
    WEDNESDAY = "we"
    THURSDAY = "th"
    FRIDAY = "fr"
    SATURDAY = "sa"
    SUNDAY = "su"
    HOLIDAY = "holiday"
    """A public holiday or a day off in exchange, whatever its weekday."""
    MAKE_UP = "makeup"
    """A Saturday or Sunday that is worked."""


WEEK = tuple(Day)[:7]
SPECIAL = {DayKind.HOLIDAY: Day.HOLIDAY, DayKind.MAKE_UP: Day.MAKE_UP}


@dataclass(frozen=True, slots=True)
class Rule:
    """The hours of some days, in some seasons."""

    days: frozenset[Day]
    hours: tuple[Hours, ...]
    """In order; none when it is closed."""
    seasons: tuple[Season, ...] = ()
    """None when it is for the whole year."""

    def __post_init__(self) -> None:
        assert self.days
        assert are_apart(self.hours)

    def rank(self, day: date, kind: DayKind) -> int:
        """0 if it does not fit. The highest decides: special days first, then seasons."""
        if self.seasons and not any((day.month, day.day) in season for season in self.seasons):
            return 0
        in_season = bool(self.seasons)
        if SPECIAL.get(kind) in self.days:
            return 3 + in_season
        return 1 + in_season if WEEK[day.weekday()] in self.days else 0

    def clashes(self, other: "Rule") -> bool:
        """Whether for some day neither of them goes first."""
        if bool(self.seasons) != bool(other.seasons) or not self.days & other.days:
            return False
        return not self.seasons or any(a.meets(b) for a in self.seasons for b in other.seasons)


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed on some dates, or for these hours of them."""

    dates: Dates
    hours: tuple[Hours, ...] = ()

    def __post_init__(self) -> None:
        assert are_apart(self.hours)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """On some dates, or for these hours of them, another station serves."""

    dates: Dates
    station: str
    """Its key, in one word."""
    hours: tuple[Hours, ...] = ()

    def __post_init__(self) -> None:
        assert cells.is_word(self.station)
        assert are_apart(self.hours)

    def clashes(self, other: "Elsewhere") -> bool:
        """Whether two stations would serve at the same time."""
        return self.dates.meets(other.dates) and any(
            a.meets(b) for a in self.hours or (WHOLE_DAY,) for b in other.hours or (WHOLE_DAY,)
        )


@dataclass(frozen=True, slots=True)
class OtherHours:
    """On some dates these hours, and not those of the rules."""

    dates: Dates
    hours: tuple[Hours, ...]

    def __post_init__(self) -> None:
        assert self.hours
        assert are_apart(self.hours)

    def clashes(self, other: "OtherHours") -> bool:
        """Whether some date would have two lists of hours."""
        return self.dates.meets(other.dates)


Change = Closed | Elsewhere | OtherHours
Entry = TypeVar("Entry", Rule, Elsewhere, OtherHours)


class Clash(ValueError):
    """An entry that says something else of the same time than one before it."""

    def __init__(self, later: Rule | Change) -> None:
        super().__init__(later)
        self.later = later


@dataclass(frozen=True, slots=True)
class Planned:
    """One window of a day, by the clock."""

    number: int
    """Which of the day's windows it is, or is a part of, from 1."""
    hours: Hours
    station: str | None = None
    """The other station that serves."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a place is open. Closing goes before moving, and that before other hours."""

    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        _stop_at_clash(self.rules, Rule.clashes)
        moves = [change for change in self.changes if isinstance(change, Elsewhere)]
        _stop_at_clash(moves, Elsewhere.clashes)
        others = [change for change in self.changes if isinstance(change, OtherHours)]
        _stop_at_clash(others, OtherHours.clashes)

    def with_change(self, change: Change) -> "Schedule":
        """The schedule with one more change, or `Clash`."""
        return replace(self, changes=(*self.changes, change))

    def differs_by_kind(self, day: date) -> bool:
        """Whether its windows depend on what kind of day it is."""
        kinds: tuple[DayKind, ...] = (DayKind.WORKDAY, DayKind.HOLIDAY)
        if day.weekday() >= SATURDAY:
            kinds = (DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.MAKE_UP)
        return len({self.planned(day, kind) for kind in kinds}) > 1

    def planned(self, day: date, kind: DayKind) -> tuple[Planned, ...]:
        """The windows of a day of this kind, in order."""
        changes = [change for change in self.changes if day in change.dates]
        windows = [
            Planned(number, hours)
            for number, hours in enumerate(self._usual(day, kind, changes), start=1)
        ]
        for change in changes:
            if isinstance(change, Elsewhere):
                windows = list(_moved(windows, change))
        for change in changes:
            if isinstance(change, Closed):
                windows = list(_left_open(windows, change.hours or (WHOLE_DAY,)))
        return tuple(windows)

    def _usual(self, day: date, kind: DayKind, changes: Iterable[Change]) -> tuple[Hours, ...]:
        for change in changes:
            if isinstance(change, OtherHours):
                return change.hours
        best = max(self.rules, key=lambda rule: rule.rank(day, kind), default=None)
        return best.hours if best and best.rank(day, kind) else ()


def _stop_at_clash(entries: Iterable[Entry], clash: Callable[[Entry, Entry], bool]) -> None:
    for entry, later in combinations(entries, 2):
        if clash(entry, later):
            raise Clash(later)


def _moved(windows: Iterable[Planned], change: Elsewhere) -> Iterator[Planned]:
    hours = change.hours or (WHOLE_DAY,)
    for window in windows:
        parts = [
            replace(window, hours=window.hours.within(part), station=change.station)
            for part in hours
            if window.hours.meets(part)
        ]
        parts += _left_open([window], hours)
        yield from sorted(parts, key=lambda part: part.hours)


def _left_open(windows: Iterable[Planned], closed: Iterable[Hours]) -> Iterator[Planned]:
    left = list(windows)
    for hours in closed:
        left = [
            replace(window, hours=part) for window in left for part in window.hours.without(hours)
        ]
    return iter(left)
