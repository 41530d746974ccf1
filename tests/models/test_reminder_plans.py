"""Planning reminders: each slot once, whatever was down, jumped or done twice at once."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text, update

from bot import reminding
from knowledge.calendar import Civil
from knowledge.reminders import Slot, Topic, Wishes
from models import (
    Database,
    Session,
    notices,
    reminder_answers,
    reminder_plans,
    reminders,
    residents,
)
from models.areas import Area
from models.notices import Notice, State
from models.reminder_plans import ReminderDay
from models.reminders import Occasion, Reminder
from tests import planners
from tests.conftest import Clock
from tests.models.conftest import RESIDENT, SHANGHAI, Estate

BERLIN = ZoneInfo("Europe/Berlin")
ALL_SLOTS = Wishes(frozenset({Topic.WINDOW}), frozenset(Slot))
EVENING = Wishes(frozenset({Topic.WINDOW}), frozenset({Slot.EVENING}))
ALONE = 900
"""Lives in no household, and has chosen the estate."""


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


class Planner:
    """A process that plans, and what is in the outbox."""

    def __init__(self, estate: Estate) -> None:
        self.database = estate.database
        self.civil = estate.civil
        self.clock = Clock(at("2026-11-23T08:00"))
        self.rate = 25.0

    async def ticks(self, moment: str | datetime) -> None:
        """The timetable asks what has to be planned, at this moment."""
        self.clock.now = at(moment, self.civil.zone) if isinstance(moment, str) else moment
        await reminding.plan(self.database, self.clock, self.civil, rate=self.rate, admins=[1])

    async def wants(self, resident: int, wishes: Wishes, area: int | None = None) -> None:
        async with self.database.write() as session:
            await residents.note_seen(session, [resident], self.clock.now)
            await reminders.save(
                session, resident, area, wishes, None, self.clock.now, pickups=True
            )

    async def outbox(self, kind: str = "reminder") -> list[Notice]:
        async with self.database.read() as session:
            found = await session.scalars(
                select(Notice).where(Notice.kind == kind).order_by(Notice.due_at, Notice.to)
            )
            return list(found)

    async def about(self) -> list[tuple[str, str]]:
        """What each reminder is about, and its state."""
        return [
            (one.about.removeprefix("reminder "), str(one.state)) for one in await self.outbox()
        ]


@pytest.fixture
async def planner(estate: Estate) -> Planner:
    """Somebody at home, and somebody who lives nowhere, want to be reminded of the windows."""
    planner = Planner(estate)
    await planner.wants(RESIDENT, EVENING)
    return planner


async def test_from_noon_on_the_next_day_is_planned_once(planner: Planner) -> None:
    await planner.ticks("2026-11-23T11:59")
    assert await planner.about() == []
    for _ in range(3):
        await planner.ticks("2026-11-23T12:00")

    (only,) = await planner.outbox()
    assert (only.about, only.due_at) == (
        "reminder 2026-11-24 evening", at("2026-11-23T19:00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("away", "found"),
    [
        (timedelta(seconds=1), "waiting"),
        (timedelta(minutes=1), "waiting"),
        (timedelta(hours=1), "waiting"),
        (timedelta(hours=25), "waiting"),  # the window of the next evening is still to come
        (timedelta(hours=26, minutes=1), "expired"),
    ],
)
async def test_down_while_reminders_fall_due(
    planner: Planner, away: timedelta, found: str
) -> None:
    """F13: the process that should have planned the day was away; none is silent, none doubled."""
    await planner.ticks("2026-11-22T12:00")  # the 23rd was planned, and then it went down
    due = at("2026-11-23T19:00")
    await planner.ticks(due + away)
    await planner.ticks(due + away + timedelta(seconds=30))

    about = dict(await planner.about())
    assert about["2026-11-24 evening"] == found
    assert len(about) == len(await planner.outbox())


async def test_days_that_nobody_planned_are_written_down_as_expired(planner: Planner) -> None:
    await planner.ticks("2026-11-23T12:00")
    await planner.ticks("2026-11-26T21:00")

    assert await planner.about() == [
        ("2026-11-24 evening", "waiting"),  # planned in time; the sender ends it
        ("2026-11-25 evening", "expired"),
        ("2026-11-26 evening", "expired"),
        ("2026-11-27 evening", "waiting"),
    ]


@pytest.mark.parametrize(
    "jump", [timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)]
)
@pytest.mark.parametrize("back", [False, True])
async def test_a_clock_that_jumps_and_is_mended_plans_nothing_twice(
    planner: Planner, jump: timedelta, back: bool
) -> None:
    """F12."""
    noon = at("2026-11-24T12:00")
    await planner.ticks(noon - timedelta(minutes=1))
    await planner.ticks(noon - jump if back else noon + jump)
    await planner.ticks(noon)
    await planner.ticks(noon + timedelta(days=1))

    found = [about for about, _ in await planner.about()]
    assert len(found) == len(set(found))
    assert {"2026-11-25 evening", "2026-11-26 evening"} <= set(found)


async def test_a_clock_ten_years_ahead_does_not_stop_reminders(planner: Planner) -> None:
    await planner.ticks("2026-11-23T12:00")
    await planner.ticks("2036-11-23T12:00")
    await planner.ticks("2026-11-24T12:00")

    found = [about for about, _ in await planner.about()]
    assert found.count("2026-11-25 evening") == 1
    assert len(found) == len(set(found))


async def test_three_years_in_berlin_have_one_reminder_a_day(
    planner: Planner, estate: Estate
) -> None:
    """F15, through the planner: a week around each change of the clocks."""
    planner.civil = Civil(BERLIN, estate.civil.holidays)
    for change in ("2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28",
                   "2027-10-31"):  # fmt: skip
        begin = at(change, BERLIN) - timedelta(days=2)
        async with planner.database.write() as session:
            await session.execute(text("DELETE FROM reminder_days"))
            await session.execute(update(Reminder).values(chosen_at=begin - timedelta(days=3)))
        for hours in range(0, 5 * 24, 6):
            await planner.ticks(begin + timedelta(hours=hours))

    found = [(one.about, one.due_at.astimezone(BERLIN)) for one in await planner.outbox()]
    assert len({about for about, _ in found}) == len(found) >= 30
    assert {due.hour for _, due in found} == {19}
    days = {(date.fromisoformat(about.split()[1]) - due.date()).days for about, due in found}
    assert days == {1}


async def test_two_processes_plan_the_same_day_and_nobody_hears_twice(
    planner: Planner, estate: Estate
) -> None:
    others = [Planner(estate) for _ in range(3)]
    await asyncio.gather(*(each.ticks("2026-11-23T12:00") for each in (planner, *others)))

    assert await planner.about() == [("2026-11-24 evening", "waiting")]


async def test_two_real_processes_plan_the_same_days_and_nobody_hears_twice(
    planner: Planner, estate: Estate, database_url: str
) -> None:
    people = [RESIDENT, *range(1000, 1012)]
    for person in people[1:]:
        await planner.wants(person, ALL_SLOTS, estate.area)
    apart = get_context("forkserver")  # as bots begin: nothing of this one is in them
    apart.set_forkserver_preload([planners.__name__])
    begin = apart.Barrier(2)
    what = (database_url, begin, at("2026-11-23T12:00"))
    processes = [apart.Process(target=planners.plan, args=what) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        await asyncio.to_thread(process.join)

    assert [process.exitcode for process in processes] == [0, 0]
    found = [(one.to, one.about.removeprefix("reminder ")) for one in await planner.outbox()]
    assert len(found) == len(set(found))
    assert sorted(to for to, about in found if about == "2026-11-24 evening") == people
    assert {to for to, about in found if about == "2026-11-24 morning"} == set(people[1:])


async def test_without_the_unique_key_two_processes_would_remind_twice(
    planner: Planner, estate: Estate
) -> None:
    """The control of the test before: the same, once the database does not hold it any more."""
    estate.is_protected = False
    async with planner.database.write() as session:
        if planner.database.is_sqlite:
            pytest.skip("SQLite cannot drop a constraint")
        await session.execute(text("ALTER TABLE notices DROP CONSTRAINT uq_notices_to_about"))
    await planner.ticks("2026-11-23T12:00")
    async with planner.database.write() as session:
        await session.execute(text("DELETE FROM reminder_days"))
    await planner.ticks("2026-11-23T12:00")

    assert len(await planner.outbox()) == 2


async def test_a_plan_that_was_broken_off_is_finished(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planner.wants(ALONE, EVENING, 2)
    monkeypatch.setattr(reminder_plans, "SLICE", 1)
    real: Any = reminder_plans.post_slice
    calls = 0

    async def dies(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 4:  # today's two are done, and one of tomorrow's
            raise RuntimeError
        await real(*args)

    monkeypatch.setattr(reminder_plans, "post_slice", dies)
    with pytest.raises(RuntimeError):
        await planner.ticks("2026-11-23T12:00")
    assert await planner.about() == [("2026-11-24 evening", "waiting")]
    monkeypatch.setattr(reminder_plans, "post_slice", real)
    await planner.ticks("2026-11-23T12:00")

    found = await planner.outbox()
    assert sorted(one.to for one in found if one.about.startswith("reminder 2026-11-24")) == [
        RESIDENT, ALONE,
    ]  # fmt: skip


async def test_many_slices_reach_everybody_once(
    planner: Planner, estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminder_plans, "SLICE", 3)
    for person in range(1000, 1010):
        await planner.wants(person, EVENING if person % 2 else ALL_SLOTS, estate.area)
    await planner.ticks("2026-11-23T12:00")

    tomorrow = [one for one in await planner.outbox() if "2026-11-24" in one.about]
    evenings = [one.to for one in tomorrow if one.about.endswith("evening")]
    assert sorted(evenings) == [RESIDENT, *range(1000, 1010)]
    assert len(tomorrow) == 11 + 2 * 5


async def test_postgresql_knows_how_many_occasions_there_are(planner: Planner) -> None:
    """Or it plans as for none, and takes twenty times as long for a city."""
    if planner.database.is_sqlite:
        pytest.skip("SQLite keeps no such statistics")
    await planner.ticks("2026-11-23T12:00")

    async with planner.database.read() as session:
        known = text("SELECT reltuples FROM pg_class WHERE oid = 'reminder_occasions'::regclass")
        assert await session.scalar(known) == await session.scalar(
            select(func.count()).select_from(Occasion)
        )


async def test_who_has_left_is_paused_or_lives_nowhere_gets_none(
    planner: Planner, estate: Estate
) -> None:
    for person in (1000, 1001, 1002):
        await planner.wants(person, EVENING, None if person == 1002 else estate.area)
    async with planner.database.write() as session:
        await residents.note_left(session, [1000], planner.clock.now)
        await reminders.save(
            session,
            1001,
            estate.area,
            EVENING,
            date(2026, 11, 25),
            planner.clock.now,
            pickups=True,
        )
    await planner.ticks("2026-11-23T12:00")
    await planner.ticks("2026-11-24T12:00")

    found = [(one.to, one.about.split()[1]) for one in await planner.outbox()]
    assert found == [
        (RESIDENT, "2026-11-24"), (RESIDENT, "2026-11-25"), (1001, "2026-11-25"),
    ]  # fmt: skip


async def test_many_begin_early_and_those_who_run_it_are_warned_when_it_does_not_fit(
    planner: Planner, estate: Estate
) -> None:
    for person in range(1000, 1009):
        await planner.wants(person, EVENING, estate.area)
    planner.rate = 10 / (4 * 3600)  # ten people in four hours
    await planner.ticks("2026-11-23T12:00")

    assert {one.due_at for one in await planner.outbox()} == {at("2026-11-23T17:00")}
    assert await planner.outbox("reminders-late") == []

    planner.rate = 10 / (6 * 3600)
    await planner.ticks("2026-11-24T12:00")
    (warned,) = await planner.outbox("reminders-late")
    assert (warned.to, warned.fields["number"], warned.fields["ends"]) == (
        1, 10, "2026-11-24T22:00:00+08:00",
    )  # fmt: skip


async def test_hours_that_change_before_the_day_is_planned_are_the_new_ones(
    planner: Planner, estate: Estate
) -> None:
    """Somebody chose in the morning, so an occasion of tomorrow is there before noon."""
    async with planner.database.write() as session:
        await reminder_answers.renew(session, RESIDENT, planner.civil, planner.clock.now)
        (await session.get_one(Area, estate.area)).windows = "mo-su 10:00-11:00"
        await reminder_plans.mark_stale(session, planner.clock.now)
    await planner.ticks("2026-11-23T12:00")

    (only,) = await planner.outbox()
    assert only.fields["events"][0][1] == "2026-11-24T10:00:00+08:00"


async def test_hours_that_change_while_a_day_is_planned_are_seen(
    planner: Planner, estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = reminder_plans.post_slice

    async def meanwhile(session: Session, *args: object) -> None:
        await real(session, *args)
        monkeypatch.setattr(reminder_plans, "post_slice", real)
        (await session.get_one(Area, estate.area)).windows = "mo-su 10:00-11:00"
        await reminder_plans.mark_stale(session, planner.clock.now)

    await planner.ticks("2026-11-23T11:00")
    monkeypatch.setattr(reminder_plans, "post_slice", meanwhile)
    await planner.ticks("2026-11-23T12:00")
    await planner.ticks("2026-11-23T12:01")

    (only,) = await planner.outbox()
    assert only.fields["events"][0][1] == "2026-11-24T10:00:00+08:00"


async def test_only_those_are_corrected_who_were_told(planner: Planner, estate: Estate) -> None:
    await planner.wants(ALONE, EVENING, estate.area)
    await planner.ticks("2026-11-23T12:00")
    async with planner.database.write() as session:
        told = await session.scalar(select(Notice).where(Notice.to == ALONE))
        assert told
        told.state, told.settled_at = State.SENT, planner.clock.now
        (await session.get_one(Area, estate.area)).windows = "mo-su 10:00-11:00"
        await reminder_plans.mark_stale(session, planner.clock.now)
    for _ in range(2):
        await planner.ticks("2026-11-23T19:30")

    assert [one.to for one in await planner.outbox("reminder-changed")] == [ALONE]
    waiting = [one for one in await planner.outbox() if one.to == RESIDENT]
    assert [one.fields["events"][0][1] for one in waiting] == ["2026-11-24T10:00:00+08:00"]


async def test_reminders_of_days_that_are_over_are_deleted_and_other_notices_stay(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminder_plans, "SLICE", 1)
    async with planner.database.write() as session:
        await notices.post(session, 1, "fault", "fault x", {}, planner.clock.now)
    for day in (20, 21, 22, 23):
        await planner.ticks(f"2026-11-{day}T12:00")
    async with planner.database.write() as session:
        await notices.expire(session, at("2026-11-27T00:00"))
    planner.clock.now = at("2026-11-26T12:30")
    await reminding.forget(planner.database, planner.clock, planner.civil)

    kept = [one.about.split()[1] for one in await planner.outbox()]
    assert kept == []
    async with planner.database.read() as session:
        assert list(await session.scalars(select(Notice.kind))) == ["fault"]
        days = list(await session.scalars(select(ReminderDay.day)))
    assert len(days) >= 4


async def test_nothing_is_read_but_marks_when_there_is_nothing_to_plan(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tick comes every minute, and takes no lock then."""
    await planner.ticks("2026-11-23T12:00")
    monkeypatch.setattr(Database, "write", None)

    await planner.ticks("2026-11-23T12:01")
