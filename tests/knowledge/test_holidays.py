"""The days that China works and those that it does not."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.holidays import FIXED, FOLDER, DayKind, Holidays
from knowledge.tables import BadCatalogue
from knowledge.workdays import Workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAYS = Holidays.load()
WORKDAYS = Workdays(HOLIDAYS)

HEADER = "kind,first,last,about\n"
SOURCE = "source,,,a notice\n"


def day(text: str) -> date:
    return date.fromisoformat(text)


def year(number: int) -> list[date]:
    first = date(number, 1, 1)
    return [first + timedelta(days=off) for off in range((date(number + 1, 1, 1) - first).days)]


def days_of(number: int, kind: DayKind) -> list[str]:
    return [each.strftime("%m-%d") for each in year(number) if HOLIDAYS.kind(each) is kind]


def test_the_notice_of_2025() -> None:
    assert days_of(2025, DayKind.MAKE_UP) == ["01-26", "02-08", "04-27", "09-28", "10-11"]
    assert days_of(2025, DayKind.HOLIDAY) == [
        *("01-01", "01-28", "01-29", "01-30", "01-31", "02-01", "02-02", "02-03", "02-04"),
        *("04-04", "04-05", "04-06", "05-01", "05-02", "05-03", "05-04", "05-05"),
        *("05-31", "06-01", "06-02"),
        *("10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07", "10-08"),
    ]


def test_the_notice_of_2026() -> None:
    assert days_of(2026, DayKind.MAKE_UP) == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert days_of(2026, DayKind.HOLIDAY) == [
        *("01-01", "01-02", "01-03"),
        *("02-15", "02-16", "02-17", "02-18", "02-19", "02-20", "02-21", "02-22", "02-23"),
        *("04-04", "04-05", "04-06", "05-01", "05-02", "05-03", "05-04", "05-05"),
        *("06-19", "06-20", "06-21", "09-25", "09-26", "09-27"),
        *("10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"),
    ]


@pytest.mark.parametrize(("number", "expected"), [(2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_the_notice_leaves(number: int, expected: int) -> None:
    worked = sum(HOLIDAYS.kind(each).is_worked for each in year(number))
    off = {each for each in year(number) if HOLIDAYS.kind(each) is DayKind.HOLIDAY}
    weekends = sum(each.weekday() >= 5 for each in year(number))

    assert worked == expected
    # What is off in exchange is worked on another day: 13 days remain, of which some were Sundays.
    assert worked == 365 - weekends - len(off) + sum(each.weekday() >= 5 for each in off) + len(
        days_of(number, DayKind.MAKE_UP)
    )


def test_of_a_year_without_a_notice_the_days_of_the_law_are_known_and_no_others() -> None:
    assert not HOLIDAYS.is_announced(2027)
    assert days_of(2027, DayKind.MAKE_UP) == []
    assert days_of(2027, DayKind.HOLIDAY) == [
        *("01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02"),
        *("06-09", "09-15", "10-01", "10-02", "10-03"),
    ]


def test_of_a_year_far_away_only_the_days_that_do_not_move_are_known() -> None:
    assert not HOLIDAYS.is_announced(2099)
    assert len(days_of(2099, DayKind.HOLIDAY)) == len(FIXED)


@pytest.mark.parametrize("number", sorted(HOLIDAYS.years))
def test_no_notice_forgets_a_day_of_the_law(number: int, tmp_path: Path) -> None:
    (tmp_path / "festivals.csv").write_bytes((FOLDER / "festivals.csv").read_bytes())
    by_law = Holidays.load(tmp_path)
    law = {each for each in year(number) if by_law.kind(each) is DayKind.HOLIDAY}

    assert len(law) == 13
    assert law <= {each for each in year(number) if HOLIDAYS.kind(each) is DayKind.HOLIDAY}


def test_a_notice_may_begin_in_the_december_before(write: Callable[[str], Path]) -> None:
    folder = write(HEADER + SOURCE + "holiday,2029-12-30,2030-01-01,元旦\n")

    holidays = Holidays.load(folder)

    assert holidays.kind(date(2029, 12, 31)) is DayKind.HOLIDAY
    assert holidays.is_announced(2030)
    assert not holidays.is_announced(2029)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(notice: str) -> Path:
        (tmp_path / "festivals.csv").write_bytes((FOLDER / "festivals.csv").read_bytes())
        (tmp_path / "2030.csv").write_text(notice, "utf-8")
        return tmp_path

    return written


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (SOURCE + "holiday,2030-02-30,2030-02-30,x\n", "bad_date"),
        (SOURCE + "holiday,2031-01-01,2031-01-01,x\n", "bad_span"),
        (SOURCE + "holiday,2030-05-03,2030-05-01,x\n", "bad_span"),
        (SOURCE + "holiday,2030-05-01,2030-06-01,x\n", "bad_span"),
        (SOURCE + "work,2030-05-06,2030-05-06,x\n", "works_anyway"),
        (SOURCE + "work,2030-05-04,2030-05-04,x\nholiday,2030-05-01,2030-05-05,x\n", "day_twice"),
        (SOURCE + "party,2030-05-04,2030-05-04,x\n", "unknown_kind"),
        ("holiday,2030-05-01,2030-05-05,x\n", "no_source"),
    ],
)
def test_a_bad_notice_is_refused_with_file_and_line(
    write: Callable[[str], Path], rows: str, kind: str
) -> None:
    with pytest.raises(BadCatalogue) as caught:
        Holidays.load(write(HEADER + rows))

    assert caught.value.file == "2030.csv"
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("of", "count", "before"),
    [
        ("2026-11-25", 1, "2026-11-24"),
        ("2026-11-23", 1, "2026-11-20"),
        # A Sunday that is worked, a Saturday that is worked, and New Year.
        ("2026-01-05", 1, "2026-01-04"),
        ("2026-01-05", 2, "2025-12-31"),
        ("2026-02-24", 1, "2026-02-14"),
        ("2026-10-08", 1, "2026-09-30"),
        ("2026-10-12", 1, "2026-10-10"),
    ],
)
def test_working_days_before(of: str, count: int, before: str) -> None:
    assert WORKDAYS.before(day(of), count) == day(before)


@pytest.mark.parametrize(
    ("of", "count", "after"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-09-30", 2, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_working_days_after(of: str, count: int, after: str) -> None:
    assert WORKDAYS.after(day(of), count) == day(after)


def test_a_day_off_of_this_place_is_no_working_day() -> None:
    local = Workdays(HOLIDAYS, frozenset({day("2026-11-24"), day("2026-02-14")}))

    assert local.before(day("2026-11-25"), 1) == day("2026-11-23")
    assert local.after(day("2026-02-13"), 1) == day("2026-02-24")


def test_no_working_days_later_has_no_answer() -> None:
    with pytest.raises(AssertionError):
        WORKDAYS.after(day("2026-11-24"), 0)


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CLOSED = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=30)


@given(DAYS, st.integers(1, 40), CLOSED)
def test_counting_there_and_back(of: date, count: int, closed: frozenset[date]) -> None:
    workdays = Workdays(HOLIDAYS, closed)

    later = workdays.after(of, count)

    assert workdays.is_worked(later)
    assert len(list(workdays.between(of + timedelta(days=1), later))) == count
    if workdays.is_worked(of):
        assert workdays.before(later, count) == of


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN])
def test_the_cut_off_is_at_two_the_working_day_before_for_three_years(zone: ZoneInfo) -> None:
    for each in (date(2025, 1, 10) + timedelta(days=off) for off in range(3 * 365)):
        cut_off = WORKDAYS.cut_off(each, time(14), zone)
        local = cut_off.astimezone(zone)

        assert local.time() == time(14)
        assert WORKDAYS.is_worked(local.date())
        assert local.date() < each
        assert not list(
            WORKDAYS.between(local.date() + timedelta(days=1), each - timedelta(days=1))
        )


def test_the_cut_off_may_be_several_working_days_before() -> None:
    cut_off = WORKDAYS.cut_off(day("2026-02-24"), time(14), SHANGHAI, days_before=3)

    assert cut_off.astimezone(SHANGHAI).isoformat() == "2026-02-12T14:00:00+08:00"
