"""What staff do with a household whose people are gone, and with its points."""

import asyncio

import pytest

from models import households, memberships, points, roles, settlements
from models.households import Household
from models.points import Cause
from models.roles import Held, Role, Roles
from models.settlements import Settlement, Staff, Why
from tests.models.conftest import MORNING, RESIDENT, STAFF, Estate
from tests.models.test_memberships import told


@pytest.fixture
async def emptied(estate: Estate) -> Estate:
    """The neighbours have twelve points and no phone; at home, Wang has one."""
    async with estate.database.write() as session:
        cause = Cause("given", "drop-off", actor_id=1, at=MORNING)
        await points.earn(session, estate.area, estate.neighbour, 12, cause)
    return estate


async def has(estate: Estate, household_id: int) -> int:
    async with estate.database.read() as session:
        return (await points.balance(session, household_id, MORNING)).points


async def pass_on(estate: Estate, held: Roles, to: int | None = None) -> Settlement:
    async with estate.database.write() as session:
        return await settlements.pass_on(
            session, estate.neighbour, to or estate.home, Staff(STAFF, held), Why.MERGED, MORNING
        )


async def close(estate: Estate, held: Roles, household_id: int | None = None) -> Settlement:
    async with estate.database.write() as session:
        by = Staff(STAFF, held)
        return await settlements.close(
            session, household_id or estate.neighbour, by, Why.MOVED, MORNING
        )


async def test_points_are_passed_on_once_with_the_reason(emptied: Estate, staff: Roles) -> None:
    settlement = await pass_on(emptied, staff)

    assert (settlement.points, settlement.why) == (12, Why.MERGED)
    assert (await has(emptied, emptied.neighbour), await has(emptied, emptied.home)) == (0, 12)
    with pytest.raises(settlements.NothingLeft):
        await pass_on(emptied, staff)
    assert await told(emptied, "points-passed") == [RESIDENT]


async def test_of_two_who_pass_them_on_at_once_one_does(emptied: Estate, staff: Roles) -> None:
    outcomes = await asyncio.gather(
        *(pass_on(emptied, staff) for _ in range(4)), return_exceptions=True
    )

    assert sum(isinstance(each, Settlement) for each in outcomes) == 1
    assert await has(emptied, emptied.home) == 12


async def test_points_are_not_passed_on_to_the_same_household(
    emptied: Estate, staff: Roles
) -> None:
    with pytest.raises(settlements.SameHousehold):
        await pass_on(emptied, staff, to=emptied.neighbour)


async def test_points_of_people_who_live_there_are_left_alone(
    emptied: Estate, staff: Roles
) -> None:
    async with emptied.database.write() as session:
        cause = Cause("theirs", "drop-off", actor_id=1, at=MORNING)
        await points.earn(session, emptied.area, emptied.home, 3, cause)

    with pytest.raises(settlements.StillLivedIn):
        await close(emptied, staff, emptied.home)
    assert await has(emptied, emptied.home) == 3


async def test_closing_gives_the_address_a_new_household(emptied: Estate, staff: Roles) -> None:
    settlement = await close(emptied, staff)

    assert settlement.points == 12
    assert await has(emptied, emptied.neighbour) == 0
    async with emptied.database.read() as session:
        old = await session.get_one(Household, emptied.neighbour)
        (new,) = await households.at_address(session, [emptied.area], "3", "1", "601")
        assert old.closed_at
        assert new.id != old.id
        assert [each.id for each in await settlements.of(session, old.id)] == [settlement.id]
    with pytest.raises(households.HouseholdClosed):
        await close(emptied, staff)


async def test_points_of_those_who_moved_out_can_still_be_passed_on(
    emptied: Estate, staff: Roles
) -> None:
    async with emptied.database.write() as session:
        cause = Cause("theirs", "drop-off", actor_id=1, at=MORNING)
        await points.earn(session, emptied.area, emptied.home, 7, cause)
    async with emptied.database.write() as session:
        await memberships.move_out(session, emptied.home, RESIDENT, MORNING)
    async with emptied.database.write() as session:
        by = Staff(STAFF, staff)
        await settlements.pass_on(session, emptied.home, emptied.neighbour, by, Why.MOVED, MORNING)

    assert await has(emptied, emptied.neighbour) == 19


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.CREW])
async def test_only_staff_of_the_place_decide(emptied: Estate, role: Role) -> None:
    elsewhere = (Held(Role.STAFF, emptied.area + 99),)
    for held in ((), elsewhere, (Held(role, emptied.area),)):
        with pytest.raises(roles.NotAllowed):
            await pass_on(emptied, held)
        with pytest.raises(roles.NotAllowed):
            await close(emptied, held)
    assert await has(emptied, emptied.neighbour) == 12
