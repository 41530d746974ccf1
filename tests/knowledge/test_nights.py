"""Nights, in which people are left in peace."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge import nights

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(clock: str, day: int = 25) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("clock", "is_night"),
    [("07:29", True), ("07:30", False), ("21:29", False), ("21:30", True), ("00:00", True)],
)
def test_night_is_from_half_past_nine_to_half_past_seven(clock: str, is_night: bool) -> None:
    assert nights.is_night(at(clock), SHANGHAI) is is_night


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at("9:00"), 2, at("11:00")),
        (at("20:30"), 1, at("21:30")),
        (at("20:30"), 2, at("8:30", 26)),
        (at("23:00"), 1, at("8:30", 26)),
        (at("3:00"), 1, at("8:30")),
        (at("20:30"), 16, at("8:30", 27)),
    ],
)
def test_what_rests_at_night_goes_on_in_the_morning(
    start: datetime, hours: int, end: datetime
) -> None:
    assert nights.finish(start, timedelta(hours=hours), SHANGHAI) == end


def test_a_night_in_which_clocks_are_put_back_is_an_hour_longer() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 24, 21, 30, tzinfo=berlin)

    morning = nights.next_morning(evening, berlin)

    assert morning - evening.astimezone(morning.tzinfo) == timedelta(hours=11)
