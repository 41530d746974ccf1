"""Each local day comes once, also where clocks are put forward and back."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge import local_time
from knowledge.local_time import MINUTES_A_DAY, local_day, moment

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
APIA = ZoneInfo("Pacific/Apia")
HAVANA = ZoneInfo("America/Havana")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = (BERLIN, NEW_YORK, SHANGHAI, HAVANA, LORD_HOWE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_time_in_shanghai_is_eight_hours_ahead() -> None:
    assert moment(date(2026, 11, 23), 7 * 60 + 30, SHANGHAI) == at("2026-11-22T23:30")


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    assert moment(date(2026, 12, 31), MINUTES_A_DAY, SHANGHAI) == moment(
        date(2027, 1, 1), 0, SHANGHAI
    )


@pytest.mark.parametrize(
    ("zone", "day", "jump"),
    [
        (BERLIN, date(2026, 3, 29), "2026-03-29T01:00"),
        (NEW_YORK, date(2026, 3, 8), "2026-03-08T07:00"),
        (SHANGHAI, date(1986, 5, 4), "1986-05-03T18:00"),
    ],
)
def test_a_time_that_is_skipped_is_the_moment_of_the_jump(
    zone: ZoneInfo, day: date, jump: str
) -> None:
    skipped = [moment(day, minute, zone) for minute in range(2 * 60, 3 * 60)]

    assert set(skipped) == {at(jump)}
    assert moment(day, 2 * 60 - 1, zone) == at(jump) - timedelta(minutes=1)
    assert moment(day, 3 * 60, zone) == at(jump)


@pytest.mark.parametrize(
    ("zone", "day", "first"),
    [
        (BERLIN, date(2026, 10, 25), "2026-10-25T00:30"),
        (SHANGHAI, date(1986, 9, 14), "1986-09-13T16:30"),
    ],
)
def test_a_time_that_comes_twice_is_meant_the_first_time(
    zone: ZoneInfo, day: date, first: str
) -> None:
    hour = 2 if zone is BERLIN else 1

    assert moment(day, hour * 60 + 30, zone) == at(first)
    assert moment(day, hour * 60 + 60, zone) == at(first) + timedelta(minutes=90)


def test_a_day_that_was_skipped_is_over_when_it_begins() -> None:
    skipped = date(2011, 12, 30)

    assert moment(skipped, 0, APIA) == moment(skipped, MINUTES_A_DAY, APIA)
    assert moment(skipped, 12 * 60, APIA) == moment(date(2011, 12, 31), 0, APIA)


DAYS = st.dates(date(1980, 1, 1), date(2036, 12, 31))
MINUTES = st.integers(0, MINUTES_A_DAY)


@given(DAYS, MINUTES, MINUTES, st.sampled_from(ZONES))
@example(date(2026, 3, 29), 2 * 60 + 30, 3 * 60, BERLIN)
@example(date(2026, 10, 4), 2 * 60 + 10, 2 * 60 + 30, LORD_HOWE)
def test_a_later_time_is_never_an_earlier_moment(
    day: date, one: int, other: int, zone: ZoneInfo
) -> None:
    early, late = sorted((one, other))

    assert moment(day, early, zone) <= moment(day, late, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_every_local_day_comes_once_and_ends_where_the_next_begins(zone: ZoneInfo) -> None:
    first = date(2026, 1, 1) if zone is not SHANGHAI else date(1986, 1, 1)
    days = [first + timedelta(days=off) for off in range(3 * 365)]

    starts = [moment(day, 0, zone) for day in days]

    assert starts == sorted(set(starts))
    assert {late - early for early, late in pairwise(starts)} <= {
        timedelta(hours=hours) for hours in (23, 23.5, 24, 24.5, 25)
    }
    assert [local_day(start, zone) for start in starts] == days
    assert [local_day(start - timedelta(seconds=1), zone) for start in starts[1:]] == days[:-1]


@given(DAYS, st.integers(0, MINUTES_A_DAY - 1), st.sampled_from(ZONES))
@settings(max_examples=300)
def test_the_clock_shows_that_time_or_has_jumped_over_it(
    day: date, minute: int, zone: ZoneInfo
) -> None:
    shown = moment(day, minute, zone).astimezone(zone)
    just_before = (moment(day, minute, zone) - timedelta(seconds=1)).astimezone(zone)
    wanted = datetime.combine(day, time(*divmod(minute, 60)))

    assert shown.replace(tzinfo=None) == wanted or (
        just_before.replace(tzinfo=None) < wanted < shown.replace(tzinfo=None)
    )


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        local_day(datetime(2026, 1, 1), SHANGHAI)  # noqa: DTZ001


def test_the_minute_of_a_clock() -> None:
    assert local_time.minute_of(time(14, 5)) == 14 * 60 + 5
