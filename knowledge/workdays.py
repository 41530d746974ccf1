"""Counting in working days: cut-offs, deadlines, "two working days later"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from knowledge import local_time
from knowledge.holidays import Holidays

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of a place."""

    holidays: Holidays
    closed: frozenset[date] = frozenset()
    """Days off that only this place has."""

    def is_worked(self, day: date) -> bool:
        """Whether it is a working day here; a make-up Saturday is one."""
        return day not in self.closed and self.holidays.kind(day).is_worked

    def after(self, day: date, count: int) -> date:
        """The working day that comes `count` working days after `day`."""
        return self._counted(day, count, ONE_DAY)

    def before(self, day: date, count: int) -> date:
        """The working day that comes `count` working days before `day`."""
        return self._counted(day, count, -ONE_DAY)

    def between(self, first: date, last: date) -> Iterator[date]:
        """The working days from `first` to `last`, both of them included."""
        span = range((last - first).days + 1)
        return (day for day in (first + off * ONE_DAY for off in span) if self.is_worked(day))

    def cut_off(self, day: date, clock: time, zone: tzinfo, *, days_before: int = 1) -> datetime:
        """When something about `day` is too late: at `clock`, so many working days before."""
        return local_time.moment(self.before(day, days_before), local_time.minute_of(clock), zone)

    def end_after(self, at: datetime, count: int, zone: tzinfo) -> datetime:
        """The end of the working day that comes `count` working days after this moment's day."""
        last = self.after(local_time.local_day(at, zone), count)
        return local_time.moment(last, local_time.MINUTES_A_DAY, zone)

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        assert count > 0, "none after a day off could be that day or the next"
        while count:
            day += step
            count -= self.is_worked(day)
        return day
