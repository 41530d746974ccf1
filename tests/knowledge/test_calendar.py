"""Open now, until when, and what is next: never too early and never a day off."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.calendar import Calendar, Open, Shut, Slot, Window
from knowledge.holidays import DayKind, Holidays
from knowledge.schedule_texts import clock, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
HOLIDAYS = Holidays.load()

TWICE = "mo-su 07:00-09:00 18:30-20:30"


def calendar(text: str) -> Calendar:
    return Calendar(parse(text), HOLIDAYS)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shown(moment: datetime | None, zone: ZoneInfo = SHANGHAI) -> str:
    return moment.astimezone(zone).strftime("%m-%d %H:%M") if moment else "-"


def begins(window: Window | None, zone: ZoneInfo = SHANGHAI) -> str:
    return shown(window.starts_at, zone) if window else "-"


def hours(windows: tuple[Window, ...]) -> str:
    spans = (window.planned.hours for window in windows)
    return " ".join(f"{clock(span.opens)}-{clock(span.closes)}" for span in spans)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T18:29:59", None),
        ("2026-11-23T18:30:00", "11-23 20:30"),
        ("2026-11-23T20:29:59", "11-23 20:30"),
        ("2026-11-23T20:30:00", None),
    ],
)
def test_a_window_is_open_until_it_ends_and_not_a_second_longer(
    now: str, until: str | None
) -> None:
    match calendar(TWICE).status(at(now), SHANGHAI):
        case Open(until=found):
            assert shown(found) == until
        case Shut():
            assert until is None


def test_the_next_window_is_not_shown_before_the_current_one_ends() -> None:
    twice = calendar(TWICE)

    def current_or_next(now: str) -> str:
        return begins(twice.current_or_next(at(now), SHANGHAI))

    assert current_or_next("2026-11-23T18:29") == "11-23 18:30"
    assert current_or_next("2026-11-23T20:29") == "11-23 18:30"
    assert current_or_next("2026-11-23T20:30") == "11-24 07:00"


def test_what_comes_after_the_current_window_is_the_next_one() -> None:
    assert begins(calendar(TWICE).after(at("2026-11-23T07:00"), SHANGHAI)) == "11-23 18:30"


def test_the_next_window_may_be_far_away() -> None:
    new_year = calendar("jan su 07:00-09:00")

    assert begins(new_year.after(at("2026-02-01T00:00"), SHANGHAI)) == "01-03 07:00"
    assert calendar("").status(at("2026-02-01T00:00"), SHANGHAI) == Shut(None)


@pytest.mark.parametrize("hour", range(9))
def test_before_eight_in_the_morning_it_is_already_today(hour: int) -> None:
    now = datetime(2026, 11, 22, 16, tzinfo=UTC) + timedelta(hours=hour)

    plan = calendar("mo 12:00-13:00; tu 14:00-15:00").today(now, SHANGHAI)

    assert plan.day == date(2026, 11, 23)
    assert hours(plan.windows) == "12:00-13:00"


def test_the_moment_may_come_in_any_zone() -> None:
    twice = calendar(TWICE)
    now = at("2026-11-23T07:30")

    assert twice.window_at(now, SHANGHAI) == twice.window_at(now.astimezone(NEW_YORK), SHANGHAI)
    assert twice.status(now, SHANGHAI) == twice.status(now.astimezone(UTC), SHANGHAI)


def test_today_tomorrow_and_this_week() -> None:
    twice = calendar("mo-fr 07:00-09:00; sa,su closed")
    wednesday = at("2026-11-25T23:59")

    assert hours(twice.today(wednesday, SHANGHAI).windows) == "07:00-09:00"
    assert twice.tomorrow(wednesday, SHANGHAI).day == date(2026, 11, 26)
    week = twice.week(wednesday, SHANGHAI)
    assert [plan.day.day for plan in week] == [23, 24, 25, 26, 27, 28, 29]
    assert [bool(plan.windows) for plan in week] == [True] * 5 + [False] * 2


def test_a_holiday_has_its_hours_and_a_saturday_that_is_worked_too() -> None:
    usual = calendar("mo-fr,makeup 07:00-09:00; sa,su 08:00-10:00; holiday 09:00-11:00")

    def plan(day: str) -> tuple[DayKind, str]:
        found = usual.plan(date.fromisoformat(day), SHANGHAI)
        return found.kind, hours(found.windows)

    assert plan("2026-10-01") == (DayKind.HOLIDAY, "09:00-11:00")
    assert plan("2026-10-08") == (DayKind.WORKDAY, "07:00-09:00")
    assert plan("2026-10-10") == (DayKind.MAKE_UP, "07:00-09:00")
    assert plan("2026-10-11") == (DayKind.WEEKEND, "08:00-10:00")


@pytest.mark.parametrize(
    ("hours", "day", "is_certain"),
    [
        (TWICE, "2027-02-09", True),  # every day alike
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2026-10-08", True),  # announced
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2027-02-09", False),  # perhaps off in exchange
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2027-02-08", True),  # off by law
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2027-03-10", True),  # far from any holiday
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2026-12-31", False),  # before New Year's
        ("mo-fr 07:00-09:00; sa,su,holiday 08:00-10:00", "2027-02-13", True),  # a Saturday
        ("mo-fr,makeup 07:00-09:00; sa,su 08:00-10:00", "2027-02-13", False),  # perhaps worked
        ("mo-fr 07:00-09:00; holiday 08:00-10:00", "2031-03-10", False),  # no festivals known
        ("mo-fr 07:00-09:00; holiday closed; 2027-02-09 10:00-11:00", "2027-02-09", True),
    ],
)
def test_a_plan_says_when_a_notice_could_still_change_it(
    hours: str, day: str, is_certain: bool
) -> None:
    """Row 2 of what people complain about: better to say nothing than to guess."""
    assert calendar(hours).plan(date.fromisoformat(day), SHANGHAI).is_certain is is_certain


def test_a_closed_day_is_closed_at_once() -> None:
    closed = calendar(f"{TWICE}; 2026-11-23 closed 18:00-20:00")

    assert begins(closed.after(at("2026-11-23T12:00"), SHANGHAI)) == "11-23 20:00"
    assert isinstance(closed.status(at("2026-11-23T19:00"), SHANGHAI), Shut)


def test_a_window_to_midnight_and_one_from_midnight_are_open_without_a_break() -> None:
    night = calendar("sa 22:00-24:00; su 00:00-01:00")

    status = night.status(at("2026-11-28T23:00"), SHANGHAI)

    assert isinstance(status, Open)
    assert shown(status.until) == "11-29 01:00"
    assert status.window.day == date(2026, 11, 28)


def test_what_is_open_day_and_night_has_no_end() -> None:
    always = calendar("mo-su 00:00-24:00")
    status = always.status(at("2026-11-28T23:00"), SHANGHAI)

    assert isinstance(status, Open)
    assert status.until is None
    assert shown(status.window.ends_at) == "11-29 00:00"


def test_the_last_window_of_all_has_an_end() -> None:
    once = calendar("2026-11-28 22:00-24:00; 2026-11-29 00:00-01:00")
    status = once.status(at("2026-11-28T23:00"), SHANGHAI)

    assert isinstance(status, Open)
    assert shown(status.until) == "11-29 01:00"


def test_what_goes_on_at_another_station_is_closed_here() -> None:
    moved = calendar("mo-su 18:00-20:00; 2026-11-28 at B 19:00-20:00")
    status = moved.status(at("2026-11-28T18:30"), SHANGHAI)

    assert isinstance(status, Open)
    assert shown(status.until) == "11-28 19:00"


def test_drop_offs_of_one_window_count_as_one() -> None:
    cut = calendar(f"{TWICE}; 2026-11-23 closed 19:00-19:30")

    def slot(now: str) -> Slot:
        return cut.slot(at(now), SHANGHAI)

    assert slot("2026-11-23T07:00") == Slot(date(2026, 11, 23), 1)
    assert slot("2026-11-23T18:30") == Slot(date(2026, 11, 23), 2)
    assert slot("2026-11-23T20:00") == Slot(date(2026, 11, 23), 2)
    assert slot("2026-11-23T12:00") == slot("2026-11-23T19:15") == Slot(date(2026, 11, 23), 0)


def test_a_window_that_the_clocks_skip_does_not_take_place() -> None:
    night = calendar("su 02:15-02:45 06:00-07:00")

    assert hours(night.windows(date(2026, 3, 29), BERLIN)) == "06:00-07:00"
    assert hours(night.windows(date(2026, 3, 22), BERLIN)) == "02:15-02:45 06:00-07:00"


def test_a_window_over_the_hour_that_comes_twice_is_longer() -> None:
    [window] = calendar("su 00:00-06:00").windows(date(2026, 10, 25), BERLIN)

    assert window.ends_at - window.starts_at == timedelta(hours=7)


@pytest.mark.parametrize(
    ("zone", "first"),
    [(SHANGHAI, date(1986, 1, 1)), (BERLIN, date(2025, 1, 1)), (NEW_YORK, date(2025, 1, 1))],
)
def test_every_day_of_three_years_has_its_two_windows_at_their_times(
    zone: ZoneInfo, first: date
) -> None:
    twice = calendar(TWICE)
    now = at(f"{first}T00:00", zone)

    for day in (first + timedelta(days=off) for off in range(3 * 365)):
        for begin in ("07:00", "18:30"):
            window = twice.after(now, zone)
            assert window
            assert window.day == day
            assert window.starts_at.astimezone(zone).strftime("%H:%M") == begin
            now = window.starts_at


SCHEDULES = st.sampled_from(
    [
        TWICE,
        "sa 22:00-24:00; su 00:00-03:00; mo-fr 02:00-02:30",
        "mo-su 00:00-24:00",
        "apr-oct mo-fr 07:00-09:00; holiday closed; 2026-05-09 at B",
        "mo-su 01:00-02:15 02:30-04:00",
    ]
)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(SCHEDULES, MOMENTS, st.sampled_from([SHANGHAI, BERLIN, NEW_YORK]))
@settings(max_examples=200, deadline=None)
def test_now_and_next_agree(text: str, now: datetime, zone: ZoneInfo) -> None:
    found = calendar(text)
    status, following = found.status(now, zone), found.after(now, zone)

    assert following is None or following.starts_at > now
    match status:
        case Open(window=window, until=until):
            assert now in window
            assert until is None or until >= window.ends_at > now
            assert found.current_or_next(now, zone) == window
            assert found.slot(now, zone) == Slot(window.day, window.planned.number)
        case Shut(following=shown_next):
            assert shown_next == following
            assert found.slot(now, zone).number == 0
