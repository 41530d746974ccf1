"""What staff decide about days: places, closing, moving."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import Session, pickup_bookings, pickup_plans, pickups
from models.areas import Area
from models.notices import Notice
from models.pickup_days import DayClosed, DayNotServed, Places, SlotFull
from models.pickup_plans import (
    BookedOnBoth,
    DayHasBookings,
    FewerThanBooked,
    NoRoomToMove,
    SameDay,
)
from models.pickups import Act, Person, Pickup
from models.roles import Held, NotAllowed, Role
from tests import city
from tests.models.conftest import MORNING, RESIDENT, Estate
from tests.pickups import (
    CHAIRS,
    FRIDAY,
    SOFA,
    THURSDAY,
    WEDNESDAY,
    Booker,
    crew,
    staff,
    with_rules,
)

NEIGHBOUR = 203


@pytest.fixture
async def session(estate: Estate) -> AsyncIterator[Session]:
    async with estate.database.write() as session:
        await city.move_in(session, estate.neighbour, estate.area, NEIGHBOUR, "邻", MORNING)
        await with_rules(session, estate, "households 3; items 10")
        yield session


@pytest.fixture
async def two(session: Session, estate: Estate) -> list[Pickup]:
    """Two bookings on Wednesday."""
    wang, neighbour = Booker.resident(estate), Booker.resident(estate, NEIGHBOUR, estate.neighbour)
    return [
        await wang.books(session, WEDNESDAY, CHAIRS),
        await neighbour.books(session, WEDNESDAY, SOFA),
    ]


async def plan(session: Session, estate: Estate, day: date) -> pickup_plans.Planned:
    [found] = await pickup_plans.planned(
        session, staff(estate), estate.area, day, day, estate.civil, MORNING
    )
    return found


async def sets(session: Session, estate: Estate, day: date, places: Places) -> Places:
    planned = await pickup_plans.set_capacity(
        session, staff(estate), estate.area, day, places, estate.civil, MORNING
    )
    return planned.capacity


async def test_staff_see_what_is_taken_and_what_is_held(
    session: Session, estate: Estate, two: list[Pickup]
) -> None:
    await Booker.staff(estate, estate.home).holds(session, THURSDAY, CHAIRS)
    days = await pickup_plans.planned(
        session, staff(estate), estate.area, WEDNESDAY, WEDNESDAY + timedelta(days=6),
        estate.civil, MORNING,
    )  # fmt: skip

    assert [(each.day, each.capacity, each.taken) for each in days[:3]] == [
        (WEDNESDAY, Places(3, 10), Places(2, 4)),
        (THURSDAY, Places(3, 10), Places(1, 3)),
        (FRIDAY, Places(3, 10), Places(0, 0)),
    ]
    assert all(each.day.weekday() < 5 for each in days)


async def test_a_day_has_as_many_places_as_staff_say_but_no_fewer_than_are_taken(
    session: Session, estate: Estate, two: list[Pickup]
) -> None:
    for too_few in (Places(1, 10), Places(2, 3)):
        with pytest.raises(FewerThanBooked) as fewer:
            await sets(session, estate, WEDNESDAY, too_few)
        assert (fewer.value.values["homes"], fewer.value.values["items"]) == (2, 4)
    assert await sets(session, estate, WEDNESDAY, Places(2, 4)) == Places(2, 4)
    desk = Booker.staff(estate, (await _third_home(session, estate)))
    with pytest.raises(SlotFull):
        await desk.holds(session, WEDNESDAY)
    await sets(session, estate, WEDNESDAY, Places(3, 5))
    await desk.books(session, WEDNESDAY)
    await sets(session, estate, THURSDAY, Places(0, 0))
    with pytest.raises(SlotFull):
        await desk.holds(session, THURSDAY)


async def test_a_held_place_is_not_taken_away_from_under_somebody(
    session: Session, estate: Estate
) -> None:
    held = await Booker.resident(estate).holds(session, WEDNESDAY, SOFA)

    with pytest.raises(FewerThanBooked):
        await sets(session, estate, WEDNESDAY, Places(0, 10))
    await Booker.resident(estate).confirms(session, held.id)


async def test_a_closed_day_is_not_offered_and_not_taken_and_opens_again(
    session: Session, estate: Estate
) -> None:
    wang = Booker.resident(estate)
    held = await wang.holds(session, WEDNESDAY)
    await pickup_plans.close_day(
        session, staff(estate), estate.area, WEDNESDAY, "停电", estate.civil, MORNING
    )

    with pytest.raises(DayClosed) as closed:
        await wang.confirms(session, held.id)
    assert closed.value.values["reason"] == "停电"
    shown = await pickup_bookings.choices(session, held.id, wang.person, estate.civil, MORNING)
    assert shown[0].day == THURSDAY
    assert (await plan(session, estate, WEDNESDAY)).closed == "停电"
    with pytest.raises(DayClosed):
        await Booker.staff(estate).holds(session, WEDNESDAY)
    await pickup_plans.open_day(session, staff(estate), estate.area, WEDNESDAY, estate.civil)
    await wang.confirms(session, held.id)


async def test_closing_moves_the_bookings_and_everybody_is_told_once(
    session: Session, estate: Estate, two: list[Pickup]
) -> None:
    desk = staff(estate)
    with pytest.raises(DayHasBookings) as has:
        await pickup_plans.close_day(
            session, desk, estate.area, WEDNESDAY, "停电", estate.civil, MORNING
        )
    assert has.value.values["number"] == 2

    moved = await pickup_plans.close_day(
        session, desk, estate.area, WEDNESDAY, "停电", estate.civil, MORNING, to=FRIDAY
    )
    again = await pickup_plans.close_day(
        session, desk, estate.area, WEDNESDAY, "停电", estate.civil, MORNING, to=FRIDAY
    )

    assert ([each.id for each in moved], again) == ([each.id for each in two], [])
    assert {each.day for each in two} == {FRIDAY}
    assert [each.reminded for each in two] == [None, None]
    for person in (RESIDENT, NEIGHBOUR):
        found = await session.scalars(
            select(Notice).where(Notice.to == person, Notice.kind == "pickup")
        )
        acts = [(each.fields["act"], each.fields["day_before"]) for each in found]
        assert acts == [(Act.MOVE, WEDNESDAY.isoformat())]
    steps = await pickups.changes_of(session, two[0].id)
    assert (steps[-1].act, steps[-1].day, steps[-1].note) == (Act.MOVE, FRIDAY, "停电")


async def test_a_day_is_moved_as_a_whole_or_not_at_all(
    session: Session, estate: Estate, two: list[Pickup]
) -> None:
    await sets(session, estate, FRIDAY, Places(1, 10))
    wang = Booker.resident(estate)
    await wang.books(session, THURSDAY)
    await pickup_plans.close_day(
        session, staff(estate), estate.area, date(2026, 12, 1), "", estate.civil, MORNING
    )

    for to, why in (
        (FRIDAY, NoRoomToMove), (THURSDAY, BookedOnBoth), (WEDNESDAY, SameDay),
        (FRIDAY + timedelta(days=1), DayNotServed), (date(2026, 11, 20), DayNotServed),
        (date(2026, 12, 1), DayClosed),
    ):  # fmt: skip
        with pytest.raises(why):
            await pickup_plans.move_day(
                session, staff(estate), estate.area, WEDNESDAY, to, "", estate.civil, MORNING
            )
    assert {each.day for each in two} == {WEDNESDAY}


async def test_free_items_are_those_of_the_year_that_was_booked(
    session: Session, estate: Estate
) -> None:
    await with_rules(session, estate, "free 2; ahead 1-60")
    wang = Booker.resident(estate)
    old_year = await wang.books(session, date(2026, 12, 31), CHAIRS)
    new_year = await wang.books(session, date(2027, 1, 5), CHAIRS)
    await pickup_plans.move_day(
        session, staff(estate), estate.area, date(2026, 12, 31), date(2027, 1, 4), "",
        estate.civil, MORNING,
    )  # fmt: skip

    assert (old_year.free, old_year.year, new_year.free) == (2, 2026, 2)
    assert await pickups.free_used(session, estate.home, 2027) == 2


async def test_only_staff_of_the_area_whose_places_they_are_decide(
    session: Session, estate: Estate
) -> None:
    area = await session.get_one(Area, estate.area)
    around = await session.get_one(Area, area.parent_id)
    area.pickups, around.pickups = None, "households 3"
    of_estate = staff(estate)
    of_all = Person(302, (Held(Role.STAFF, around.id),))

    for by in (of_estate, crew(estate), Person(RESIDENT, ())):
        with pytest.raises(NotAllowed):
            await pickup_plans.set_capacity(
                session, by, estate.area, WEDNESDAY, Places(1, 1), estate.civil, MORNING
            )
    planned = await pickup_plans.set_capacity(
        session, of_all, estate.area, WEDNESDAY, Places(1, 1), estate.civil, MORNING
    )
    assert planned.area_id == around.id


async def _third_home(session: Session, estate: Estate) -> int:
    from models import households

    area = await session.get_one(Area, estate.area)
    return (await households.found(session, area, "3", "1", "603", MORNING)).id
