"""Cases: the table of steps, and what is promised of working days."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge import cases
from knowledge.calendar import Civil
from knowledge.cases import BY_STAFF, ENDING, OVER, STEPS, Act, State
from knowledge.holidays import Holidays

SHANGHAI = ZoneInfo("Asia/Shanghai")
CIVIL = Civil(SHANGHAI, Holidays.load())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "by"),
    [
        ("2026-11-23T00:00", "2026-11-23T17:30"),
        ("2026-11-23T11:59:59", "2026-11-23T17:30"),
        ("2026-11-23T12:00", "2026-11-24T17:30"),
        ("2026-11-27T20:00", "2026-11-30T17:30"),  # a Friday evening
        ("2026-11-28T08:00", "2026-11-30T17:30"),
        ("2026-02-15T09:00", "2026-02-24T17:30"),  # the Spring Festival is from 15 to 23
        ("2026-02-14T09:00", "2026-02-14T17:30"),  # a make-up Saturday is worked
    ],
)
def test_when_an_answer_can_be_expected(now: str, by: str) -> None:
    assert cases.answer_by(at(now), CIVIL) == at(by)


@pytest.mark.parametrize(
    ("solved", "until"),
    [
        ("2026-11-23T00:00", "2026-11-26T00:00"),
        ("2026-11-27T23:59", "2026-12-02T00:00"),
        ("2026-02-14T09:00", "2026-02-26T00:00"),
    ],
)
def test_until_when_one_may_say_that_it_is_still_so(solved: str, until: str) -> None:
    assert cases.reopen_until(at(solved), CIVIL) == at(until)


def test_every_state_is_reached_and_has_its_steps() -> None:
    reached = {to for acts in STEPS.values() for to in acts.values()}

    assert reached == set(State) == set(STEPS) - {None}
    assert {act for acts in STEPS.values() for act in acts} == set(Act)


def test_what_is_over_is_opened_only_by_who_reported_it() -> None:
    assert {act for state in OVER for act in STEPS[state]} == {Act.REOPEN}
    assert BY_STAFF >= ENDING
    for state in set(State) - OVER:
        assert {STEPS[state][act] for act in ENDING} == OVER
