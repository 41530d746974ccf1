"""What staff write into a cell says when a place is open, or where the text is wrong."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import schedule_texts
from knowledge.cells import BadCell
from knowledge.holidays import DayKind
from knowledge.schedule_texts import Wrong, clock, parse, write
from knowledge.schedules import (
    WEEK,
    Change,
    Clash,
    Closed,
    Day,
    Elsewhere,
    OtherHours,
    Rule,
    Schedule,
)
from knowledge.spans import Dates, Hours, Season

USUAL = (
    "mo-fr 07:00-09:00 18:30-20:30; sa,su,holiday 07:00-10:00 18:00-21:00; "
    "apr-oct mo-su 07:00-09:00 19:00-21:00"
)
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)
SUMMER_MONDAY = date(2026, 7, 6)


def hours(schedule: Schedule, day: date, kind: DayKind | None = None) -> str:
    usual = DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY
    planned = schedule.planned(day, kind or usual)
    return " ".join(
        f"{clock(each.hours.opens)}-{clock(each.hours.closes)}"
        + (f"@{each.station}" if each.station else "")
        for each in planned
    )


def test_weekdays_weekends_and_summers_have_their_own_hours() -> None:
    schedule = parse(USUAL)

    assert hours(schedule, MONDAY) == "07:00-09:00 18:30-20:30"
    assert hours(schedule, SATURDAY) == "07:00-10:00 18:00-21:00"
    assert hours(schedule, SUMMER_MONDAY) == "07:00-09:00 19:00-21:00"


def test_a_holiday_goes_before_the_weekday_and_before_the_season() -> None:
    schedule = parse(USUAL)

    assert hours(schedule, MONDAY, DayKind.HOLIDAY) == "07:00-10:00 18:00-21:00"
    assert hours(schedule, SUMMER_MONDAY, DayKind.HOLIDAY) == "07:00-10:00 18:00-21:00"


def test_a_holiday_of_a_season_goes_before_other_holidays() -> None:
    schedule = parse("mo-su,holiday 07:00-09:00; apr-oct holiday closed")

    assert hours(schedule, MONDAY, DayKind.HOLIDAY) == "07:00-09:00"
    assert hours(schedule, SUMMER_MONDAY, DayKind.HOLIDAY) == ""


def test_where_no_holiday_is_named_it_is_like_any_other_day() -> None:
    assert hours(parse("mo-su 07:00-09:00"), MONDAY, DayKind.HOLIDAY) == "07:00-09:00"


def test_a_saturday_that_is_worked_is_a_saturday_unless_make_up_days_are_named() -> None:
    assert hours(parse("mo-fr 07:00-09:00; sa 08:00-10:00"), SATURDAY, DayKind.MAKE_UP) == (
        "08:00-10:00"
    )
    assert hours(parse("mo-fr,makeup 07:00-09:00; sa 08:00-10:00"), SATURDAY, DayKind.MAKE_UP) == (
        "07:00-09:00"
    )


def test_a_day_that_no_entry_is_about_is_closed() -> None:
    assert hours(parse("mo-fr 07:00-09:00"), SATURDAY) == ""
    assert hours(parse(""), MONDAY) == ""


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ],
)
def test_a_season_begins_and_ends_on_its_days(day: date, is_open: bool) -> None:
    assert bool(hours(parse("apr-oct mo-su 18:30-20:30"), day)) is is_open


@pytest.mark.parametrize("day", [date(2026, 12, 15), date(2026, 2, 28), date(2028, 2, 29)])
def test_a_winter_goes_over_new_year_and_to_the_last_of_february(day: date) -> None:
    schedule = parse("15dec-feb mo-su 18:00-20:00")

    assert hours(schedule, day) == "18:00-20:00"
    assert hours(schedule, date(2026, 3, 1)) == ""
    assert hours(schedule, date(2026, 12, 14)) == ""


DATED = "2026-11-23"
TWO = "mo-su 07:00-09:00 18:30-20:30; "


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("closed", ""),
        ("closed 18:00-20:00", "07:00-09:00 20:00-20:30"),
        ("closed 07:30-08:00", "07:00-07:30 08:00-09:00 18:30-20:30"),
        ("closed 12:00-13:00", "07:00-09:00 18:30-20:30"),
        ("closed 06:00-08:00 19:00-24:00", "08:00-09:00 18:30-19:00"),
        ("10:00-12:00", "10:00-12:00"),
        ("at B", "07:00-09:00@B 18:30-20:30@B"),
        ("at B 18:00-20:00", "07:00-09:00 18:30-20:00@B 20:00-20:30"),
        ("at B 07:15-07:30", "07:00-07:15 07:15-07:30@B 07:30-09:00 18:30-20:30"),
        (
            "10:00-12:00; 2026-11-23 at B; 2026-11-23 closed 11:00-11:30",
            "10:00-11:00@B 11:30-12:00@B",
        ),
        (
            "closed 11:00-11:30; 2026-11-23 at B; 2026-11-23 10:00-12:00",
            "10:00-11:00@B 11:30-12:00@B",
        ),
        ("closed; 2026-11-23 10:00-12:00", ""),
    ],
)
def test_what_a_date_changes(change: str, expected: str) -> None:
    schedule = parse(f"{TWO}{DATED} {change}")

    assert hours(schedule, MONDAY) == expected
    assert hours(schedule, MONDAY + timedelta(days=1)) == "07:00-09:00 18:30-20:30"
    assert hours(schedule, MONDAY - timedelta(days=1)) == "07:00-09:00 18:30-20:30"


def test_several_dates_are_changed_at_once() -> None:
    schedule = parse("mo-su 07:00-09:00; 2026-11-23..2026-11-25 closed")

    days = [hours(schedule, MONDAY + timedelta(days=off)) for off in range(-1, 4)]

    assert days == ["07:00-09:00", "", "", "", "07:00-09:00"]


def test_parts_of_a_window_keep_its_number() -> None:
    schedule = parse(f"{TWO}{DATED} closed 07:30-08:00; {DATED} at B 20:00-21:00")

    planned = schedule.planned(MONDAY, DayKind.WORKDAY)

    assert [each.number for each in planned] == [1, 1, 2, 2]


def test_what_is_closed_does_not_change_the_number_of_the_others() -> None:
    [evening] = parse(f"{TWO}{DATED} closed 00:00-12:00").planned(MONDAY, DayKind.WORKDAY)

    assert evening.number == 2


def test_it_can_be_written_in_chinese_with_a_chinese_keyboard() -> None:
    schedule = parse(
        "周一至周五 7:00-9:00、18:30—20:30；星期六，周日，节假日 关闭；"
        "4月15日-10月31日 每天 6:00～8:00；２０２６年２月１６日至2026/2/18 改到 3号亭 18:00-20:00"
    )

    assert write(schedule) == (
        "mo-fr 07:00-09:00 18:30-20:30; sa,su,holiday closed; "
        "15apr-31oct mo-su 06:00-08:00; 2026-02-16..2026-02-18 at 3号亭 18:00-20:00"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon-Fri 7:00-9:00", "mo-fr 07:00-09:00"),
        ("SATURDAY, sunday 7:00 - 9:00 , 18:00 - 20:00", "sa,su 07:00-09:00 18:00-20:00"),
        ("sa-mo 07:00-09:00", "mo,sa,su 07:00-09:00"),
        ("daily 18:00-20:00 07:00-09:00;;", "mo-su 07:00-09:00 18:00-20:00"),
        ("weekend,holidays 19:00-00:00", "sa,su,holiday 19:00-24:00"),
        ("4月 周三 07:00-09:00\n5月-6月 周三 closed", "apr we 07:00-09:00; may-jun we closed"),
        ("1apr-30apr we closed", "apr we closed"),
        ("29feb mo closed", "29feb mo closed"),
        ("jan-feb, dec su closed", "jan-feb,dec su closed"),
        ("2026-12-24 at 东门Ａ栋，二号", "2026-12-24 at 东门Ａ栋，二号"),
    ],
)
def test_other_ways_to_write_it(written: str, meant: str) -> None:
    assert write(parse(written)) == meant


@pytest.mark.parametrize(
    ("text", "wrong", "position", "piece"),
    [
        ("mo-fr 07:00-09:00; xx closed", Wrong.UNKNOWN_WORD, 19, "xx"),
        ("工作日 07:00-09:00", Wrong.UNKNOWN_WORD, 0, "工作日"),
        ("mo 07:00-09:00 please", Wrong.UNKNOWN_WORD, 15, "please"),
        ("mo 07:00-09:00 su", Wrong.UNEXPECTED, 15, "su"),
        ("mo closed 07:00-09:00", Wrong.UNEXPECTED, 10, "07:00"),
        ("07:00-09:00", Wrong.NO_DAYS, 0, "07:00"),
        ("apr-oct 07:00-09:00", Wrong.NO_DAYS, 8, "07:00"),
        ("apr", Wrong.NO_DAYS, 3, ""),
        ("mo", Wrong.NO_HOURS, 2, ""),
        ("mo; tu closed", Wrong.NO_HOURS, 2, ""),
        ("mo-07:00-09:00", Wrong.NO_END, 3, "07:00"),
        ("mo 07:00", Wrong.NO_END, 8, ""),
        ("mo 07:00-", Wrong.NO_END, 9, ""),
        ("apr- mo closed", Wrong.NO_END, 5, "mo"),
        ("2026-12-24.. closed", Wrong.NO_END, 13, "closed"),
        ("mo 07:60-09:00", Wrong.NO_SUCH_TIME, 3, "07:60"),
        ("mo 07:00-24:01", Wrong.NO_SUCH_TIME, 9, "24:01"),
        ("31apr-oct mo closed", Wrong.NO_SUCH_DATE, 0, "31apr"),
        ("13月 mo closed", Wrong.NO_SUCH_DATE, 0, "13月"),
        ("2026-02-30 closed", Wrong.NO_SUCH_DATE, 0, "2026-02-30"),
        ("0000-01-01 closed", Wrong.NO_SUCH_DATE, 0, "0000-01-01"),
        ("mo-holiday closed", Wrong.NO_RANGE, 3, "holiday"),
        ("daily-su closed", Wrong.NO_RANGE, 0, "daily"),
        ("2026-12-24..2026-12-23 closed", Wrong.BACKWARDS, 0, "2026-12-24"),
        ("mo 07:00-07:00", Wrong.NO_LENGTH, 3, "07:00"),
        ("mo 00:00-00:00", Wrong.NO_LENGTH, 3, "00:00"),
        ("mo 22:00-01:00", Wrong.PASSES_MIDNIGHT, 3, "22:00"),
        ("mo 07:00-09:00 08:00-10:00", Wrong.OVERLAP, 15, "08:00"),
        ("mo-fr closed; fr-su 07:00-09:00", Wrong.CLASH, 14, "fr-su 07:00-09:00"),
        ("apr-oct mo closed; oct-nov mo-tu closed", Wrong.CLASH, 19, "oct-nov mo-tu closed"),
        ("nov-feb mo closed; jan mo closed", Wrong.CLASH, 19, "jan mo closed"),
        (
            "2026-12-24 at A; 2026-12-24 at B 07:00-08:00",
            Wrong.CLASH,
            17,
            "2026-12-24 at B 07:00-08:00",
        ),
        (
            "2026-12-01..2026-12-24 07:00-08:00;2026-12-24 09:00-10:00",
            Wrong.CLASH,
            35,
            "2026-12-24 09:00-10:00",
        ),
        ("  ；　周一 ７：００－９：００ 啊", Wrong.UNKNOWN_WORD, 17, "啊"),
    ],
)
def test_a_bad_text_says_what_is_wrong_and_where(
    text: str, wrong: Wrong, position: int, piece: str
) -> None:
    with pytest.raises(BadCell) as caught:
        parse(text)

    assert (caught.value.kind, caught.value.position, caught.value.piece) == (
        wrong,
        position,
        piece,
    )


def test_every_way_to_be_wrong_is_tried_above() -> None:
    [marks] = test_a_bad_text_says_what_is_wrong_and_where.pytestmark

    assert {wrong for _, wrong, _, _ in marks.args[1]} == set(Wrong)


def test_a_change_that_clashes_is_refused_also_without_a_text() -> None:
    schedule = parse("2026-12-24 at A 07:00-08:00")
    day = Dates(date(2026, 12, 24), date(2026, 12, 24))

    longer = schedule.with_change(Elsewhere(day, "B", (Hours(480, 540),)))
    with pytest.raises(Clash) as caught:
        longer.with_change(Elsewhere(day, "C"))

    assert caught.value.later == Elsewhere(day, "C")
    assert len(longer.with_change(Closed(day)).with_change(Closed(day)).changes) == 4


MINUTES = st.integers(0, 24 * 60)


def some_hours(fewest: int = 0) -> st.SearchStrategy[tuple[Hours, ...]]:
    ends = st.lists(MINUTES, min_size=2 * fewest, max_size=8, unique=True).map(sorted)
    return ends.map(
        lambda minutes: tuple(
            Hours(opens, closes)
            for opens, closes in zip(minutes[::2], minutes[1::2], strict=False)
        )
    ).filter(lambda found: len(found) >= fewest)


MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
SEASONS = st.lists(st.builds(Season, MONTH_DAYS, MONTH_DAYS), max_size=2).map(tuple)
RULES = st.builds(Rule, st.frozensets(st.sampled_from(Day), min_size=1), some_hours(), SEASONS)
DATES = st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 31)), min_size=2, max_size=2).map(
    lambda days: Dates(min(days), max(days))
)
STATIONS = st.text(
    st.characters(exclude_categories=("Z", "C"), exclude_characters=";；"), min_size=1
)
CHANGES = st.one_of(
    st.builds(Closed, DATES, some_hours()),
    st.builds(Elsewhere, DATES, STATIONS, some_hours()),
    st.builds(OtherHours, DATES, some_hours(1)),
)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    schedule = Schedule()
    for rule in draw(st.lists(RULES, max_size=4)):
        if not any(rule.clashes(other) for other in schedule.rules):
            schedule = Schedule((*schedule.rules, rule))
    for change in draw(st.lists(CHANGES, max_size=4)):
        schedule = _with(schedule, change)
    return schedule


def _with(schedule: Schedule, change: Change) -> Schedule:
    try:
        return schedule.with_change(change)
    except Clash:
        return schedule


@given(schedules())
@settings(max_examples=300, deadline=None)
def test_a_schedule_that_is_written_and_read_is_the_same(schedule: Schedule) -> None:
    text = write(schedule)

    assert parse(text) == schedule
    assert write(parse(text)) == text


@given(schedules(), st.dates(date(2025, 12, 1), date(2026, 12, 31)), st.sampled_from(DayKind))
@settings(max_examples=300, deadline=None)
def test_windows_of_a_day_are_in_order_and_never_overlap(
    schedule: Schedule, day: date, kind: DayKind
) -> None:
    planned = schedule.planned(day, kind)

    for one, after in pairwise(planned):
        assert one.hours.closes <= after.hours.opens
        assert one.number <= after.number
    for change in schedule.changes:
        if isinstance(change, Closed) and day in change.dates:
            closed = change.hours or (Hours(0, 1440),)
            assert not any(each.hours.meets(other) for each in planned for other in closed)


@given(
    schedules(),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from(DayKind),
    st.randoms(),
)
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_entries_does_not_matter(
    schedule: Schedule, day: date, kind: DayKind, random: Random
) -> None:
    rules, changes = list(schedule.rules), list(schedule.changes)
    random.shuffle(rules)
    random.shuffle(changes)

    shuffled = Schedule(tuple(rules), tuple(changes))

    assert shuffled.planned(day, kind) == schedule.planned(day, kind)


WORDS = "mo fr-su holiday apr-oct 15jan 07:00-09:00 9:00 - , ; closed 2026-01-01 .. at B 周一 至 x"
TEXTS = st.text() | st.lists(st.sampled_from(WORDS.split())).map(" ".join)


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_schedule_or_says_where_it_is_wrong(text: str) -> None:
    said = read(text)

    match said:
        case BadCell(kind=kind, position=position, piece=piece):
            assert kind in set(Wrong)
            assert text[position:].startswith(piece)
            assert 0 <= position <= len(text)
        case Schedule():
            assert parse(write(said)) == said


def read(text: str) -> Schedule | BadCell:
    try:
        return parse(text)
    except BadCell as bad:
        return bad


def test_each_weekday_can_be_named_as_it_is_written() -> None:
    for day in WEEK:
        assert schedule_texts.parse(f"{day} closed").rules[0].days == {day}


def test_the_examples_of_the_readme_can_be_read() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    [examples] = re.findall(r"```\n(mo-fr .*?)```", readme, re.DOTALL)
    schedule = parse(examples)

    assert len(schedule.rules) == 3
    assert len(schedule.changes) == 3
    assert write(schedule) == "; ".join(examples.splitlines())
