"""Two who book at once: what the locks hold, and what happens without them.

Without them only PostgreSQL shows it: SQLite's one writer is alone anyhow.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from models import (
    Session,
    notices,
    pickup_bookings,
    pickup_days,
    pickup_plans,
    pickup_reminders,
    pickup_rounds,
    pickups,
)
from models.notices import Notice
from models.notices import State as Sent
from models.pickup_days import Places, Slot
from models.pickup_rounds import Outcome
from models.pickups import Pickup, State
from tests import city, invariants
from tests.models.conftest import MORNING, SHANGHAI, Estate
from tests.pickups import CHAIRS, FRIDAY, THURSDAY, WEDNESDAY, Booker, crew, staff, with_rules
from tests.races import Act, Halfway, second_overtakes, second_waits, without_lock

WIFE, NEIGHBOUR = 202, 203
LATE = MORNING + timedelta(hours=1)
"""When no hold of the morning lasts any more."""
TUESDAY = date(2026, 12, 1)


@pytest.fixture
async def yard(estate: Estate) -> Estate:
    """An estate with one place a day, and who lives there."""
    async with estate.database.write() as session:
        await with_rules(session, estate, "households 1; items 5; free 2")
        await city.move_in(session, estate.home, estate.area, WIFE, "妻", MORNING)
        await city.move_in(session, estate.neighbour, estate.area, NEIGHBOUR, "邻", MORNING)
    return estate


@pytest.fixture
def unprotected(yard: Estate) -> Estate:
    """The same, where a test takes protections away."""
    if yard.database.is_sqlite:
        pytest.skip("SQLite's one writer is its own protection")
    yard.is_protected = False
    return yard


def does(estate: Estate, act: Callable[[Session], Awaitable[Any]]) -> Act:
    async def do() -> Any:
        async with estate.database.write() as session:
            return await act(session)

    return do


def wang(estate: Estate) -> Booker:
    return Booker.resident(estate)


def wife(estate: Estate) -> Booker:
    return Booker.resident(estate, WIFE)


def neighbour(estate: Estate) -> Booker:
    return Booker.resident(estate, NEIGHBOUR, estate.neighbour)


def books(booker: Booker, day: date) -> Act:
    return does(booker.estate, lambda session: booker.books(session, day))


async def held(booker: Booker, day: date, *, minutes: int = 0) -> Act:
    """The confirmation of a place that was chosen, at the price that was shown then."""
    now = MORNING + timedelta(minutes=minutes)
    async with booker.estate.database.write() as session:
        draft = await booker.holds(session, day, CHAIRS, now=now)
        civil = booker.estate.civil
        shown = await pickup_bookings.summary(session, draft.id, booker.person, civil, now)
        asked = (draft.id, draft.revision, shown.cost.fen, booker.person, civil, LATE)
    return does(booker.estate, lambda session: pickup_bookings.confirm(session, *asked))


async def two_lapsed(estate: Estate) -> list[Act]:
    """Two who chose the last place, one after the other, and come back late."""
    return [
        await held(wang(estate), WEDNESDAY),
        await held(neighbour(estate), WEDNESDAY, minutes=30),
    ]


async def number(estate: Estate) -> int:
    async with estate.database.read() as session:
        counted = select(func.count()).where(Pickup.state == State.BOOKED)
        return await session.scalar(counted) or 0


async def unlocked(session: Session, area_id: int, day: date) -> Slot:
    """In the place of `pickup_days.lock`: the day, for anybody at once."""
    return await session.get_one(Slot, (area_id, day))


async def without_slot_lock(estate: Estate, patch: pytest.MonkeyPatch) -> None:
    async with estate.database.write() as session:
        for day in (WEDNESDAY, THURSDAY):
            await pickup_days.lock(session, estate.area, day)
    patch.setattr(pickup_days, "lock", unlocked)


# The last place.


async def test_of_two_who_want_the_last_place_the_second_waits_and_hears_that_it_is_gone(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_lapsed(yard)
    halfway = Halfway(monkeypatch, pickup_days, "taken_of")

    ended = await second_waits(yard.database, halfway, first, second)

    assert ended == ["first", "second: SlotFull"]
    assert await number(yard) == 1
    assert await invariants.broken(yard.database, ("I8",)) == []


async def test_without_the_lock_both_have_the_last_place(
    unprotected: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await two_lapsed(unprotected)
    await without_slot_lock(unprotected, monkeypatch)
    halfway = Halfway(monkeypatch, pickup_days, "taken_of")

    assert await second_overtakes(halfway, first, second) == ["second", "first"]
    assert await invariants.broken(unprotected.database, ("I8",)) == [
        "I8: 2/1 homes, 6/5 items on 2026-11-25"
    ]


# One household.


@pytest.fixture
async def roomy(yard: Estate) -> Estate:
    """Room for both, and nothing costs anything."""
    async with yard.database.write() as session:
        await with_rules(session, yard, "households 9; free 9")
    return yard


async def test_of_two_of_a_household_the_second_hears_of_the_first(
    roomy: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await held(wang(roomy), WEDNESDAY), await held(wife(roomy), WEDNESDAY)
    halfway = Halfway(monkeypatch, pickups, "is_booked")

    ended = await second_waits(roomy.database, halfway, first, second)

    assert ended == ["first", "second: AlreadyBooked"]
    assert await number(roomy) == 1


@pytest.mark.parametrize("has_index", [True, False])
async def test_without_the_locks_the_index_holds_and_without_it_nothing(
    roomy: Estate, unprotected: Estate, monkeypatch: pytest.MonkeyPatch, has_index: bool
) -> None:
    first, second = await held(wang(roomy), WEDNESDAY), await held(wife(roomy), WEDNESDAY)
    without_lock(monkeypatch)
    await without_slot_lock(roomy, monkeypatch)
    if not has_index:
        async with roomy.database.write() as session:
            await session.execute(text("DROP INDEX uq_pickups_household_id_day"))
    halfway = Halfway(monkeypatch, pickups, "is_booked")

    ended = await second_overtakes(halfway, first, second)

    assert ended == ["second", "first: IntegrityError" if has_index else "first"]
    twice = await invariants.broken(roomy.database, ("I8",))
    assert twice == (
        [] if has_index else [f"I8: household {roomy.home} is booked 2 times on 2026-11-25"]
    )


async def test_nothing_is_free_twice_for_two_of_a_household(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with yard.database.write() as session:
        await with_rules(session, yard, "free 2")
    first, second = await held(wang(yard), WEDNESDAY), await held(wife(yard), THURSDAY)
    halfway = Halfway(monkeypatch, pickups, "free_used")

    ended = await second_waits(yard.database, halfway, first, second)

    assert ended == ["first", "second: PriceChanged"]


async def test_without_the_households_lock_the_same_items_are_free_twice(
    unprotected: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await held(wang(unprotected), WEDNESDAY)
    second = await held(wife(unprotected), THURSDAY)
    without_lock(monkeypatch)
    halfway = Halfway(monkeypatch, pickups, "free_used")

    assert await second_overtakes(halfway, first, second) == ["second", "first"]
    assert await invariants.broken(unprotected.database, ("I8",)) == [
        f"I8: household {unprotected.home} had 4 of 2 free in 2026"
    ]


# Staff.


def sets_capacity(estate: Estate, places: Places) -> Act:
    return does(
        estate,
        lambda session: pickup_plans.set_capacity(
            session, staff(estate), estate.area, WEDNESDAY, places, estate.civil, LATE
        ),
    )


async def test_who_takes_places_away_waits_for_who_books(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, _), second = await two_lapsed(yard), sets_capacity(yard, Places(0, 0))
    halfway = Halfway(monkeypatch, pickup_days, "taken_of")

    ended = await second_waits(yard.database, halfway, first, second)

    assert ended == ["first", "second: FewerThanBooked"]


async def test_without_the_lock_there_are_fewer_places_than_bookings(
    unprotected: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, _), second = await two_lapsed(unprotected), sets_capacity(unprotected, Places(0, 0))
    await without_slot_lock(unprotected, monkeypatch)
    halfway = Halfway(monkeypatch, pickup_days, "taken_of")

    assert await second_overtakes(halfway, first, second) == ["second", "first"]
    assert await invariants.broken(unprotected.database, ("I8",)) == [
        "I8: 1/0 homes, 3/0 items on 2026-11-25"
    ]


def moves(estate: Estate, day: date, to: date) -> Act:
    return does(
        estate,
        lambda session: pickup_plans.move_day(
            session, staff(estate), estate.area, day, to, "", estate.civil, MORNING
        ),
    )


async def test_who_moves_a_day_and_who_changes_one_of_its_bookings_wait_for_each_other(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickup = await books(wang(yard), WEDNESDAY)()
    by, civil = wang(yard).person, yard.civil
    async with yard.database.write() as session:
        draft = await pickup_bookings.begin_change(session, pickup.id, by, civil, MORNING)
        await pickup_bookings.choose(session, draft.id, by, THURSDAY, civil, MORNING)
    changes = does(yard, lambda session: wang(yard).confirms(session, draft.id))
    halfway = Halfway(monkeypatch, pickup_plans, "_booked_on")

    ended = await second_waits(yard.database, halfway, moves(yard, WEDNESDAY, FRIDAY), changes)

    assert ended == ["first", "second: PickupChanged"]


async def test_who_cancels_and_who_says_how_it_went_wait_for_each_other(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickup = await books(wang(yard), WEDNESDAY)()
    noon = datetime.combine(WEDNESDAY, time(12), SHANGHAI).astimezone(UTC)
    closes = does(
        yard,
        lambda session: pickup_rounds.close(
            session, pickup.id, crew(yard), Outcome(State.DONE), yard.civil, noon
        ),
    )
    cancels = does(
        yard,
        lambda session: pickup_bookings.cancel(session, pickup.id, staff(yard), yard.civil, noon),
    )
    halfway = Halfway(monkeypatch, pickups, "locked")

    ended = await second_waits(yard.database, halfway, closes, cancels)

    assert ended == ["first", "second: PickupOver"]


# Reminders.


async def test_who_cancels_while_a_reminder_is_planned_waits_and_withdraws_it(
    yard: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickup = await books(wang(yard), TUESDAY)()
    now = datetime(2026, 11, 28, 18, tzinfo=SHANGHAI).astimezone(UTC)
    ticks = does(yard, lambda session: pickup_reminders.plan(session, yard.civil, now))
    cancels = does(
        yard,
        lambda session: pickup_bookings.cancel(
            session, pickup.id, wang(yard).person, yard.civil, now
        ),
    )
    halfway = Halfway(monkeypatch, notices, "post_all")

    assert await second_waits(yard.database, halfway, ticks, cancels) == ["first", "second"]
    assert await _waiting(yard) == 0


async def test_without_the_bookings_lock_somebody_is_reminded_of_what_was_cancelled(
    unprotected: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickup = await books(wang(unprotected), TUESDAY)()
    now = datetime(2026, 11, 28, 18, tzinfo=SHANGHAI).astimezone(UTC)
    ticks = does(unprotected, lambda session: _plans_unlocked(session, unprotected, now))
    cancels = does(
        unprotected,
        lambda session: pickup_bookings.cancel(
            session, pickup.id, wang(unprotected).person, unprotected.civil, now
        ),
    )
    halfway = Halfway(monkeypatch, pickups, "things_of")

    assert await second_overtakes(halfway, ticks, cancels) == ["second", "first"]
    assert await _waiting(unprotected) == 2


async def _plans_unlocked(session: Session, estate: Estate, now: datetime) -> None:
    """The tick, whose SELECT takes no lock."""
    execute = session.execute

    async def unlocked(statement: Any, *more: Any, **options: Any) -> Any:
        if getattr(statement, "_for_update_arg", None) is not None:
            statement._for_update_arg = None
        return await execute(statement, *more, **options)

    session.execute = unlocked  # type: ignore[method-assign]
    await pickup_reminders.plan(session, estate.civil, now)


async def _waiting(estate: Estate) -> int:
    async with estate.database.read() as session:
        counted = select(func.count()).where(
            Notice.kind == "pickup-reminder", Notice.state == Sent.WAITING
        )
        return await session.scalar(counted) or 0
