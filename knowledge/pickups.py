"""Pickups of bulky things: an area's rules, and what they say about days.

A day is served or not; until when it may be booked, changed and cancelled follows from the civil
calendar of the place. Moments are in UTC. Money is in fen, a hundredth of a yuan: it is shown, and
paid when the things are collected.

The defaults are those that public booking services have settled on (WasteWorks: 28 days, five
items, 40 households, 14:00 on the working day before and told half an hour earlier; Verco: a day
that is locked stays locked).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from knowledge import local_time
from knowledge.calendar import Civil
from knowledge.holidays import DayKind
from knowledge.schedules import SPECIAL, WEEK, Day
from knowledge.workdays import Workdays

ONE_DAY = timedelta(days=1)

HOLD = timedelta(minutes=30)
"""How long a day that was chosen is kept for who chose it."""

GRACE = HOLD
"""How much earlier than enforced the cut-off is told. As long as a hold: what was held in time can
still be cancelled when it is confirmed in the hold's last second."""

DISPUTE_WORKDAYS = 2
"""How many working days after it was closed one may say that it is still there."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an area has decided about pickups."""

    days: frozenset[Day] = frozenset(WEEK[:5])
    """On a public holiday or a make-up day nothing is collected unless they are named."""
    households: int = 40
    """How many are served on a day."""
    items: int = 120
    """How many things are collected on a day, of all households together."""
    first_day: int = 1
    """So many days ahead one may book at the earliest."""
    last_day: int = 28
    per_booking: int = 5
    """Items of one booking."""
    free: int = 2
    """Items of a household and year that cost nothing."""
    price: int = 2000
    """Fen for each item beyond."""
    cut_off_minute: int = 14 * 60
    """Until this minute one may change and cancel,"""
    cut_off_workdays: int = 1
    """so many working days before."""
    lock_days: int = 1
    """Residents may book a day until so many days before it begin."""

    @property
    def are_offered(self) -> bool:
        """Whether things are collected here at all."""
        return self.households > 0 and self.items > 0

    def cost(self, items: int, used: int) -> "Cost":
        """What so many items cost a household that has used so many of its free ones."""
        free = min(items, max(0, self.free - used))
        return Cost(free, (items - free) * self.price)


NONE = Rules(households=0, items=0)
"""Nothing is collected; things are brought to a place, or somebody else sees to it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a booking costs."""

    free: int
    """How many of its items cost nothing."""
    fen: int
    """What the others cost together."""


@dataclass(frozen=True, slots=True)
class Days:
    """What the rules say about days, by the calendar of the place."""

    rules: Rules
    civil: Civil

    def serves(self, day: date) -> bool:
        """Whether things are collected that day, as a rule."""
        kind = self.civil.holidays.kind(day)
        if SPECIAL.get(kind) in self.rules.days:
            return True
        return kind is not DayKind.HOLIDAY and WEEK[day.weekday()] in self.rules.days

    def cut_off(self, day: date) -> datetime:
        """From then on a booking of that day is not changed or cancelled any more."""
        before = self._workdays.before(day, self.rules.cut_off_workdays)
        return self._moment(before, self.rules.cut_off_minute)

    def told_cut_off(self, day: date) -> datetime:
        """The cut-off that people are told."""
        return self.cut_off(day) - GRACE

    def locks_at(self, day: date) -> datetime:
        """From then on residents do not book that day: it is planned, even if somebody cancels."""
        return self._moment(day - self.rules.lock_days * ONE_DAY, 0)

    def closes_at(self, day: date) -> datetime:
        """Until then a resident may take the day: nobody books what cannot be cancelled."""
        return min(self.locks_at(day), self.told_cut_off(day))

    def bookable(self, now: datetime) -> Sequence[date]:
        """The days that a resident may take now, if they have room."""
        today = local_time.local_day(now, self.civil.zone)
        span = range(self.rules.first_day, self.rules.last_day + 1)
        days = (today + off * ONE_DAY for off in span)
        return [day for day in days if self.serves(day) and now < self.closes_at(day)]

    def for_staff(self, now: datetime) -> Sequence[date]:
        """The days that staff may take: lock and cut-off are not for them."""
        today = local_time.local_day(now, self.civil.zone)
        days = (today + off * ONE_DAY for off in range(self.rules.last_day + 1))
        return [day for day in days if self.serves(day)]

    def disputable_until(self, closed_at: datetime) -> datetime:
        """Until then one may say that what was closed at this moment is still there."""
        return self._workdays.end_after(closed_at, DISPUTE_WORKDAYS, self.civil.zone)

    @property
    def _workdays(self) -> Workdays:
        # Days that staff close are working days all the same: a cut-off that people were told
        # does not move.
        return Workdays(self.civil.holidays)

    def _moment(self, day: date, minute: int) -> datetime:
        return local_time.moment(day, minute, self.civil.zone)


@dataclass(frozen=True, slots=True)
class Reminder:
    """When people are reminded of a day: by day, and only while it is of use."""

    days_before: int
    from_minute: int
    until_minute: int

    def starts_at(self, day: date, zone: tzinfo) -> datetime:
        """When it is due for a pickup on that day."""
        return local_time.moment(day - self.days_before * ONE_DAY, self.from_minute, zone)

    def ends_at(self, day: date, zone: tzinfo) -> datetime:
        """From then on it is not sent any more."""
        return local_time.moment(day - self.days_before * ONE_DAY, self.until_minute, zone)

    def day(self, now: datetime, zone: tzinfo) -> date | None:
        """The day that people are to be reminded of at this moment."""
        day = local_time.local_day(now, zone) + self.days_before * ONE_DAY
        return day if self.starts_at(day, zone) <= now < self.ends_at(day, zone) else None


REMINDERS = (
    Reminder(3, 18 * 60, 22 * 60),
    Reminder(1, 18 * 60, 22 * 60),
    Reminder(0, 7 * 60, 12 * 60),
)
"""Three days and one day before in the evening, and that morning; never at night."""


def reminder_past(day: date, now: datetime, zone: tzinfo) -> int | None:
    """So many days before `day` was the last reminder whose time has come; None for none yet.

    Who books or moves a day has just heard of it, and needs none of these.
    """
    past = [each.days_before for each in REMINDERS if each.starts_at(day, zone) <= now]
    return min(past, default=None)
