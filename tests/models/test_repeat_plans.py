"""Each time of a repeat is one broadcast, whatever happens to clocks, processes and holidays."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from knowledge.calendar import Civil
from knowledge.holidays import DayKind, Holidays
from knowledge.repetitions import OnHoliday
from models import (
    Database,
    broadcasts,
    repeat_moves,
    repeat_plans,
    repeat_times,
    repeats,
    residents,
)
from models.areas import EVERYWHERE
from models.audiences import Audience, Whom
from models.broadcasts import Broadcast
from models.repeats import Move, Outcome, Reached, Repeat, State
from tests.conftest import MONDAY
from tests.races import Halfway, second_overtakes, second_waits
from tests.repeats import (
    ADMIN,
    BERLIN,
    EVERYWHERE_ADMIN,
    EXPIRED,
    LIU,
    MADE,
    NEWS,
    RULES,
    SHANGHAI,
    Office,
    at,
    office,
)

__all__ = ["office"]


WHOM = Whom(EVERYWHERE, Audience.RESIDENTS, None, "zh")


async def test_each_time_it_makes_one_broadcast_at_its_moment(office: Office) -> None:
    await office.runs("每天 9:00")
    await office.strikes(at("8:59:59"))
    assert await office.made() == []

    for day in (24, 25, 26):
        for clock in ("9:00:00", "9:00:01", "9:01:00"):
            await office.strikes(at(clock, day))

    assert await office.made() == ["11-24 09:00:00", "11-25 09:00:00", "11-26 09:00:00"]
    assert await office.ended() == [("11-24", MADE), ("11-25", MADE), ("11-26", MADE)]


async def test_the_broadcast_is_as_the_repeat_says(office: Office) -> None:
    id_ = await office.draft()
    async with office.database.write() as session:
        options = {"audience": Audience.NOBODY, "language": "en", "in_groups": False}
        await repeats.put(session, office.held, id_, **options)
    await office.hands_in(id_, through_night=True)
    await office.strikes(at("9:00"))

    async with office.database.read() as session:
        made = await session.scalar(select(Broadcast))
        assert made
        assert await repeats.is_occurrence(session, made.id)
        assert not await repeats.is_occurrence(session, made.id + 1)
        assert await broadcasts.author(session, made) == LIU
    assert (made.audience, made.language, made.in_groups) == (Audience.NOBODY, "en", True)
    assert (made.state, made.through_night) == (broadcasts.State.READY, True)
    assert made.content == NEWS.fields
    assert made.expected == office.people


@pytest.mark.parametrize(
    ("down", "ended", "made"),
    [
        (timedelta(seconds=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (timedelta(minutes=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (timedelta(hours=1), [("11-24", MADE)], ["11-24 09:00:00"]),
        (
            timedelta(hours=25),
            [("11-24", EXPIRED), ("11-25", MADE)],
            ["11-25 09:00:00"],
        ),
        (
            timedelta(days=4),
            [("11-24", EXPIRED), ("11-25", EXPIRED), ("11-26", EXPIRED), ("11-27", EXPIRED),
             ("11-28", MADE)],
            ["11-28 09:00:00"],
        ),
    ],
)  # fmt: skip
async def test_after_the_bot_was_down_each_time_is_made_once_or_noted_as_expired(
    office: Office, down: timedelta, ended: list[tuple[str, Outcome]], made: list[str]
) -> None:
    await office.runs("每天 9:00")
    await office.strikes(at("8:59:59"))
    for _ in range(3):
        await office.strikes(at("8:59:59") + timedelta(seconds=1) + down)

    assert await office.ended() == ended
    assert await office.made() == made
    missed = sum(outcome is EXPIRED for _, outcome in ended)
    assert await office.told("repeat-trouble") == [LIU] * bool(missed)


@pytest.mark.parametrize(
    ("clock", "through_night", "outcome"),
    [
        ("21:29:59", False, MADE), ("21:30:00", False, EXPIRED), ("23:59:59", False, EXPIRED),
        ("23:59:59", True, MADE), ("24:00:00", True, EXPIRED),
    ],
)  # fmt: skip
async def test_what_is_late_is_of_use_before_the_night_of_that_day(
    office: Office, clock: str, through_night: bool, outcome: Outcome
) -> None:
    await office.runs("每天 9:00", through_night=through_night)
    now = at("0:00", 25) if clock.startswith("24") else at(clock)
    await office.strikes(now)

    assert await office.ended() == [("11-24", outcome)]


@pytest.mark.parametrize("civil", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
async def test_over_three_years_no_time_is_left_out_and_none_comes_twice(
    sqlite: Database, civil: Civil
) -> None:
    """The clock strikes at the moment, a second before and a second after."""
    async with sqlite.write() as session:
        await residents.note_seen(session, [ADMIN], MONDAY)
    office = Office(sqlite, EVERYWHERE, civil)
    by = await office.by(ADMIN)
    start = datetime(2025, 1, 1, tzinfo=civil.zone).astimezone(UTC)
    held, reached = EVERYWHERE_ADMIN, Reached(WHOM, rooms=False, people=10, groups=0)
    async with sqlite.write() as session:
        made = await repeats.draft(session, held, EVERYWHERE, by, "zh", start)
        await repeats.write(session, held, made.id, NEWS)
        when = repeat_times.repetition("every sunday 2:30", date(2025, 1, 1))
        await repeats.put_when(session, held, made.id, when)
        await repeat_moves.hand_in(
            session, held, made.id, by, reached, civil, start,
            through_night=True, second_above=500, admins=(ADMIN,),
        )  # fmt: skip
    sundays = [date(2025, 1, 5) + timedelta(weeks=number) for number in range(3 * 52)]
    skipped = {date(2025, 3, 30), date(2026, 3, 29), date(2027, 3, 28)} if civil is BERLIN else ()
    for sunday in sundays:
        clock = (3, 0) if sunday in skipped else (2, 30)
        moment = datetime(*sunday.timetuple()[:3], *clock, tzinfo=civil.zone).astimezone(UTC)
        for second in (-1, 0, 1, 3600):
            await office.strikes(moment + timedelta(seconds=second))
            count = len(await office.made())
            assert count == sundays.index(sunday) + (second >= 0), f"{moment} {second}"

    assert {outcome for _, outcome in await office.ended()} == {MADE}


async def test_of_two_processes_one_makes_it(office: Office) -> None:
    await office.runs("每天 9:00")
    other = Database(office.database.url.render_as_string(hide_password=False))
    try:
        office.now = at("9:00")
        await asyncio.gather(
            *(office.strikes(database=database) for database in (office.database, other) * 5)
        )
    finally:
        await other.close()

    assert await office.made() == ["11-24 09:00:00"]


@pytest.fixture
async def unlocked(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Without the lock on the row: both are half-way at once."""
    if office.database.is_sqlite:
        pytest.skip("SQLite's one writer is its own protection")
    lock = select(Repeat).with_for_update().__class__.with_for_update
    monkeypatch.setattr(
        select(Repeat).__class__, "with_for_update",
        lambda statement, **how: statement if how.get("skip_locked") else lock(statement, **how),
    )  # fmt: skip
    return office


async def _both(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    office.now = at("9:00")
    halfway = Halfway(monkeypatch, repeat_plans, "_is_answered_for")
    return await second_overtakes(halfway, office.strikes, office.strikes)


async def test_without_the_lock_the_day_is_still_unique(
    unlocked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unlocked.runs("每天 9:00")
    await _both(unlocked, monkeypatch)

    assert await unlocked.made() == ["11-24 09:00:00"]


async def test_without_the_lock_and_the_key_there_are_two(
    unlocked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unlocked.runs("每天 9:00")
    async with unlocked.database.write() as session:
        drop = "ALTER TABLE repeat_occurrences DROP CONSTRAINT pk_repeat_occurrences"
        await session.execute(text(drop))
    await _both(unlocked, monkeypatch)

    assert await unlocked.made() == ["11-24 09:00:00"] * 2


async def test_who_stops_it_at_that_moment_waits_or_comes_first(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = await office.runs("每天 9:00")
    office.now = at("9:00")
    by = await office.by()

    async def stops() -> None:
        async with office.database.write() as session:
            await repeat_moves.change(
                session, office.held, id_, Move.STOP, by, office.civil, office.now
            )

    halfway = Halfway(monkeypatch, repeat_plans, "_is_answered_for")
    assert await second_waits(office.database, halfway, office.strikes, stops) == [
        "first",
        "second",
    ]
    assert (await office.of(id_)).state == State.STOPPED
    assert await office.made() == ["11-24 09:00:00"]
    await office.strikes(at("9:00", 25))
    assert await office.made() == ["11-24 09:00:00"]


# Holidays.


async def test_a_notice_of_holidays_that_comes_later_moves_it(office: Office) -> None:
    id_ = await office.runs("每月8号 9:00", OnHoliday.BEFORE)
    assert (await office.of(id_)).next_day == date(2026, 12, 8)
    kinds = {**SHANGHAI.holidays.kinds, date(2026, 12, 8): DayKind.HOLIDAY}
    office.civil = Civil(SHANGHAI.zone, Holidays(kinds, SHANGHAI.holidays.years))
    await office.looks_after()
    assert (await office.of(id_)).next_day == date(2026, 12, 7)
    await office.strikes(at("9:00", 37))
    await office.strikes(at("9:00", 38))

    assert await office.made() == ["12-07 09:00:00"]


# What the database itself refuses.

DAY = "'2026-11-24'"


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE repeats SET content = NULL",
        "UPDATE repeats SET next_at = NULL",
        "UPDATE repeats SET repetition = NULL",
        "UPDATE repeats SET changes_id = id",
        f"INSERT INTO repeat_occurrences VALUES (1, {DAY}, {DAY}, 'made', NULL, {DAY})",
        f"INSERT INTO repeat_occurrences VALUES (99, {DAY}, {DAY}, 'expired', NULL, {DAY})",
    ],
)
async def test_wrong_states_cannot_be_written(office: Office, order: str) -> None:
    await office.runs()
    with pytest.raises(IntegrityError):
        async with office.database.write() as session:
            await session.execute(text(order))


async def test_a_change_of_people_meanwhile_is_counted_anew(office: Office) -> None:
    id_ = await office.runs("每天 9:00")
    old = await office.reached(id_)
    async with office.database.write() as session:
        (await session.get_one(Repeat, id_)).audience = Audience.EVERYBODY
    async with office.database.write() as session:
        assert await repeat_plans.step(session, id_, old, RULES, SHANGHAI, at("9:00")) is None

    assert await office.made() == []
