"""Points in time as people write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge import moments

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=SHANGHAI)
"""A Wednesday."""


def read(words: str, now: datetime = NOW, zone: ZoneInfo = SHANGHAI) -> str:
    return f"{moments.read(words, now, zone).astimezone(zone):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("18:30", "11-25 18:30"),
        ("１８：３０", "11-25 18:30"),
        ("9:00", "11-26 09:00"),
        ("明天 9:00", "11-26 09:00"),
        ("明天9点", "11-26 09:00"),
        ("明早8点半", "11-26 08:30"),
        ("明晚7点", "11-26 19:00"),
        ("今晚8点一刻", "11-25 20:15"),
        ("后天下午3点20分", "11-27 15:20"),
        ("大后天 中午12点", "11-28 12:00"),
        ("周三 18:00", "11-25 18:00"),
        ("周三 9:00", "12-02 09:00"),
        ("星期日上午10点", "11-29 10:00"),
        ("下周三 9:00", "12-02 09:00"),
        ("下周一的9:00", "11-30 09:00"),
        ("11月28日 9:00", "11-28 09:00"),
        ("1月2号 9:00", "01-02 09:00"),
        ("2026-12-01 07:30", "12-01 07:30"),
        ("12/1 7:30", "12-01 07:30"),
        ("tomorrow 9:00", "11-26 09:00"),
        ("Tomorrow 9 am", "11-26 09:00"),
        ("fri 6:30 pm", "11-27 18:30"),
        ("Thursday 9:00", "11-26 09:00"),
        ("12 am", "11-26 00:00"),
    ],
)
def test_what_is_written_is_the_moment_meant(words: str, meant: str) -> None:
    assert read(words) == meant


@pytest.mark.parametrize(
    "words",
    ["", "明天", "25:00", "9:60", "13月1日 9:00", "2月30日 9:00", "香蕉皮", "9", "99999-1-1 9:00",
     "9:00 然后", "٣:00"],
)  # fmt: skip
def test_what_names_no_time_is_none(words: str) -> None:
    with pytest.raises(moments.NotAMoment):
        read(words)


@pytest.mark.parametrize("words", ["今天 9:00", "2026-11-25 14:59", "2025-11-26 9:00"])
def test_a_day_that_is_named_and_over_is_not_moved(words: str) -> None:
    with pytest.raises(moments.Past):
        read(words)


def test_a_mistyped_year_is_no_wish() -> None:
    with pytest.raises(moments.TooFar):
        read("2062-11-28 9:00")


def test_a_time_that_the_clocks_skip_is_the_moment_of_the_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=berlin)

    assert moments.read("明天 2:30", evening, berlin) == datetime(2026, 3, 29, 1, tzinfo=UTC)
