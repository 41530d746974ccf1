"""Booking a pickup, changing and cancelling it: what holds, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from knowledge import pickup_texts
from knowledge.pickups import Rules
from models import Session, areas, pickup_bookings, pickups
from models.notices import Notice
from models.pickup_bookings import (
    AlreadyBooked,
    DraftChanged,
    DraftNotReady,
    DraftOver,
    NothingChanged,
    PickupChanged,
    PriceChanged,
    TooManyItems,
    TooManyPhotos,
)
from models.pickup_days import DayNotServed, DayTooLate, PickupsNotOffered, SlotFull
from models.pickups import Act, NotYourPickup, Person, PickupOver, PickupTooLate, State, Thing
from tests import city
from tests.models.conftest import MORNING, RESIDENT, STAFF, Estate
from tests.pickups import (
    CHAIRS,
    FRIDAY,
    SOFA,
    TANK,
    THURSDAY,
    WEDNESDAY,
    Booker,
    staff,
    with_rules,
)

WIFE, NEIGHBOUR = 202, 203
HALF_AN_HOUR = timedelta(minutes=30)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def session(estate: Estate):  # type: ignore[no-untyped-def]
    """One transaction, in which a test may do several things one after the other."""
    async with estate.database.write() as session:
        await city.move_in(session, estate.home, estate.area, WIFE, "妻", MORNING)
        await city.move_in(session, estate.neighbour, estate.area, NEIGHBOUR, "邻", MORNING)
        yield session


@pytest.fixture
def wang(estate: Estate) -> Booker:
    return Booker.resident(estate)


@pytest.fixture
def neighbour(estate: Estate) -> Booker:
    return Booker.resident(estate, NEIGHBOUR, estate.neighbour)


async def told(session: Session, to: int, kind: str = "pickup") -> list[str]:
    """What somebody was told that was done, in order."""
    found = await session.scalars(
        select(Notice).where(Notice.to == to, Notice.kind == kind).order_by(Notice.id)
    )
    return [each.fields["act"] for each in found]


async def test_a_booking_keeps_what_was_said(
    session: Session, wang: Booker, estate: Estate
) -> None:
    draft = await wang.holds(session, WEDNESDAY, SOFA, TANK)
    await pickup_bookings.describe(
        session, draft.id, wang.person, estate.civil, MORNING,
        floor=5, lift=False, place="3栋 门口 ", notes="很重", photo="photo-1",
    )  # fmt: skip
    pickup = await wang.confirms(session, draft.id)

    assert (pickup.day, pickup.state, pickup.load) == (WEDNESDAY, State.BOOKED, 2)
    assert (pickup.floor, pickup.lift, pickup.place) == (5, False, "3栋 门口")
    assert (pickup.notes, pickup.photos) == ("很重", ["photo-1"])
    assert (await pickups.things_of(session, [pickup.id]))[pickup.id] == [SOFA, TANK]
    assert await pickup_bookings.draft_of(session, RESIDENT) is None
    assert await told(session, WIFE) == ["book"]
    assert await told(session, RESIDENT) == []


async def test_floor_lift_and_place_are_as_the_last_time(
    session: Session, wang: Booker, estate: Estate
) -> None:
    draft = await wang.holds(session, WEDNESDAY)
    await pickup_bookings.describe(
        session, draft.id, wang.person, estate.civil, MORNING, floor=5, lift=True, place="东门"
    )
    await wang.confirms(session, draft.id)

    again = await wang.draft(session)

    assert (again.floor, again.lift, again.place, again.notes) == (5, True, "东门", None)


async def test_a_draft_has_no_more_than_it_may(
    session: Session, wang: Booker, estate: Estate
) -> None:
    draft = await wang.draft(session)

    with pytest.raises(TooManyItems) as many:
        await pickup_bookings.put_things(
            session, draft.id, wang.person, [CHAIRS, CHAIRS], estate.civil, MORNING
        )
    assert many.value.values == {"most": 5}
    for number in range(pickup_bookings.MOST_PHOTOS):
        await pickup_bookings.describe(
            session, draft.id, wang.person, estate.civil, MORNING, photo=f"photo-{number}"
        )
    with pytest.raises(TooManyPhotos):
        await pickup_bookings.describe(
            session, draft.id, wang.person, estate.civil, MORNING, photo="one more"
        )
    long = await pickup_bookings.put_things(
        session, draft.id, wang.person, [Thing(None, "很" * 4096, 1)], estate.civil, MORNING
    )
    assert pickup_bookings.things_in(long) == [Thing(None, "很" * 40, 1)]


async def test_the_days_that_are_shown_can_be_booked(
    session: Session, wang: Booker, estate: Estate
) -> None:
    draft = await wang.draft(session)

    shown = await pickup_bookings.choices(session, draft.id, wang.person, estate.civil, MORNING)

    assert [each.day for each in shown[:3]] == [WEDNESDAY, THURSDAY, FRIDAY]
    assert all(each.day.weekday() < 5 for each in shown)
    assert shown[-1].day == date(2026, 12, 21)
    for day, why in (
        (MORNING.date() + timedelta(days=1), DayTooLate),
        (MORNING.date() - timedelta(days=1), DayNotServed),
        (WEDNESDAY + timedelta(days=3), DayNotServed),
        (date(2026, 12, 22), DayNotServed),
    ):
        with pytest.raises(why):
            await pickup_bookings.choose(
                session, draft.id, wang.person, day, estate.civil, MORNING
            )


async def test_a_full_day_is_refused_and_the_next_ones_are_named(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "households 1")
    await neighbour.books(session, WEDNESDAY)
    draft = await wang.draft(session)

    with pytest.raises(SlotFull) as full:
        await pickup_bookings.choose(
            session, draft.id, wang.person, WEDNESDAY, estate.civil, MORNING
        )

    assert full.value.following == (THURSDAY, FRIDAY)
    shown = await pickup_bookings.choices(session, draft.id, wang.person, estate.civil, MORNING)
    assert shown[0].day == THURSDAY


async def test_a_day_is_full_of_items_too(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "items 5")
    await neighbour.books(session, WEDNESDAY, CHAIRS)

    with pytest.raises(SlotFull):
        await wang.holds(session, WEDNESDAY, CHAIRS)
    held = await wang.holds(session, WEDNESDAY, SOFA, TANK)
    with pytest.raises(SlotFull):
        await pickup_bookings.put_things(
            session, held.id, wang.person, [CHAIRS], estate.civil, MORNING
        )


@pytest.mark.parametrize(("seconds", "is_free"), [(-1, False), (0, True), (1, True)])
async def test_a_hold_lapses_by_time_alone(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate, seconds: int, is_free: bool
) -> None:
    await with_rules(session, estate, "households 1")
    await wang.holds(session, WEDNESDAY)
    now = MORNING + HALF_AN_HOUR + seconds * SECOND

    if is_free:
        assert (await neighbour.books(session, WEDNESDAY, now=now)).state == State.BOOKED
    else:
        with pytest.raises(SlotFull):
            await neighbour.holds(session, WEDNESDAY, now=now)


async def test_who_confirms_after_the_hold_takes_the_same_day_if_it_has_room(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "households 1")
    late = MORNING + HALF_AN_HOUR + SECOND
    held = await wang.holds(session, WEDNESDAY)

    pickup = await wang.confirms(session, held.id, now=late)

    assert pickup.day == WEDNESDAY
    lapsed = await neighbour.holds(session, THURSDAY)
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, late)
    await wang.books(session, THURSDAY, now=late)
    with pytest.raises(SlotFull) as full:
        await neighbour.confirms(session, lapsed.id, now=late)
    assert full.value.following == (WEDNESDAY, FRIDAY)


async def test_after_the_lock_a_hold_counts_and_a_lapsed_one_does_not(
    session: Session, wang: Booker, estate: Estate
) -> None:
    days = await pickups.days_of(session, estate.area, estate.civil)
    closes = days.closes_at(WEDNESDAY)
    held = await wang.holds(session, WEDNESDAY, now=closes - SECOND)

    with pytest.raises(DayTooLate):
        await wang.confirms(session, held.id, now=closes + HALF_AN_HOUR)
    assert (await wang.confirms(session, held.id, now=closes)).state == State.BOOKED


async def test_a_locked_day_stays_locked_when_somebody_cancels_and_staff_fill_it(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "households 1; lock 3")
    tuesday = date(2026, 12, 1)
    pickup = await wang.books(session, tuesday)
    days = await pickups.days_of(session, estate.area, estate.civil)
    locked = days.locks_at(tuesday)
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, locked)

    with pytest.raises(DayTooLate):
        await neighbour.holds(session, tuesday, now=locked)
    desk = Booker.staff(estate, estate.homes[1])
    assert (await desk.books(session, tuesday, now=locked)).state == State.BOOKED
    with pytest.raises(SlotFull):
        await Booker.staff(estate, estate.home).holds(session, tuesday, now=locked)


async def test_who_lives_there_is_no_staff_whatever_the_role(
    session: Session, wang: Booker, estate: Estate
) -> None:
    both = Booker(estate, estate.home, Person(RESIDENT, staff(estate).roles))

    with pytest.raises(DayTooLate):
        await both.holds(session, WEDNESDAY - timedelta(days=1))


async def test_a_household_has_one_booking_a_day(
    session: Session, wang: Booker, estate: Estate
) -> None:
    wife = Booker.resident(estate, WIFE)
    her_draft = await wife.holds(session, WEDNESDAY)
    await wang.books(session, WEDNESDAY)

    with pytest.raises(AlreadyBooked):
        await wife.confirms(session, her_draft.id)
    with pytest.raises(AlreadyBooked):
        await wife.holds(session, WEDNESDAY)
    shown = await pickup_bookings.choices(
        session, (await wife.draft(session)).id, wife.person, estate.civil, MORNING
    )
    assert shown[0].day == THURSDAY


async def test_the_price_is_for_what_is_beyond_the_free_ones_of_the_year(
    session: Session, wang: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "free 2; price 7.50; ahead 1-60")
    first = await wang.books(session, WEDNESDAY, SOFA)
    second = await wang.books(session, THURSDAY, CHAIRS)
    next_year = await wang.books(session, date(2027, 1, 4), CHAIRS)

    assert [(each.free, each.price) for each in (first, second, next_year)] == [
        (1, 0), (1, 1500), (2, 750),
    ]  # fmt: skip
    await pickup_bookings.cancel(session, first.id, wang.person, estate.civil, MORNING)
    assert (await wang.books(session, FRIDAY, SOFA)).free == 1


async def test_a_price_that_has_changed_is_not_confirmed(
    session: Session, wang: Booker, estate: Estate
) -> None:
    wife = Booker.resident(estate, WIFE)
    held = await wang.holds(session, WEDNESDAY, SOFA, TANK)
    shown = await pickup_bookings.summary(session, held.id, wang.person, estate.civil, MORNING)
    await wife.books(session, THURSDAY, SOFA)

    with pytest.raises(PriceChanged) as changed:
        await pickup_bookings.confirm(
            session, held.id, held.revision, shown.cost.fen, wang.person, estate.civil, MORNING
        )
    assert changed.value.values == {"price": 2000}


async def test_what_was_shown_before_is_not_confirmed(
    session: Session, wang: Booker, estate: Estate
) -> None:
    held = await wang.holds(session, WEDNESDAY)
    before = held.revision
    await pickup_bookings.describe(
        session, held.id, wang.person, estate.civil, MORNING, place="西门"
    )

    with pytest.raises(DraftChanged):
        await pickup_bookings.confirm(
            session, held.id, before, 0, wang.person, estate.civil, MORNING
        )


async def test_a_draft_without_things_or_day_is_not_ready(
    session: Session, wang: Booker, estate: Estate
) -> None:
    begun = await pickup_bookings.begin(session, wang.home, wang.person, estate.civil, MORNING)
    with pytest.raises(DraftNotReady) as things:
        await wang.confirms(session, begun.id)
    draft = await wang.draft(session)
    with pytest.raises(DraftNotReady) as day:
        await wang.confirms(session, draft.id)

    assert (things.value.values, day.value.values) == ({"missing": "things"}, {"missing": "day"})


async def test_a_draft_is_over_when_it_was_confirmed_dropped_or_begun_anew(
    session: Session, wang: Booker, estate: Estate
) -> None:
    confirmed = await wang.holds(session, WEDNESDAY)
    confirmed_id = confirmed.id
    await wang.confirms(session, confirmed_id)
    old = (await wang.draft(session)).id
    dropped = (await wang.draft(session)).id
    await pickup_bookings.drop(session, wang.person)

    for each in (confirmed_id, old, dropped):
        with pytest.raises(DraftOver):
            await wang.confirms(session, each)


async def test_a_draft_of_somebody_else_is_none(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    held = await wang.holds(session, WEDNESDAY)

    for person in (neighbour.person, staff(estate), Person(WIFE, ())):
        with pytest.raises(DraftOver):
            await pickup_bookings.summary(session, held.id, person, estate.civil, MORNING)


async def test_another_households_booking_is_not_touched(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    pickup = await wang.books(session, WEDNESDAY)
    by, civil = neighbour.person, estate.civil

    for forbidden in (
        pickup_bookings.begin_change(session, pickup.id, by, civil, MORNING),
        pickup_bookings.cancel(session, pickup.id, by, civil, MORNING),
        pickup_bookings.begin(session, wang.home, by, civil, MORNING),
        pickups.by_id(session, pickup.id, by),
        pickups.by_id(session, 4711, by),
        pickup_bookings.cancel(session, 4711, by, civil, MORNING),
    ):
        with pytest.raises(NotYourPickup):
            await forbidden


async def test_who_left_the_household_does_not_confirm_any_more(
    session: Session, wang: Booker, estate: Estate
) -> None:
    from models import memberships

    held = await wang.holds(session, WEDNESDAY)
    place = await memberships.of(session, RESIDENT)
    assert place
    await memberships.end(session, place.id, RESIDENT, (), MORNING)

    with pytest.raises(NotYourPickup):
        await wang.confirms(session, held.id)


async def test_nothing_is_booked_where_nothing_is_collected(
    session: Session, wang: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "none")

    with pytest.raises(PickupsNotOffered):
        await wang.draft(session)


# Changing.


async def test_a_change_keeps_the_old_day_until_it_is_confirmed(
    session: Session, wang: Booker, estate: Estate
) -> None:
    pickup = await wang.books(session, WEDNESDAY)
    begun = await pickup_bookings.begin_change(
        session, pickup.id, wang.person, estate.civil, MORNING
    )
    await pickup_bookings.choose(session, begun.id, wang.person, FRIDAY, estate.civil, MORNING)
    assert pickup.day == WEDNESDAY

    changed = await wang.confirms(session, begun.id)

    assert (changed.id, changed.day, changed.revision) == (pickup.id, FRIDAY, 1)
    assert await told(session, WIFE) == ["book", "change"]
    history = await pickups.changes_of(session, pickup.id)
    assert [(each.act, each.day_before, each.day) for each in history] == [
        (Act.BOOK, None, WEDNESDAY), (Act.CHANGE, WEDNESDAY, FRIDAY),
    ]  # fmt: skip


async def test_the_own_day_is_kept_when_it_is_full_and_when_it_is_locked(
    session: Session, wang: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "households 1; lock 3")
    tuesday = date(2026, 12, 1)
    pickup = await wang.books(session, tuesday, SOFA)
    days = await pickups.days_of(session, estate.area, estate.civil)
    locked = days.locks_at(tuesday)

    shown = await pickup_bookings.choices(
        session,
        (
            await pickup_bookings.begin_change(
                session, pickup.id, wang.person, estate.civil, locked
            )
        ).id,
        wang.person, estate.civil, locked,
    )  # fmt: skip
    assert [each.day for each in shown if each.is_own] == [tuesday]
    changed = await wang.changes(session, pickup, day=tuesday, things=[CHAIRS], now=locked)
    assert (changed.day, changed.load) == (tuesday, 3)


async def test_more_things_on_the_own_day_need_room(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "items 5")
    pickup = await wang.books(session, WEDNESDAY, SOFA)
    await neighbour.books(session, WEDNESDAY, CHAIRS)

    with pytest.raises(SlotFull):
        await wang.changes(session, pickup, things=[CHAIRS])
    assert (await wang.changes(session, pickup, things=[SOFA, TANK])).load == 2


async def test_a_change_of_nothing_is_none(session: Session, wang: Booker, estate: Estate) -> None:
    pickup = await wang.books(session, WEDNESDAY)

    with pytest.raises(NothingChanged):
        await wang.changes(session, pickup, day=WEDNESDAY, things=[SOFA])
    assert pickup.revision == 0


async def test_of_two_who_change_the_second_sees_it_first(
    session: Session, wang: Booker, estate: Estate
) -> None:
    wife = Booker.resident(estate, WIFE)
    pickup = await wang.books(session, WEDNESDAY)
    hers = await pickup_bookings.begin_change(
        session, pickup.id, wife.person, estate.civil, MORNING
    )
    await wang.changes(session, pickup, day=FRIDAY)

    with pytest.raises(PickupChanged):
        await wife.confirms(session, hers.id)


async def test_the_cut_off_is_for_residents(
    session: Session, wang: Booker, estate: Estate
) -> None:
    pickup = await wang.books(session, WEDNESDAY)
    days = await pickups.days_of(session, estate.area, estate.civil)
    cut_off = days.cut_off(WEDNESDAY)
    changing = await pickup_bookings.begin_change(
        session, pickup.id, wang.person, estate.civil, cut_off - SECOND
    )
    await pickup_bookings.choose(
        session, changing.id, wang.person, FRIDAY, estate.civil, cut_off - SECOND
    )

    for forbidden in (
        pickup_bookings.begin_change(session, pickup.id, Person(WIFE, ()), estate.civil, cut_off),
        pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, cut_off),
        wang.confirms(session, changing.id, now=cut_off),
    ):
        with pytest.raises(PickupTooLate) as late:
            await forbidden
        assert late.value.values == {"at": cut_off - HALF_AN_HOUR}
    desk = staff(estate)
    await pickup_bookings.cancel(session, pickup.id, desk, estate.civil, cut_off, "停电")
    assert (await told(session, RESIDENT), await told(session, STAFF)) == (["cancel"], [])


async def test_what_is_cancelled_is_over_and_its_place_is_free(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "households 1")
    pickup = await wang.books(session, WEDNESDAY)
    await pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, MORNING)

    for forbidden in (
        pickup_bookings.cancel(session, pickup.id, wang.person, estate.civil, MORNING),
        pickup_bookings.begin_change(session, pickup.id, wang.person, estate.civil, MORNING),
    ):
        with pytest.raises(PickupOver):
            await forbidden
    assert (await neighbour.books(session, WEDNESDAY)).state == State.BOOKED
    assert (await wang.books(session, THURSDAY)).state == State.BOOKED


async def test_staff_book_for_a_household_and_it_is_told(session: Session, estate: Estate) -> None:
    desk = Booker.staff(estate)

    pickup = await desk.books(session, WEDNESDAY - timedelta(days=1))

    assert pickup.household_id == estate.neighbour
    assert await told(session, NEIGHBOUR) == ["book"]


async def test_places_belong_to_the_area_that_decides(
    session: Session, wang: Booker, neighbour: Booker, estate: Estate
) -> None:
    from models import households
    from models.areas import Area

    area = await session.get_one(Area, estate.area)
    around = await session.get_one(Area, area.parent_id)
    around.pickups = "households 1"
    other = await city.add_area(session, "lake", areas.Kind.ESTATE, around)
    far = await households.found(session, other, "1", "", "101", MORNING)
    await city.move_in(session, far.id, other.id, 777, "远", MORNING)
    away = Booker.resident(estate, 777, far.id)

    await wang.books(session, WEDNESDAY)

    with pytest.raises(SlotFull):
        await away.holds(session, WEDNESDAY)
    other.pickups = "households 1"
    await session.flush()
    assert (await away.books(session, WEDNESDAY)).area_id == other.id


async def test_a_draft_is_forgotten_after_a_week_and_details_after_three_months(
    session: Session, wang: Booker, estate: Estate
) -> None:
    held = await wang.holds(session, WEDNESDAY)
    await pickup_bookings.describe(
        session, held.id, wang.person, estate.civil, MORNING, notes="门铃坏了", photo="photo"
    )
    pickup = await wang.confirms(session, held.id)
    await wang.draft(session)
    week = pickup_bookings.FORGOTTEN

    await pickup_bookings.forget_old(session, MORNING + week)
    assert await pickup_bookings.draft_of(session, RESIDENT)
    await pickup_bookings.forget_old(session, MORNING + week + SECOND)
    assert await pickup_bookings.draft_of(session, RESIDENT) is None

    await pickups.forget_details(session, WEDNESDAY + pickups.KEPT)
    await session.refresh(pickup)
    assert pickup.notes == "门铃坏了"
    await pickups.forget_details(session, WEDNESDAY + pickups.KEPT + timedelta(days=1))
    await session.refresh(pickup)
    assert (pickup.notes, pickup.photos) == (None, [])


async def test_what_is_coming_stands_before_what_was(
    session: Session, wang: Booker, estate: Estate
) -> None:
    later = await wang.books(session, FRIDAY)
    sooner = await wang.books(session, WEDNESDAY)
    gone = await wang.books(session, THURSDAY)
    await pickup_bookings.cancel(session, gone.id, wang.person, estate.civil, MORNING)

    found = await pickups.of_household(session, estate.home, MORNING.date())
    assert [each.id for each in found] == [sooner.id, later.id]


def test_the_defaults_are_those_that_are_written_down() -> None:
    assert pickup_texts.parse(areas.PICKUPS) == Rules()
