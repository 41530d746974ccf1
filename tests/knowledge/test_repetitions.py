"""When something that repeats comes: to the second, over three years, in two zones."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import repetitions
from knowledge.calendar import Civil
from knowledge.holidays import DayKind, Holidays
from knowledge.repetition_texts import read
from knowledge.repetitions import (
    LAST,
    Monthly,
    NthWeekday,
    Occurrence,
    OnHoliday,
    Repetition,
    Rule,
    Weekly,
)

HOLIDAYS = Holidays.load()
SHANGHAI = Civil(ZoneInfo("Asia/Shanghai"), HOLIDAYS)
BERLIN = Civil(ZoneInfo("Europe/Berlin"), HOLIDAYS)
ANYWAY, SKIP, BEFORE = OnHoliday
START = datetime(2025, 1, 1, tzinfo=UTC)
THREE_YEARS = (date(2025, 1, 1), date(2027, 12, 31))


def between(
    words: str, first: date, last: date, on: OnHoliday = ANYWAY, civil: Civil = SHANGHAI
) -> list[Occurrence]:
    """Those on the days from the first to the last."""
    repetition = repetitions.anchored(read(words, first), first)
    since = datetime.combine(first, time(), civil.zone) - timedelta(seconds=1)
    found = []
    while coming := repetitions.coming(repetition, since, on, civil):
        if coming.day > last:
            break
        found.append(coming)
        since = coming.at
    return found


def days(words: str, month: str, on: OnHoliday = ANYWAY) -> list[int]:
    """The days of a month on which it comes."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return [each.day.day for each in between(words, first, last, on)]


@pytest.mark.parametrize(
    ("words", "month", "meant"),
    [
        ("每周六 9:00", "2026-11", [7, 14, 21, 28]),
        ("每周一、周四 9:00", "2026-11", [2, 5, 9, 12, 16, 19, 23, 26, 30]),
        ("每两周周六 9:00", "2026-11", [7, 21]),
        ("每两周周六 9:00 从2026-11-14起", "2026-11", [14, 28]),
        ("每两周周一、周六 9:00", "2026-11", [2, 7, 16, 21, 30]),
        ("每月15号 9:00", "2026-11", [15]),
        ("每月31号 9:00", "2026-11", [30]),
        ("每月30号、31号 9:00", "2026-11", [30]),
        ("每月30号 9:00", "2028-02", [29]),
        ("每月最后一天 9:00", "2026-02", [28]),
        ("每月第一个周五 9:00", "2026-11", [6]),
        ("每月第四个周日 9:00", "2026-11", [22]),
        ("每月最后一个周日 9:00", "2026-11", [29]),
        ("每月最后一个周一 9:00", "2026-11", [30]),
        ("每周六 9:00 到2026-11-15", "2026-11", [7, 14]),
    ],
)
def test_it_comes_on_the_days_that_are_meant(words: str, month: str, meant: list[int]) -> None:
    assert days(words, month) == meant


def test_a_week_that_is_counted_begins_with_the_next_day_that_fits() -> None:
    sunday = date(2026, 11, 22)

    found = between("每两周周六 9:00", sunday, date(2026, 12, 31))

    assert [each.day for each in found] == [
        date(2026, 11, 28), date(2026, 12, 12), date(2026, 12, 26),
    ]  # fmt: skip


# National Day 2026: 1 to 7 October; Saturday the 10th and Sunday 20 September are worked.


@pytest.mark.parametrize(
    ("words", "on", "month", "meant"),
    [
        ("每周四 9:00", ANYWAY, "2026-10", [1, 8, 15, 22, 29]),
        ("每周四 9:00", SKIP, "2026-10", [8, 15, 22, 29]),
        ("每周四 9:00", BEFORE, "2026-09", [3, 10, 17, 24, 30]),
        ("每周四 9:00", BEFORE, "2026-10", [8, 15, 22, 29]),
        # All of the holiday moves to one day, which is told once.
        ("每天 9:00", BEFORE, "2026-10", list(range(8, 32))),
        # The Saturday is worked in exchange, and is no holiday.
        ("每周六 9:00", SKIP, "2026-10", [10, 17, 24, 31]),
        # New Year's Day moves into the year before.
        ("每月1号 9:00", BEFORE, "2025-12", [1, 31]),
        ("每月1号 9:00", BEFORE, "2026-01", []),
    ],
)
def test_what_happens_on_holidays(words: str, on: OnHoliday, month: str, meant: list[int]) -> None:
    assert days(words, month, on) == meant


def test_it_moves_to_a_make_up_day_if_that_is_the_working_day_before() -> None:
    saturday, holiday = date(2026, 2, 14), date(2026, 2, 15)
    assert HOLIDAYS.kind(saturday) is DayKind.MAKE_UP
    assert HOLIDAYS.kind(holiday) is DayKind.HOLIDAY

    assert days("每周日 9:00", "2026-02", BEFORE) == [1, 8, 14]


def test_a_weekend_stays_where_the_holiday_behind_it_moves_before_it() -> None:
    sunday = date(2026, 11, 15)
    civil = Civil(SHANGHAI.zone, Holidays({sunday: DayKind.HOLIDAY}, frozenset()))

    found = between("每周六、周日 9:00", sunday - timedelta(days=4), sunday, BEFORE, civil)

    assert [each.day.day for each in found] == [13, 14]


def test_a_holiday_that_nobody_has_announced_yet_is_not_certain() -> None:
    (october,) = between("每月8号 9:00", date(2027, 10, 1), date(2027, 10, 31), SKIP)
    (july,) = between("每月8号 9:00", date(2027, 7, 1), date(2027, 7, 31), SKIP)
    (anyway,) = between("每月8号 9:00", date(2027, 10, 1), date(2027, 10, 31), ANYWAY)

    assert (october.is_certain, july.is_certain, anyway.is_certain) == (False, True, True)


def test_what_has_ended_does_not_come() -> None:
    repetition = read("每周六 9:00 到2026-11-21", date(2026, 11, 1))

    now = datetime(2026, 11, 21, 9, tzinfo=SHANGHAI.zone)
    assert repetitions.coming(repetition, now, ANYWAY, SHANGHAI) is None
    just_before = now - timedelta(seconds=1)
    coming = repetitions.coming(repetition, just_before, ANYWAY, SHANGHAI)
    assert coming == Occurrence(date(2026, 11, 21), now.astimezone(UTC), is_certain=True)


@pytest.mark.parametrize("civil", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
@pytest.mark.parametrize("clock", ["02:30", "09:00"])
def test_over_three_years_each_day_comes_once_when_the_clock_shows_it_first(
    civil: Civil, clock: str
) -> None:
    """Against a clock that is looked at each minute of three years."""
    first, last = THREE_YEARS
    wanted = time.fromisoformat(clock)
    shown: dict[date, datetime] = {}
    at = datetime.combine(first, time(), civil.zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), civil.zone).astimezone(UTC)
    while at < end:
        there = at.astimezone(civil.zone)
        if there.time() >= wanted:
            shown.setdefault(there.date(), at)
        at += timedelta(minutes=1)

    found = between(f"每天 {clock}", first, last, civil=civil)

    assert {each.day: each.at for each in found} == shown
    assert len(found) == 365 * 3


def test_a_time_that_clocks_skip_or_show_twice_comes_once() -> None:
    spring = between("每天 2:30", date(2026, 3, 28), date(2026, 3, 30), civil=BERLIN)
    autumn = between("每天 2:30", date(2026, 10, 24), date(2026, 10, 26), civil=BERLIN)

    assert [each.at.isoformat()[:16] for each in spring] == [
        "2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30",
    ]  # fmt: skip
    assert [each.at.isoformat()[:16] for each in autumn] == [
        "2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30",
    ]  # fmt: skip


RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(
        Weekly,
        st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda d: tuple(sorted(d))),
        st.integers(1, 12),
    ),
    st.builds(
        Monthly,
        st.lists(st.one_of(st.just(LAST), st.integers(1, 31)), min_size=1, max_size=5, unique=True)
        .map(lambda d: tuple(sorted(d, key=lambda n: (n == LAST, n)))),
    ),
    st.builds(NthWeekday, st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6)),
)  # fmt: skip


@given(
    RULES, st.integers(0, 1439), st.sampled_from(OnHoliday), st.sampled_from([SHANGHAI, BERLIN]),
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_they_come_in_order_each_on_a_day_of_its_own(
    rule: Rule, minute: int, on: OnHoliday, civil: Civil, since: datetime
) -> None:
    repetition = repetitions.anchored(Repetition(rule, minute), since.date())

    found = list(islice(repetitions.after(repetition, since, on, civil), 8))

    assert all(early.day < late.day for early, late in pairwise(found))
    assert all(early.at < late.at for early, late in pairwise(found))
    assert all(each.at > since for each in found)
    if on is SKIP:
        assert {HOLIDAYS.kind(each.day) for each in found}.isdisjoint({DayKind.HOLIDAY})
    if on is BEFORE:
        moved = [each for each in found if HOLIDAYS.kind(each.day) is DayKind.HOLIDAY]
        assert moved == []


@given(RULES, st.dates(date(2025, 1, 1), date(2027, 12, 1)))
@settings(max_examples=100, deadline=None)
def test_holidays_skip_no_other_days_and_move_no_day_behind(rule: Rule, first: date) -> None:
    repetition = repetitions.anchored(Repetition(rule, 9 * 60), first)
    since = datetime.combine(first, time(), SHANGHAI.zone)

    def listed(on: OnHoliday) -> set[date]:
        found = repetitions.after(repetition, since, on, SHANGHAI)
        end = first + timedelta(days=200)
        return {each.day for each in takewhile(lambda one: one.day <= end, found)}

    anyway, skipped, moved = listed(ANYWAY), listed(SKIP), listed(BEFORE)
    off = {day for day in anyway if HOLIDAYS.kind(day) is DayKind.HOLIDAY}
    assert skipped == anyway - off
    assert skipped <= moved
    assert all(HOLIDAYS.kind(day).is_worked for day in moved - skipped)


@pytest.mark.parametrize(
    ("clock", "is_night"),
    [("07:29", True), ("07:30", False), ("21:29", False), ("21:30", True), ("00:00", True)],
)
def test_at_night_people_are_left_in_peace(clock: str, is_night: bool) -> None:
    hour, minute = clock.split(":")

    assert repetitions.is_at_night(int(hour) * 60 + int(minute)) is is_night


def test_it_is_of_use_on_the_same_day_before_the_night() -> None:
    (one,) = between("每天 9:00", date(2026, 11, 23), date(2026, 11, 23))
    (late,) = between("每天 23:59", date(2026, 11, 23), date(2026, 11, 23))

    def until(each: Occurrence, *, night: bool) -> str:
        end = repetitions.of_use_until(each, SHANGHAI, through_night=night)
        return f"{end.astimezone(SHANGHAI.zone):%d %H:%M}"

    assert until(one, night=False) == "23 21:30"
    assert until(one, night=True) == "24 00:00"
    assert until(late, night=True) == "24 00:59"
