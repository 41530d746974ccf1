"""When a place is open: now, next, today and this week, on the clocks of its time zone.

Moments are aware; answers are in UTC, since two moments of one zone are compared by wall clocks. A
window is open from its first moment to its last, which is not in it any more. One that clocks skip
as a whole (`local_time`) does not take place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from knowledge import local_time
from knowledge.holidays import DayKind, Holidays
from knowledge.schedules import Elsewhere, Planned, Schedule

AHEAD_DAYS = 400
"""How far the next window is looked for: one that is open in a short season has its turn."""

WITHOUT_END_DAYS = 8
"""What is open for so long counts as always open."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of one day in which a place is open."""

    day: date
    planned: Planned
    starts_at: datetime
    ends_at: datetime

    def __contains__(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Civil:
    """The clocks and the holidays of a place: what all its calendars share."""

    zone: tzinfo
    holidays: Holidays


@dataclass(frozen=True, slots=True)
class Open:
    """It is open now."""

    window: Window
    until: datetime | None
    """When it closes, with windows that follow without a break; `None` if it does not."""


@dataclass(frozen=True, slots=True)
class Shut:
    """It is not open now."""

    following: Window | None
    """The next window; `None` if there is none for more than a year."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a drop-off counts for: a household has one in each."""

    day: date
    number: int
    """The window of that day; 0 is the rest of the day, when it is not open."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day and its windows."""

    day: date
    kind: DayKind
    is_certain: bool
    """Whether no notice of holidays can change these windows any more."""
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The schedule of a place among its holidays."""

    schedule: Schedule
    holidays: Holidays

    def windows(self, day: date, zone: tzinfo) -> tuple[Window, ...]:
        """The windows of a day, in order."""
        planned = self.schedule.planned(day, self.holidays.kind(day))
        windows = (_window(day, each, zone) for each in planned)
        return tuple(window for window in windows if window.starts_at < window.ends_at)

    def status(self, now: datetime, zone: tzinfo) -> Open | Shut:
        """Whether it is open, and until when; or when it opens next."""
        window = self.window_at(now, zone)
        return Open(window, self._until(window, zone)) if window else Shut(self.after(now, zone))

    def window_at(self, now: datetime, zone: tzinfo) -> Window | None:
        """The window that is open at this moment."""
        today = self.windows(local_time.local_day(now, zone), zone)
        return next((window for window in today if now in window), None)

    def current_or_next(self, now: datetime, zone: tzinfo) -> Window | None:
        """The window that is open, until it ends; then the next."""
        return self.window_at(now, zone) or self.after(now, zone)

    def after(self, now: datetime, zone: tzinfo) -> Window | None:
        """The first window that begins later."""
        today = local_time.local_day(now, zone)
        coming = self._from(today, AHEAD_DAYS, zone)
        return next((window for window in coming if window.starts_at > now), None)

    def slot(self, at: datetime, zone: tzinfo) -> Slot:
        """What a drop-off at this moment counts for."""
        window = self.window_at(at, zone)
        return Slot(local_time.local_day(at, zone), window.planned.number if window else 0)

    def today(self, now: datetime, zone: tzinfo) -> DayPlan:
        """The plan of the day that it is there."""
        return self.plan(local_time.local_day(now, zone), zone)

    def tomorrow(self, now: datetime, zone: tzinfo) -> DayPlan:
        """The plan of the day after."""
        return self.plan(local_time.local_day(now, zone) + ONE_DAY, zone)

    def week(self, now: datetime, zone: tzinfo) -> tuple[DayPlan, ...]:
        """The plans from this Monday to Sunday."""
        today = local_time.local_day(now, zone)
        monday = today - today.weekday() * ONE_DAY
        return tuple(self.plan(monday + off * ONE_DAY, zone) for off in range(7))

    def plan(self, day: date, zone: tzinfo) -> DayPlan:
        """The plan of any day."""
        certain = self.holidays.is_known(day) or not self.schedule.differs_by_kind(day)
        return DayPlan(day, self.holidays.kind(day), certain, self.windows(day, zone))

    def stations(self) -> frozenset[str]:
        """The keys of the other stations that serve at some time."""
        changes = self.schedule.changes
        return frozenset(each.station for each in changes if isinstance(each, Elsewhere))

    def _from(self, first: date, days: int, zone: tzinfo) -> Iterator[Window]:
        for off in range(days):
            yield from self.windows(first + off * ONE_DAY, zone)

    def _until(self, window: Window, zone: tzinfo) -> datetime | None:
        until = window.ends_at
        for following in self._from(window.day, WITHOUT_END_DAYS, zone):
            same_place = following.planned.station == window.planned.station
            if following.starts_at == until and same_place:
                until = following.ends_at
            elif following.starts_at > window.starts_at:
                return until
        has_no_end = until - window.starts_at >= (WITHOUT_END_DAYS - 1) * ONE_DAY
        return None if has_no_end else until


def _window(day: date, planned: Planned, zone: tzinfo) -> Window:
    hours = planned.hours
    return Window(
        day,
        planned,
        local_time.moment(day, hours.opens, zone),
        local_time.moment(day, hours.closes, zone),
    )
