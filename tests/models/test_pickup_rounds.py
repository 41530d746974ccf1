"""The crew's round: the sheet, how it went, "it is still here", and what staff decide."""

import re
from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.rounds import Why
from models import Session, households, pickup_bookings, pickup_rounds, pickups
from models.areas import Area
from models.notices import Notice
from models.pickup_bookings import AlreadyBooked
from models.pickup_days import DayNotServed, SlotFull
from models.pickup_rounds import (
    ACTS,
    DisputeOver,
    NoSuchNumber,
    NotYetCollected,
    Outcome,
    OutcomeTooOld,
    SeveralNumbers,
    WhyNot,
)
from models.pickups import (
    CLOSED,
    STEPS,
    Act,
    NotYourPickup,
    Person,
    Pickup,
    PickupOver,
    State,
)
from models.roles import Held, NotAllowed, Role
from tests import city
from tests.models.conftest import MORNING, RESIDENT, SHANGHAI, STAFF, Estate
from tests.pickups import (
    CHAIRS,
    CREW,
    FRIDAY,
    SOFA,
    THURSDAY,
    WEDNESDAY,
    Booker,
    crew,
    staff,
    with_rules,
)

WIFE = 202
SECOND = timedelta(seconds=1)
DONE, NOTHING = Outcome(State.DONE), Outcome(State.NOTHING_OUT)
TOO_HEAVY = Outcome(State.NOT_ACCEPTED, Why.TOO_HEAVY, "石头的")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


NOON = at(WEDNESDAY, 12)
"""When the crew is there."""


@pytest.fixture
async def session(estate: Estate) -> AsyncIterator[Session]:
    """One transaction, in which a test may do several things one after the other."""
    async with estate.database.write() as session:
        await city.move_in(session, estate.home, estate.area, WIFE, "妻", MORNING)
        await city.grant_to(session, STAFF, Role.STAFF, estate.area)
        yield session


@pytest.fixture
def wang(estate: Estate) -> Booker:
    return Booker.resident(estate)


@pytest.fixture
async def pickup(session: Session, wang: Booker) -> Pickup:
    return await wang.books(session, WEDNESDAY, CHAIRS)


async def close(
    session: Session, estate: Estate, pickup: Pickup, outcome: Outcome, now: datetime = NOON
) -> Pickup:
    return await pickup_rounds.close(session, pickup.id, crew(estate), outcome, estate.civil, now)


async def told(session: Session, to: int, kind: str = "pickup") -> list[Notice]:
    found = await session.scalars(
        select(Notice).where(Notice.to == to, Notice.kind == kind).order_by(Notice.id)
    )
    return list(found)


# The table of steps.


def test_every_state_and_every_act_has_its_place_in_the_table() -> None:
    reached = {to for acts in STEPS.values() for to in acts.values()}

    assert set(STEPS) == {None, *State}
    assert reached == set(State)
    assert {act for acts in STEPS.values() for act in acts} == set(Act)
    assert set(ACTS) == CLOSED


@pytest.mark.parametrize("state", [None, *State])
def test_what_the_table_does_not_have_is_refused(state: State | None) -> None:
    for act in Act:
        if act in STEPS[state]:
            assert pickups.leads_to(state, act) is STEPS[state][act]
        else:
            with pytest.raises(PickupOver):
                pickups.leads_to(state, act)


def test_the_picture_in_the_readme_is_the_table() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

    [picture] = re.findall("```mermaid\n(stateDiagram.*?)\n```", readme, re.DOTALL)

    assert picture == pickups.diagram()


# The sheet.


async def test_the_sheet_is_in_building_order_without_names_and_phones(
    session: Session, estate: Estate
) -> None:
    area = await session.get_one(Area, estate.area)
    rooms = [("10", "1", "101"), ("2", "1", "1001"), ("2", "1", "301"), ("2", "", "7")]
    for address in rooms:
        home = await households.found(session, area, *address, MORNING)
        await Booker.staff(estate, home.id).books(session, WEDNESDAY)

    stops = await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, NOON)

    assert [(each.number, each.address) for each in stops] == [
        (1, "2-7"), (2, "2-1-301"), (3, "2-1-1001"), (4, "10-1-101"),
    ]  # fmt: skip
    assert {each.name for each in fields(pickup_rounds.Stop)} == {
        "number", "pickup", "area", "address", "things",
    }  # fmt: skip


async def test_a_number_stays_when_others_cancel_and_come(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    second = await Booker.staff(estate).books(session, WEDNESDAY)
    await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, NOON)
    await pickup_bookings.cancel(session, pickup.id, staff(estate), estate.civil, NOON)
    area = await session.get_one(Area, estate.area)
    first_house = await households.found(session, area, "1", "1", "101", MORNING)
    await Booker.staff(estate, first_house.id).books(session, WEDNESDAY, now=NOON)

    stops = await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, NOON)

    assert [(each.number, each.address) for each in stops] == [(2, "3-1-601"), (3, "1-1-101")]
    named = await pickup_rounds.numbered(session, crew(estate), 2, WEDNESDAY)
    assert named.id == second.id
    for gone in (1, 4):
        with pytest.raises(NoSuchNumber):
            await pickup_rounds.numbered(session, crew(estate), gone, WEDNESDAY)


async def test_before_the_day_nothing_is_numbered_for_good(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    before = at(WEDNESDAY, 0) - SECOND

    [stop] = await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, before)
    assert (stop.number, pickup.number) == (1, None)
    await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, before + SECOND)
    assert pickup.number == 1


async def test_the_sheet_is_for_crew_and_staff_of_the_place(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    other = await city.add_area(session, "other", "estate", None)  # type: ignore[arg-type]
    elsewhere = Person(CREW, (Held(Role.CREW, other.id),))

    with pytest.raises(NotAllowed):
        await pickup_rounds.sheet(session, Person(RESIDENT, ()), WEDNESDAY, estate.civil, NOON)
    assert await pickup_rounds.sheet(session, elsewhere, WEDNESDAY, estate.civil, NOON) == []
    with pytest.raises(NotYourPickup):
        await pickup_rounds.close(session, pickup.id, elsewhere, DONE, estate.civil, NOON)


async def test_a_number_of_two_rounds_is_not_guessed(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    area = await session.get_one(Area, estate.area)
    around = await session.get_one(Area, area.parent_id)
    area.pickups = "households 5"
    lake = await city.add_area(session, "lake", "estate", around)  # type: ignore[arg-type]
    lake.pickups = "households 5"
    far = await households.found(session, lake, "1", "", "101", MORNING)
    both = Person(CREW, (Held(Role.CREW, around.id), Held(Role.STAFF, around.id)))
    await Booker(estate, far.id, both).books(session, WEDNESDAY)
    await pickup_rounds.sheet(session, both, WEDNESDAY, estate.civil, NOON)

    with pytest.raises(SeveralNumbers) as several:
        await pickup_rounds.numbered(session, both, 1, WEDNESDAY)
    assert "lake 1-101" in str(several.value.values["addresses"])


# How it went.


@pytest.mark.parametrize("outcome", [DONE, NOTHING, TOO_HEAVY])
async def test_the_household_is_told_once_how_it_went(
    session: Session, estate: Estate, pickup: Pickup, outcome: Outcome
) -> None:
    await close(session, estate, pickup, outcome)
    await close(session, estate, pickup, outcome, NOON + timedelta(days=5))
    await close(session, estate, pickup, Outcome(outcome.state, photo="seen"))

    for person in (RESIDENT, WIFE):
        last = (await told(session, person))[-1]
        assert (last.fields["act"], last.fields["why"]) == (
            ACTS[outcome.state], outcome.why or "",
        )  # fmt: skip
    assert (pickup.state, pickup.revision, pickup.closing_photo) == (outcome.state, 1, "seen")
    assert pickup.closed_at == NOON
    assert await session.scalar(select(Notice).where(Notice.to == CREW)) is None


async def test_what_was_said_wrongly_is_said_anew_for_a_day(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    day = pickup_rounds.CORRECTED
    await close(session, estate, pickup, NOTHING)
    await close(session, estate, pickup, TOO_HEAVY, NOON + day)

    assert (pickup.state, pickup.why, pickup.why_words) == (
        State.NOT_ACCEPTED, Why.TOO_HEAVY, "石头的",
    )  # fmt: skip
    with pytest.raises(OutcomeTooOld):
        await close(session, estate, pickup, DONE, NOON + 2 * day + SECOND)
    await close(session, estate, pickup, DONE, NOON + 2 * day)
    assert (pickup.state, pickup.why, pickup.why_words) == (State.DONE, None, None)
    acts = [each.act for each in await pickups.changes_of(session, pickup.id)]
    assert acts == [Act.BOOK, Act.FIND_NOTHING, Act.DECLINE, Act.COLLECT]


async def test_at_the_wrong_address_it_is_taken_back(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    await close(session, estate, pickup, DONE)
    await pickup_rounds.reopen(session, pickup.id, crew(estate), estate.civil, NOON)

    assert (pickup.state, pickup.closed_at, pickup.closed_by) == (State.BOOKED, None, None)
    with pytest.raises(PickupOver):
        await pickup_rounds.reopen(session, pickup.id, crew(estate), estate.civil, NOON)


async def test_nothing_is_said_before_its_day_without_a_reason_or_of_what_is_over(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    with pytest.raises(NotYetCollected):
        await close(session, estate, pickup, DONE, at(WEDNESDAY, 0) - SECOND)
    with pytest.raises(WhyNot):
        await close(session, estate, pickup, Outcome(State.NOT_ACCEPTED))
    await pickup_bookings.cancel(session, pickup.id, staff(estate), estate.civil, NOON)
    with pytest.raises(PickupOver):
        await close(session, estate, pickup, DONE)


async def test_nobody_says_it_of_the_own_household(
    session: Session, estate: Estate, pickup: Pickup
) -> None:
    both = Person(RESIDENT, (*crew(estate).roles, *staff(estate).roles))

    with pytest.raises(NotAllowed):
        await pickup_rounds.close(session, pickup.id, both, DONE, estate.civil, NOON)


async def test_a_stranger_says_nothing(session: Session, estate: Estate, pickup: Pickup) -> None:
    for by in (Person(999, ()), Person(999, (Held(Role.VOLUNTEER, estate.area),))):
        with pytest.raises(NotYourPickup):
            await pickup_rounds.close(session, pickup.id, by, DONE, estate.civil, NOON)


async def test_free_items_of_what_was_not_collected_are_free_again_but_never_twice(
    session: Session, wang: Booker, estate: Estate
) -> None:
    await with_rules(session, estate, "free 2; price 20")
    first = await wang.books(session, WEDNESDAY, CHAIRS)
    await close(session, estate, first, NOTHING)
    second = await wang.books(session, date(2026, 12, 1), CHAIRS, now=NOON)
    assert (first.free, second.free) == (2, 2)

    await close(session, estate, first, DONE, NOON + timedelta(hours=1))

    assert (first.free, first.price) == (0, 2000)  # the mistake was ours: no more than agreed


# "It is still here."


@pytest.mark.parametrize("outcome", [DONE, NOTHING])
async def test_a_household_says_that_it_is_still_there_and_staff_hear_it_once(
    session: Session, estate: Estate, pickup: Pickup, outcome: Outcome
) -> None:
    await close(session, estate, pickup, outcome)
    for person in (RESIDENT, WIFE):
        await pickup_rounds.dispute(
            session, pickup.id, Person(person, ()), "还在楼下", estate.civil, NOON
        )

    assert pickup.state == State.DISPUTED
    assert [each.fields["note"] for each in await told(session, STAFF, "pickup-disputed")] == [
        "还在楼下"
    ]
    assert [each.fields["act"] for each in await told(session, WIFE)][-1] == Act.DISPUTE
    [stop] = await pickup_rounds.disputed(session, staff(estate))
    assert stop.pickup.id == pickup.id
    assert await pickup_rounds.disputed(session, crew(estate)) == []


async def test_within_two_working_days(session: Session, wang: Booker, estate: Estate) -> None:
    friday = await wang.books(session, FRIDAY)
    await close(session, estate, friday, DONE, at(FRIDAY, 10))
    over = at(date(2026, 12, 2), 0)  # the end of Tuesday

    with pytest.raises(DisputeOver):
        await pickup_rounds.dispute(session, friday.id, wang.person, "", estate.civil, over)
    await pickup_rounds.dispute(session, friday.id, wang.person, "", estate.civil, over - SECOND)
    assert friday.state == State.DISPUTED


async def test_what_was_not_accepted_is_not_disputed(
    session: Session, wang: Booker, estate: Estate, pickup: Pickup
) -> None:
    await close(session, estate, pickup, TOO_HEAVY)

    with pytest.raises(PickupOver):
        await pickup_rounds.dispute(session, pickup.id, wang.person, "", estate.civil, NOON)


@pytest.fixture
async def disputed(session: Session, wang: Booker, estate: Estate, pickup: Pickup) -> Pickup:
    await close(session, estate, pickup, DONE)
    return await pickup_rounds.dispute(session, pickup.id, wang.person, "", estate.civil, NOON)


async def test_staff_decide_that_it_is_collected_again(
    session: Session, estate: Estate, disputed: Pickup
) -> None:
    await pickup_rounds.collect_again(
        session, disputed.id, staff(estate), FRIDAY, estate.civil, NOON
    )

    assert (disputed.state, disputed.day, disputed.closed_at) == (State.BOOKED, FRIDAY, None)
    last = (await told(session, RESIDENT))[-1]
    assert (last.fields["act"], last.fields["day"]) == (Act.COLLECT_AGAIN, FRIDAY.isoformat())
    with pytest.raises(PickupOver):
        await pickup_rounds.collect_again(
            session, disputed.id, staff(estate), FRIDAY, estate.civil, NOON
        )


async def test_collecting_again_needs_a_day_with_room(
    session: Session, wang: Booker, estate: Estate, disputed: Pickup
) -> None:
    await with_rules(session, estate, "households 1")
    await Booker.staff(estate).books(session, THURSDAY, now=NOON)
    tuesday = date(2026, 12, 1)
    await wang.books(session, tuesday, now=NOON)

    for day, why in (
        (FRIDAY + timedelta(days=1), DayNotServed), (THURSDAY, SlotFull),
        (tuesday, AlreadyBooked), (WEDNESDAY - timedelta(days=1), DayNotServed),
    ):  # fmt: skip
        with pytest.raises(why):
            await pickup_rounds.collect_again(
                session, disputed.id, staff(estate), day, estate.civil, NOON
            )
    today = await pickup_rounds.collect_again(
        session, disputed.id, staff(estate), WEDNESDAY, estate.civil, NOON
    )
    assert today.day == WEDNESDAY


async def test_staff_decide_that_it_was_collected(
    session: Session, wang: Booker, estate: Estate, disputed: Pickup
) -> None:
    for by in (wang.person, Person(RESIDENT, staff(estate).roles)):
        with pytest.raises(NotAllowed):
            await pickup_rounds.uphold(session, disputed.id, by, "", estate.civil, NOON)
    with pytest.raises(NotYourPickup):
        await pickup_rounds.uphold(session, disputed.id, crew(estate), "", estate.civil, NOON)
    await pickup_rounds.uphold(session, disputed.id, staff(estate), "有照片", estate.civil, NOON)

    last = (await told(session, RESIDENT))[-1]
    assert (disputed.state, last.fields["act"], last.fields["note"]) == (
        State.SETTLED, Act.UPHOLD, "有照片",
    )  # fmt: skip


async def test_each_step_names_who_took_it(
    session: Session, estate: Estate, disputed: Pickup
) -> None:
    from models import actors

    steps = await pickups.changes_of(session, disputed.id)

    assert [each.revision for each in steps] == [0, 1, 2]
    people = [await actors.person(session, each.actor_id) for each in steps]
    assert people == [RESIDENT, CREW, RESIDENT]
    assert [each.was for each in steps] == [None, State.BOOKED, State.DONE]


async def test_things_are_those_that_were_booked(
    session: Session, estate: Estate, wang: Booker
) -> None:
    await wang.books(session, WEDNESDAY, SOFA, CHAIRS)

    [stop] = await pickup_rounds.sheet(session, crew(estate), WEDNESDAY, estate.civil, NOON)

    assert stop.things == [SOFA, CHAIRS]
