"""When people are reminded of a day: once a slot, in time, and of no use for ever."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.calendar import Calendar
from knowledge.holidays import Holidays
from knowledge.local_time import local_day
from knowledge.reminders import (
    Event,
    Reminding,
    Slot,
    Span,
    Topic,
    Wishes,
    events,
    paced,
    remindings,
)
from knowledge.schedule_texts import parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOLIDAYS = Holidays.load()
MONDAY = date(2026, 11, 23)
ALL = Wishes(frozenset(Topic), frozenset(Slot))


def calendars(**hours: str) -> dict[Topic, Calendar]:
    return {Topic(topic): Calendar(parse(text), HOLIDAYS) for topic, text in hours.items()}


TWICE = calendars(window="mo-su 07:00-09:00 18:30-20:30", hazardous="mo 09:00-11:00")


def found(day: date, wishes: Wishes, zone: ZoneInfo = SHANGHAI) -> tuple[Reminding, ...]:
    return remindings(day, wishes, events(day, TWICE, zone), zone)


def shown(moment: datetime, zone: ZoneInfo = SHANGHAI) -> str:
    return moment.astimezone(zone).strftime("%d %H:%M")


@pytest.mark.parametrize(
    "wishes", [ALL, Wishes(), Wishes(frozenset({Topic.HAZARDOUS}), frozenset(), 15, quiet=False)]
)
def test_wishes_are_read_as_they_were_written(wishes: Wishes) -> None:
    assert Wishes.read(wishes.write()) == wishes


def test_each_slot_has_one_message_about_all_of_the_day() -> None:
    """Row 7: two things on a day are announced together."""
    messages = found(MONDAY, ALL)

    assert [one.slot for one in messages] == [Slot.EVENING, Slot.MORNING, Slot.BEFORE]
    assert [shown(one.due_at) for one in messages] == ["22 19:00", "23 07:30", "23 08:30"]
    assert {tuple(each.topic for each in one.events) for one in messages} == {
        (Topic.WINDOW, Topic.HAZARDOUS, Topic.WINDOW)
    }


def test_a_message_is_of_use_until_the_next_or_until_all_is_over() -> None:
    assert [shown(one.until) for one in found(MONDAY, ALL)] == [
        "23 07:30", "23 08:30", "23 20:30",
    ]  # fmt: skip


def test_nobody_is_told_of_what_was_not_wanted() -> None:
    wishes = Wishes(frozenset({Topic.HAZARDOUS}), frozenset({Slot.EVENING}))

    assert [len(found(MONDAY + timedelta(days=off), wishes)) for off in range(8)] == [
        1, 0, 0, 0, 0, 0, 0, 1,
    ]  # fmt: skip


def test_minutes_before_the_first_that_does_not_begin_at_night() -> None:
    topics, slots = frozenset({Topic.WINDOW}), frozenset({Slot.BEFORE})

    assert [shown(one.due_at) for one in found(MONDAY, Wishes(topics, slots))] == ["23 18:00"]
    loud = Wishes(topics, slots, quiet=False)
    assert [shown(one.due_at) for one in found(MONDAY, loud)] == ["23 06:30"]


def test_what_is_not_published_is_told_as_such_and_not_guessed() -> None:
    """Row 2."""
    unknown = calendars(hazardous="tu 09:00-11:00; holiday closed")
    day = date(2027, 2, 9)

    (only,) = remindings(day, ALL, events(day, unknown, SHANGHAI), SHANGHAI)[:1]

    assert only.events == (Event(Topic.HAZARDOUS, None, None, None),)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_three_years_have_each_slot_once_a_day_on_the_right_day(zone: str) -> None:
    """F15 and row 4: clocks put forward and back skip no reminder, double none, shift none."""
    there, day = ZoneInfo(zone), date(2025, 1, 1)
    seen: list[tuple[Slot, date]] = []
    while day < date(2028, 1, 1):
        for one in found(day, ALL, there):
            off = 1 if one.slot is Slot.EVENING else 0
            assert local_day(one.due_at, there) == day - timedelta(days=off)
            assert one.earliest <= one.due_at <= one.by
            assert one.due_at < one.until
            seen.append((one.slot, day))
        day += timedelta(days=1)

    assert len(seen) == len(set(seen)) == 3 * 1095


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def message(due: float, earliest: float, by: float) -> Reminding:
    hours = [NOON + timedelta(hours=each) for each in (due, earliest, by)]
    return Reminding(Slot.EVENING, (), *hours, until=NOON + timedelta(days=1))


def span(begins: float, ends: float, fits: bool = True) -> Span:
    return Span(NOON + timedelta(hours=begins), NOON + timedelta(hours=ends), fits)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, span(2, 2 + 1 / 3600)),
        (3600, span(2, 3)),  # just in time
        (2 * 3600, span(1, 3)),  # begins an hour early
        (3 * 3600, span(0, 3)),
        (4 * 3600, span(0, 4, fits=False)),  # the last is an hour late
    ],
)
def test_many_begin_early_enough_for_the_last_to_be_in_time(number: int, expected: Span) -> None:
    assert paced([(message(due=2, earliest=0, by=3), number)], 1) == [expected]


def test_those_meant_for_the_same_time_share_it() -> None:
    same = (message(due=2, earliest=0, by=3), 3600)

    assert paced([same, same], 1) == [span(1, 3), span(1, 3)]


def test_what_comes_before_gets_out_of_the_way() -> None:
    first, second = message(due=2, earliest=0, by=3), message(due=3, earliest=1, by=3.5)

    assert paced([(first, 3600), (second, 3600)], 1) == [span(1.5, 2.5), span(2.5, 3.5)]
