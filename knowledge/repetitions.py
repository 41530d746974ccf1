"""When something that repeats comes: each Saturday, on the last day of a month, on a first Friday.

It comes once a day at most. A day is one of the place's clocks, and its moment is `local_time`'s:
a time that clocks skip is the moment of the jump, and one that they show twice is meant once.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from knowledge import local_time, nights
from knowledge.calendar import Civil
from knowledge.holidays import DayKind, Holidays
from knowledge.workdays import Workdays

LAST = -1
"""Stands for the last day of a month, and for the last such weekday in it."""

MOST_WEEKS = 12
"""How many weeks may lie between two."""

MOST_DAYS = 10
"""How many days of a month somebody may name."""

MOST_NTH = 4
"""A fifth Friday comes in few months only: nobody means it."""

LONGEST_MONTH = 31

AHEAD_DAYS = 800
"""How far the next is looked for: nothing that repeats rests for two years."""

LATEST = timedelta(hours=1)
"""So late is what goes at night still of use, also on the next day."""

ONE_DAY = timedelta(days=1)


class OnHoliday(StrEnum):
    """What happens to a day that is a public holiday, or off in exchange for one."""

    ANYWAY = "anyway"
    SKIP = "skip"
    BEFORE = "before"
    """It comes on the working day before, which may be a make-up Saturday."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these weekdays (Monday is 0), in each week or each so manieth one."""

    weekdays: tuple[int, ...]
    every: int = 1


@dataclass(frozen=True, slots=True)
class Monthly:
    """On these days of each month; a month that has no 31st has it on its last day."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """On the first, second … or `LAST` such weekday of each month."""

    nth: int
    weekday: int


Rule = Weekly | Monthly | NthWeekday


@dataclass(frozen=True, slots=True)
class Repetition:
    """When something comes, again and again."""

    rule: Rule
    minute: int | None
    """Of the day; None where nobody has said yet at what time."""
    first: date | None = None
    """Not before this day; weeks are counted from its week."""
    last: date | None = None
    """Not after this day."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that it comes."""

    day: date
    at: datetime
    is_certain: bool
    """Whether no notice of holidays can move it any more."""


def anchored(repetition: Repetition, today: date) -> Repetition:
    """The same, where each second week is counted from: the next day that fits begins it."""
    match repetition.rule:
        case Weekly(weekdays, every) if every > 1 and repetition.first is None:
            ahead = (today + timedelta(days=off) for off in range(7))
            first = next(day for day in ahead if day.weekday() in weekdays)
            return replace(repetition, first=first)
    return repetition


def after(
    repetition: Repetition, since: datetime, on_holiday: OnHoliday, civil: Civil
) -> Iterator[Occurrence]:
    """Those that come later than this moment, in order; none for ever, once it has ended."""
    assert repetition.minute is not None, "nobody has said at what time"
    start = local_time.local_day(since, civil.zone)
    for off in range(AHEAD_DAYS):
        day = start + off * ONE_DAY
        if not comes_on(repetition, day, on_holiday, civil.holidays):
            continue
        at = local_time.moment(day, repetition.minute, civil.zone)
        if at > since:
            certain = on_holiday is OnHoliday.ANYWAY or civil.holidays.is_known(day)
            yield Occurrence(day, at, certain)


def coming(
    repetition: Repetition, since: datetime, on_holiday: OnHoliday, civil: Civil
) -> Occurrence | None:
    """The next one; None if it has ended."""
    return next(after(repetition, since, on_holiday, civil), None)


def comes_on(repetition: Repetition, day: date, on_holiday: OnHoliday, holidays: Holidays) -> bool:
    """Whether it comes on a day, with what its rule and the holidays say."""
    kind = holidays.kind(day)
    if _is_meant(repetition, day):
        is_off = kind is DayKind.HOLIDAY and on_holiday is not OnHoliday.ANYWAY
        if not is_off:
            return True
    if on_holiday is not OnHoliday.BEFORE or not kind.is_worked:
        return False
    rest = Workdays(holidays).after(day, 1) - day  # what lies between is not worked
    off = (day + number * ONE_DAY for number in range(1, rest.days))
    return any(
        holidays.kind(each) is DayKind.HOLIDAY and _is_meant(repetition, each) for each in off
    )


def is_at_night(minute: int) -> bool:
    """Whether people are left in peace at this time of the day."""
    return not nights.ENDS <= minute < nights.BEGINS


def of_use_until(occurrence: Occurrence, civil: Civil, *, through_night: bool) -> datetime:
    """Until when it is still sent if it could not be in time: on the same day, before the night.

    What its author wanted at night, too, is of use for the whole day, and for an hour at least.
    """
    if not through_night:
        return local_time.moment(occurrence.day, nights.BEGINS, civil.zone)
    end = local_time.moment(occurrence.day, local_time.MINUTES_A_DAY, civil.zone)
    return max(end, occurrence.at + LATEST)


def _is_meant(repetition: Repetition, day: date) -> bool:
    """Whether the rule names the day, holidays or not."""
    if day < (repetition.first or day) or day > (repetition.last or day):
        return False
    length = monthrange(day.year, day.month)[1]
    match repetition.rule:
        case Weekly(weekdays, every):
            return day.weekday() in weekdays and _weeks(repetition.first, day) % every == 0
        case Monthly(days):
            meant = {length if number == LAST else min(number, length) for number in days}
            return day.day in meant
        case NthWeekday(nth, weekday):
            is_nth = day.day + 7 > length if nth == LAST else (day.day - 1) // 7 + 1 == nth
            return is_nth and day.weekday() == weekday


def _weeks(first: date | None, day: date) -> int:
    """How many weeks lie between; Mondays begin them."""
    if first is None:
        return 0
    return ((day - day.weekday() * ONE_DAY) - (first - first.weekday() * ONE_DAY)).days // 7
