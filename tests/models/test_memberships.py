"""Who lives where: asking, answering, leaving, moving out, and what others hear of it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import households, joining, memberships, roles, settlements
from models.joining import JoinRequest
from models.memberships import Membership
from models.notices import Notice
from models.roles import Held, Role, Roles
from tests import city
from tests.city import MORNING, RESIDENT, STAFF, Estate

SON, STRANGER, CHILD = 202, 203, 204
NOBODYS: Roles = ()


async def ask(
    estate: Estate,
    household_id: int,
    person: int,
    *,
    adult: bool = True,
    now: datetime = MORNING,
) -> joining.Wish:
    async with estate.database.write() as session:
        return await joining.ask(
            session, household_id, person, f"person {person}", adult=adult, now=now
        )


async def answer(
    estate: Estate,
    wish: joining.Wish,
    by: int,
    held: Roles = (),
    *,
    yes: bool = True,
    now: datetime = MORNING,
) -> None:
    async with estate.database.write() as session:
        await joining.answer(session, wish.request.id, by, held, yes=yes, now=now)


async def joins(estate: Estate, person: int, *, adult: bool = True) -> Membership:
    await answer(estate, await ask(estate, estate.home, person, adult=adult), RESIDENT)
    return await member(estate, person)


async def member(estate: Estate, person: int) -> Membership:
    async with estate.database.read() as session:
        found = await memberships.of(session, person)
        assert found
        return found


async def living(estate: Estate, household_id: int | None = None) -> list[int | None]:
    async with estate.database.read() as session:
        found = await memberships.members(session, household_id or estate.home)
        return [one.resident_id for one in found]


async def told(estate: Estate, kind: str) -> list[int]:
    async with estate.database.read() as session:
        found = await session.scalars(select(Notice.to).where(Notice.kind == kind))
        return sorted(found)


async def appoint(estate: Estate, *staff: int) -> None:
    async with estate.database.write() as session:
        for person in staff:
            await city.grant_to(session, person, Role.STAFF, estate.area)


async def test_a_wish_goes_to_the_adults_of_the_household(estate: Estate) -> None:
    await joins(estate, CHILD, adult=False)
    await joins(estate, SON)

    wish = await ask(estate, estate.home, STRANGER)

    assert wish.asked == "members"
    assert (await told(estate, "join-request"))[-2:] == [RESIDENT, SON]


async def test_where_nobody_lives_it_goes_to_the_staff_of_the_place(estate: Estate) -> None:
    await appoint(estate, STAFF)

    wish = await ask(estate, estate.neighbour, STRANGER)

    assert wish.asked == "staff"
    assert await told(estate, "join-request") == [STAFF]


async def test_where_there_is_no_staff_either_nobody_is_asked(estate: Estate) -> None:
    wish = await ask(estate, estate.neighbour, STRANGER)

    assert wish.asked == "nobody"
    assert await told(estate, "join-request") == []


async def test_a_child_needs_an_adult_who_lives_there(estate: Estate) -> None:
    with pytest.raises(joining.NeedsAdult):
        await ask(estate, estate.neighbour, CHILD, adult=False)


async def test_asking_again_takes_the_first_wish_back(estate: Estate, staff: Roles) -> None:
    first = await ask(estate, estate.home, STRANGER)
    await ask(estate, estate.neighbour, STRANGER)

    with pytest.raises(joining.RequestOver) as raised:
        await answer(estate, first, RESIDENT)
    assert raised.value.values["how"] == "withdrawn"


async def test_who_asks_too_many_households_in_a_day_is_stopped(estate: Estate) -> None:
    for _ in range(joining.REQUESTS_A_DAY):
        await ask(estate, estate.home, STRANGER)

    with pytest.raises(joining.AskedTooOften):
        await ask(estate, estate.home, STRANGER)


@pytest.mark.parametrize("who", [STRANGER, CHILD, STAFF])
async def test_only_adults_of_the_household_answer(estate: Estate, who: int, staff: Roles) -> None:
    await joins(estate, CHILD, adult=False)
    wish = await ask(estate, estate.home, STRANGER)

    with pytest.raises(roles.NotAllowed):
        await answer(estate, wish, who, staff if who == STAFF else ())
    assert STRANGER not in await living(estate)


async def test_staff_of_another_place_do_not_answer(estate: Estate) -> None:
    wish = await ask(estate, estate.neighbour, STRANGER)

    with pytest.raises(roles.NotAllowed):
        await answer(estate, wish, STAFF, (Held(Role.STAFF, estate.area + 99),))


async def test_of_two_who_answer_at_once_one_is_first_and_the_other_hears_who(
    estate: Estate,
) -> None:
    await joins(estate, SON)
    wish = await ask(estate, estate.home, STRANGER)

    outcomes = await asyncio.gather(
        answer(estate, wish, RESIDENT),
        answer(estate, wish, SON, yes=False),
        return_exceptions=True,
    )

    (over,) = [each for each in outcomes if each is not None]
    assert isinstance(over, joining.RequestOver)
    assert (over.values["who"], over.values["name"]) in [
        ("member", "王"), ("member", f"person {SON}"),
    ]  # fmt: skip
    assert (over.values["how"] == "approved") == (STRANGER in await living(estate))
    assert await told(estate, "join-answer") == [SON, STRANGER]


async def test_answering_twice_changes_nothing(estate: Estate) -> None:
    wish = await ask(estate, estate.home, STRANGER)
    await answer(estate, wish, RESIDENT)

    with pytest.raises(joining.RequestOver) as raised:
        await answer(estate, wish, RESIDENT, yes=False)
    assert raised.value.values == {"how": "approved", "who": "you", "name": ""}
    assert STRANGER in await living(estate)


async def test_a_wish_does_not_wait_for_ever(estate: Estate) -> None:
    wish = await ask(estate, estate.home, STRANGER)

    with pytest.raises(joining.RequestOver):
        await answer(estate, wish, RESIDENT, now=MORNING + joining.REQUEST * 2)


async def test_who_has_found_another_home_meanwhile_is_not_admitted(
    estate: Estate, staff: Roles
) -> None:
    wish = await ask(estate, estate.home, STRANGER)
    async with estate.database.write() as session:  # as a slip would without taking it back
        session.add(
            Membership(
                household_id=estate.neighbour, resident_id=STRANGER, name="李", is_adult=True,
                agreed_at=MORNING, joined_at=MORNING, approved_by=1,
                ended_at=None, ended=None, ended_by=None,
            )
        )  # fmt: skip

    with pytest.raises(joining.LivesElsewhere):
        await answer(estate, wish, RESIDENT)


async def test_a_slip_lets_one_person_in_and_takes_the_wish_back(
    estate: Estate, staff: Roles
) -> None:
    wish = await ask(estate, estate.home, STRANGER)
    async with estate.database.write() as session:
        token = await joining.make_slip(session, estate.neighbour, staff, 1, MORNING)
    async with estate.database.write() as session:
        await joining.use_slip(session, token, STRANGER, "李", adult=True, now=MORNING)

    with pytest.raises(joining.RequestOver):
        await answer(estate, wish, RESIDENT)
    with pytest.raises(joining.SlipOver):
        async with estate.database.write() as session:
            await joining.use_slip(session, token, SON, "王", adult=True, now=MORNING)


async def test_those_who_live_there_hear_who_has_come(estate: Estate) -> None:
    await joins(estate, SON)
    await joins(estate, STRANGER)

    assert await told(estate, "member-joined") == [SON]  # who approved knows


async def test_who_is_removed_is_told_and_who_leaves_is_not(estate: Estate) -> None:
    son, stranger = await joins(estate, SON), await joins(estate, STRANGER)
    async with estate.database.write() as session:
        await memberships.end(session, son.id, RESIDENT, (), MORNING)
        await memberships.end(session, stranger.id, STRANGER, (), MORNING)

    assert await told(estate, "member-removed") == [SON]
    assert await living(estate) == [RESIDENT]


@pytest.mark.parametrize("by", [CHILD, STRANGER])
async def test_children_and_strangers_remove_nobody(estate: Estate, by: int) -> None:
    await joins(estate, CHILD, adult=False)
    wang = await member(estate, RESIDENT)

    with pytest.raises(roles.NotAllowed):
        async with estate.database.write() as session:
            await memberships.end(session, wang.id, by, (), MORNING)
    assert RESIDENT in await living(estate)


async def test_staff_hear_once_when_the_last_adult_is_gone(estate: Estate) -> None:
    await appoint(estate, STAFF)
    son, wang = await joins(estate, SON), await member(estate, RESIDENT)
    async with estate.database.write() as session:
        await memberships.end(session, son.id, SON, (), MORNING)
    assert await told(estate, "household-empty") == []
    async with estate.database.write() as session:
        await memberships.end(session, wang.id, RESIDENT, (), MORNING)

    with pytest.raises(memberships.NotMember):
        async with estate.database.write() as session:
            await memberships.end(session, wang.id, RESIDENT, (), MORNING)
    assert await told(estate, "household-empty") == [STAFF]


async def test_moving_out_leaves_an_empty_household_with_a_new_card(estate: Estate) -> None:
    await appoint(estate, STAFF)
    await joins(estate, SON)
    async with estate.database.write() as session:
        new = await memberships.move_out(session, estate.home, RESIDENT, MORNING)

    assert await living(estate) == []
    assert await told(estate, "moved-out") == [SON]
    assert await told(estate, "household-empty") == [STAFF]
    async with estate.database.read() as session:
        assert await households.card(session, estate.home) is None
        assert await households.card(session, new.id)


async def test_a_new_code_is_for_adults_and_staff_and_stops_the_old_one(
    estate: Estate, staff: Roles
) -> None:
    await joins(estate, CHILD, adult=False)
    async with estate.database.read() as session:
        old = await households.card(session, estate.home)
    assert old
    for person, held in ((CHILD, NOBODYS), (STRANGER, NOBODYS)):
        with pytest.raises(roles.NotAllowed):
            async with estate.database.write() as session:
                await memberships.renew_card(session, estate.home, person, held, MORNING)
    for person, held in ((RESIDENT, NOBODYS), (STAFF, staff)):
        async with estate.database.write() as session:
            await memberships.renew_card(session, estate.home, person, held, MORNING)

    with pytest.raises(households.OldCard):
        async with estate.database.read() as session:
            await households.by_token(session, old.token)


async def test_names_are_forgotten_a_year_after_somebody_left(estate: Estate) -> None:
    son = await joins(estate, SON)
    async with estate.database.write() as session:
        await memberships.end(session, son.id, SON, (), MORNING)
    for days, name in ((364, f"person {SON}"), (366, "")):
        async with estate.database.write() as session:
            await memberships.forget_ended(session, MORNING + timedelta(days=days))
            await joining.forget_asked(session, MORNING + timedelta(days=days))
        async with estate.database.read() as session:
            assert (await session.get_one(Membership, son.id)).name == name

    assert await living(estate) == [RESIDENT]
    assert await _requests(estate) == []


async def _requests(estate: Estate) -> Sequence[JoinRequest]:
    async with estate.database.read() as session:
        return list(await session.scalars(select(JoinRequest)))


async def test_a_closed_household_takes_nobody_in(estate: Estate, staff: Roles) -> None:
    async with estate.database.write() as session:
        by = settlements.Staff(STAFF, staff)
        await settlements.close(session, estate.neighbour, by, settlements.Why.MOVED, MORNING)

    with pytest.raises(households.HouseholdClosed):
        await ask(estate, estate.neighbour, STRANGER)
