"""Cut-off, lock, reminders, disputes: the second before and after, over three years of dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.calendar import Civil
from knowledge.holidays import DayKind, Holidays
from knowledge.pickup_texts import parse
from knowledge.pickups import HOLD, REMINDERS, Days, Reminder, reminder_past

ONE_DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ZONES = [ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")]
HOLIDAYS = Holidays.load()
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)

in_both_zones = pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)


def days_of(zone: ZoneInfo, text: str = "") -> Days:
    return Days(parse(text), Civil(zone, HOLIDAYS))


def three_years() -> Iterator[date]:
    return (FIRST + off * ONE_DAY for off in range((LAST - FIRST).days + 1))


def shown(moment: datetime, zone: ZoneInfo) -> tuple[date, time]:
    """What calendar and clock show at this moment."""
    there = moment.astimezone(zone)
    return there.date(), there.time()


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def is_worked(day: date) -> bool:
    return HOLIDAYS.kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)


@in_both_zones
def test_the_cut_off_is_at_two_on_the_working_day_before(zone: ZoneInfo) -> None:
    days = days_of(zone)
    for day in three_years():
        before, clock = shown(days.cut_off(day), zone)
        between = [before + off * ONE_DAY for off in range(1, (day - before).days)]

        assert clock == time(14)
        assert before < day
        assert is_worked(before)
        assert not any(map(is_worked, between))
        assert shown(days.told_cut_off(day), zone) == (before, time(13, 30))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 25), date(2026, 11, 24)),  # Wednesday, Tuesday
        (date(2026, 11, 23), date(2026, 11, 20)),  # Monday, Friday
        (date(2026, 10, 8), date(2026, 9, 30)),  # after the National Day
        (date(2026, 2, 24), date(2026, 2, 14)),  # after the Spring Festival: a make-up Saturday
    ],
)
def test_working_days_are_those_of_the_state_council(day: date, before: date) -> None:
    assert shown(days_of(ZONES[0]).cut_off(day), ZONES[0]) == (before, time(14))


@in_both_zones
@pytest.mark.parametrize("lock", [0, 1, 3])
def test_a_day_locks_when_the_day_so_many_before_begins(zone: ZoneInfo, lock: int) -> None:
    days = days_of(zone, f"lock {lock}")
    for day in three_years():
        assert shown(days.locks_at(day), zone) == (day - lock * ONE_DAY, time(0))


@in_both_zones
@pytest.mark.parametrize("text", ["", "lock 0", "cutoff 00:10 2; lock 0; ahead 0-28"])
def test_a_day_is_bookable_to_the_second_and_can_always_still_be_cancelled(
    zone: ZoneInfo, text: str
) -> None:
    days = days_of(zone, text)
    for day in three_years():
        closes = days.closes_at(day)
        if not days.serves(day):
            assert day not in days.bookable(closes - SECOND)
            continue
        last = shown(closes - SECOND, zone)[0]
        in_window = days.rules.first_day <= (day - last).days <= days.rules.last_day
        assert (day in days.bookable(closes - SECOND)) == in_window
        assert day not in days.bookable(closes)
        # Held in the last second and confirmed in the last second of the hold.
        assert closes - SECOND + HOLD - SECOND < days.cut_off(day)


@in_both_zones
def test_what_is_offered_lies_ahead_and_is_served_and_not_a_holiday(zone: ZoneInfo) -> None:
    days = days_of(zone, "ahead 2-14")
    for day in three_years():
        offered = days.bookable(at(day, time(12), zone))

        assert all(2 <= (each - day).days <= 14 for each in offered)
        assert all(HOLIDAYS.kind(each) is DayKind.WORKDAY for each in offered)
        assert list(offered) == sorted(set(offered))


def test_the_first_day_follows_from_the_cut_off() -> None:
    zone = ZONES[0]
    days = days_of(zone, "lock 0")
    monday = date(2026, 11, 23)

    for clock, first in ((time(13, 29, 59), 24), (time(13, 30), 25)):
        assert days.bookable(at(monday, clock, zone))[0] == date(2026, 11, first)


def test_holidays_and_make_up_days_are_served_where_they_are_named() -> None:
    makeup, holiday, sunday = date(2026, 2, 14), date(2026, 10, 1), date(2026, 11, 22)
    assert HOLIDAYS.kind(makeup) is DayKind.MAKE_UP

    def served(text: str) -> list[bool]:
        days = days_of(ZONES[0], text)
        return [days.serves(day) for day in (makeup, holiday, sunday)]

    assert served("") == [False, False, False]
    assert served("days mo-fr,makeup") == [True, False, False]
    assert served("days mo-su") == [True, False, True]
    assert served("days mo-fr,holiday") == [False, True, False]


@in_both_zones
def test_staff_may_take_today_and_what_is_locked(zone: ZoneInfo) -> None:
    days = days_of(zone)
    for day in three_years():
        now = at(day, time(23, 59, 59), zone)
        offered = days.for_staff(now)

        assert (day in offered) == days.serves(day)
        assert set(days.bookable(now)) <= set(offered)
        assert day - ONE_DAY not in offered


@in_both_zones
def test_it_may_be_disputed_to_the_end_of_the_second_working_day(zone: ZoneInfo) -> None:
    days = days_of(zone)
    for day in three_years():
        for clock in (time(0), time(9, 30), time(23, 59, 59)):
            until = days.disputable_until(at(day, clock, zone))
            last, _ = shown(until - SECOND, zone)
            after = [day + off * ONE_DAY for off in range(1, (last - day).days + 1)]

            assert shown(until, zone) == (last + ONE_DAY, time(0))
            assert sum(map(is_worked, after)) == 2
            assert is_worked(last)


@in_both_zones
@pytest.mark.parametrize("reminder", REMINDERS, ids=lambda each: str(each.days_before))
def test_a_reminder_has_its_time_once_for_each_day_also_when_clocks_change(
    zone: ZoneInfo, reminder: Reminder
) -> None:
    opens = time(*divmod(reminder.from_minute, 60))
    ends = time(*divmod(reminder.until_minute, 60))
    for day in three_years():
        starts, until = reminder.starts_at(day, zone), reminder.ends_at(day, zone)
        that_day = day - reminder.days_before * ONE_DAY

        assert shown(starts, zone) == (that_day, opens)
        assert shown(until, zone) == (that_day, ends)
        moments = (starts - SECOND, starts, until - SECOND, until)
        assert [reminder.day(each, zone) for each in moments] == [None, day, day, None]


@in_both_zones
def test_nobody_is_reminded_at_night(zone: ZoneInfo) -> None:
    for reminder in REMINDERS:
        for day in three_years():
            span = reminder.starts_at(day, zone), reminder.ends_at(day, zone)
            clocks = [shown(each, zone)[1] for each in span]
            assert time(7) <= clocks[0] < clocks[1] <= time(22)


@in_both_zones
def test_who_books_needs_no_reminder_whose_time_has_come(zone: ZoneInfo) -> None:
    for day in three_years():
        for reminder, before in zip(REMINDERS, (None, 3, 1), strict=True):
            starts = reminder.starts_at(day, zone)
            assert reminder_past(day, starts - SECOND, zone) == before
            assert reminder_past(day, starts, zone) == reminder.days_before
