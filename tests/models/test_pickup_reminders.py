"""Reminders of pickups: at their time, once for each booking and day, and of what still holds."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.timetable import remind_of_pickups
from knowledge.pickups import REMINDERS
from models import Session, notices, pickup_bookings, pickup_plans, pickup_reminders, pickup_rounds
from models.notices import Notice
from models.notices import State as Sent
from models.pickup_rounds import Outcome
from models.pickups import Pickup, State
from tests import city
from tests.models.conftest import MORNING, RESIDENT, SHANGHAI, Estate
from tests.pickups import Booker, crew, staff

WIFE = 202
TUESDAY = date(2026, 12, 1)
SECOND = timedelta(seconds=1)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI).astimezone(UTC)


THREE, ONE, NONE = (
    at(TUESDAY - timedelta(days=3), 18),
    at(TUESDAY - timedelta(days=1), 18),
    at(TUESDAY, 7),
)


@pytest.fixture
async def session(estate: Estate) -> AsyncIterator[Session]:
    async with estate.database.write() as session:
        await city.move_in(session, estate.home, estate.area, WIFE, "妻", MORNING)
        yield session


@pytest.fixture
def wang(estate: Estate) -> Booker:
    return Booker.resident(estate)


@pytest.fixture
async def pickup(session: Session, wang: Booker) -> Pickup:
    return await wang.books(session, TUESDAY)


async def ticks(session: Session, estate: Estate, now: datetime) -> None:
    for _ in range(3):
        assert await pickup_reminders.plan(session, estate.civil, now) is False


async def reminded(session: Session, to: int = RESIDENT) -> list[tuple[str, int]]:
    """Of which days somebody was reminded or is to be, and so many days before."""
    found = await session.scalars(
        select(Notice)
        .where(Notice.to == to, Notice.kind == "pickup-reminder")
        .order_by(Notice.due_at)
    )
    return [(each.fields["day"], each.fields["days"]) for each in found]


async def test_each_comes_once_at_its_time_to_all_who_live_there(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    day = TUESDAY.isoformat()
    for moment, before, after in (
        (THREE, [], [3]), (ONE, [3], [3, 1]), (NONE, [3, 1], [3, 1, 0]),
    ):  # fmt: skip
        await ticks(session, estate, moment - SECOND)
        assert await reminded(session) == [(day, each) for each in before]
        await ticks(session, estate, moment)
        for person in (RESIDENT, WIFE):
            assert await reminded(session, person) == [(day, each) for each in after]


@pytest.mark.parametrize("reminder", REMINDERS)
async def test_a_late_tick_reminds_while_it_is_of_use_and_not_after(
    session: Session, estate: Estate, pickup: Pickup, reminder: object
) -> None:
    one = REMINDERS[REMINDERS.index(reminder)]  # type: ignore[arg-type]
    end = one.ends_at(TUESDAY, SHANGHAI)

    await ticks(session, estate, end)
    assert await reminded(session) == []
    await ticks(session, estate, end - SECOND)
    assert await reminded(session) == [(TUESDAY.isoformat(), one.days_before)]
    [notice] = await session.scalars(
        select(Notice).where(Notice.to == RESIDENT, Notice.kind == "pickup-reminder")
    )
    assert (notice.due_at, notice.until) == (one.starts_at(TUESDAY, SHANGHAI), end)


async def test_none_of_what_was_cancelled_not_even_if_it_waits_already(
    session: Session, wang: Booker, estate: Estate, pickup: Pickup
) -> None:
    await ticks(session, estate, THREE)
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, THREE)
    await ticks(session, estate, ONE)

    assert await reminded(session) == await reminded(session, WIFE) == []


async def test_who_moved_out_meanwhile_hears_nothing_of_it_either(
    session: Session, wang: Booker, estate: Estate, pickup: Pickup
) -> None:
    from models import memberships

    await ticks(session, estate, THREE)
    place = await memberships.of(session, WIFE)
    assert place
    await memberships.end(session, place.id, WIFE, (), THREE)
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, THREE)

    assert await reminded(session, WIFE) == []


async def test_another_day_has_its_own(
    session: Session, wang: Booker, estate: Estate, pickup: Pickup
) -> None:
    await ticks(session, estate, THREE)
    friday = TUESDAY + timedelta(days=3)
    await wang.changes(session, pickup, day=friday, now=THREE)
    assert await reminded(session) == []
    await pickup_plans.move_day(
        session, staff(estate), estate.area, friday, TUESDAY, "", estate.civil, THREE
    )
    await ticks(session, estate, THREE + SECOND)
    assert await reminded(session) == []  # of this it was told just now
    await ticks(session, estate, ONE)

    assert await reminded(session) == [(TUESDAY.isoformat(), 1)]


async def test_who_has_just_booked_needs_no_reminder_of_it(
    session: Session, wang: Booker, estate: Estate
) -> None:
    booked_at = at(TUESDAY - timedelta(days=3), 18)
    await wang.books(session, TUESDAY, now=booked_at)
    await ticks(session, estate, booked_at + SECOND)
    assert await reminded(session) == []
    await ticks(session, estate, ONE)

    assert await reminded(session) == [(TUESDAY.isoformat(), 1)]


async def test_none_once_it_was_collected(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    await ticks(session, estate, NONE)
    await pickup_rounds.close(
        session, pickup.id, crew(estate), Outcome(State.DONE), estate.civil, NONE
    )

    assert await reminded(session) == []


async def test_only_what_has_not_left_is_withdrawn(
    session: Session, wang: Booker, estate: Estate, pickup: Pickup
) -> None:
    await ticks(session, estate, THREE)
    [due] = [each for each in await notices.claim(session, 1, 9, THREE) if each.to == RESIDENT]
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, THREE)

    in_hand = await session.get(Notice, due.id, populate_existing=True)
    assert in_hand
    assert in_hand.state == Sent.SENDING


async def test_many_are_dealt_with_in_one_tick_a_few_at_a_time(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pickup_reminders, "AT_ONCE", 1)
    async with estate.database.write() as session:
        await Booker.resident(estate).books(session, TUESDAY)
        await city.move_in(session, estate.neighbour, estate.area, WIFE, "邻", MORNING)
        await Booker.resident(estate, WIFE, estate.neighbour).books(session, TUESDAY)

    await remind_of_pickups(estate.database, lambda: THREE, estate.civil)

    async with estate.database.read() as session:
        assert len(await reminded(session)) == len(await reminded(session, WIFE)) == 1
